"""Documents: parsed, validated and limited once, kept by their text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    validate,
)

from graph.errors import InvalidRequest
from schema.plan.limits import MOST_TOKENS, check, scan

K = TypeVar("K")
V = TypeVar("V")


class Recent(OrderedDict[K, V]):
    """A mapping that forgets what was least recently used."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def recall(self, key: K) -> V | None:
        """The value of a key, which thereby becomes recent."""
        value = self.get(key)
        if value is not None:
            self.move_to_end(key)
        return value

    def keep(self, key: K, value: V) -> V:
        """Keep a value; the oldest one goes when there are too many."""
        self[key] = value
        if len(self) > self._most:
            self.popitem(last=False)
        return value


class Refused(Exception):
    """A document that will not be executed: GraphQL errors, and the kind of fault."""

    def __init__(self, errors: list[GraphQLError], code: str) -> None:
        super().__init__(code)
        self.errors, self.code = errors, code


@dataclass(frozen=True, slots=True)
class Document:
    """A document fit for execution. `plans` holds what was planned for it."""

    node: DocumentNode
    fragments: Mapping[str, FragmentDefinitionNode]
    operations: Mapping[str | None, OperationDefinitionNode]
    plans: Recent[Any, Any] = field(default_factory=lambda: Recent[Any, Any](16))

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of that name, or the only one; raises Refused."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name not in self.operations or name is None:
            known = ", ".join(str(n) for n in self.operations if n)
            text = f"name one of its operations: {known}" if known else "it has no operation"
            raise Refused([GraphQLError(text)], "OPERATION_RESOLUTION_FAILURE")
        return self.operations[name]


class Documents:
    """The documents in use."""

    def __init__(self, schema: GraphQLSchema, most: int = 500) -> None:
        self._schema = schema
        self._recent: Recent[str, Document] = Recent(most)
        self._refused: Recent[str, Refused] = Recent(1)  # a request may read its document twice

    def read(self, text: str) -> Document:
        """Parse, limit and validate; raises Refused with GraphQL errors."""
        known = self._recent.recall(text)
        if known is not None:
            return known
        refused = self._refused.recall(text)
        if refused is not None:
            raise Refused(refused.errors, refused.code)
        try:
            return self._recent.keep(text, self._read(text))
        except Refused as error:
            self._refused.keep(text, Refused(error.errors, error.code))
            raise

    def _read(self, text: str) -> Document:
        try:
            scan(text)
            node = parse(text, max_tokens=MOST_TOKENS)
        except InvalidRequest as error:
            raise Refused([GraphQLError(str(error))], error.code) from error
        except GraphQLError as error:
            raise Refused([error], "GRAPHQL_PARSE_FAILED") from error
        document = Document(
            node,
            {d.name.value: d for d in node.definitions if isinstance(d, FragmentDefinitionNode)},
            {
                d.name.value if d.name else None: d
                for d in node.definitions
                if isinstance(d, OperationDefinitionNode)
            },
        )
        self._validate(document)
        return document

    def _validate(self, document: Document) -> None:
        try:
            check(document.node)
        except (KeyError, RecursionError):
            pass  # an unknown or circular fragment, which validation names better
        except InvalidRequest as error:
            raise Refused([GraphQLError(str(error))], error.code) from error
        errors = validate(self._schema, document.node, max_errors=10)
        if errors:
            raise Refused(errors, "GRAPHQL_VALIDATION_FAILED")
