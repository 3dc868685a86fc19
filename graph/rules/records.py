"""Which records may describe the same person or organisation, and where each field came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.model import MODEL, NodeType
from graph.model.sources import MERGEABLE
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.rules.sources import agreeing, compared
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that may be the same: what is shown of it, what agrees and what differs."""

    row: Any
    evidence: Sequence[str]
    differing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Which source's record a field comes from, since when, and what other sources say."""

    field: str
    source: str | None
    record: str
    changed: datetime | None
    same: Sequence[str]
    otherwise: Sequence[str]


_TYPES = tuple(MODEL.node_type(label) for label in MERGEABLE)


async def duplicates(
    database: Database, identifier: str, viewer: Viewer, shown: Fragment, most: int = 20
) -> list[Duplicate]:
    """Records of the same name that agree in more than it, those that agree in most first.

    Raises InvalidRequest FORBIDDEN for whoever does not answer for people and organisations.
    """
    if not (viewer.is_administrator or viewer.is_of_union):
        raise InvalidRequest("FORBIDDEN", "records are compared by unions; ask one of them")
    alike = " UNION ".join([_alike(t, viewer) for t in _TYPES])
    text: LiteralString = (
        f"CALL () {{ {alike} }} "
        "WITH * ORDER BY size(evidence) DESC, size(differing), shown.key LIMIT $most "
        f"{shown.calls}RETURN collect([{shown.text}, evidence, differing]) AS found"
    )
    parameters = {"id": identifier, "most": most, **viewer.parameters, **shown.parameters}
    rows = await database.value(Cypher(text, parameters, name="possible duplicates"))
    return [Duplicate(*row) for row in rows]


def _alike(t: NodeType, viewer: Viewer) -> LiteralString:
    return f"""
      MATCH (kept:Node:{t.label} {{id: $id}}) WHERE {visible(t, "kept", viewer) or "true"}
      MATCH (joined:{t.label} {{name: kept.name}})
      WHERE joined <> kept AND joined.key IS NOT NULL
        AND {visible(t, "joined", viewer) or "true"}
        AND coalesce(joined.synthetic, false) = coalesce(kept.synthetic, false)
        AND NOT EXISTS {{ (kept)<-[:KEEPS|JOINS]-(:MergeProposal)-[:KEEPS|JOINS]->(joined) }}
      WITH joined AS shown, {agreeing(t)} AS evidence,
        [p IN {compared(t)} WHERE kept[p] <> joined[p]] AS differing
      WHERE size(evidence) > 1 RETURN shown, evidence, differing"""


async def origins(database: Database, identifier: str, viewer: Viewer) -> list[Origin] | None:
    """Field by field where a record's values come from; None where the viewer sees no such."""
    found = " UNION ".join([_parts(t, viewer) for t in _TYPES])
    parameters = {"id": identifier, **viewer.parameters}
    records = await database.value(Cypher(found, parameters, name="origins of fields"))
    return None if records is None else list(_origins(records))


def _parts(t: NodeType, viewer: Viewer) -> LiteralString:
    """The record and those that are part of it: what each has, and where it says the same."""
    return f"""
      MATCH (n:Node:{t.label} {{id: $id}}) WHERE {visible(t, "n", viewer) or "true"}
      OPTIONAL MATCH (part:Merged)-[:MERGED_INTO*1..8]->(n)
      WITH n, collect(part) AS parts
      RETURN COLLECT {{
        UNWIND [n] + parts AS record
        OPTIONAL MATCH (record)-[into:MERGED_INTO]->(whole)
        RETURN {{id: record.id, source: record.source, whole: whole.id, filled: into.filled,
          has: [p IN {compared(t)} WHERE record[p] IS NOT NULL],
          same: [p IN {compared(t)} WHERE record[p] = n[p]],
          changes: [(change:Change)-[:CHANGE_OF]->(record) | [change.property, change.at]] }}
      }} AS records"""


def _origins(records: Sequence[Mapping[str, Any]]) -> Iterator[Origin]:
    whole = records[0]
    for name in whole["has"]:
        holder = _holder(whole, name, records)
        changed = [at.to_native() for changed, at in holder["changes"] if changed == name and at]
        others = [r for r in records if r is not holder and r["source"] and name in r["has"]]
        others = [r for r in others if r is not whole]
        yield Origin(
            name,
            holder["source"],
            holder["id"],
            max(changed, default=None),
            sorted({r["source"] for r in others if name in r["same"]}),
            sorted({r["source"] for r in others if name not in r["same"]}),
        )


def _holder(
    record: Mapping[str, Any], name: str, records: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The record whose own value it is."""
    for part in records:
        if part["whole"] == record["id"] and name in (part["filled"] or ()):
            return _holder(part, name, records)
    return record
