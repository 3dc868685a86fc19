"""The event stream: every change leaves an event, in the transaction that made the change.

One stream per pooled writer, so that writers do not queue for each other. Within a stream the
sequence is dense and each event's hash covers the one before it.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from graph.cypher import Cypher
from graph.database import Transaction

STREAMS = tuple(f"stream-{n}" for n in range(8))
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: a verb, the ids of the nodes concerned, and names of fields; never values."""

    verb: str
    subjects: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    count: int = 1


def chained_hash(previous: str, sequence: int, at: datetime, event: Event) -> str:
    """The hash of an event, which covers the hash of the event before it."""
    body = orjson.dumps(
        [previous, sequence, at.isoformat(), event.verb, event.subjects, event.fields, event.count]
    )
    return hashlib.sha256(body).hexdigest()


async def append(
    transaction: Transaction, events: Sequence[Event], *, actor: str, at: datetime
) -> None:
    """Append events to one of the streams; the stream's node is locked until the commit."""
    stream = random.choice(STREAMS)  # noqa: S311 - spreads load, guards nothing
    [head] = await transaction.run(Cypher(_LOCK, {"stream": stream}, name="lock stream"))
    rows: list[dict[str, object]] = []
    digest, sequence = head["hash"] or GENESIS, head["sequence"] or 0
    for event in events:
        sequence += 1
        digest = chained_hash(digest, sequence, at, event)
        rows.append(
            {
                "address": f"{stream}:{sequence}",
                "stream": stream,
                "sequence": sequence,
                "at": at,
                "actor": actor,
                "verb": event.verb,
                "subjects": list(event.subjects),
                "fields": list(event.fields),
                "count": event.count,
                "hash": digest,
            }
        )
    parameters = {"stream": stream, "sequence": sequence, "hash": digest, "events": rows}
    await transaction.run(Cypher(_APPEND, parameters, name="append events"))


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
