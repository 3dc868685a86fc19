"""Locks between processes; the system lets go of them when a process ends, however it ends."""

import asyncio
import fcntl
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

_PAUSE = 0.1


def try_lock(path: Path, *, shared: bool = False) -> int | None:
    """The open descriptor that carries the lock, or None while somebody else is in the way."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def is_locked(path: Path) -> bool:
    """Whether somebody holds the lock exclusively."""
    if not path.exists():
        return False
    descriptor = try_lock(path, shared=True)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is None


@asynccontextmanager
async def locked(
    path: Path, *, shared: bool = False, waiting: Callable[[], None]
) -> AsyncGenerator[int]:
    """Hold the lock; `waiting` is called once if somebody else has it first."""
    descriptor = try_lock(path, shared=shared)
    if descriptor is None:
        waiting()
    while descriptor is None:
        await asyncio.sleep(_PAUSE)
        descriptor = try_lock(path, shared=shared)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
