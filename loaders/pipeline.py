"""Read, check, write in batches, report: each batch commits its rows together with its position."""

import gc
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from graph.clock import now
from graph.database import Database, Transaction
from graph.errors import DuplicateNode
from graph.model import RelationshipType
from graph.model.people import WORKER
from graph.persons.erase import erased_among
from graph.writes.events import Event
from graph.writes.nodes import NodeValues, upsert_nodes
from graph.writes.paths import PARENT, derive_union_paths
from graph.writes.provenance import Counts, Origin, Position, advance, begin, finish, unfinished
from loaders.batches import Batch, ahead, batches
from loaders.checks import CheckedNode
from loaders.columns import pattern
from loaders.links import References, write_links
from loaders.report import Figures, LoadReport, RejectFile
from loaders.rows import Nodes, Part, RejectedRow, RelationshipRow

BATCH_ROWS = 5_000

Watch = Callable[[str, int], None]


@dataclass(slots=True)
class Run:
    """One load on its way: where it writes to, and how far it is committed."""

    database: Database
    load: str
    rejects: RejectFile
    at: datetime
    position: Position = field(default_factory=Position)
    references: References = field(default_factory=References)


async def load(
    database: Database,
    parts: Iterable[Part],
    *,
    title: str,
    fingerprint: str,
    rejects: RejectFile,
    resume: bool = False,
    batch_rows: int = BATCH_ROWS,
    watch: Watch = lambda _part, _rows: None,
) -> LoadReport:
    """Load all parts and return the figures of the whole.

    With `resume` it goes on where the latest load of the same fingerprint was cut off, if one was.
    `watch` is told what a part holds and how many more of its rows are done.
    """
    at = now()
    begun = await unfinished(database, fingerprint) if resume else None
    if begun is None:
        rejects.clear()
        begun = (secrets.token_hex(16), Position())
        await begin(database, begun[0], title=title, fingerprint=fingerprint, at=at)
    run = Run(database, begun[0], rejects, at, begun[1])
    gc.freeze()  # or the collector walks through all that is there with every batch
    start = run.position
    for number, part in enumerate(parts):
        if number < start.part:
            for _ in part.rows:  # a source may learn from one part what the next one needs
                pass
        else:
            skip = start.row if number == start.part else 0
            coming = batches(part, batch_rows, skip=skip)
            await _load_part(run, part, coming, (number, skip), watch)
        if _shapes_unions(part):
            await derive_union_paths(database)
    await finish(database, run.load, now())
    return LoadReport.from_json(run.position.figures)


def check(parts: Iterable[Part], rejects: RejectFile, watch: Watch) -> LoadReport:
    """Check the parts by themselves, without a database: what would be rejected in any graph."""
    rejects.clear()
    report, length = LoadReport(), 0
    for part in parts:
        for batch in batches(part, BATCH_ROWS):
            length = rejects.write(batch.rejected, after=length)
            fit = Counts(unchanged=batch.rows - len(batch.rejected))
            _figures(report, part, batch).add(batch.rows, fit, len(batch.rejected))
            watch(describe(part), batch.rows)
    return report


def describe(part: Part) -> str:
    """What a part holds, for people."""
    return part.node_type.label if isinstance(part, Nodes) else pattern(part.relationship_type)


async def _load_part(
    run: Run, part: Part, source: Iterator[Batch], reached: tuple[int, int], watch: Watch
) -> None:
    number, row = reached
    async with aclosing(ahead(source)) as coming:
        async for batch in coming:
            row += batch.rows
            work = partial(_write, run, part, batch, (number, row))
            try:
                run.position = await run.database.write(work)
            except DuplicateNode:  # another load made the same node meanwhile: now it is found
                run.position = await run.database.write(work)
            watch(describe(part), batch.rows)


async def _write(
    run: Run, part: Part, batch: Batch, reached: tuple[int, int], transaction: Transaction
) -> Position:
    """One batch; begins from the committed position, so that the database may ask for it again."""
    report = LoadReport.from_json(run.position.figures)
    origin = Origin(part.source, run.load, run.at)
    changed = -report.loaded
    if isinstance(part, Nodes):
        nodes, gone = await _not_erased(transaction, part, batch)
        counts = await _write_nodes(transaction, part, nodes, origin)
        rejected = await _write_links_of(transaction, run, nodes, origin, report)
        failed = len(batch.rejected) + len(gone)
        rejected += gone
    else:
        references = run.references if part.references else None
        r = part.relationship_type
        counts, rejected = await write_links(
            transaction, r, batch.relationships, origin, references
        )
        failed = len(batch.rejected) + len(rejected)
    counts.unchanged += batch.repeated
    _figures(report, part, batch).add(batch.rows, counts, failed)
    length = run.rejects.write([*batch.rejected, *rejected], after=run.position.reject_bytes)
    position = Position(*reached, length, report.to_json())
    changed += report.loaded
    event = Event("loaded", (run.load,), (describe(part),), changed) if changed else None
    await advance(transaction, run.load, position, event, run.at)
    return position


async def _not_erased(
    transaction: Transaction, part: Nodes, batch: Batch
) -> tuple[Sequence[CheckedNode], list[RejectedRow]]:
    """The nodes of a batch without persons who were erased, and why their rows are not loaded."""
    if part.node_type.label != WORKER.label:
        return batch.nodes, []
    erased = await erased_among(transaction, [checked.node.key for checked in batch.nodes])
    if not erased:
        return batch.nodes, []
    column = part.headers.get("key") or part.headers.get("external_id", "key")
    gone = [
        RejectedRow(c.place, column, c.node.key, "this person was erased", _TAKE_OUT)
        for c in batch.nodes
        if c.node.key in erased
    ]
    return [c for c in batch.nodes if c.node.key not in erased], gone


_TAKE_OUT = "take the row out of the source too; a person who comes back gets a new key"


async def _write_nodes(
    transaction: Transaction, part: Nodes, checked_nodes: Sequence[CheckedNode], origin: Origin
) -> Counts:
    if part.counted:
        nodes = [checked.node for checked in checked_nodes]
        return await upsert_nodes(transaction, part.node_type, nodes, origin)
    merged: dict[str, NodeValues] = {}
    for node in (checked.node for checked in checked_nodes):
        before = merged.get(node.key)
        values = {**node.values, **(before.values if before else {})}
        merged[node.key] = NodeValues(node.key, values, node.digest)
    counts = await upsert_nodes(
        transaction, part.node_type, list(merged.values()), origin, fill=True
    )
    counts.unchanged += len(checked_nodes) - len(merged)
    return counts


async def _write_links_of(
    transaction: Transaction,
    run: Run,
    nodes: Sequence[CheckedNode],
    origin: Origin,
    report: LoadReport,
) -> list[RejectedRow]:
    """What the cells of node rows say of relations, one relationship type after the other."""
    by_type: dict[int, tuple[RelationshipType, list[RelationshipRow]]] = {}
    for node in nodes:
        for r, link in node.links:
            if r.source != r.target:  # links among themselves come when all nodes are there
                by_type.setdefault(id(r), (r, []))[1].append(link.of(node.node.key))
    rejected: list[RejectedRow] = []
    for r, rows in by_type.values():
        counts, lost = await write_links(transaction, r, rows, origin, run.references)
        report.named(pattern(r)).add(len(rows), counts, len(lost))
        rejected += lost
    return rejected


def _figures(report: LoadReport, part: Part, batch: Batch) -> Figures:
    return report.file(batch.file) if part.counted else report.named(describe(part))


def _shapes_unions(part: Part) -> bool:
    if isinstance(part, Nodes):
        return part.node_type.label == "Union"
    return part.relationship_type.type == PARENT
