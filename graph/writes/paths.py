"""Paths in the trees of unions, derived: of each union, and of what the unions answer for."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.model import MODEL, Owned, RelationshipType
from graph.model.people import ABOVE, DEPTHS, WORKER

PARENT: LiteralString = "SUBORDINATE_TO"


def unions_above(worker: LiteralString) -> LiteralString:
    """SET of the union at each depth of a worker's paths, where lists of unions are read from."""
    return "SET " + ", ".join(
        [
            f"{worker}.{name} = nullIf(split({worker}.{tree}_path, '/')[{depth}], '')"
            for tree, names in ABOVE.items()
            for depth, name in zip(DEPTHS, names, strict=True)
        ]
    )


def ownerships() -> Iterator[RelationshipType]:
    """The relationship types that lead from an owned node to the unions that see it."""
    for r in MODEL.relationship_types:
        if isinstance(MODEL.node_type(r.source).access, Owned) and r.target == "Union":
            yield r


async def derive_paths(
    transaction: Transaction, ownership: RelationshipType, keys: Sequence[str]
) -> None:
    """Set the paths of owned nodes, by key, from the paths of their unions."""
    text: LiteralString = (
        f"UNWIND $keys AS key MATCH (n:{ownership.source} {{key: key}}) {_derive(ownership)}"
    )
    await transaction.run(Cypher(text, {"keys": sorted(set(keys))}, name="derive paths"))


async def derive_union_paths(database: Database) -> None:
    """Set the path of every union that was added or moved, then of all it answers for.

    The mark on a moved union goes last: a run that is cut short is made good by the next.
    """
    await database.run(Cypher(_UNION_PATHS, name="union paths"))
    for ownership in ownerships():
        await database.run(Cypher(_derive_moved(ownership), name="derive paths"))
    await database.run(Cypher(_FORGET_MOVES, name="union paths"))


def derivation(label: LiteralString) -> LiteralString:
    """Clauses that set the paths of `n`, a node of an owned type, from those of its unions."""
    return _derive(next(r for r in ownerships() if r.source == label))


@cache
def _derive(ownership: RelationshipType) -> LiteralString:
    """Of unions on one branch the lowest counts: its path is the longest, so it sorts last."""
    return (
        f"OPTIONAL MATCH (n)-[:{ownership.type}]->(u:Union) "
        "WITH n, max(CASE u.tree WHEN 'REGION' THEN u.path END) AS region, "
        "max(CASE u.tree WHEN 'SYSTEM' THEN u.path END) AS system "
        "WHERE coalesce(n.region_path, '') <> coalesce(region, '') "
        "OR coalesce(n.system_path, '') <> coalesce(system, '') "
        "SET n.region_path = region, n.system_path = system, "
        "n.scope_tokens = replace(coalesce(region, '') + coalesce(system, ''), '/', ' ') "
        f"{unions_above('n') if ownership.source == WORKER.label else ''}"
    )


@cache
def _derive_moved(ownership: RelationshipType) -> LiteralString:
    return (
        "MATCH (u:Union) WHERE u.moved "
        f"MATCH (u)<-[:{ownership.type}]-(n:{ownership.source}) "
        "WITH DISTINCT n "
        f"CALL (n) {{ {_derive(ownership)} }} IN TRANSACTIONS OF 5000 ROWS"
    )


_UNION_PATHS: LiteralString = f"""
MATCH (root:Union)
WHERE NOT EXISTS {{ (root)-[:{PARENT}]->(:Union) }}
MATCH way = (root)<-[:{PARENT}*0..]-(u:Union)
WITH u, reduce(path = '/', n IN nodes(way) | path + n.id + '/') AS path
WHERE coalesce(u.path, '') <> path OR coalesce(u.path_tree, '') <> u.tree
SET u.path = path, u.path_tree = u.tree, u.moved = true
"""

_FORGET_MOVES: LiteralString = "MATCH (u:Union) WHERE u.moved REMOVE u.moved"
