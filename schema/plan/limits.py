"""What a document may ask for: one pass over it, each fragment measured once."""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from graph.errors import InvalidRequest

MOST_TOKENS = 4000
MOST_NODES = 100_000


@dataclass(slots=True)
class Measure:
    """How much a piece of a document asks for, fragments included."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def exceeds(self, most: "Measure") -> str | None:
        """The first measure that is above its limit, in words."""
        for name in ("depth", "fields", "aliases", "directives"):
            if getattr(self, name) > getattr(most, name):
                return f"its {name} exceed {getattr(most, name)}"
        return None


MOST = Measure(depth=20, fields=2000, aliases=60, directives=50)
MOST_ROOT_FIELDS = 20


def check(document: DocumentNode) -> None:
    """Refuse a document that asks for too much; raises InvalidRequest."""
    measured = _Measured(document)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            found = measured.of(definition.selection_set)
            problem = found.exceeds(MOST)
            if problem is None and len(definition.selection_set.selections) > MOST_ROOT_FIELDS:
                problem = f"it has more than {MOST_ROOT_FIELDS} root fields"
            if problem:
                raise InvalidRequest(
                    "LIMIT_EXCEEDED", f"the document asks for too much: {problem}; split it"
                )


class _Measured:
    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self._known: dict[str, Measure] = {}

    def of(self, selections: SelectionSetNode) -> Measure:
        total = Measure()
        for node in selections.selections:
            inner, deeper = Measure(), 0
            if isinstance(node, FieldNode):
                deeper = 1
                total.fields += 1
                total.aliases += node.alias is not None
                if node.selection_set is not None:
                    inner = self.of(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                inner = self._fragment(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                inner = self.of(node.selection_set)
            total.depth = max(total.depth, inner.depth + deeper)
            total.fields += inner.fields
            total.aliases += inner.aliases
            total.directives += inner.directives + len(node.directives or ())
        return total

    def _fragment(self, name: str) -> Measure:
        if name not in self._known:
            self._known[name] = Measure()
            self._known[name] = self.of(self._fragments[name].selection_set)
        return self._known[name]
