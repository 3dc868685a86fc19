"""Object, edge, connection and group types of each node type, and their root fields."""

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from graph.lifecycles.operations import OPERATIONS
from graph.model import MODEL, NODE, Interface, NodeType, Relation
from graph.model.declare import VERSION
from schema.derived.fields import argument, camel, field, made
from schema.derived.inputs import edge_name, filter_input, group_key_of, order_of
from schema.derived.meaning import (
    IsBy,
    IsByIds,
    IsEdgeValue,
    IsMany,
    IsMeasured,
    IsOne,
    IsValue,
    IsWalk,
    Part,
)
from schema.derived.scalars_of import described, figures_of, output_of
from schema.scalars import Day, Moment

MOST = 100
USUAL = 20
MOST_GENERATIONS = 8


@strawberry.type(description="Where a page lies among all.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = strawberry.field(description="More follow.")
    has_previous_page: bool = strawberry.field(description="Some come before.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last edge.")


def _interface(i: Interface) -> Any:
    fields = {"id": strawberry.ID, "key": str}
    sample = MODEL.concrete(i.label)[0]
    cls = strawberry.interface(
        type(i.label, (), {"__annotations__": {}}),
        name=i.label,
        description=described(i.description, i.zh),
    )
    for name in dict.fromkeys(("id", "key", *i.properties)):
        p = sample.property(name)
        given = fields.get(name) or _widest(i, name)
        cls.__strawberry_definition__.fields.append(
            field(name, given, described(p.description, p.zh), IsValue(p))
        )
    return cls


def _widest(i: Interface, name: str) -> Any:
    """The type that all implementations agree on: nullable if one of them is."""
    types = [output_of(t.property(name)) for t in MODEL.concrete(i.label)]
    return types[0] if all(t == types[0] for t in types) else types[0] | None


INTERFACES: dict[str, Any] = {i.label: _interface(i) for i in MODEL.interfaces}


_MOVED = {o.subject.label for o in OPERATIONS.values() if not o.creates}


def _object(t: NodeType) -> Any:
    fields = [
        field(
            p.name,
            strawberry.ID if p.name == "id" else output_of(p),
            described(p.description, p.zh),
            IsValue(p),
        )
        for p in t.all_properties
        if not p.internal
    ]
    if t.label in _MOVED:
        text = described(VERSION.description, VERSION.zh)
        fields.append(field(VERSION.name, output_of(VERSION), text, IsValue(VERSION)))
    parents = tuple(INTERFACES[label] for label in (NODE.label, *t.interfaces))
    return made(t.label, described(t.description, t.zh), *fields, interfaces=parents)


OBJECTS: dict[str, Any] = {t.label: _object(t) for t in MODEL.node_types}


def _group(t: NodeType) -> Any:
    measured = [
        field(
            p.name,
            figures_of(p.kind),
            f"Figures over `{camel(p.name)}`.",
            IsMeasured(p),
        )
        for p in t.all_properties
        if not p.internal and not p.choices and figures_of(p.kind) is not None
    ]
    return made(
        f"{t.label}Group",
        f"Figures over some nodes of {t.label}.",
        field("key", list[str | None], "Values they share, in the order of `by`.", Part.KEY),
        field("count", int, "How many they are.", Part.COUNT),
        *measured,
    )


GROUPS: dict[str, Any] = {t.label: _group(t) for t in MODEL.node_types}


def _connection(t: NodeType, relation: Relation | None) -> Any:
    name = edge_name(relation) if relation is not None else t.label
    node = OBJECTS[t.label]
    values = [
        field(p.name, output_of(p), described(p.description, p.zh), IsEdgeValue(p))
        for p in (relation.properties if relation else ())
    ]
    edge = made(
        f"{name}Edge",
        f"A {t.label} on a page.",
        field("cursor", str, "Place of this edge: give it as `after` or `before`.", Part.CURSOR),
        field("node", node, "The node.", Part.NODE),
        *values,
    )
    by = argument("by", list[group_key_of(t)], "Group by these, in this order.", required=True)
    most = argument("first", int, f"At most so many groups, largest first ({USUAL} by default).")
    return made(
        f"{name}Connection",
        f"A page of nodes of {t.label}.",
        field("edges", list[edge], "Edges of the page.", Part.EDGES),
        field("nodes", list[node], "Nodes of the page, without their edges.", Part.NODES),
        field("page_info", PageInfo, "Where the page lies.", Part.PAGE_INFO),
        field("total_count", int, "How many there are on all pages.", Part.TOTAL),
        field("aggregate", GROUPS[t.label], "Figures over all pages.", Part.AGGREGATE),
        field("groups", list[GROUPS[t.label]], "Figures by group.", Part.GROUPS, (by, most)),
    )


CONNECTIONS: dict[str, Any] = {t.label: _connection(t, None) for t in MODEL.node_types}


def _page_arguments(t: NodeType, relation: Relation | None) -> tuple[Any, ...]:
    dated = (
        argument("as_of", Day, "Only what held on this day; without it, all records."),
        argument("known_at", Moment, "As it was known at this moment; now by default."),
    )
    return (
        argument("first", int, f"So many from the start ({USUAL} by default, {MOST} at most)."),
        argument("after", str, "Behind this cursor."),
        argument("last", int, f"So many from the end ({MOST} at most)."),
        argument("before", str, "In front of this cursor."),
        argument("filter", filter_input(t, relation), "Only nodes that meet this."),
        argument("order_by", list[order_of(t, relation)], "What to sort by."),
        *(dated if t.dated else ()),
    )


def _relation_field(r: Relation) -> StrawberryField:
    text = described(r.description, r.zh)
    if not r.many:
        return field(r.name, OBJECTS[r.target] | None, text, IsOne(r))
    t = MODEL.node_type(r.target)
    connection = _connection(t, r) if r.properties else CONNECTIONS[r.target]
    return field(r.name, connection, text, IsMany(t.label, r), _page_arguments(t, r))


def _walk_field(r: Relation) -> StrawberryField:
    step = made(
        f"{r.owner}{r.walk[0].upper()}{r.walk[1:]}Step",
        f"A {r.target} and how many steps away it is.",
        field("distance", int, "Steps, 1 for the nearest.", Part.DISTANCE),
        field("node", OBJECTS[r.target], "The node.", Part.NODE),
    )
    return field(
        r.walk,
        list[step],
        f"{r.description} Followed through several generations, nearest first.",
        IsWalk(r),
        (
            argument("generations", int, f"How far: 3 by default, {MOST_GENERATIONS} at most."),
            argument("first", int, f"At most so many ({USUAL} by default, {MOST} at most)."),
        ),
    )


for _t in MODEL.node_types:
    _definition = OBJECTS[_t.label].__strawberry_definition__
    for _r in MODEL.relations[_t.label]:
        _definition.fields.append(_relation_field(_r))
        if _r.walk:
            _definition.fields.append(_walk_field(_r))


def root_fields() -> list[StrawberryField]:
    """Three root fields for each node type, and two for nodes of any type."""
    identifier = argument("id", strawberry.ID, "Its id.", required=True)
    key = argument("key", str, "Its key, `source:external id`.", required=True)
    fields: list[StrawberryField] = []
    for t in MODEL.node_types:
        single = t.label[0].lower() + t.label[1:]
        text = described(t.description, t.zh)
        node = OBJECTS[t.label] | None
        fields += [
            field(single, node, text, IsBy(t.label, "id"), (identifier,)),
            field(f"{single}ByKey", node, text, IsBy(t.label, "key"), (key,)),
            field(
                t.plural,
                CONNECTIONS[t.label],
                text,
                IsMany(t.label),
                _page_arguments(t, None),
            ),
        ]
    any_node = INTERFACES[NODE.label] | None
    ids = argument("ids", list[strawberry.ID], f"At most {MOST} ids.", required=True)
    return [
        *fields,
        field("node", any_node, "A node of any type by its id.", IsByIds(False), (identifier,)),
        field("nodes", list[any_node], "Nodes by their ids, in that order.", IsByIds(True), (ids,)),
    ]
