"""What held on a day, as it was known at a moment: predicates over dated facts and agreements."""

from typing import LiteralString

DAY: LiteralString = "period.day"


def known(record: LiteralString) -> LiteralString:
    """A predicate: the record was known at $known and not yet corrected."""
    return (
        f"coalesce({record}.recorded_from <= $known, true) "
        f"AND coalesce({record}.recorded_to > $known, true)"
    )


def held(record: LiteralString, day: LiteralString = DAY) -> LiteralString:
    """A predicate: the dated fact held on the day."""
    return (
        f"{record}.valid_from <= {day} "
        f"AND coalesce({record}.valid_to > {day}, true) AND {known(record)}"
    )


def began(record: LiteralString) -> LiteralString:
    """A predicate: the dated fact began in the year, on the last day that counts or before."""
    return f"{within(f'{record}.valid_from')} AND {known(record)}"


def within(day: LiteralString) -> LiteralString:
    """A predicate: a day lies in the year and is not after the last that counts."""
    return f"{day} >= period.first AND {day} <= period.day"


def teaching(agreement: LiteralString, day: LiteralString = DAY) -> LiteralString:
    """A predicate: a signed agreement was in force on the day (M05)."""
    return (
        f"{agreement}.state IN ['ACTIVE', 'TERMINATED', 'COMPLETED'] "
        f"AND {agreement}.starts <= {day} "
        f"AND ({agreement}.ends IS NULL OR {agreement}.ends > {day})"
    )
