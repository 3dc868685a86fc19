"""Rows of relationships, written; references settled; what leads nowhere or in circles reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.database import Transaction
from graph.model import MODEL, RelationshipType
from graph.writes.paths import derive_paths, ownerships
from graph.writes.provenance import Counts, Origin
from graph.writes.references import resolve
from graph.writes.relationships import Edge, upsert_relationships
from graph.writes.trees import closing_edges, is_tree
from loaders.rows import RejectedRow, RelationshipRow

_MOST_REMEMBERED = 50_000
_REMEDY = "load it first, or correct the reference"


@dataclass(slots=True)
class References:
    """Settles what people write into keys, and remembers what is settled."""

    _known: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])

    async def settle(
        self,
        transaction: Transaction,
        label: str,
        rows: Sequence[RelationshipRow],
        end: int,
        source: str,
    ) -> Mapping[str, list[str]]:
        """Text at one end (0: source, 1: target) of the rows -> the keys it may mean."""
        texts = [(row.source_key, row.target_key)[end] for row in rows]
        if rows and not rows[0].columns[end]:  # no cell names it: it is the row's own node
            return {text: [text] for text in texts}
        known = {t: [k] for t in texts if (k := self._known.get((label, source, t))) is not None}
        asked = {text for text in texts if text not in known}
        found = await resolve(transaction, MODEL.node_type(label), asked, source)
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        self._known.update(
            {(label, source, t): keys[0] for t, keys in found.items() if len(keys) == 1}
        )
        return {**known, **found}


async def write_links(
    transaction: Transaction,
    r: RelationshipType,
    rows: Sequence[RelationshipRow],
    origin: Origin,
    references: References | None = None,
) -> tuple[Counts, list[RejectedRow]]:
    """Write relationships between nodes that exist; returns figures and the rows that cannot be.

    Without `references` the ends are keys; with them, what people write.
    """
    rejected: list[RejectedRow] = []
    if references is not None:
        rows, rejected = await _settled(transaction, r, rows, origin.source, references)
    if is_tree(r):
        rows, circular = await _without_cycles(transaction, r, rows)
        rejected += circular
    edges = [Edge(row.source_key, row.target_key, row.values) for row in rows]
    counts, missing = await upsert_relationships(transaction, r, edges, origin)
    for gap in missing:
        row = rows[gap.number]
        end = 0 if gap.source else 1
        rejected.append(_leads_nowhere(r, row, end, (row.source_key, row.target_key)[end]))
    if r in ownerships():
        await derive_paths(transaction, r, [edge.source_key for edge in edges])
    return counts, rejected


async def _settled(
    transaction: Transaction,
    r: RelationshipType,
    rows: Sequence[RelationshipRow],
    source: str,
    references: References,
) -> tuple[list[RelationshipRow], list[RejectedRow]]:
    sources = await references.settle(transaction, r.source, rows, 0, source)
    targets = await references.settle(transaction, r.target, rows, 1, source)
    settled: list[RelationshipRow] = []
    rejected: list[RejectedRow] = []
    for row in rows:
        ends = (sources[row.source_key], targets[row.target_key])
        if len(ends[0]) == len(ends[1]) == 1:
            known = RelationshipRow(row.place, ends[0][0], ends[1][0], row.values, row.columns)
            settled.append(known)
        else:
            end = 0 if len(ends[0]) != 1 else 1
            rejected.append(_unsettled(r, row, end, len(ends[end])))
    return settled, rejected


async def _without_cycles(
    transaction: Transaction,
    r: RelationshipType,
    rows: Sequence[RelationshipRow],
) -> tuple[list[RelationshipRow], list[RejectedRow]]:
    closing = await closing_edges(transaction, r, [(x.source_key, x.target_key) for x in rows])
    remedy = "correct this row or one of those above it"
    rejected = [
        RejectedRow(
            row.place,
            row.columns[1],
            row.target_key,
            f"closes a circle: {r.source} {row.source_key} would stand above itself",
            remedy,
        )
        for number, row in enumerate(rows)
        if number in closing
    ]
    return [row for number, row in enumerate(rows) if number not in closing], rejected


def _unsettled(r: RelationshipType, row: RelationshipRow, end: int, found: int) -> RejectedRow:
    text = (row.source_key, row.target_key)[end]
    if not found:
        return _leads_nowhere(r, row, end, text)
    reason = f"{found} nodes of type {(r.source, r.target)[end]} have this name"
    return RejectedRow(row.place, row.columns[end], text, reason, "give the key of the one meant")


def _leads_nowhere(r: RelationshipType, row: RelationshipRow, end: int, text: str) -> RejectedRow:
    reason = f"there is no such {(r.source, r.target)[end]}"
    return RejectedRow(row.place, row.columns[end], text, reason, _REMEDY)
