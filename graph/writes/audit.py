"""The audit trail: what the event streams say happened, and whether anybody has changed them.

Each event's hash covers the event before it, and each stream's node keeps the last one's. Who can
write to the database could make a whole stream anew; only `heads` that were kept elsewhere, from
before, would show it.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.cypher import Cypher
from graph.database import Database, Row
from graph.writes.events import GENESIS, chained_hash

Heads = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of the trail."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: how many events were read, what is wrong, and where each stream ends."""

    events: int
    faults: tuple[Fault, ...]
    heads: Heads


async def verify(database: Database, kept: Heads | None = None) -> Verdict:
    """Read every event and compute every hash anew; `kept` are heads from an earlier time."""
    streams: dict[str, Row] = {
        row["name"]: row for row in await database.rows(Cypher(_STREAMS, name="streams"))
    }
    faults: list[Fault] = []
    heads: dict[str, tuple[int, str]] = {}
    count = 0
    names: set[str] = {*streams, *await _named_by_events(database), *(kept or {})}
    for name in sorted(names):
        reader = _Reader(name, (kept or {}).get(name))
        async with database.stream(Cypher(_EVENTS, {"stream": name}, name="audit")) as rows:
            async for row in rows:
                reader.read(row["event"])
        reader.end(streams.get(name))
        faults += reader.faults
        heads[name] = (reader.sequence, reader.digest)
        count += reader.count
    return Verdict(count, tuple(faults), heads)


class _Reader:
    """Follows one stream from its first event."""

    def __init__(self, name: str, kept: tuple[int, str] | None) -> None:
        self._name, self._kept = name, kept
        self.faults: list[Fault] = []
        self.sequence, self.digest, self.count = 0, GENESIS, 0

    def read(self, event: Row) -> None:
        """Take the next event in the order of their sequence."""
        self.count += 1
        expected, sequence = self.sequence + 1, event["sequence"]
        if event.get("address") != f"{self._name}:{sequence}" or sequence < expected:
            self._fault(sequence, f"was inserted (it calls itself {event.get('address')})")
            return
        if sequence > expected:
            last = f" to {self._name}:{sequence - 1}" if sequence > expected + 1 else ""
            self._fault(expected, f"{last} was removed".strip())
        elif chained_hash(self.digest, event) != event.get("hash"):
            self._fault(sequence, "was changed, or what stood before it")
        self.sequence, self.digest = sequence, event.get("hash") or ""
        if self._kept is not None and self._kept[0] == sequence and self._kept[1] != self.digest:
            self._fault(sequence, "is not what it was when its hash was kept")

    def end(self, head: Row | None) -> None:
        """Compare with what the stream's node says, and with what was kept."""
        said = (head["sequence"] or 0, head["hash"] or GENESIS) if head else (0, GENESIS)
        if said[0] > self.sequence:
            self._fault(self.sequence + 1, f"to {self._name}:{said[0]} was removed")
        elif said != (self.sequence, self.digest):
            self._fault(self.sequence, "was inserted after the last event that was appended")
        if self._kept is not None and self._kept[0] > self.sequence:
            self._fault(self.sequence + 1, "was there when its hash was kept, and was removed")

    def _fault(self, sequence: int, text: str) -> None:
        self.faults.append(Fault(f"{self._name}:{sequence}", text))


async def _named_by_events(database: Database) -> list[str]:
    return [row["stream"] for row in await database.rows(Cypher(_NAMES, name="event streams"))]


@asynccontextmanager
async def entries(
    database: Database, *, since: datetime | None = None, **wanted: str | None
) -> AsyncGenerator[AsyncIterator[Row]]:
    """Entries from the oldest: at, actor, partner, verb, subjects, fields, count, address.

    `wanted` narrows them to an actor, a partner, a subject, or verbs that begin so.
    """
    parameters: dict[str, Any] = {
        name: wanted.get(name) for name in ("actor", "partner", "subject", "verb")
    }
    statement = Cypher(_ENTRIES, {**parameters, "since": since}, name="audit entries")
    async with database.stream(statement) as rows:
        yield rows


_STREAMS = "MATCH (s:EventStream) RETURN s.name AS name, s.sequence AS sequence, s.hash AS hash"
_NAMES = "MATCH (e:Event) RETURN DISTINCT e.stream AS stream"
_EVENTS = """
MATCH (e:Event {stream: $stream})
RETURN properties(e) AS event ORDER BY e.sequence, e.address
"""
_ENTRIES = """
MATCH (e:Event)
WHERE ($since IS NULL OR e.at >= $since) AND ($actor IS NULL OR e.actor = $actor)
  AND ($partner IS NULL OR e.partner = $partner) AND ($subject IS NULL OR $subject IN e.subjects)
  AND ($verb IS NULL OR e.verb STARTS WITH $verb)
RETURN e.at AS at, e.actor AS actor, e.partner AS partner, e.verb AS verb,
  e.subjects AS subjects, e.fields AS fields, e.count AS count, e.address AS address
ORDER BY e.at, e.stream, e.sequence
"""
