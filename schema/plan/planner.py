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


@dataclass(slots=True)
class _Rows:
    """The rows of one connection while it is being planned."""

    many: IsMany
    address: Step
    path: Path
    items: list[Item]
    groups: list[Group]
    rows: bool = False
    total: bool = False

    def place(self, item: Item) -> str:
        """The expression of an item in its row."""
        self.rows = True
        if not isinstance(item, SortValues):
            self.items.append(item)
            return f"r[{len(self.items) - 1}]"
        known = [n for n, i in enumerate(self.items) if isinstance(i, SortValues)]
        if not known:
            self.items.append(item)
        return f"r[{known[0] if known else len(self.items) - 1}]"


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

    def want(self, t: Any, nodes: Sequence[FieldNode], path: Path) -> tuple[Want, str]:
        """What is wanted of nodes of a type, and the name of the function that completes a row."""
        if isinstance(t, GraphQLObjectType):
            columns, function = self._node(t, nodes, path, 0)
            return Want({MODEL.node_type(t.name).label: columns}), function
        labels: dict[LiteralString, tuple[Column, ...]] = {}
        functions: list[str] = []
        for concrete in MODEL.concrete(t.name):
            possible: Any = self._schema.type_map[concrete.label]
            columns, function = self._node(possible, nodes, path, 1)
            labels[concrete.label] = columns
            functions.append(f"{concrete.label!r}: {function}")
        table = self.code.function("", f"return {{{', '.join(functions)}}}")
        function = self.code.function("r, a", f"return {table}()[r[0]](r, a)")
        return Want(labels, abstract=True), function

    def _node(
        self, t: GraphQLObjectType, nodes: Sequence[FieldNode], path: Path, offset: int
    ) -> tuple[tuple[Column, ...], str]:
        columns: list[Column] = []
        entries = self.code.type_name(t.name)
        for key, fields in self.collect.fields(t, nodes).items():
            if fields[0].name.value == "__typename":
                entries.append(f"{key!r}: {t.name!r}")
                continue
            source = f"r[{len(columns) + offset}]"
            column, value = self._column(t, fields, (*path, key), source)
            columns.append(column)
            entries.append(f"{key!r}: {value}")
        noting: list[str] = []
        if names := _personal(t.name, columns):
            place = f"r[{len(columns) + offset}]"
            columns.append(Traced())
            shown = f"a[{SHOWN!r}].append(({place}, {self.code.constant(names)}))"
            noting.append(f"{place} is None or {shown}")
        made = self.code.function("r, a", *noting, f"return {{{', '.join(entries)}}}")
        return tuple(columns), made

    def _column(
        self, t: GraphQLObjectType, nodes: Sequence[FieldNode], path: Path, source: str
    ) -> tuple[Column, str]:
        field = t.fields[nodes[0].name.value]
        meaning = meaning_of(field)
        match meaning:
            case IsValue():
                return Value(meaning.property), self.code.leaf(meaning.property, source)
            case IsOne():
                want, function = self.want(get_named_type(field.type), nodes, path)
                value = f"(None if (w := {source}) is None else {function}(w, a))"
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
        rows = _Rows(meaning, address, path, [], [])
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
            f"return {{{', '.join(entries)}}}",
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
                want, function = self.want(get_named_type(field.type), nodes, path)
                return f"[{function}({rows.place(want)}, a) for r in rows]"
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
                    value = f"p.seal({rows.place(SortValues())})"
                case Part.NODE:
                    target = get_named_type(t.fields[name].type)
                    want, function = self.want(target, fields, (*path, key))
                    value = f"{function}({rows.place(want)}, a)"
                case IsEdgeValue(p):
                    value = self.code.leaf(p, rows.place(EdgeValue(p)))
                case _:
                    raise AssertionError(name)
            entries.append(f"{key!r}: {value}")
        rows.rows = True
        return f"[{{{', '.join(entries)}}} for r in rows]"

    def _page_info(self, t: Any, nodes: Sequence[FieldNode], rows: _Rows) -> str:
        rows.rows = True
        entries: list[str] = []
        for key, fields in self.collect.fields(t, nodes).items():
            name = fields[0].name.value
            if name in _ENDS:
                place = rows.place(SortValues())
                index = place.removeprefix("r")
                value = f"p.seal(rows[{_ENDS[name]}]{index}) if rows else None"
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
                    want, function = self.want(target, fields, (*path, key))
                    wants.append(want)
                    value = f"{function}(r[{len(wants)}], a)"
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
