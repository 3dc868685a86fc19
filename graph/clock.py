"""The one clock. `now` is a parameter everywhere else, and a day is a day in Beijing."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def beijing_day(moment: datetime) -> date:
    """The calendar day in Beijing at a moment."""
    return moment.astimezone(BEIJING).date()
