"""Completion of hand-written types: their values are attributes of Python objects.

Members of a union are told apart by the name of their class. Where a hand-written type shows a
node of the graph, the object has a mapping `values`: key of the selection -> the row fetched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, LiteralString

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    specified_scalar_types,
)

from graph.model import MODEL, Kind
from graph.projection.want import Want
from schema.plan.planner import Path, Planner


@dataclass(frozen=True, slots=True)
class Selected:
    """A node that the client wants to see inside a hand-written type.

    `key` is its own: the same field may be selected in two places, with other fields below it.
    """

    owner: str
    field: str
    key: str
    label: LiteralString
    want: Want


class Computed:
    """Plans one root field of a hand-written type."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._code = planner.code
        self._plain = planner.code.constant(_plain)
        self.selected: list[Selected] = []

    def value(self, t: Any, nodes: Sequence[FieldNode], path: Path, source: str) -> str:
        """The expression that completes `source`, a value of type `t`."""
        present: Any = t.of_type if isinstance(t, GraphQLNonNull) else t
        if self._demanded(t):
            return self._present(present, nodes, path, source)
        inner = self._present(present, nodes, path, "y")
        function = self._code.function("y, a", f"return None if y is None else {inner}")
        return f"{function}({source}, a)"

    def _present(self, t: Any, nodes: Sequence[FieldNode], path: Path, source: str) -> str:
        if isinstance(t, GraphQLList):
            inner = self.value(t.of_type, nodes, path, "i")
            return f"[{inner} for i in {source}]"
        if isinstance(t, GraphQLScalarType):
            plain = source if t.name in _PLAIN else f"{self._plain}({source})"
            return self._code.scalar(_KINDS[t.name], plain, nullable=False)
        if isinstance(t, GraphQLEnumType):
            return self._code.choice({name: name for name in t.values}, f"{self._plain}({source})")
        if isinstance(t, GraphQLUnionType):
            members = {m: self._object(m, nodes, path) for m in t.types}
            table = ", ".join(f"{m.name!r}: {function}" for m, function in members.items())
            named = self._code.constant(_type_name)
            function = self._code.function("o, a", f"return {{{table}}}[{named}(o)](o, a)")
            return f"{function}({source}, a)"
        return f"{self._object(t, nodes, path)}({source}, a)"

    def _object(self, t: GraphQLObjectType, nodes: Sequence[FieldNode], path: Path) -> str:
        entries = self._code.type_name(t.name)
        for key, fields in self._planner.collect.fields(t, nodes).items():
            value = self._field(t, fields, (*path, key))
            entries.append(f"{key!r}: {value}")
        return self._code.function("o, a", f"return {{{', '.join(entries)}}}")

    def _field(self, t: GraphQLObjectType, nodes: Sequence[FieldNode], path: Path) -> str:
        name = nodes[0].name.value
        if name == "__typename":
            return repr(t.name)
        field = t.fields[name]
        shown: Any = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        label = MODEL.label(getattr(shown, "name", ""))
        if label is not None:
            want, row = self._planner.want(shown, nodes, path)
            function = self._planner.function(row)
            python_name = field.extensions["strawberry-definition"].python_name
            key = str(len(self.selected))
            self.selected.append(Selected(t.name, python_name, key, label, want))
            if self._demanded(field.type):
                return f"{function}(o.values[{key!r}], a)"
            return f"(None if (w := o.values[{key!r}]) is None else {function}(w, a))"
        attribute = field.extensions["strawberry-definition"].python_name
        return self.value(field.type, nodes, path, f"o.{attribute}")

    def _demanded(self, t: Any) -> bool:
        """Whether a value must be there; one that graphql-core is to judge may always lack."""
        return self._code.checked and isinstance(t, GraphQLNonNull)


_KINDS: Mapping[str, Kind] = {
    "Boolean": Kind.BOOLEAN,
    "Date": Kind.DATE,
    "DateTime": Kind.DATETIME,
    "Float": Kind.FLOAT,
    "ID": Kind.STRING,
    "Int": Kind.INTEGER,
    "Long": Kind.LONG,
    "String": Kind.STRING,
}
_PLAIN = frozenset(specified_scalar_types)  # of which Python and GraphQL have the same values


def _type_name(value: Any) -> str:
    return type(value).__name__


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, date) else value
