"""Rows become relationships between nodes that exist; what leads nowhere is handed back.

A relation that is to-one from either side is moved, not doubled, when a row names another end.
In the texts, `row` is a list: number, key of the source, key of the target, values.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, LiteralString, NamedTuple

from graph.cypher import Cypher
from graph.database import Transaction
from graph.model import RelationshipType
from graph.writes.provenance import RECORD_CHANGE, Counts, Origin


class Edge(NamedTuple):
    """What one relationship shall hold: the keys of its ends, stored values by property."""

    source_key: str
    target_key: str
    values: Mapping[str, Any]


class Missing(NamedTuple):
    """An edge, by its place among those given, of which one end or both do not exist."""

    number: int
    source: bool
    target: bool


async def upsert_relationships(
    transaction: Transaction,
    relationship_type: RelationshipType,
    edges: Sequence[Edge],
    origin: Origin,
) -> tuple[Counts, list[Missing]]:
    """Create or update one relationship per edge; pairs of ends must differ."""
    rows = [[n, *edge] for n, edge in enumerate(edges)]
    rows.sort(key=itemgetter(1, 2))
    parameters = {"rows": rows, "load": origin.load, "at": origin.at}
    moved: set[int] = set()
    for text in _move_texts(relationship_type):
        [result] = await transaction.run(Cypher(text, parameters, name="move relationships"))
        moved.update(result["numbers"])
    text = _merge_text(relationship_type)
    [found] = await transaction.run(Cypher(text, parameters, name="upsert relationships"))
    updated = 0
    if found["differing"]:
        differing = set(found["differing"])
        changed = {**parameters, "rows": [row for row in rows if row[0] in differing]}
        text = _change_text(relationship_type)
        await transaction.run(Cypher(text, changed, name="change relationships"))
        updated = len(differing)
    missing: list[Missing] = []
    if found["matched"] < len(rows):
        text = _missing_text(relationship_type)
        [result] = await transaction.run(Cypher(text, parameters, name="missing ends"))
        missing = [Missing(*gap) for gap in result["gaps"]]
    made = found["matched"] - found["existing"]
    created = max(made - len(moved), 0)
    updated += made - created
    return Counts(created, updated, found["matched"] - created - updated), missing


@cache
def _merge_text(r: RelationshipType) -> LiteralString:
    differs = " OR ".join([_differs(p.name) for p in r.properties]) or "false"
    return (
        f"{_ends(r)}"
        f"WITH row, source, target, EXISTS {{ (source)-[:{r.type}]->(target) }} AS existed "
        f"MERGE (source)-[r:{r.type}]->(target) "
        "ON CREATE SET r = row[3] "
        "RETURN count(*) AS matched, sum(toInteger(existed)) AS existing, "
        f"collect(CASE WHEN existed AND ({differs}) THEN row[0] END) AS differing"
    )


def _differs(name: LiteralString) -> LiteralString:
    return f"coalesce(r.{name} <> row[3].{name}, row[3].{name} IS NOT NULL)"


@cache
def _change_text(r: RelationshipType) -> LiteralString:
    """Records each old value on the relationship's source."""
    return (
        f"{_ends(r)}"
        f"MATCH (source)-[r:{r.type}]->(target) "
        "WITH source, target, r, row, row[3] AS new, properties(r) AS old "
        "WITH source, target, r, row, new, old, "
        "[p IN keys(new) WHERE coalesce(old[p] <> new[p], true)] AS changed "
        f"FOREACH (p IN changed | {RECORD_CHANGE}(source)) "
        "SET r += new"
    )


@cache
def _move_texts(r: RelationshipType) -> tuple[LiteralString, ...]:
    """Take away what a to-one relation led to before, if a row names another end that exists."""
    texts: list[LiteralString] = []
    if not r.forward.many:
        texts.append(
            f"{_ends(r)}"
            f"MATCH (source)-[r:{r.type}]->(before:{r.target}) WHERE before <> target "
            f"{_moved(r.forward.name, 'source', 'target')}"
        )
    if r.backward is not None and not r.backward.many:
        texts.append(
            f"{_ends(r)}"
            f"MATCH (target)<-[r:{r.type}]-(before:{r.source}) WHERE before <> source "
            f"{_moved(r.backward.name, 'target', 'source')}"
        )
    return tuple(texts)


def _moved(name: LiteralString, owner: LiteralString, other: LiteralString) -> LiteralString:
    return (
        f"WITH row, {owner}, r, {{{name}: before.key}} AS old, {{{name}: {other}.key}} AS new "
        f"FOREACH (p IN ['{name}'] | {RECORD_CHANGE}({owner})) "
        "DELETE r "
        "RETURN collect(DISTINCT row[0]) AS numbers"
    )


@cache
def _missing_text(r: RelationshipType) -> LiteralString:
    return (
        "UNWIND $rows AS row "
        f"WITH row, NOT EXISTS {{ (:{r.source} {{key: row[1]}}) }} AS source, "
        f"NOT EXISTS {{ (:{r.target} {{key: row[2]}}) }} AS target "
        "WHERE source OR target "
        "WITH row, source, target ORDER BY row[0] "
        "RETURN collect([row[0], source, target]) AS gaps"
    )


def _ends(r: RelationshipType) -> LiteralString:
    return (
        "UNWIND $rows AS row "
        f"MATCH (source:{r.source} {{key: row[1]}}) "
        f"MATCH (target:{r.target} {{key: row[2]}}) "
    )
