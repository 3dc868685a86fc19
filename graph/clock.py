"""The one clock. `now` is a parameter everywhere else, and a day is a day in Beijing."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")

_SET: ContextVar[datetime | None] = ContextVar("set clock", default=None)


def now() -> datetime:
    """This moment, in UTC; within `standing_at` that one."""
    return _SET.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Generator[None]:
    """For this task, and those that it starts meanwhile, it is that moment."""
    token = _SET.set(moment)
    try:
        yield
    finally:
        _SET.reset(token)


def beijing_day(moment: datetime) -> date:
    """The calendar day in Beijing at a moment."""
    return moment.astimezone(BEIJING).date()
