"""The moment by which an operation must be done: statements run on its behalf ask for it."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from graph.errors import TooSlow

_DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def within(seconds: float) -> Generator[None]:
    """Whatever this task asks of the database meanwhile must be done in so many seconds."""
    token = _DEADLINE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def left(most: float | None) -> float | None:
    """Seconds that a statement may take, `most` at most; raises TooSlow if none are left."""
    deadline = _DEADLINE.get()
    if deadline is None:
        return most
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise TooSlow("the operation took longer than allowed; ask for less or filter more")
    return remaining if most is None else min(most, remaining)
