"""Rows of relationships, written; references settled; what leads nowhere or in circles reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.database import Transaction
from graph.model import MODEL, RelationshipType
from graph.writes.merged import successors
from graph.writes.paths import derive_paths, ownerships
from graph.writes.posts import ENDS, derive_posts
from graph.writes.provenance import Counts, Origin
from graph.writes.references import resolve
from graph.writes.relationships import Edge, Missing, upsert_relationships
from graph.writes.trees import closing_edges, is_tree
from loaders.rows import RejectedRow, RelationshipRow

_MOST_REMEMBERED = 50_000
_NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class References:
    """Settles what people write into keys, and remembers what is settled."""

    _known: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])

    def guesses(
        self, r: RelationshipType, rows: Sequence[RelationshipRow], source: str
    ) -> list[Edge]:
        """What rows most likely mean: keys, or external ids of the same source."""
        guess = self._guess
        return [
            Edge(
                guess(r.source, row.source_key, row.columns[0], source),
                guess(r.target, row.target_key, row.columns[1], source),
                row.values or _NOTHING,
            )
            for row in rows
        ]

    def _guess(self, label: str, text: str, column: str, source: str) -> str:
        if not column:  # no cell names it: it is the row's own node
            return text
        known = self._known.get((label, source, text))
        return known or (text if ":" in text else f"{source}:{text}")

    async def settle(
        self,
        transaction: Transaction,
        label: str,
        ends: Sequence[tuple[str, str]],
        source: str,
    ) -> Mapping[str, list[str]]:
        """Text -> the keys it may mean, for ends given as text and the column it stands in."""
        own_keys = [text for text, column in ends if not column]
        moved = await successors(transaction.run, own_keys)
        own = {text: [moved.get(text, text)] for text in own_keys}
        texts = {text for text, column in ends if column}
        found = await resolve(transaction, MODEL.node_type(label), texts, source)
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        sure = {(label, source, t): keys[0] for t, keys in found.items() if len(keys) == 1}
        self._known.update(sure)
        return {**own, **found}


async def write_links(
    transaction: Transaction,
    r: RelationshipType,
    rows: Sequence[RelationshipRow],
    origin: Origin,
    references: References | None = None,
) -> tuple[Counts, list[RejectedRow]]:
    """Write relationships between nodes that exist; returns figures and the rows that cannot be.

    Without `references` the ends are keys; with them, what people write: first taken for what it
    most likely is, and looked into where that leads nowhere.
    """
    counts = Counts()
    rejected: list[RejectedRow] = []
    if references is not None:
        if not is_tree(r):
            guesses = references.guesses(r, rows, origin.source)
            counts, gaps = await _write(transaction, r, guesses, origin)
            rows = [rows[gap.number] for gap in gaps]
        rows, rejected = await _settled(transaction, r, rows, origin.source, references)
    if is_tree(r):
        rows, circular = await _without_cycles(transaction, r, rows)
        rejected += circular
    if rows:
        edges = [Edge(row.source_key, row.target_key, row.values or _NOTHING) for row in rows]
        more, gaps = await _write(transaction, r, edges, origin)
        counts.add(more)
        rejected += [_leads_nowhere(r, rows[gap.number], 0 if gap.source else 1) for gap in gaps]
    return counts, rejected


async def _write(
    transaction: Transaction, r: RelationshipType, edges: Sequence[Edge], origin: Origin
) -> tuple[Counts, list[Missing]]:
    counts, missing = await upsert_relationships(transaction, r, edges, origin)
    if r in ownerships():
        await derive_paths(transaction, r, [edge.source_key for edge in edges])
    if r in ENDS:
        await derive_posts(transaction, [edge.source_key for edge in edges])
    return counts, missing


async def _settled(
    transaction: Transaction,
    r: RelationshipType,
    rows: Sequence[RelationshipRow],
    source: str,
    references: References,
) -> tuple[list[RelationshipRow], list[RejectedRow]]:
    ends = [[(row.ends[end], row.columns[end]) for row in rows] for end in (0, 1)]
    sources = await references.settle(transaction, r.source, ends[0], source)
    targets = await references.settle(transaction, r.target, ends[1], source)
    settled: list[RelationshipRow] = []
    rejected: list[RejectedRow] = []
    for row in rows:
        keys = (sources[row.source_key], targets[row.target_key])
        if len(keys[0]) == len(keys[1]) == 1:
            known = RelationshipRow(row.place, keys[0][0], keys[1][0], row.values, row.columns)
            settled.append(known)
        else:
            end = 0 if len(keys[0]) != 1 else 1
            rejected.append(_unsettled(r, row, end, len(keys[end])))
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
    if not found:
        return _leads_nowhere(r, row, end)
    reason = f"{found} nodes of type {(r.source, r.target)[end]} have this name"
    remedy = "give the key of the one meant"
    return RejectedRow(row.place, row.columns[end], row.ends[end], reason, remedy)


def _leads_nowhere(r: RelationshipType, row: RelationshipRow, end: int) -> RejectedRow:
    reason = f"there is no such {(r.source, r.target)[end]}"
    remedy = "load it first, or correct the reference"
    return RejectedRow(row.place, row.columns[end], row.ends[end], reason, remedy)
