"""Trees stay trees: rows that would close a cycle are found before they are written."""

from collections.abc import Mapping, Sequence

from graph.cypher import Cypher
from graph.database import Transaction
from graph.model import RelationshipType


def is_tree(r: RelationshipType) -> bool:
    """True if each node has at most one node above it, of its own type."""
    return r.source == r.target and not r.forward.many


async def closing_edges(
    transaction: Transaction, r: RelationshipType, edges: Sequence[tuple[str, str]]
) -> set[int]:
    """Numbers of the edges (key below, key above) that close a cycle with those before them."""
    above = await _above(transaction, r, sorted({key for edge in edges for key in edge}))
    closing: set[int] = set()
    for number, (below, over) in enumerate(edges):
        if below in _ancestors(above, over):
            closing.add(number)
        else:
            above[below] = over
    return closing


async def _above(
    transaction: Transaction, r: RelationshipType, keys: Sequence[str]
) -> dict[str, str]:
    """Key -> the key above it, for everything on the way up from the given keys."""
    text = (
        "UNWIND $keys AS key "
        f"MATCH (:{r.source} {{key: key}})-[:{r.type}]->*(n:{r.source}) "
        f"MATCH (n)-[:{r.type}]->(over:{r.source}) "
        "WITH DISTINCT n, over "
        "RETURN collect([n.key, over.key]) AS above"
    )
    [row] = await transaction.run(Cypher(text, {"keys": keys}, name="ancestors"))
    return dict(row["above"])


def _ancestors(above: Mapping[str, str], key: str) -> set[str]:
    """The key itself and all above it; ends even if the graph holds a cycle already."""
    seen: set[str] = set()
    step: str | None = key
    while step is not None and step not in seen:
        seen.add(step)
        step = above.get(step)
    return seen
