"""The event stream: every change leaves an event, in the transaction that made the change.

Several streams, so that writers do not queue for each other; what happens to one node is in one of
them, in its order. Within a stream the sequence is dense and each event's hash covers the one
before it.
"""

import hashlib
import random
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

import orjson

from graph.cypher import Cypher
from graph.database import Database, Row, Transaction

STREAMS = tuple(f"stream-{n}" for n in range(8))
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: a verb, the ids of the nodes concerned, and names of fields; never values."""

    verb: str
    subjects: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    count: int = 1


_PARTNER: ContextVar[str] = ContextVar("partner", default="")


@contextmanager
def through(partner: str) -> Generator[None]:
    """Events that this task appends meanwhile came from this partner."""
    token = _PARTNER.set(partner)
    try:
        yield
    finally:
        _PARTNER.reset(token)


def chained_hash(previous: str, event: Row) -> str:
    """The hash of an event as it is stored, which covers the hash of the event before it."""
    body = orjson.dumps([previous, *(_plain(event.get(name)) for name in _COVERED)])
    return hashlib.sha256(body).hexdigest()


_COVERED = ("address", "at", "actor", "partner", "verb", "subjects", "fields", "count")


def _plain(value: Any) -> Any:
    """A moment as the same text, whether it is to be stored or was read from the database."""
    if isinstance(value, datetime):
        return int(value.timestamp() * 1_000_000)
    to_native = getattr(value, "to_native", None)
    return value if to_native is None else _plain(to_native())


async def append(
    transaction: Transaction, events: Sequence[Event], *, actor: str, at: datetime
) -> None:
    """Append events to the stream of their first subject, which is locked until the commit."""
    stream = stream_of(events)
    [head] = await transaction.run(Cypher(_LOCK, {"stream": stream}, name="lock stream"))
    rows: list[Row] = []
    digest, sequence = head["hash"] or GENESIS, head["sequence"] or 0
    for event in events:
        sequence += 1
        row = {
            "address": f"{stream}:{sequence}",
            "stream": stream,
            "sequence": sequence,
            "at": at,
            "actor": actor,
            "partner": _PARTNER.get(),
            "verb": event.verb,
            "subjects": list(event.subjects),
            "fields": list(event.fields),
            "count": event.count,
        }
        digest = chained_hash(digest, row)
        rows.append({**row, "hash": digest})
    parameters = {"stream": stream, "sequence": sequence, "hash": digest, "events": rows}
    await transaction.run(Cypher(_APPEND, parameters, name="append events"))


def stream_of(events: Sequence[Event]) -> str:
    """The stream of the first subject; any where there is none."""
    first = next((subject for e in events for subject in e.subjects), None)
    if first is None:
        return random.choice(STREAMS)  # noqa: S311 - spreads load, guards nothing
    return STREAMS[crc32(first.encode()) % len(STREAMS)]


async def heads(database: Database) -> dict[str, int]:
    """Stream -> sequence of its last event: where a reader that wants only news begins."""
    rows = await database.rows(Cypher(_HEADS, name="stream heads"))
    return {row["stream"]: row["sequence"] for row in rows}


async def after(
    database: Database, positions: Mapping[str, int], verbs: str, most: int = 500
) -> list[Row]:
    """Events behind the positions whose verb begins with `verbs`, each stream in its order.

    Rows have stream, sequence, verb, subjects, fields, count, at. A stream that is not among the
    positions is read from its start.
    """
    parameters = {"positions": dict(positions), "verbs": verbs, "most": most}
    return await database.rows(Cypher(_AFTER, parameters, name="events"))


_HEADS = "MATCH (s:EventStream) RETURN s.name AS stream, coalesce(s.sequence, 0) AS sequence"

_AFTER = """
MATCH (s:EventStream)
UNWIND range(coalesce($positions[s.name], 0) + 1, s.sequence) AS sequence
WITH s, sequence ORDER BY sequence LIMIT $most
MATCH (e:Event {address: s.name + ':' + sequence})
RETURN e.stream AS stream, e.sequence AS sequence, e.verb AS verb, e.subjects AS subjects,
       e.fields AS fields, e.count AS count, e.at AS at, e.verb STARTS WITH $verbs AS wanted
ORDER BY sequence
"""

_LOCK = """
MERGE (s:EventStream {name: $stream})
SET s.locked = true
RETURN s.sequence AS sequence, s.hash AS hash
"""

_APPEND = """
MATCH (s:EventStream {name: $stream})
SET s.sequence = $sequence, s.hash = $hash
WITH s
UNWIND $events AS event
CREATE (e:Event)
SET e = event
"""
