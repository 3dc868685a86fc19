"""The people of a large enterprise, in order, from an index on their posts.

Finding all of them to sort them, or reading everybody in order to keep them, costs a hundred
times a page; an index that has them in order costs a page (docs/adr/0032).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import LiteralString

from graph.model import NodeType
from graph.model.people import WORKER
from graph.projection.dated import in_force
from graph.projection.ordering import Order
from graph.viewer import Viewer

_OWN: LiteralString = "$viewer_organisation"
_DAY: LiteralString = "$viewer_day"
_KEPT: Mapping[str, LiteralString] = MappingProxyType({"key": "worker_key", "name": "worker_name"})


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a page begins: the clause that finds it, and its order as the index has it."""

    match: LiteralString
    where: list[LiteralString]
    columns: Mapping[str, LiteralString]
    order: LiteralString


def listing(
    t: NodeType, node: LiteralString, orders: Sequence[Order], viewer: Viewer
) -> Listing | None:
    """The index's way to a page, where the viewer is such an enterprise and the order is kept."""
    names = [o.key.property.name for o in orders if o.key.relation is None and not o.key.on_edge]
    in_order = len(names) == len(orders) and names in (["key"], ["name"], ["name", "key"])
    if (
        not viewer.listed
        or t is not WORKER
        or not in_order
        or len({o.descending for o in orders}) > 1
    ):
        return None
    post: LiteralString = f"{node}_post"
    columns: dict[str, LiteralString] = {n: f"{post}.{kept}" for n, kept in _KEPT.items()}
    indexed: LiteralString = ", ".join([_KEPT[n] for n in dict.fromkeys([*names, "key"])])
    other: LiteralString = f"{node}_other"
    once: LiteralString = (
        f"NOT EXISTS {{ MATCH ({node})<-[:ABOUT_WORKER]-({other}:Employment) "
        f"WHERE {other}.employer = {_OWN} AND {other}.key < {post}.key "
        f"AND {in_force(other, _DAY)} }}"
    )
    return Listing(
        f"MATCH ({post}:Employment)-[:ABOUT_WORKER]->({node}:{t.label}) "
        f"USING INDEX {post}:Employment(employer, {indexed})",
        [f"{post}.employer = {_OWN}", in_force(post, _DAY), once],
        columns,
        f"{post}.employer{' DESC' if orders[0].descending else ''}, ",
    )
