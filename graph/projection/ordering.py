"""Order and keyset: by declared sort keys, then by `key`, so that no page skips or repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, LiteralString

from graph.model import MODEL, Kind, NodeType, Owned, Property, Relation
from graph.model.declare import EVERY_NODE
from graph.projection.access import visible
from graph.projection.filters import from_text
from graph.projection.patterns import pattern
from graph.projection.personal import refuse_personal
from graph.projection.slots import Path, Slots
from graph.viewer import Scale, Viewer


@dataclass(frozen=True, slots=True, eq=False)
class SortKey:
    """Something a type can be sorted by: a property of its own, of its edge, or of a neighbour.

    There is one of each, so that it is hashed by what it is: shapes of requests hold it.
    """

    name: str
    property: Property
    relation: Relation | None = None
    on_edge: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A sort key and its direction."""

    key: SortKey
    descending: bool = False

    def reversed(self) -> "Order":
        """The same key the other way round."""
        return Order(self.key, not self.descending)


KEY = SortKey("KEY", next(p for p in EVERY_NODE if p.name == "key"))


@cache
def sort_keys(t: NodeType) -> dict[str, SortKey]:
    """Name -> sort key, of a node type."""
    own = [SortKey(p.name.upper(), p) for p in t.all_properties if p.sortable]
    near = [
        SortKey(s.name, MODEL.node_type(r.target).property(s.property), r)
        for s in t.sort_by
        for r in [MODEL.relation(t.label, s.relation)]
    ]
    return {k.name: k for k in (KEY, *own, *near)}


def edge_sort_keys(relation: Relation) -> dict[str, SortKey]:
    """Name -> sort key, of a relation's edge; names begin with EDGE_."""
    return {
        f"EDGE_{p.name.upper()}": SortKey(f"EDGE_{p.name.upper()}", p, on_edge=True)
        for p in relation.properties
        if p.sortable
    }


class Ordering:
    """The ORDER BY and the keyset predicate of one page.

    `bound` has one value for each key, then the node's own key; it is what a cursor holds. `kept`
    are properties that are read elsewhere than on the node.
    """

    def __init__(
        self,
        orders: Sequence[Order],
        t: NodeType,
        node: LiteralString,
        edge: LiteralString,
        viewer: Viewer,
        *,
        kept: Mapping[str, LiteralString] = MappingProxyType({}),
    ) -> None:
        tail = () if any(o.key == KEY for o in orders) else (Order(KEY, orders[0].descending),)
        self._columns: list[tuple[Order, LiteralString]] = [
            (o, kept.get(o.key.property.name) or _column(o.key, t, (node, edge), viewer))
            for o in (*orders, *tail)
        ]

    @property
    def order_by(self) -> LiteralString:
        """What stands behind ORDER BY."""
        parts: list[LiteralString] = [
            f"{column} DESC" if order.descending else column for order, column in self._columns
        ]
        return ", ".join(parts)

    @property
    def values(self) -> LiteralString:
        """The sort values of a row, as text where JSON needs it."""
        columns: list[LiteralString] = [
            f"toString({column})" if _is_temporal(order.key.property) else column
            for order, column in self._columns
        ]
        return f"[{', '.join(columns)}]"

    def present(self) -> list[LiteralString]:
        """Predicates that let an index give the order: its columns are never null."""
        return [
            f"{column} IS NOT NULL"
            for order, column in self._columns
            if _own_and_required(order.key)
        ]

    def after(self, bound: Mapping[int, Any], path: Path, slots: Slots) -> LiteralString:
        """The predicate of all rows behind a bound whose values lie at `path`.

        CASE rather than OR: for an OR the planner joins two indexes, and the order is lost.
        """
        predicate: LiteralString = "false"
        for n, (order, column) in reversed(list(enumerate(self._columns))):
            if bound[n] is None:
                beyond: LiteralString = "true" if order.descending else "false"
                predicate = f"CASE WHEN {column} IS NULL THEN {predicate} ELSE {beyond} END"
                continue
            parameter = slots.add((*path, n), _reader(order.key.property))
            sign: LiteralString = "<" if order.descending else ">"
            beyond = f"{column} {sign} {parameter}"
            if not order.descending and not _own_and_required(order.key):
                beyond = f"({beyond} OR {column} IS NULL)"
            predicate = f"CASE WHEN {column} = {parameter} THEN {predicate} ELSE {beyond} END"
            if n == 0 and _own_and_required(order.key):
                predicate = f"{column} {sign}= {parameter} AND {predicate}"
        return predicate


def index_hint(t: NodeType, node: LiteralString, viewer: Viewer) -> LiteralString:
    """Which index to read a page of a small scope from: the path's, to sort what lies there.

    The planner cannot see how small it is. A large scope is read in order and filtered instead,
    its predicate being one that no index serves.
    """
    prefixes = len(viewer.region_prefixes) + len(viewer.system_prefixes)
    if viewer.sees_everything or viewer.scale is Scale.LARGE or prefixes != 1:
        return ""
    if not isinstance(t.access, Owned):
        return ""
    tree: LiteralString = "region_path" if viewer.region_prefixes else "system_path"
    return f" USING INDEX {node}:{t.label}({tree})"


def _column(
    key: SortKey, t: NodeType, variables: tuple[LiteralString, LiteralString], viewer: Viewer
) -> LiteralString:
    node, edge = variables
    if key.on_edge:
        return f"{edge}.{key.property.name}"
    if key.relation is None:
        refuse_personal(t, key.property, viewer, order=True)
        return f"{node}.{key.property.name}"
    far = f"{node}_by"
    target = MODEL.node_type(key.relation.target)
    refuse_personal(target, key.property, viewer, order=True)
    allowed = visible(target, far, viewer)
    where = f" WHERE {allowed}" if allowed else ""
    found = f"MATCH {pattern(key.relation, node, far)}{where}"
    return f"head(COLLECT {{ {found} RETURN {far}.{key.property.name} LIMIT 1 }})"


def _own_and_required(key: SortKey) -> bool:
    return key.relation is None and not key.on_edge and key.property.required


def _is_temporal(p: Property) -> bool:
    return p.kind in {Kind.DATE, Kind.DATETIME}


@cache
def _reader(p: Property) -> Any:
    if not _is_temporal(p):
        return None
    return lambda value: from_text(p, value)
