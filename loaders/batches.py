"""Parts in bounded batches: each row checked, repeated rows found, rejects set aside."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from graph.model import RelationshipType
from loaders.checks import CheckedNode, node_check, relationship_check
from loaders.repeats import Repeats, Verdict
from loaders.rows import (
    Link,
    NodeRow,
    Nodes,
    Part,
    Place,
    RejectedRow,
    RelationshipRow,
    Relationships,
)

HEAVIEST = 4_000_000  # characters in one batch, however few its rows

Row = NodeRow | RelationshipRow
Sort = Callable[["list[Row | RejectedRow]"], "Batch"]
R = TypeVar("R", NodeRow, RelationshipRow)
C = TypeVar("C", CheckedNode, RelationshipRow)


@dataclass(slots=True)
class Batch:
    """Rows of one file that are written together. `repeated` counts those that say nothing new."""

    file: str
    rows: int
    nodes: list[CheckedNode] = field(default_factory=list[CheckedNode])
    relationships: list[RelationshipRow] = field(default_factory=list[RelationshipRow])
    rejected: list[RejectedRow] = field(default_factory=list[RejectedRow])
    repeated: int = 0


def batches(part: Part, most_rows: int, *, skip: int = 0) -> Iterator[Batch]:
    """The part's rows after the first `skip`, which are only remembered."""
    sort = _node_sort(part) if isinstance(part, Nodes) else _relationship_sort(part)
    rows = iter(part.rows)
    for chunk in _chunks(islice(rows, skip), most_rows):
        sort(chunk)
    for chunk in _chunks(rows, most_rows):
        yield sort(chunk)


def accepted(part: Nodes, most_rows: int) -> Iterator[CheckedNode]:
    """The nodes of a part whose rows are fit to be stored."""
    return (node for batch in batches(part, most_rows) for node in batch.nodes)


async def ahead(source: Iterator[Batch]) -> AsyncGenerator[Batch]:
    """The batches, each made in a thread while the database works on the one before."""
    coming = asyncio.create_task(asyncio.to_thread(next, source, None))
    try:
        while (batch := await coming) is not None:
            coming = asyncio.create_task(asyncio.to_thread(next, source, None))
            yield batch
    finally:
        await asyncio.gather(coming, return_exceptions=True)  # a thread cannot be cut short


def _chunks(rows: Iterator[Row | RejectedRow], most_rows: int) -> Iterator[list[Row | RejectedRow]]:
    chunk: list[Row | RejectedRow] = []
    file, weight = "", 0
    for row in rows:
        if len(chunk) == most_rows or weight > HEAVIEST or row.place.file != file:
            if chunk:
                yield chunk
            chunk, file, weight = [], row.place.file, 0
        chunk.append(row)
        if isinstance(row, NodeRow):
            weight += row.size or _size(row)
    if chunk:
        yield chunk


def _size(row: NodeRow) -> int:
    return sum([len(v) for v in row.values.values() if isinstance(v, str)])


def _node_sort(part: Nodes) -> Sort:
    check, repeats = node_check(part), Repeats()

    def sort(chunk: list[Row | RejectedRow]) -> Batch:
        batch = Batch(chunk[0].place.file, len(chunk))
        nodes = _checked(chunk, NodeRow, check, batch.rejected)
        said = [(n.node.key, n.node.digest + _said(n.links)) for n in nodes]
        for node, verdict in zip(nodes, repeats.verdicts(said), strict=True):
            if verdict is Verdict.NEW or (verdict is Verdict.OTHER and not part.counted):
                batch.nodes.append(node)
            elif verdict is Verdict.SAME:
                batch.repeated += 1
            else:
                batch.rejected.append(_repeated(node.place, part, node.node.key))
        return batch

    return sort


def _relationship_sort(part: Relationships) -> Sort:
    check, repeats = relationship_check(part), Repeats()
    identity = _identity(part.relationship_type)

    def sort(chunk: list[Row | RejectedRow]) -> Batch:
        batch = Batch(chunk[0].place.file, len(chunk))
        rows = _checked(chunk, RelationshipRow, check, batch.rejected)
        said = [(identity(row), f"{_both(row)}{row.values or ''}") for row in rows]
        for row, verdict in zip(rows, repeats.verdicts(said), strict=True):
            if verdict is Verdict.NEW:
                batch.relationships.append(row)
            elif verdict is Verdict.SAME or not part.counted:
                batch.repeated += 1
            else:
                batch.rejected.append(_repeated(row.place, part, identity(row)))
        return batch

    return sort


def _checked(
    chunk: Sequence[Row | RejectedRow],
    kind: type[R],
    check: Callable[[R], C],
    rejected: list[RejectedRow],
) -> list[C]:
    fit: list[C] = []
    for row in chunk:
        if isinstance(row, RejectedRow):
            rejected.append(row)
        elif isinstance(row, kind):
            try:
                fit.append(check(row))
            except RejectedRow as fault:
                rejected.append(fault)
    return fit


def _identity(r: RelationshipType) -> Callable[[RelationshipRow], str]:
    """What two rows may not share: the end that has but one relationship, or else both ends."""
    if not r.forward.many:
        return lambda row: row.source_key
    if r.backward is not None and not r.backward.many:
        return lambda row: row.target_key
    return _both


def _said(links: tuple[Link, ...]) -> str:
    """What links say, whatever their place in the file."""
    return "".join([f"{r.type}\n{_both(row)}\n{row.values or ''}" for r, row in links])


def _both(row: RelationshipRow) -> str:
    return f"{row.source_key}\n{row.target_key}"


def _repeated(place: Place, part: Part, identity: str) -> RejectedRow:
    column = next(
        (part.headers[n] for n in ("key", "external_id", "from") if n in part.headers), ""
    )
    reason = "the file has a row for this before, and it says something else"
    value = identity.replace("\n", " → ")
    return RejectedRow(place, column or "key", value, reason, "keep the row that is right")
