"""`asOf` and `knownAt`: what the records say is what a replay of their history says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.database import Database
from graph.model import MODEL
from tests.integration.conftest import Ask
from tests.seeded import OPEN, WIPE, Rows

DAY = date(2020, 1, 1)
MOMENT = datetime(2021, 1, 1, tzinfo=UTC)
PERSON = "w"


@dataclass(frozen=True)
class Step:
    """At its hour a fact is recorded, or the fact of an earlier step is corrected to this one."""

    first: int
    days: int | None
    corrects: int | None

    def holds(self, day: int) -> bool:
        return self.first <= day and (self.days is None or day < self.first + self.days)


@st.composite
def histories(draw: Any) -> list[Step]:
    """Up to eight steps, one an hour."""
    steps: list[Step] = []
    for n in range(draw(st.integers(1, 8))):
        corrected = {s.corrects for s in steps}
        open_steps = [m for m in range(n) if m not in corrected]
        corrects = draw(st.none() | st.sampled_from(open_steps)) if open_steps else None
        steps.append(Step(draw(st.integers(0, 9)), draw(st.none() | st.integers(1, 5)), corrects))
    return steps


def replayed(steps: Sequence[Step], day: int | None, hour: float | None) -> set[str]:
    """The facts that held on a day, as they were known at an hour: step by step."""
    known: dict[int, Step] = {}
    for n, step in enumerate(steps):
        if hour is not None and n > hour:
            break
        known.pop(-1 if step.corrects is None else step.corrects, None)
        known[n] = step
    return {f"r{n}" for n, step in known.items() if day is None or step.holds(day)}


def records(label: str, steps: Sequence[Step]) -> Rows:
    """The same history as records of one person: a correction closes one and adds one."""
    t = MODEL.node_type(label)
    rows = Rows([OPEN.node(MODEL.node_type("Worker"), 0)])
    rows.nodes[0]["values"]["id"] = PERSON
    [about] = [r for r in MODEL.relationship_types if (r.source, r.target) == (label, "Worker")]
    for n, step in enumerate(steps):
        node = OPEN.node(t, 0)
        corrected = next((m for m, s in enumerate(steps) if s.corrects == n), None)
        node["values"] |= {
            "id": f"r{n}",
            "key": f"k:r{n}",
            "valid_from": DAY + timedelta(step.first),
            "valid_to": None if step.days is None else DAY + timedelta(step.first + step.days),
            "recorded_from": MOMENT + timedelta(hours=n),
            "recorded_to": None if corrected is None else MOMENT + timedelta(hours=corrected),
        }
        rows.nodes.append(node)
        rows.edge(about, (f"r{n}", PERSON), OPEN, 0)
    return rows


FIELDS = {r.name: r.target for r in MODEL.relations["Worker"] if MODEL.node_type(r.target).dated}


@given(
    steps=histories(),
    field=st.sampled_from(sorted(FIELDS)),
    at=st.tuples(
        st.none() | st.integers(-1, 16),
        st.none() | st.sampled_from([n / 2 for n in range(-1, 18)]),
    ),
)
async def test_facts_on_a_day_as_known_at_a_moment_are_those_of_a_replay(
    steps: list[Step],
    field: str,
    at: tuple[int | None, float | None],
    open_session_database: Database,
    ask: Ask,
) -> None:
    day, hour = at
    label = FIELDS[field]
    await open_session_database.run(WIPE)
    await records(label, steps).write(open_session_database)
    plural = MODEL.node_type(label).plural
    text = f"""query Q($day: Date, $moment: DateTime) {{
      {plural}(first: 100, asOf: $day, knownAt: $moment) {{ totalCount nodes {{ id }} }}
      worker(id: "{PERSON}") {{
        {field}(first: 100, asOf: $day, knownAt: $moment) {{ totalCount nodes {{ id }} }} }} }}"""
    data = await ask(
        text,
        day=None if day is None else str(DAY + timedelta(day)),
        moment=None if hour is None else (MOMENT + timedelta(hours=hour)).isoformat(),
    )
    expected = replayed(steps, day, hour)
    for page in (data[plural], data["worker"][field]):
        assert {node["id"] for node in page["nodes"]} == expected
        assert page["totalCount"] == len(expected)


async def test_a_fact_begins_on_its_first_day_and_is_gone_on_its_last(
    database: Database, ask: Ask
) -> None:
    await records("Employment", [Step(0, 2, None)]).write(database)
    text = "query Q($day: Date) { employments(asOf: $day) { totalCount } }"
    days = [str(DAY + timedelta(n)) for n in (-1, 0, 1, 2)]
    counts = [(await ask(text, day=day))["employments"]["totalCount"] for day in days]
    assert counts == [0, 1, 1, 0]


async def test_moment_without_an_offset_is_a_moment_in_beijing(
    database: Database, ask: Ask
) -> None:
    await records("Employment", [Step(0, None, None)]).write(database)
    text = "query Q($at: DateTime) { employments(knownAt: $at) { totalCount } }"
    for moment, count in (("2021-01-01T08:00:00", 1), ("2021-01-01T07:59:59", 0)):
        assert (await ask(text, at=moment))["employments"]["totalCount"] == count
