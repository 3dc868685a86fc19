"""A selection becomes two things at once: what is wanted of the graph, and how it is completed."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from graph.model import MODEL, Kind
from graph.projection.want import (
    Column,
    EdgeValue,
    Group,
    Item,
    Many,
    One,
    SortValues,
    Step,
    Traced,
    Value,
    Walk,
    Want,
)
from schema.derived.meaning import (
    IsEdgeValue,
    IsFigure,
    IsMany,
    IsMeasured,
    IsOne,
    IsValue,
    IsWalk,
    Part,
    meaning_of,
)
from schema.derived.scalars_of import figure_kind, figures
from schema.plan.code import Code
from schema.plan.collect import Collector
from schema.plan.inputs import Arguments

Path = tuple[str | int, ...]

SHOWN = "shown"
"""Among the arguments of a completer: a list of (id of a person, names of properties shown)."""


@dataclass(frozen=True, slots=True)
class Site:
    """A field that takes arguments: where it stands and how they are prepared."""

    address: Step
    kind: LiteralString
    field: GraphQLField
    arguments: Arguments
    path: Path
    name: str
    parent: Step | None


@dataclass(frozen=True, slots=True)
class Row:
    """How a row becomes a value: the names it is unpacked into, and the expression over them."""

    names: str
    value: str


_ROW = "\0"  # in place of the names of a connection's row, which are known last


@dataclass(slots=True)
class _Rows:
    """The rows of one connection while it is being planned."""

    many: IsMany
    address: Step
    path: Path
    items: list[Item]
    names: list[str]
    groups: list[Group]
    rows: bool = False
    total: bool = False

    def place(self, item: Item, names: str) -> str:
        """The names into which an item of a row is unpacked."""
        self.rows = True
        self.items.append(item)
        self.names.append(names)
        return names

    def sort_values(self, name: str) -> tuple[int, str]:
        """Where the sort values lie in a row, and their name; there once, however often asked."""
        for n, item in enumerate(self.items):
            if isinstance(item, SortValues):
                return n, self.names[n]
        return len(self.items), self.place(SortValues(), name)

    def unpacked(self, entry: str) -> str:
        """An entry of the connection with the names of its rows."""
        names = f"({', '.join(self.names)},)" if self.names else "_"
        return entry.replace(_ROW, names)


class Planner:
    """Plans the derived part of one operation."""

    def __init__(self, schema: GraphQLSchema, collector: Collector, code: Code) -> None:
        self._schema = schema
        self.collect = collector
        self.code = code
        self.sites: list[Site] = []
        self._parents: list[Step] = []

    def site(self, kind: LiteralString, nodes: Sequence[FieldNode], t: Any, path: Path) -> Step:
        """Register a field with arguments; its address."""
        address = len(self.sites)
        field = t.fields[nodes[0].name.value]
        parent = self._parents[-1] if self._parents else None
        name = f"{t.name}.{nodes[0].name.value}"
        arguments = Arguments(field, nodes[0])
        self.sites.append(Site(address, kind, field, arguments, path, name, parent))
        return address

    @contextmanager
    def below(self, address: Step) -> Generator[None]:
        """Sites registered meanwhile lie below this one, once for each of its nodes."""
        self._parents.append(address)
        yield
        self._parents.pop()

    def want(self, t: Any, nodes: Sequence[FieldNode], path: Path) -> tuple[Want, Row]:
        """What is wanted of nodes of a type, and how a row is completed."""
        if isinstance(t, GraphQLObjectType):
            columns, row = self._node(t, nodes, path)
            return Want({MODEL.node_type(t.name).label: columns}), row
        labels: dict[LiteralString, tuple[Column, ...]] = {}
        functions: list[str] = []
        for concrete in MODEL.concrete(t.name):
            possible: Any = self._schema.type_map[concrete.label]
            columns, row = self._node(possible, nodes, path)
            labels[concrete.label] = columns
            functions.append(f"{concrete.label!r}: {self.function(row)}")
        table = self.code.function("", f"return {{{', '.join(functions)}}}")
        name = self.code.name()
        return Want(labels, abstract=True), Row(name, f"{table}()[{name}[0]]({name}, a)")

    def function(self, row: Row) -> str:
        """The name of a function that completes a row."""
        return self.code.function("r, a", f"{row.names} = r", f"return {row.value}")

    def _node(
        self, t: GraphQLObjectType, nodes: Sequence[FieldNode], path: Path
    ) -> tuple[tuple[Column, ...], Row]:
        columns: list[Column] = []
        names = ["_"]
        entries = self.code.type_name(t.name)
        for key, fields in self.collect.fields(t, nodes).items():
            if fields[0].name.value == "__typename":
                entries.append(f"{key!r}: {t.name!r}")
                continue
            names.append(self.code.name())
            column, value = self._column(t, fields, (*path, key), names[-1])
            columns.append(column)
            entries.append(f"{key!r}: {value}")
        value = f"{{{', '.join(entries)}}}"
        if personal := _personal(t.name, columns):
            columns.append(Traced())
            names.append(self.code.name())
            shown = f"a[{SHOWN!r}].append(({names[-1]}, {self.code.constant(personal)}))"
            value = f"({names[-1]} is not None and {shown} or {value})"
        return tuple(columns), Row(f"({', '.join(names)},)", value)

    def _column(
        self, t: GraphQLObjectType, nodes: Sequence[FieldNode], path: Path, source: str
    ) -> tuple[Column, str]:
        field = t.fields[nodes[0].name.value]
        meaning = meaning_of(field)
        match meaning:
            case IsValue():
                return Value(meaning.property), self.code.leaf(meaning.property, source)
            case IsOne():
                want, row = self.want(get_named_type(field.type), nodes, path)
                value = f"(None if {source} is None else {self.function(row)}({source}, a))"
                return One(meaning.relation, want), value
            case IsMany():
                many, function = self.many(meaning, t, nodes, path)
                return many, f"{function}({source}, a)"
            case IsWalk():
                return self._walk(meaning, t, nodes, path, source)
            case _:
                raise AssertionError(f"{t.name}.{nodes[0].name.value} has no meaning")

    def many(
        self, meaning: IsMany, t: GraphQLObjectType, nodes: Sequence[FieldNode], path: Path
    ) -> tuple[Many, str]:
        """A connection, and the name of the function that completes it."""
        address = self.site("page", nodes, t, path)
        connection: Any = get_named_type(t.fields[nodes[0].name.value].type)
        rows = _Rows(meaning, address, path, [], [], [])
        entries: list[str] = []
        with self.below(address):
            for key, fields in self.collect.fields(connection, nodes).items():
                value = self._part(connection, fields, rows, (*path, key))
                entries.append(f"{key!r}: {value}")
        function = self.code.function(
            "v, a",
            f"p = a[{address}].page",
            "rows = v[0] or ()",
            "more = len(rows) > p.size",
            "rows = rows[:p.size] if more else rows",
            "rows = rows[::-1] if p.backward else rows",
            f"return {{{', '.join(rows.unpacked(entry) for entry in entries)}}}",
        )
        many = Many(
            address, meaning.label, meaning.relation, rows.rows, tuple(rows.items), rows.total,
            tuple(rows.groups),
        )  # fmt: skip
        return many, function

    def _part(
        self, t: GraphQLObjectType, nodes: Sequence[FieldNode], rows: _Rows, path: Path
    ) -> str:
        name = nodes[0].name.value
        if name == "__typename":
            return repr(t.name)
        field = t.fields[name]
        match meaning_of(field):
            case Part.EDGES:
                return self._edges(get_named_type(field.type), nodes, rows, path)
            case Part.NODES:
                want, row = self.want(get_named_type(field.type), nodes, path)
                rows.place(want, row.names)
                return f"[{row.value} for {_ROW} in rows]"
            case Part.PAGE_INFO:
                return self._page_info(get_named_type(field.type), nodes, rows)
            case Part.TOTAL:
                rows.total = True
                return "v[1]"
            case part:
                return self._groups(part, t, nodes, rows, path)

    def _edges(self, t: Any, nodes: Sequence[FieldNode], rows: _Rows, path: Path) -> str:
        entries: list[str] = []
        for key, fields in self.collect.fields(t, nodes).items():
            name = fields[0].name.value
            if name == "__typename":
                entries.append(f"{key!r}: {t.name!r}")
                continue
            match meaning_of(t.fields[name]):
                case Part.CURSOR:
                    value = f"p.seal({rows.sort_values(self.code.name())[1]})"
                case Part.NODE:
                    target = get_named_type(t.fields[name].type)
                    want, row = self.want(target, fields, (*path, key))
                    rows.place(want, row.names)
                    value = row.value
                case IsEdgeValue(p):
                    value = self.code.leaf(p, rows.place(EdgeValue(p), self.code.name()))
                case _:
                    raise AssertionError(name)
            entries.append(f"{key!r}: {value}")
        rows.rows = True
        return f"[{{{', '.join(entries)}}} for {_ROW} in rows]"

    def _page_info(self, t: Any, nodes: Sequence[FieldNode], rows: _Rows) -> str:
        rows.rows = True
        entries: list[str] = []
        for key, fields in self.collect.fields(t, nodes).items():
            name = fields[0].name.value
            if name in _ENDS:
                index, _ = rows.sort_values(self.code.name())
                value = f"p.seal(rows[{_ENDS[name]}][{index}]) if rows else None"
            else:
                value = _FLAGS.get(name) or repr(t.name)
            entries.append(f"{key!r}: {value}")
        return f"{{{', '.join(entries)}}}"

    def _groups(
        self, part: Any, t: Any, nodes: Sequence[FieldNode], rows: _Rows, path: Path
    ) -> str:
        kind = "groups" if part is Part.GROUPS else "aggregate"
        address = self.site(kind, nodes, t, path)
        group: Any = get_named_type(t.fields[nodes[0].name.value].type)
        measured: list[Any] = []
        entries: list[str] = []
        for key, fields in self.collect.fields(group, nodes).items():
            value = self._figure(group, fields, address, measured)
            entries.append(f"{key!r}: {value}")
        rows.groups.append(Group(address, tuple((p, figures(p.kind)) for p in measured)))
        each = f"{{{', '.join(entries)}}}"
        source = f"v[{len(rows.groups) + 1}]"
        return f"[{each} for r in {source}]" + ("" if part is Part.GROUPS else "[0]")

    def _figure(
        self, t: Any, nodes: Sequence[FieldNode], address: Step, measured: list[Any]
    ) -> str:
        name = nodes[0].name.value
        match meaning_of(t.fields[name]) if name in t.fields else None:
            case Part.KEY:
                return f"a[{address}].page(r[0])"
            case Part.COUNT:
                return "r[1]"
            case IsMeasured(p):
                measured.append(p)
                figures_type = get_named_type(t.fields[name].type)
                return self._figures(figures_type, nodes, p.kind, f"r[2][{len(measured) - 1}]")
            case _:
                return repr(t.name)

    def _figures(self, t: Any, nodes: Sequence[FieldNode], kind: Kind, source: str) -> str:
        entries: list[str] = []
        for key, fields in self.collect.fields(t, nodes).items():
            value = repr(t.name)
            if fields[0].name.value != "__typename":
                figure: IsFigure = meaning_of(t.fields[fields[0].name.value])
                place = f"{source}[{figures(kind).index(figure.function)}]"
                value = self.code.scalar(figure_kind(figure.function, kind), place, nullable=True)
            entries.append(f"{key!r}: {value}")
        return f"{{{', '.join(entries)}}}"

    def _walk(
        self, meaning: IsWalk, t: Any, nodes: Sequence[FieldNode], path: Path, source: str
    ) -> tuple[Column, str]:
        address = self.site("walk", nodes, t, path)
        step: Any = get_named_type(t.fields[nodes[0].name.value].type)
        entries: list[str] = []
        wants: list[Want] = []
        with self.below(address):
            for key, fields in self.collect.fields(step, nodes).items():
                name = fields[0].name.value
                value = repr(step.name)
                if name == "distance":
                    value = "r[0]"
                elif name == "node":
                    target = get_named_type(step.fields[name].type)
                    want, row = self.want(target, fields, (*path, key))
                    wants.append(want)
                    value = f"{self.function(row)}(r[{len(wants)}], a)"
                entries.append(f"{key!r}: {value}")
        column = Walk(address, meaning.relation, tuple(wants))
        return column, f"[{{{', '.join(entries)}}} for r in {source}]"


def _personal(label: str, columns: Sequence[Column]) -> tuple[str, ...]:
    """Names of personal properties among the columns, in their order."""
    personal = MODEL.node_type(label).personal
    names = [c.property.name for c in columns if isinstance(c, Value)]
    return tuple(dict.fromkeys(n for n in names if n in personal and n != "key"))


_ENDS = {"startCursor": 0, "endCursor": -1}
_FLAGS = {
    "hasNextPage": "p.bounded if p.backward else more",
    "hasPreviousPage": "more if p.backward else p.bounded",
}
