"""One operation planned: its root fields, where their arguments stand, how each is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from graph.cypher import Cypher
from graph.projection.compile import Arguments, Compiler
from graph.projection.shapes import shape
from graph.projection.slots import Slot, fill
from graph.projection.want import Many, Step, Want
from graph.viewer import Viewer
from schema.derived.fields import camel
from schema.derived.meaning import IsAsked, IsBy, IsByIds, IsMany, meaning_of
from schema.plan.code import Code
from schema.plan.collect import Collector
from schema.plan.computed import Computed, Selected
from schema.plan.cost import Formula
from schema.plan.documents import Recent
from schema.plan.inputs import Values
from schema.plan.pages import Prepared, Preparer
from schema.plan.planner import Path, Planner, Site
from schema.tariff import price

MOST_SHAPES = 64


@dataclass(frozen=True, slots=True)
class Statement:
    """The text for one shape of arguments, and where its parameters come from."""

    text: LiteralString
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Root:
    """One root field: what it wants, and the function that completes its value."""

    key: str
    name: str
    field: GraphQLField
    meaning: Any
    column: Many | Want | None
    address: Step
    sites: tuple[Site, ...]
    complete: str
    selected: Sequence[Selected]
    texts: Recent[Any, Any]

    @property
    def nullable(self) -> bool:
        """Whether the field may be null when it fails."""
        return not isinstance(self.field.type, GraphQLNonNull)

    def statement(self, arguments: Mapping[Step, Prepared], viewer: Viewer) -> Cypher:
        """The Cypher for one request; compiled only for a shape not seen before."""
        own: Arguments = {s.address: arguments[s.address].statement for s in self.sites}
        key = (viewer.variant, *[shape(a) for a in own.values()])
        known: Statement = self.texts.recall(key) or self.texts.keep(
            key, self._compiled(Compiler(viewer, own))
        )
        return Cypher(known.text, fill(known.slots, own) | viewer.parameters, name=self.name)

    def _compiled(self, compiler: Compiler) -> Statement:
        text = compiler.returning(lambda: self._expression(compiler))
        return Statement(f"{text} AS value", compiler.slots.all)

    def _expression(self, compiler: Compiler) -> LiteralString:
        match self.meaning, self.column:
            case IsMany(), Many() as column:
                return compiler.many(column)
            case IsBy(label, name), Want() as want:
                return compiler.by(name, label, want, self.address)
            case _, Want() as want:
                return compiler.by_ids(want, self.address)
            case _:
                raise AssertionError(self.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation ready to be filled with arguments; `meta` are its introspection fields.

    `cost` tells from the sizes of its pages what it may cost, of which `weight` is not for objects.
    """

    roots: tuple[Root, ...]
    sites: tuple[Site, ...]
    functions: Mapping[str, Any]
    keys: tuple[str, ...]
    meta: Mapping[str, Sequence[FieldNode]]
    cost: Callable[[Mapping[Step, int]], int]
    weight: int

    @property
    def introspects(self) -> bool:
        """Whether it asks for more of the schema than the name of a root type."""
        return any(nodes[0].name.value != "__typename" for nodes in self.meta.values())

    def prepare(self, preparer: Preparer, variables: Values) -> dict[Step, Prepared]:
        """The arguments of every field; raises InvalidRequest naming the one at fault."""
        return {site.address: _prepared(site, preparer, variables) for site in self.sites}

    def statements(self, arguments: Mapping[Step, Prepared], viewer: Viewer) -> dict[str, Cypher]:
        """Response key -> statement of each root field that is one; raises InvalidRequest."""
        derived = [root for root in self.roots if not isinstance(root.meaning, IsAsked)]
        return {root.key: root.statement(arguments, viewer) for root in derived}

    def written(self, address: int, steps: Sequence[str | int]) -> Path:
        """A path below the field at an address, as clients write it."""
        names = [camel(step.rstrip("_")) if isinstance(step, str) else step for step in steps]
        return (*self.sites[address].path, *names)


def _prepared(site: Site, preparer: Preparer, variables: Values) -> Prepared:
    if site.kind == "aggregate":
        return _AGGREGATE
    given = site.arguments.values(variables)
    match site.kind:
        case "page":
            return preparer.page(given, site.path, site.name)
        case "groups":
            return preparer.groups(given, site.path)
        case "walk":
            return preparer.walk(given, site.path)
        case "identifiers":
            return preparer.identifiers(given, site.path)
        case _:
            return Prepared(given)


_AGGREGATE = Prepared({"by": (), "limit": 1}, lambda _: [])


def plan(
    schema: GraphQLSchema, root: GraphQLObjectType, collector: Collector, selections: Any,
    *, checked: bool = True,
) -> Plan:  # fmt: skip
    """Plan the root fields of an operation."""
    code = Code(checked=checked)
    planner = Planner(schema, collector, code)
    fields = collector.of(root, [selections])
    meta = {key: nodes for key, nodes in fields.items() if nodes[0].name.value.startswith("__")}
    roots = [_root(planner, root, nodes, key) for key, nodes in fields.items() if key not in meta]
    formula = Formula(schema, collector, planner.sites).of(root, fields)
    cost = code.built(code.function("s", f"return {formula}"))
    weight = sum(price(r.field).weight for r in roots)
    functions = {r.complete: code.built(r.complete) for r in roots}
    return Plan(tuple(roots), tuple(planner.sites), functions, tuple(fields), meta, cost, weight)


def _root(planner: Planner, t: GraphQLObjectType, nodes: Sequence[FieldNode], key: str) -> Root:
    name = nodes[0].name.value
    graphql_field = t.fields[name]
    meaning = meaning_of(graphql_field)
    before = len(planner.sites)
    path: Path = (key,)
    column: Many | Want | None = None
    selected: Sequence[Selected] = ()
    if isinstance(meaning, IsMany):
        column, function = planner.many(meaning, t, nodes, path)
        complete = planner.code.function("v, a", f"return {function}(v, a)")
    elif isinstance(meaning, IsAsked):
        computed = Computed(planner)
        with planner.below(planner.site("asked", nodes, t, path)):
            value = computed.value(graphql_field.type, nodes, path, "v")
        complete = planner.code.function("v, a", f"return {value}")
        selected = computed.selected
    else:
        with planner.below(planner.site("identifiers", nodes, t, path)):
            column, row = planner.want(get_named_type(graphql_field.type), nodes, path)
            function = planner.function(row)
        complete = planner.code.function("v, a", f"return {_looked_up(meaning, function)}")
    sites = tuple(planner.sites[before:])
    texts: Recent[Any, Any] = Recent(MOST_SHAPES)
    return Root(key, name, graphql_field, meaning, column, before, sites, complete, selected, texts)


def _looked_up(meaning: Any, function: str) -> str:
    if not isinstance(meaning, IsByIds):
        return f"None if v is None else {function}(v, a)"
    each = f"[None if i is None else {function}(i, a) for i in v]"
    return each if meaning.many else f"{each}[0]"
