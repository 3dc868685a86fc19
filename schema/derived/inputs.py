"""Filters and orders of each node type, and of each relation whose edges hold properties."""

from functools import cache
from typing import Annotated, Any

import strawberry

from graph.model import MODEL, NodeType, Relation
from graph.projection.ordering import Order, SortKey, edge_sort_keys, sort_keys
from schema.derived.fields import camel
from schema.derived.scalars_of import described, filter_of, python_enum

_HERE = "schema.derived.inputs"


def edge_name(relation: Relation) -> str:
    """Type names for an edge that holds properties begin with this, such as WorkerSkills."""
    return relation.owner + relation.name[0].upper() + relation.name[1:]


def _lazy(name: str) -> Any:
    lazy: Any = Annotated[name, strawberry.lazy(_HERE)]
    return lazy | None


def _input(name: str, description: str, fields: dict[str, tuple[Any, str]]) -> Any:
    annotations = {n: annotation for n, (annotation, _) in fields.items()}
    defaults = {
        n: strawberry.field(default=strawberry.UNSET, description=text, name=_written(n))
        for n, (_, text) in fields.items()
    }
    cls = strawberry.input(
        type(name, (), {"__annotations__": annotations, "__module__": _HERE, **defaults}),
        name=name,
        description=description,
    )
    globals()[name] = cls
    return cls


def _written(name: str) -> str:
    return name if name.isupper() else camel(name)


def _filter(t: NodeType) -> Any:
    name = f"{t.label}Filter"
    fields: dict[str, tuple[Any, str]] = {
        "AND": (_list_of(name), "All of these hold."),
        "OR": (_list_of(name), "At least one of these holds."),
        "NOT": (_lazy(name), "This does not hold."),
    }
    for p in t.all_properties:
        if not p.internal:
            fields[p.name] = (filter_of(p) | None, described(p.description, p.zh))
    for r in MODEL.relations[t.label]:
        target = f"{r.target}Filter" if not r.properties else f"{edge_name(r)}Filter"
        if r.many:
            target = f"{target.removesuffix('Filter')}ListFilter"
        fields[r.name] = (_lazy(target), described(r.description, r.zh))
    return _input(name, f"Conditions on a {t.label}; all that are given must hold.", fields)


def _list_of(name: str) -> Any:
    return list[Annotated[name, strawberry.lazy(_HERE)]] | None


def _list_filter(name: str) -> Any:
    each = _lazy(f"{name}Filter")
    return _input(
        f"{name}ListFilter",
        "Conditions on the nodes a relation leads to.",
        {
            "some": (each, "At least one meets this."),
            "none": (each, "None meets this."),
            "all": (each, "Each meets this; also true if there is none."),
        },
    )


def _edge_filter(r: Relation) -> Any:
    fields: dict[str, tuple[Any, str]] = {
        "node": (_lazy(f"{r.target}Filter"), "Conditions on the node.")
    }
    for p in r.properties:
        fields[p.name] = (filter_of(p) | None, described(p.description, p.zh))
    return _input(
        f"{edge_name(r)}Filter", f"Conditions on {r.name} of a {r.owner} and its edge.", fields
    )


@cache
def _order(name: str, keys: tuple[SortKey, ...]) -> Any:
    values: dict[str, Any] = {}
    for key in keys:
        text = described(key.property.description, key.property.zh)
        for suffix, descending in (("ASC", False), ("DESC", True)):
            values[f"{key.name}_{suffix}"] = strawberry.enum_value(
                Order(key, descending),
                description=f"{text} {'Greatest' if descending else 'Least'} first.",
            )
    return strawberry.enum(
        python_enum(f"{name}Order", values),
        name=f"{name}Order",
        description="What to sort by; ties are broken by `key`.",
    )


def order_of(t: NodeType, relation: Relation | None) -> Any:
    """The enum of sort keys of a connection."""
    edges = edge_sort_keys(relation) if relation else {}
    own = tuple(sort_keys(t).values())
    if not edges or relation is None:
        return _order(t.label, own)
    return _order(edge_name(relation), (*edges.values(), *own))


def filter_input(t: NodeType, relation: Relation | None) -> Any:
    """The filter input of a connection."""
    if relation is not None and relation.properties:
        return globals()[f"{edge_name(relation)}Filter"]
    return globals()[f"{t.label}Filter"]


@cache
def group_key_of(t: NodeType) -> Any:
    """The enum of what a type can be grouped by."""
    own = [
        SortKey(p.name.upper(), p)
        for p in t.all_properties
        if not p.internal and (p.sortable or p.kind.value in {"Boolean", "Choice", "Role"})
    ]
    near = [k for k in sort_keys(t).values() if k.relation is not None]
    values = {
        k.name: strawberry.enum_value(
            k, description=described(k.property.description, k.property.zh)
        )
        for k in (*own, *near)
    }
    return strawberry.enum(
        python_enum(f"{t.label}GroupKey", values),
        name=f"{t.label}GroupKey",
        description=f"What nodes of {t.label} can be grouped by.",
    )


for _t in MODEL.node_types:
    _filter(_t)
    _list_filter(_t.label)
    for _r in MODEL.relations[_t.label]:
        if _r.properties:
            _edge_filter(_r)
            if _r.many:
                _list_filter(edge_name(_r))
