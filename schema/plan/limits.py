"""What a document may ask for: counted in its text, then with its fragments, each piece once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import islice

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

MOST_CHARACTERS = 20_000
MOST_TOKENS = 1_000
MOST_NODES = 100_000
MOST_OPERATIONS = 20


@dataclass(slots=True)
class Measure:
    """How much a document, or a piece of it with its fragments, asks for."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    root_fields: int = 0

    def refuse_beyond(self, most: "Measure") -> None:
        """Raise InvalidRequest for the first measure that is above its limit."""
        for name in _MEASURES:
            found, allowed = getattr(self, name), getattr(most, name)
            if found > allowed:
                raise _too_much(f"its {name.replace('_', ' ')} exceed {allowed}")


_MEASURES = tuple(f.name for f in fields(Measure))
MOST = Measure(depth=20, fields=1_000, aliases=60, directives=50, root_fields=20)
_DEEPEST_BRACKETS = 3 * MOST.depth


def _too_much(what: str) -> InvalidRequest:
    return InvalidRequest(
        "LIMIT_EXCEEDED", f"the document asks for too much: {what}; split it or ask for less"
    )


_TOKEN = re.compile(
    r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|#[^\n]*|\.\.\.|[_A-Za-z]\w*|-?\d[\d.eE+-]*|[^\s,\ufeff]",
    re.DOTALL,
)


def scan(text: str) -> None:
    """Refuse a text, before it is parsed, that is too long, too deep or too repetitive."""
    if len(text) > MOST_CHARACTERS:
        raise _too_much(f"it has {len(text)} characters, {MOST_CHARACTERS} are allowed")
    found = [m[0] for m in islice(_TOKEN.finditer(text), MOST_TOKENS + 1)]
    if len(found) > MOST_TOKENS:
        raise _too_much(f"it has more than {MOST_TOKENS} tokens")
    _lexical(found).refuse_beyond(MOST)


def _lexical(pieces: Iterable[str]) -> Measure:
    """What can be told without a parser; outside brackets a colon always ends an alias."""
    found = Measure()
    open_brackets = round_brackets = deepest = 0
    for piece in pieces:
        if piece in _OPENING:
            open_brackets += 1
            deepest = max(deepest, open_brackets)
            round_brackets += piece == "("
        elif piece in _CLOSING:
            open_brackets -= 1
            round_brackets -= piece == ")"
        elif piece == ":":
            found.aliases += round_brackets == 0
        elif piece == "@":
            found.directives += 1
    if deepest > _DEEPEST_BRACKETS:
        raise _too_much(f"its brackets are nested deeper than {_DEEPEST_BRACKETS}")
    return found


_OPENING, _CLOSING = frozenset("{[("), frozenset("}])")


def check(document: DocumentNode) -> int:
    """How many selections were looked at, each once; raises InvalidRequest, or KeyError."""
    measured = _Measured(document)
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) > MOST_OPERATIONS:
        raise _too_much(f"it has more than {MOST_OPERATIONS} operations")
    for operation in operations:
        found = measured.of(operation.selection_set)
        found.directives += len(operation.directives or ())
        found.refuse_beyond(MOST)
    return measured.visited


class _Measured:
    """Measures selections; a fragment that is spread again is not walked again."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self._known: dict[str, Measure] = {}
        self.visited = 0

    def of(self, selections: SelectionSetNode) -> Measure:
        total = Measure()
        for node in selections.selections:
            self.visited += 1
            total.directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                self._add_field(total, node)
            elif isinstance(node, FragmentSpreadNode):
                _add(total, self._fragment(node.name.value))
            elif isinstance(node, InlineFragmentNode):
                _add(total, self.of(node.selection_set))
        return total

    def _add_field(self, total: Measure, node: FieldNode) -> None:
        inner = Measure() if node.selection_set is None else self.of(node.selection_set)
        total.root_fields += 1
        total.fields += 1 + inner.fields
        total.aliases += (node.alias is not None) + inner.aliases
        total.directives += inner.directives
        total.depth = max(total.depth, 1 + inner.depth)

    def _fragment(self, name: str) -> Measure:
        if name not in self._known:
            self._known[name] = Measure()
            definition = self._fragments[name]
            self._known[name] = self.of(definition.selection_set)
            self._known[name].directives += len(definition.directives or ())
        return self._known[name]


def _add(total: Measure, inner: Measure) -> None:
    """Count what a fragment holds as if it stood in place of its spread."""
    for name in _MEASURES[1:]:
        setattr(total, name, getattr(total, name) + getattr(inner, name))
    total.depth = max(total.depth, inner.depth)
