"""The worker process beside a server: started with it, started again if it dies, ended with it."""

import asyncio
import os
import sys
from pathlib import Path

from graph.settings import Settings

_PROJECT = Path(__file__).parents[2]
_PAUSES = (1, 2, 5, 15, 30)


async def keep_working(settings: Settings) -> None:
    """Keep a `jiangpu work` running until cancelled; it also ends if this process is killed."""
    died = 0
    while True:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "commands", "work", "--attached"),
            cwd=_PROJECT,
            stdin=asyncio.subprocess.PIPE,
            env={**os.environ, **settings.environment},
        )
        try:
            await process.wait()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        await asyncio.sleep(_PAUSES[min(died, len(_PAUSES) - 1)])
        died += 1
