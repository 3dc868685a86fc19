"""Rows become relationships between nodes that exist; what leads nowhere is handed back.

A relation that is to-one from either side is moved, not doubled, when a row names another end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Transaction
from graph.model import RelationshipType
from graph.writes.provenance import RECORD_CHANGE, Counts, Origin


@dataclass(frozen=True, slots=True)
class Edge:
    """What one relationship shall hold: the keys of its ends, stored values by property."""

    source_key: str
    target_key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Missing:
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
    in_order = sorted(range(len(edges)), key=lambda n: (edges[n].source_key, edges[n].target_key))
    rows = [
        {
            "number": number,
            "source_key": edges[number].source_key,
            "target_key": edges[number].target_key,
            "values": edges[number].values,
        }
        for number in in_order
    ]
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
        changed = {**parameters, "rows": [row for row in rows if row["number"] in differing]}
        text = _change_text(relationship_type)
        await transaction.run(Cypher(text, changed, name="change relationships"))
        updated = len(differing)
    missing: list[Missing] = []
    if found["matched"] < len(rows):
        text = _missing_text(relationship_type)
        result = await transaction.run(Cypher(text, parameters, name="missing ends"))
        missing = [Missing(row["number"], row["source"], row["target"]) for row in result]
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
        "ON CREATE SET r = row.values "
        "RETURN count(*) AS matched, sum(toInteger(existed)) AS existing, "
        f"collect(CASE WHEN existed AND ({differs}) THEN row.number END) AS differing"
    )


def _differs(name: LiteralString) -> LiteralString:
    return f"coalesce(r.{name} <> row.values.{name}, row.values.{name} IS NOT NULL)"


@cache
def _change_text(r: RelationshipType) -> LiteralString:
    """Records each old value on the relationship's source."""
    return (
        f"{_ends(r)}"
        f"MATCH (source)-[r:{r.type}]->(target) "
        "WITH source, target, r, row, row.values AS new, properties(r) AS old "
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
        "RETURN collect(DISTINCT row.number) AS numbers"
    )


@cache
def _missing_text(r: RelationshipType) -> LiteralString:
    return (
        "UNWIND $rows AS row "
        f"WITH row, NOT EXISTS {{ (:{r.source} {{key: row.source_key}}) }} AS source, "
        f"NOT EXISTS {{ (:{r.target} {{key: row.target_key}}) }} AS target "
        "WHERE source OR target "
        "RETURN row.number AS number, source, target ORDER BY number"
    )


def _ends(r: RelationshipType) -> LiteralString:
    return (
        "UNWIND $rows AS row "
        f"MATCH (source:{r.source} {{key: row.source_key}}) "
        f"MATCH (target:{r.target} {{key: row.target_key}}) "
    )
