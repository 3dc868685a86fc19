"""The predicate that every pattern carries which reaches an owned node."""

from collections.abc import Callable
from typing import LiteralString

from graph.cypher import literal
from graph.model import MODEL, NodeType, Owned, Relation, Through
from graph.viewer import Viewer


def visible(node_type: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate over `variable`, or None where no restriction applies."""
    parts: list[LiteralString] = []
    if not viewer.sees_synthetic:
        parts.append(f"NOT coalesce({variable}.synthetic, false)")
    if isinstance(node_type.access, Owned) and not viewer.sees_everything:
        parts.append(_in_scope(variable, viewer))
    if isinstance(node_type.access, Through) and not viewer.sees_everything:
        ways: list[LiteralString] = [
            _through(MODEL.relation(node_type.label, name), variable, viewer)
            for name in node_type.access.relations
        ]
        parts.append(f"({' OR '.join(ways)})")
    return " AND ".join(parts) or None


def _in_scope(variable: LiteralString, viewer: Viewer) -> LiteralString:
    ways: list[LiteralString] = []
    for tree, prefixes in _TREES:
        for n in range(len(prefixes(viewer))):
            number = literal(str(n))
            ways.append(f"{variable}.{tree}_path STARTS WITH ${tree}_{number}")
    return f"({' OR '.join(ways)})" if ways else "false"


_TREES: tuple[tuple[LiteralString, Callable[[Viewer], tuple[str, ...]]], ...] = (
    ("region", lambda viewer: viewer.region_prefixes),
    ("system", lambda viewer: viewer.system_prefixes),
)


def _through(relation: Relation, variable: LiteralString, viewer: Viewer) -> LiteralString:
    owner = f"{variable}_{relation.name}"
    inner = visible(MODEL.node_type(relation.target), owner, viewer)
    where = f" WHERE {inner}" if inner else ""
    return f"EXISTS {{ MATCH {pattern(relation, variable, owner)}{where} }}"


def pattern(
    relation: Relation, near: LiteralString, far: LiteralString, edge: LiteralString = ""
) -> LiteralString:
    """The pattern `(near)-[edge:TYPE]->(far:Target)` in the relation's direction."""
    left, right = ("-", "->") if relation.outgoing else ("<-", "-")
    return f"({near}){left}[{edge}:{relation.type}]{right}({far}:{relation.target})"


def visible_whatever(variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate for a node of any type, for the interior of paths."""
    if viewer.sees_everything and viewer.sees_synthetic:
        return None
    branches: list[LiteralString] = []
    for t in MODEL.node_types:
        predicate = visible(t, variable, viewer)
        if predicate is not None:
            branches.append(f"WHEN {variable}:{t.label} THEN {predicate}")
    return f"CASE {' '.join(branches)} ELSE {variable}:Node END"
