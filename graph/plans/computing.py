"""Long computing beside the loop, which keeps the lease of its job alive and tells progress."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from graph.jobs.worker import Run

T = TypeVar("T")
Tell = Callable[[float], None]


class _Halted(Exception):
    """The run was cancelled; the thread that computes for it ends."""


async def in_thread(run: Run, low: float, high: float, work: Callable[[Tell], T]) -> T:
    """Compute in a thread; `work` is given what hears its share done, and ends it when cancelled.

    The progress of the run goes from `low` to `high`.
    """
    share, halted = [0.0], [False]

    def tell(done: float) -> None:
        share[0] = done
        if halted[0]:
            raise _Halted

    computing = asyncio.ensure_future(asyncio.to_thread(work, tell))
    try:
        while not computing.done():
            await asyncio.wait({computing}, timeout=1)
            await run.tell(low + (high - low) * share[0], "computing")
        return await computing
    except asyncio.CancelledError:
        halted[0] = True
        raise
