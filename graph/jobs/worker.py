"""The worker: takes one job after the other, keeps its lease alive, and gives it back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from graph import clock
from graph.database import Database, Transaction
from graph.errors import GraphError, JiangpuError
from graph.jobs.queue import Held, LeaseLost, advance, claim, end, plant, renew
from graph.viewer import ADMINISTRATOR, Viewer

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 4
_BEAT_SECONDS = 2.0
_PAUSE_SECONDS = 1.0
_FIRST_PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Run:
    """What a kind of work is given: the database, the job it holds, and what it may see."""

    database: Database
    held: Held
    viewer: Viewer

    @property
    def given(self) -> Mapping[str, Any]:
        """What to work on."""
        return self.held.given

    @property
    def position(self) -> Mapping[str, Any]:
        """Where an earlier run came to; empty at first."""
        return self.held.position

    async def tell(
        self, progress: float, stage: str, position: Mapping[str, Any] | None = None
    ) -> None:
        """Note progress (0 to 1) in a transaction of its own. Raises LeaseLost."""

        async def work(transaction: Transaction) -> None:
            await self.commit(transaction, progress, stage, position)

        await self.database.write(work)

    async def commit(
        self,
        transaction: Transaction,
        progress: float,
        stage: str,
        position: Mapping[str, Any] | None = None,
    ) -> None:
        """Note progress in the transaction that writes what was done. Raises LeaseLost."""
        await advance(transaction, self.held, progress=progress, stage=stage, position=position)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work; one with `every` returns for ever. `run` must never block the loop."""

    name: str
    description: str
    run: Callable[[Run], Awaitable[None]]
    every: timedelta | None = None


async def work(
    database: Database,
    kinds: Sequence[Kind],
    stop: asyncio.Event,
    *,
    until_idle: bool = False,
    viewer: Viewer = ADMINISTRATOR,
) -> None:
    """Do jobs of the kinds until `stop` is set, or until none is due; `viewer` is who works."""
    by_name = {kind.name: kind for kind in kinds}
    planted = False
    while not stop.is_set():
        try:
            if not planted:
                for kind in kinds:
                    if kind.every is not None:
                        await plant(database, kind.name, clock.now())
                planted = True
            held = await claim(database, list(by_name), clock.now())
            if held is not None:
                await _do(Run(database, held, viewer), by_name[held.kind], stop)
                continue
        except GraphError as error:
            log.warning("jobs wait for the database: %s", error)
        if until_idle:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _PAUSE_SECONDS)


async def _do(run: Run, kind: Kind, stop: asyncio.Event) -> None:
    database, held = run.database, run.held
    if held.cancelled:  # while its process was dead
        await end(database, held, "CANCELLED", clock.now())
        return
    if held.attempts > MOST_ATTEMPTS:
        problem = f"its worker process died {MOST_ATTEMPTS} times; see its log"
        await end(database, held, "FAILED", clock.now(), problem=problem)
        return
    running = asyncio.ensure_future(kind.run(run))
    beating = asyncio.create_task(_beat(database, held))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, beating, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            running.cancel()
            await asyncio.wait({running})
        if beating.done() and isinstance(beating.exception(), LeaseLost):
            log.warning("job %s was taken over by another process", held.id)
            return
        with suppress(LeaseLost):
            await _give_back(database, kind, held, running, stopped=stop.is_set())
    finally:
        for task in (beating, stopping):
            task.cancel()


async def _beat(database: Database, held: Held) -> None:
    """Keep the lease alive; returns when a person cancels, raises LeaseLost."""
    while True:
        await asyncio.sleep(_BEAT_SECONDS)
        with suppress(GraphError):  # the lease outlasts a short absence of the database
            if not await renew(database, held, clock.now()):
                return


async def _give_back(
    database: Database, kind: Kind, held: Held, done: "asyncio.Future[None]", *, stopped: bool
) -> None:
    now = clock.now()
    if done.cancelled():
        await end(database, held, "QUEUED" if stopped else "CANCELLED", now)
        return
    error = done.exception()
    again = None if kind.every is None else now + kind.every
    if error is None and again is None:
        await end(database, held, "DONE", now)
    elif again is not None:
        if error is not None:
            log.error("job %s (%s) failed: %s", held.id, kind.name, type(error).__name__)
        problem = None if error is None else _told(error, held)
        await end(database, held, "QUEUED", now, due=again, problem=problem, forget=True)
    elif error is not None and _worth_repeating(error) and held.attempts < MOST_ATTEMPTS:
        pause = _FIRST_PAUSE * 3 ** (held.attempts - 1)
        await end(database, held, "QUEUED", now, due=now + pause, problem=_told(error, held))
    elif error is not None:
        log.error("job %s (%s) failed: %s", held.id, kind.name, type(error).__name__)
        log.debug("job %s", held.id, exc_info=error)
        await end(database, held, "FAILED", now, problem=_told(error, held))


def _worth_repeating(error: BaseException) -> bool:
    return isinstance(error, GraphError) or not isinstance(error, JiangpuError)


def _told(error: BaseException, held: Held) -> str:
    if isinstance(error, JiangpuError):
        return str(error)
    return f"an error of ours ({type(error).__name__}); the log of `jiangpu work` names {held.id}"
