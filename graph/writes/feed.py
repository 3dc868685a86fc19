"""News from the event streams: one reader a process, however many follow.

Nothing is lost: who follows has positions, and reads what lies between them and the reader's own.
While the database is away, everybody waits.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from graph.database import Database, Row
from graph.errors import GraphError, GraphUnavailable
from graph.writes.events import after, heads

T = TypeVar("T")
Positions = Mapping[str, int]

PAUSE_SECONDS = 0.3
AWAY_SECONDS = 1.0
SHARED_SECONDS = 1.0
MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class Batch:
    """Some events in the order of their streams, and what all who follow ask about them once.

    `behind` are the positions of who follows, before these events.
    """

    events: tuple[Row, ...]
    behind: Positions = field(default_factory=dict[str, int])
    _answers: dict[Any, "asyncio.Task[Any]"] = field(default_factory=dict[Any, Any])

    async def once(self, key: object, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` answers, asked by the first who comes with this key."""
        task = self._answers.get(key)
        if task is None:
            task = self._answers[key] = asyncio.ensure_future(patiently(ask))
        return await asyncio.shield(task)


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again until the database is there."""
    while True:
        try:
            return await ask()
        except GraphUnavailable:
            await asyncio.sleep(AWAY_SECONDS)


class Feed:
    """Follows the streams of one database while anybody follows it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._positions: dict[str, int] = {}
        self._followers: set[asyncio.Queue[Batch | None]] = set()
        self._reading: asyncio.Task[None] | None = None
        self._beginning = asyncio.Lock()
        self._missing: dict[tuple[tuple[str, int], ...], asyncio.Task[Batch]] = {}

    async def batches(self, positions: Positions | None = None) -> AsyncGenerator[Batch]:
        """What happens behind the positions, or from now on; no event twice."""
        known: dict[str, int] = {}
        asked_from = positions
        while True:
            queue: asyncio.Queue[Batch | None] = asyncio.Queue(MOST_WAITING)
            try:
                start = await self._join(queue)
                known |= start if asked_from is None else asked_from
                asked_from = known
                while any(known.get(stream, 0) < n for stream, n in start.items()):
                    yield _advanced(known, await self._missed(known))
                while (batch := await queue.get()) is not None:
                    yield _advanced(known, batch)
            finally:
                self._leave(queue)

    async def _missed(self, known: Positions) -> Batch:
        """What lies behind the positions, read once for all who come back to them at one time."""
        key = tuple(sorted(known.items()))
        task = self._missing.get(key)
        if task is None:
            task = self._missing[key] = asyncio.ensure_future(self._read_behind(dict(key)))
            task.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(task)

    async def _read_behind(self, known: Positions) -> Batch:
        return Batch(tuple(await patiently(lambda: after(self._database, known, ""))))

    def _forget(self, key: tuple[tuple[str, int], ...], done: "asyncio.Task[Batch]") -> None:
        """At once if there is nothing in it: there may be something the next time."""
        if done.cancelled() or done.exception() or not done.result().events:
            del self._missing[key]
        else:
            asyncio.get_running_loop().call_later(SHARED_SECONDS, self._missing.pop, key)

    async def _join(self, queue: "asyncio.Queue[Batch | None]") -> Positions:
        async with self._beginning:
            if self._reading is None:
                self._positions = await patiently(lambda: heads(self._database))
                self._reading = asyncio.create_task(self._read())
            self._followers.add(queue)
            return dict(self._positions)

    def _leave(self, queue: "asyncio.Queue[Batch | None]") -> None:
        self._followers.discard(queue)
        if not self._followers and self._reading is not None:
            self._reading.cancel()
            self._reading = None

    async def _read(self) -> None:
        while True:
            with suppress(GraphError):
                events = await after(self._database, self._positions, "")
                if events:
                    self._publish(Batch(tuple(events)))
                    continue
            await asyncio.sleep(PAUSE_SECONDS)

    def _publish(self, batch: Batch) -> None:
        for event in batch.events:
            self._positions[event["stream"]] = event["sequence"]
        for queue in tuple(self._followers):
            if queue.qsize() == MOST_WAITING - 1:  # too slow: it must read by itself
                self._followers.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(batch)


def _advanced(known: dict[str, int], batch: Batch) -> Batch:
    """The batch without what is known already; shares its answers with who knew nothing of it."""
    fresh = tuple(e for e in batch.events if e["sequence"] > known.get(e["stream"], 0))
    behind = dict(known)
    known.update({event["stream"]: event["sequence"] for event in fresh})
    return replace(batch, events=fresh, behind=behind)
