"""The people of a large enterprise or union, in order, from an index.

Finding all of them to sort them, or reading everybody in order to keep them, costs a hundred
times a page; an index that has them in order costs a page (docs/adr/0032). Where a page begins is
all that it decides: whom the viewer sees is decided by the predicate that every pattern carries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import LiteralString

from graph.cypher import literal
from graph.model import NodeType
from graph.model.people import ABOVE, WORKER
from graph.projection.dated import in_force
from graph.projection.ordering import Order
from graph.viewer import Viewer

_OWN: LiteralString = "$viewer_organisation"
_DAY: LiteralString = "$viewer_day"
_KEPT: Mapping[str, LiteralString] = MappingProxyType({"key": "worker_key", "name": "worker_name"})
_INDEXED: Mapping[str, LiteralString] = MappingProxyType({"key": "key", "name": "name"})


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a page begins: the clause that finds it, and its order as the index has it."""

    match: LiteralString
    where: list[LiteralString]
    columns: Mapping[str, LiteralString]
    first: LiteralString


def listing(
    t: NodeType, node: LiteralString, orders: Sequence[Order], viewer: Viewer
) -> Listing | None:
    """The index's way to a page, where the viewer is one of those and the order is kept."""
    names = [o.key.property.name for o in orders if o.key.relation is None and not o.key.on_edge]
    in_order = len(names) == len(orders) and names in (["key"], ["name"], ["name", "key"])
    if (
        not viewer.listed
        or t is not WORKER
        or not in_order
        or len({o.descending for o in orders}) > 1
    ):
        return None
    columns = tuple(dict.fromkeys([*names, "key"]))
    if viewer.place:
        return _of_union(node, columns, viewer.place)
    return _of_enterprise(node, columns) if viewer.organisation else None


def _of_union(
    node: LiteralString, columns: Sequence[str], place: tuple[LiteralString, int]
) -> Listing:
    tree, depth = place
    above = ABOVE[tree][depth - 1]
    prefix, number = literal(f"${tree}_0"), literal(str(depth))
    indexed = ", ".join([_INDEXED[name] for name in columns])
    return Listing(
        f"MATCH ({node}:Worker) USING INDEX {node}:Worker({above}, {indexed})",
        [f"{node}.{above} = split({prefix}, '/')[{number}]"],
        {},
        f"{node}.{above}",
    )


def _of_enterprise(node: LiteralString, columns: Sequence[str]) -> Listing:
    post: LiteralString = f"{node}_post"
    other: LiteralString = f"{node}_other"
    indexed = ", ".join([_KEPT[name] for name in columns])
    once: LiteralString = (
        f"NOT EXISTS {{ MATCH ({node})<-[:ABOUT_WORKER]-({other}:Employment) "
        f"WHERE {other}.employer = {_OWN} AND {other}.key < {post}.key "
        f"AND {in_force(other, _DAY)} }}"
    )
    return Listing(
        f"MATCH ({post}:Employment)-[:ABOUT_WORKER]->({node}:Worker) "
        f"USING INDEX {post}:Employment(employer, {indexed})",
        [f"{post}.employer = {_OWN}", in_force(post, _DAY), once],
        {name: f"{post}.{kept}" for name, kept in _KEPT.items()},
        f"{post}.employer",
    )
