"""Figures of how workers come on, each on a graph that trips naive counting."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.facts import Facts
from tests.figures import DEC_31, EARLIER, JAN_1, Figure, listed


@pytest.mark.policy("E13")
async def test_certified_is_compared_with_engaged(figure: Figure) -> None:
    facts = Facts()
    engaged, below = facts.add("Worker"), facts.add("Worker")
    for worker, level in ((engaged, "TECHNICIAN"), (below, "SENIOR")):
        facts.add("SkillLevelRecord", skill_level="TECHNICIAN", worker=worker)
        facts.add("Employment", engaged_level=level, worker=worker)
    facts.add("Employment", engaged_level="TECHNICIAN", worker=below, valid_to=DEC_31)
    facts.add("SkillLevelRecord", skill_level="SENIOR", worker=facts.add("Worker"))
    lapsed = facts.add("Worker")
    facts.add("SkillLevelRecord", skill_level="TECHNICIAN", worker=lapsed, valid_to=DEC_31)
    found = await figure("E13", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {below}


@pytest.mark.policy("A12")
async def test_only_who_went_through_all_four_stages_counts(figure: Figure) -> None:
    facts = Facts()
    drill = facts.add("MassActivity", type="DRILL", day=DEC_31)
    late = facts.add("MassActivity", type="DRILL", day=date(2016, 1, 1))
    contest = facts.add("MassActivity", type="CONTEST", day=JAN_1)
    known = datetime(2014, 1, 1, tzinfo=UTC)

    def worker(activities: list[str], result: str = "COMPLETED", **given: Any) -> str:
        who = facts.add("Worker", massActivities=activities)
        ends = given.pop("ends", DEC_31)
        for _ in range(2):
            facts.add("TrainingRecord", worker=who, starts=JAN_1, ends=ends, result=result)
        entry = facts.add("CompetitionEntry", state="PLACED", worker=who)
        promoted = {"worker": who, "skill_level": "SENIOR", "competitionEntry": entry, **given}
        facts.add("SkillLevelRecord", **promoted)
        return who

    worker([drill, contest])
    missing = {
        worker([]),
        worker([contest]),
        worker([late]),
        worker([drill], valid_from=date(2016, 1, 1)),
        worker([drill], recorded_to=known),
        worker([drill], competitionEntry=[]),
    }
    worker([drill], "LEFT")
    worker([drill], ends=date(2016, 1, 1))
    found = await figure("A12", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 7)
    assert (found["count"]["planned"], listed(found)) == (None, missing)


@pytest.mark.policy("B11", "B22", "Y10")
async def test_what_the_policy_gives_no_number_for_is_counted_without_a_target(
    figure: Figure,
) -> None:
    facts = Facts()
    worker = facts.add("Worker")
    out = {"kind": "CONTEST", "direction": "OUT", "workers": [worker], "starts": JAN_1}
    facts.add("Exchange", **out)
    facts.add("Exchange", **{**out, "starts": DEC_31})
    for other in ({"kind": "STUDY"}, {"direction": "IN"}, {"starts": date(2016, 1, 1)}):
        facts.add("Exchange", **{**out, **other, "workers": [facts.add("Worker")]})
    facts.add("TrainingRecord", worker=worker, starts=JAN_1, ends=EARLIER, result="COMPLETED")
    facts.add("TrainingRecord", worker=worker, starts=JAN_1, ends=JAN_1, result="COMPLETED")
    facts.add("TrainingRecord", worker=worker, starts=JAN_1, ends=JAN_1, result="LEFT")
    facts.add("PublicityEvent", held=DEC_31)
    facts.add("PublicityEvent", held=date(2016, 1, 1))
    assert (await figure("B11", facts))["count"]["done"] == 1
    found = await figure("B22")
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert (await figure("Y10"))["count"]["done"] == 1
    assert found["count"]["planned"] is None


@pytest.mark.policy("P18", "E16")
async def test_taking_part_and_creating_are_counted_among_the_skilled(figure: Figure) -> None:
    facts = Facts()
    after = date(2016, 1, 1)
    drilled, competed, trained, made, idle = (
        facts.add("Worker", skill_level="SENIOR") for _ in range(5)
    )
    for day, who in ((JAN_1, drilled), (after, idle)):
        activity = facts.add("MassActivity", day=day, type="DRILL", workers=[who])
        facts.link(facts.add("Worker"), "Worker", "massActivities", activity)
    for day, who in ((DEC_31, competed), (after, idle)):
        contest = facts.add("Competition", held_from=day)
        facts.add("CompetitionEntry", state="ENTERED", worker=who, competition=contest)
    for day, who in ((DEC_31, trained), (after, idle)):
        facts.add("TrainingRecord", worker=who, starts=day)
    facts.add("Achievement", registered=JAN_1, contributors=[made, facts.add("Worker")])
    facts.add("Achievement", registered=after, contributors=[idle])
    found = await figure("P18", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (3, 5)
    assert listed(found) == {made, idle}
    found = await figure("E16")
    assert (found["count"]["done"], found["count"]["of"]) == (1, 5)
    assert listed(found) == {drilled, competed, trained, idle}


@pytest.mark.policy("A16")
async def test_who_competes_for_the_first_time_and_rises_since(figure: Figure) -> None:
    facts = Facts()

    def competed(*days: date, state: str = "RANKED") -> str:
        worker = facts.add("Worker")
        for day in days:
            contest = facts.add("Competition", held_to=day, state=state)
            facts.add("CompetitionEntry", state="PLACED", worker=worker, competition=contest)
        return worker

    def level(worker: str, day: date, **given: Any) -> None:
        facts.add("SkillLevelRecord", worker=worker, skill_level="SENIOR", valid_from=day, **given)

    risen, before, later, corrected = (competed(JAN_1, DEC_31) for _ in range(4))
    level(risen, date(2018, 1, 1))
    level(before, EARLIER)
    level(later, date(2031, 1, 1))
    level(corrected, DEC_31, recorded_to=datetime(2016, 1, 1, tzinfo=UTC))
    for worker in (
        competed(EARLIER, JAN_1), competed(date(2016, 1, 1)), competed(JAN_1, state="CANCELLED"),
    ):  # fmt: skip
        level(worker, DEC_31)
    found = await figure("A16", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 4)
    assert listed(found) == {before, later, corrected}
