"""Scalars that GraphQL itself lacks: days, moments and large integers."""

from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from graph.clock import BEIJING

Long = NewType("Long", int)
Day = NewType("Day", str)
Moment = NewType("Moment", str)

_MOST = 2**53


def _parse_long(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _MOST:
        raise GraphQLError("a Long is a whole number of at most 53 bits")
    return value


def _parse_day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise GraphQLError(f"{value!r} is no day; write 2015-01-09") from None


def _parse_moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
        # in UTC: the driver hands its own type to a ZoneInfo, which crashes the whole process
        return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise GraphQLError(f"{value!r} is no moment; write 2015-01-09T08:00:00+08:00") from None


def _iso(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


SCALARS: dict[object, ScalarDefinition] = {
    Long: strawberry.scalar(
        name="Long",
        description="A whole number of up to 53 bits, such as money in fen.",
        serialize=int,
        parse_value=_parse_long,
    ),
    Day: strawberry.scalar(
        name="Date",
        description="A day in Beijing, such as 2015-01-09.",
        serialize=_iso,
        parse_value=_parse_day,
    ),
    Moment: strawberry.scalar(
        name="DateTime",
        description="A moment with its offset; without one, Beijing time.",
        serialize=_iso,
        parse_value=_parse_moment,
    ),
}
