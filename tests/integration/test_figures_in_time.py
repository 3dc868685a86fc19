"""What is asked as of a day is what a replay of the events up to that day gives."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.database import Database
from tests.facts import Facts
from tests.integration.conftest import Ask
from tests.seeded import WIPE

FIRST = date(2014, 12, 28)
DAYS = st.integers(0, 8).map(lambda n: FIRST + timedelta(n))  # around the turn of a year
EVENTS = st.lists(st.tuples(DAYS, st.integers(0, 2)), max_size=12).map(sorted)
"""A day and a studio: it is named on the day, or withdrawn if it bears the title."""


def titles(events: list[tuple[date, int]]) -> list[tuple[int, date, date | None]]:
    """Studio, first day, and the day on which it was withdrawn."""
    found: list[tuple[int, date, date | None]] = []
    borne: dict[int, date] = {}
    for day, studio in events:
        if studio in borne:
            found.append((studio, borne.pop(studio), day))
        else:
            borne[studio] = day
    return [*found, *((studio, day, None) for studio, day in borne.items())]


def replayed(events: list[tuple[date, int]], until: date) -> Mapping[str, int]:
    """New studios of the day's year and the stock, by letting the events happen until a day."""
    bearing: set[int] = set()
    first: dict[int, date] = {}
    for day, studio in events:
        if day <= until:
            first.setdefault(studio, day)
            bearing ^= {studio}
    return {"T04": sum(d.year == until.year for d in first.values()), "T05": len(bearing)}


@pytest.mark.policy("T04", "T05")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, until=DAYS)
async def test_as_of_a_day_equals_a_replay_up_to_it(
    events: list[tuple[date, int]], until: date, open_session_database: Database, ask: Ask
) -> None:
    await open_session_database.run(WIPE)
    facts = Facts()
    for n in range(3):
        facts.add("Studio", id=f"studio-{n}")
    for studio, begins, ends in titles(events):
        facts.add(
            "StudioDesignation",
            level="MUNICIPAL",
            studio=f"studio-{studio}",
            valid_from=begins,
            valid_to=ends,
        )
    await facts.write(open_session_database)
    text = f"""{{ targets(year: {until.year}, asOf: "{until}", figures: [T04, T05]) {{
      figure count {{ done }} }} }}"""
    found = {f["figure"]: f["count"]["done"] for f in (await ask(text))["targets"]}
    assert found == replayed(events, until)
