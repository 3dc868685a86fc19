"""What is counted in memory and written once a second, so that no request waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from graph.errors import GraphError

SETTLED_SECONDS = 1.0


async def keep_settling(settle: Callable[[], Awaitable[None]]) -> None:
    """Settle once a second, and a last time when it is cancelled; the database may be away."""
    try:
        while True:
            await asyncio.sleep(SETTLED_SECONDS)
            with suppress(GraphError):
                await settle()
    finally:
        with suppress(GraphError):
            await settle()
