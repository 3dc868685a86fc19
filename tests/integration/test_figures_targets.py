"""Figures of the targets (T rows), each on a graph that trips naive counting."""

from datetime import date
from typing import Any

import pytest

from tests.facts import Facts
from tests.figures import DEC_31, EARLIER, JAN_1, Figure, listed, municipal, named


@pytest.mark.policy("T01", "M04", "A03")
async def test_masters_are_counted_once_in_key_industries_only(figure: Figure) -> None:
    facts = Facts()
    key = facts.add("Industry", key_industry=True)
    other = facts.add("Industry", key_industry=False)
    good = named(facts, "SKILL_MASTER", industry=key, valid_from=JAN_1)
    named(facts, "SKILL_MASTER", industry=key, valid_from=DEC_31, worker=good)
    named(facts, "SKILL_MASTER", industry=other, valid_from=JAN_1)
    named(facts, "SKILL_MASTER", valid_from=JAN_1)
    named(facts, "CHIEF_WORKER", industry=key, valid_from=JAN_1)
    found = await figure("T01", facts)
    assert (found["count"]["done"], found["count"]["planned"]) == (1, 100)
    assert (found["count"]["gap"], found["count"]["met"]) == (99, False)
    assert listed(found) == {good}


@pytest.mark.policy("T01", "T16")
async def test_a_year_has_its_edge_days_and_no_others(figure: Figure) -> None:
    facts = Facts()
    key = facts.add("Industry", key_industry=True)
    for day in (date(2014, 12, 31), JAN_1, DEC_31, date(2016, 1, 1)):
        named(facts, "SKILL_MASTER", industry=key, valid_from=day)
    found = await figure("T01", facts, back=1)
    assert found["count"]["done"] == 2
    assert [(t["year"], t["done"]) for t in found["trend"]] == [(2014, 1)]


@pytest.mark.policy("T02")
async def test_heats_and_joint_contests_of_one_occupation_count_it_once(figure: Figure) -> None:
    facts = Facts()
    union = facts.add("Union")
    welder, fitter, other = (facts.add("Occupation") for _ in range(3))
    contest = {"category": "SKILLS", "state": "HELD", "held_from": JAN_1, "organiser": union}
    facts.add("Competition", **contest, occupations=[welder])
    facts.add("Competition", **{**contest, "state": "RANKED"}, occupations=[welder])
    facts.add("Competition", **{**contest, "held_from": DEC_31}, occupations=[welder, fitter])
    for change in (
        {"category": "LABOUR"}, {"state": "PLANNED"}, {"state": "CANCELLED"},
        {"held_from": EARLIER}, {"held_from": date(2016, 1, 1)}, {"organiser": []},
    ):  # fmt: skip
        facts.add("Competition", **{**contest, **change}, occupations=[other])
    found = await figure("T02", facts)
    assert (found["count"]["done"], found["count"]["planned"]) == (2, 30)
    assert (found["count"]["gap"], found["count"]["met"]) == (28, False)
    assert listed(found) == {welder, fitter}
    assert (await figure("T02", asOf="2015-12-30"))["count"]["done"] == 1


@pytest.mark.policy("T03", "B02", "B03")
async def test_only_purchased_projects_for_the_grass_roots_are_counted(figure: Figure) -> None:
    facts = Facts()
    good = facts.add("TrainingProject", activity="GRASSROOTS", purchased=DEC_31)
    facts.add("TrainingProject", activity="GRASSROOTS")
    facts.add("TrainingProject", activity="LECTURE_HALL", purchased=DEC_31)
    facts.add("TrainingProject", activity="GRASSROOTS", purchased=date(2016, 1, 1))
    found = await figure("T03", facts)
    assert found["count"]["done"] == 1
    assert listed(found) == {good}


@pytest.mark.policy("T04", "S03")
async def test_a_studio_withdrawn_and_named_again_is_not_new(figure: Figure) -> None:
    facts = Facts()
    again = municipal(facts, valid_from=date(2012, 1, 1), valid_to=date(2014, 1, 1))
    municipal(facts, again, valid_from=date(2015, 3, 1))
    fresh = municipal(facts, valid_from=date(2015, 3, 1), valid_to=date(2015, 9, 1))
    municipal(facts, valid_from=date(2015, 3, 1), level="DISTRICT")
    raised = municipal(facts, valid_from=date(2010, 1, 1), level="DISTRICT")
    municipal(facts, raised, valid_from=date(2015, 5, 1))
    found = await figure("T04", facts)
    assert found["count"]["done"] == 2
    assert listed(found) == {fresh, raised}


@pytest.mark.policy("T05", "S07")
async def test_stock_is_what_bears_the_title_on_the_day(figure: Figure) -> None:
    facts = Facts()
    again = municipal(facts, valid_from=date(2012, 1, 1), valid_to=date(2014, 1, 1))
    municipal(facts, again, valid_from=date(2015, 3, 1))
    municipal(facts, again, valid_from=date(2015, 3, 1), kind="RENEWAL")
    municipal(facts, valid_from=date(2012, 1, 1), valid_to=date(2015, 12, 31))
    municipal(facts, valid_from=date(2012, 1, 1), valid_to=date(2016, 1, 1))
    municipal(facts, valid_from=date(2015, 3, 1), level="DISTRICT")
    assert (await figure("T05", facts))["count"]["done"] == 2
    assert (await figure("T05", asOf="2015-12-30"))["count"]["done"] == 3
    assert (await figure("T05", asOf="2014-06-01", year=2014))["count"]["done"] == 2


@pytest.mark.policy("T05", "Z01")
async def test_targets_are_dated_data_with_a_band(figure: Figure) -> None:
    facts = Facts()
    for _ in range(19):
        municipal(facts, valid_from=date(2014, 1, 1))
    facts.add("TargetFigure", figure="T05", value=20.0, band=0.05, valid_from=JAN_1)
    facts.add("TargetFigure", figure="T05", value=7.0, valid_from=EARLIER, valid_to=JAN_1, band=0.2)
    found = await figure("T05", facts, back=1)
    assert (found["count"]["planned"], found["count"]["met"]) == (20, True)
    assert (found["trend"][0]["planned"], found["trend"][0]["met"]) == (7, False)
    assert (await figure("T05", year=2010, back=0))["count"]["planned"] == 500


@pytest.mark.policy("T06", "S11")
async def test_a_project_counts_if_it_is_selected_and_partly_funded(figure: Figure) -> None:
    facts = Facts()
    project = {"state": "SELECTED", "decided": JAN_1, "budget": 100, "granted": 99}
    done = facts.add("StudioProject", **{**project, "state": "COMPLETED"})
    partly = facts.add("StudioProject", **project)
    for other in (
        {"granted": 100}, {"granted": 0}, {"state": "SUBMITTED"}, {"decided": EARLIER},
    ):  # fmt: skip
        facts.add("StudioProject", **{**project, **other})
    found = await figure("T06", facts)
    assert (found["count"]["done"], found["count"]["planned"]) == (2, 20)
    assert listed(found) == {done, partly}


@pytest.mark.policy("T07", "V06")
async def test_visit_projects_are_counted_however_many_experts_came(figure: Figure) -> None:
    facts = Facts()
    experts = [facts.add("Scientist") for _ in range(3)]
    project = {"year": 2015, "state": "CARRIED_OUT", "visited": DEC_31, "experts": experts}
    counted = {
        facts.add("ExpertVisitProject", **project),
        facts.add("ExpertVisitProject", **{**project, "year": 2014}),
    }
    for change in (
        {"state": "PLANNED"}, {"state": "CANCELLED"}, {"visited": date(2016, 1, 1)},
    ):  # fmt: skip
        facts.add("ExpertVisitProject", **{**project, **change})
    found = await figure("T07", facts)
    assert (found["count"]["done"], found["count"]["planned"]) == (2, 30)
    assert found["strength"] == "STRIVE"
    assert listed(found) == counted


@pytest.mark.policy("T11")
async def test_winners_are_counted_once_and_by_class_place_and_list_of_the_day(
    figure: Figure,
) -> None:
    facts = Facts()
    free, listed_later = facts.add("Occupation"), facts.add("Occupation")
    certified = facts.add("Occupation", certificate_required=True)
    facts.add(
        "OccupationListing", list="CERTIFICATE", occupation=listed_later,
        valid_from=date(2016, 1, 1),
    )  # fmt: skip
    contest = {"level": "MUNICIPAL", "grade": "CLASS_TWO", "state": "RANKED", "held_to": DEC_31}

    def wins(occupation: str, rank: int = 1, worker: str | None = None, **change: Any) -> str:
        winner = worker or facts.add("Worker")
        held = facts.add("Competition", **{**contest, **change})
        facts.add(
            "CompetitionEntry", state="PLACED", rank=rank, worker=winner, competition=held,
            occupation=occupation,
        )  # fmt: skip
        return winner

    twice = wins(free, 10)
    wins(listed_later, 1, twice, grade="CLASS_ONE", level="NATIONAL")
    wins(free, 11)
    wins(certified, 1)
    wins(free, grade="CLASS_THREE")
    wins(free, level="DISTRICT")
    wins(free, state="HELD")
    wins(free, held_to=EARLIER)
    later = wins(listed_later, 1)
    found = await figure("T11", facts)
    assert (found["count"]["done"], found["count"]["planned"]) == (2, None)
    assert listed(found) == {twice, later}


@pytest.mark.policy("T12", "H05")
async def test_sixty_percent_is_enough_and_less_is_a_breach(figure: Figure) -> None:
    facts = Facts()
    exact, below, silent = (facts.add("Enterprise") for _ in range(3))
    spent = {"year": 2015, "spent": 1000}
    facts.add("EducationFund", enterprise=exact, frontline_spent=600, **spent)
    facts.add("EducationFund", enterprise=below, frontline_spent=599, **spent)
    facts.add("EducationFund", enterprise=silent, **spent)
    facts.add("EducationFund", enterprise=below, year=2014, spent=1000, frontline_spent=900)
    facts.add("EducationFund", enterprise=facts.add("Enterprise"), year=2015, spent=0)
    facts.add("EducationFund", enterprise=facts.add("Enterprise"), year=2014, spent=9)
    found = await figure("T12", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 3)
    assert listed(found) == {below, silent}


@pytest.mark.policy("T13", "P17")
async def test_the_workforce_is_whoever_has_a_level(figure: Figure) -> None:
    facts = Facts()
    facts.add("Worker", skill_level="PRIMARY")
    facts.add("Worker", skill_level="CHIEF_TECHNICIAN")
    facts.add("Worker")
    found = await figure("T13", facts)
    assert (found["count"]["done"], found["count"]["planned"]) == (2, 1_000_000)
