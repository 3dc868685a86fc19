"""Who teaches: figures of coverage, each on a graph that trips naive counting."""

from datetime import date

import pytest

from tests.facts import Facts
from tests.figures import DEC_31, EARLIER, Figure, listed, municipal, named, teaches
from tests.stories.told import EAST


@pytest.mark.policy("T08", "M15")
async def test_studio_teaches_by_its_leader_or_a_key_member(figure: Figure) -> None:
    facts = Facts()
    led, keyed, ended, idle, gone = (facts.add("Worker") for _ in range(5))
    for master in (led, keyed, gone):
        teaches(facts, master)
    teaches(facts, led)
    teaches(facts, ended, state="TERMINATED", ends=date(2015, 6, 1))
    teaches(facts, idle, state="PROPOSED")
    since = {"valid_from": date(2014, 1, 1)}
    municipal(facts, facts.add("Studio", leader=led), **since)
    municipal(facts, facts.add("Studio", leader=idle, keyMembers=[keyed]), **since)
    left = municipal(facts, facts.add("Studio", leader=ended), **since)
    proposed = municipal(facts, facts.add("Studio", leader=idle), **since)
    facts.add("Studio", leader=gone)
    municipal(facts, facts.add("Studio", leader=gone), level="DISTRICT", **since)
    municipal(facts, facts.add("Studio", leader=gone), valid_to=date(2015, 6, 1), **since)
    found = await figure("T08", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (2, 4)
    assert (found["count"]["gap"], found["count"]["rate"]) == (2, 0.5)
    assert listed(found) == {left, proposed}
    assert (await figure("T08", asOf="2015-03-01"))["count"]["done"] == 4


@pytest.mark.policy("T09", "M14")
async def test_a_person_in_several_groups_counts_once_in_the_union(figure: Figure) -> None:
    facts = Facts()
    many = named(facts, "CHINA_SKILLS_AWARD")
    named(facts, "NATIONAL_EXPERT", worker=many)
    named(facts, "BEIJING_EXPERT", worker=many)
    named(facts, "BEIJING_EXPERT", worker=many, valid_from=date(2012, 1, 1))
    missing = named(facts, "CHIEF_TECHNICIAN")
    skilled, other = named(facts, "CAPITAL_MODEL_WORKER"), named(facts, "SKILL_MASTER")
    for worker in (skilled, other):
        facts.add("SkillLevelRecord", skill_level="TECHNICIAN", worker=worker)
    named(facts, "NATIONAL_MODEL_WORKER")
    named(facts, "CHIEF_TECHNICIAN", valid_to=date(2015, 6, 1))
    teaches(facts, many)
    teaches(facts, missing, state="PROPOSED")
    found = await figure("T09", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 3)
    assert listed(found) == {missing, skilled}


@pytest.mark.parametrize(
    ("code", "title"),
    [
        pytest.param("M16", "CHINA_SKILLS_AWARD", marks=pytest.mark.policy("M16")),
        pytest.param("M17", "NATIONAL_EXPERT", marks=pytest.mark.policy("M17")),
        pytest.param("M18", "BEIJING_EXPERT", marks=pytest.mark.policy("M18")),
        pytest.param("M19", "CHIEF_TECHNICIAN", marks=pytest.mark.policy("M19")),
    ],
)
async def test_each_group_is_those_who_bear_its_title(
    code: str, title: str, figure: Figure
) -> None:
    facts = Facts()
    teaches(facts, named(facts, title))
    missing = named(facts, title)
    teaches(facts, missing, state="TERMINATED", ends=date(2015, 6, 1))
    named(facts, title, valid_to=date(2015, 6, 1))
    named(facts, "LABOUR_MEDAL")
    found = await figure(code, facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {missing}


@pytest.mark.parametrize(
    ("code", "title"),
    [
        pytest.param("M20", "NATIONAL_MODEL_WORKER", marks=pytest.mark.policy("M20", "E01")),
        pytest.param("M21", "CAPITAL_MODEL_WORKER", marks=pytest.mark.policy("M21", "E01")),
    ],
)
async def test_model_workers_count_only_if_they_are_high_skilled(
    code: str, title: str, figure: Figure
) -> None:
    facts = Facts()
    skilled, senior, lapsed, plain = (named(facts, title) for _ in range(4))
    facts.add("SkillLevelRecord", skill_level="TECHNICIAN", worker=skilled)
    facts.add("SkillLevelRecord", skill_level="SENIOR", worker=senior)
    facts.add(
        "SkillLevelRecord", skill_level="TECHNICIAN", worker=lapsed, valid_to=date(2015, 6, 1)
    )
    teaches(facts, plain)
    teaches(facts, skilled, state="PROPOSED")
    for other in (named(facts, title, valid_to=DEC_31), named(facts, "LABOUR_MEDAL")):
        facts.add("SkillLevelRecord", skill_level="TECHNICIAN", worker=other)
    found = await figure(code, facts)
    assert (found["count"]["done"], found["count"]["of"]) == (0, 1)
    assert listed(found) == {skilled}


@pytest.mark.policy("T10", "M22")
async def test_a_certificate_is_not_a_post_and_there_is_no_target(figure: Figure) -> None:
    facts = Facts()
    engaged = facts.add("Worker")
    facts.add("Employment", engaged_level="TECHNICIAN", worker=engaged)
    facts.add("Employment", engaged_level="SENIOR_TECHNICIAN", worker=engaged)
    certified = facts.add("Worker")
    facts.add("SkillLevelRecord", skill_level="SENIOR_TECHNICIAN", worker=certified)
    facts.add("Employment", engaged_level="SENIOR", worker=certified)
    left = facts.add("Worker")
    facts.add("Employment", engaged_level="TECHNICIAN", worker=left, valid_to=DEC_31)
    teaches(facts, certified)
    teaches(facts, engaged, state="PROPOSED")
    found = await figure("T10", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (0, 1)
    assert (found["count"]["planned"], found["count"]["gap"], found["count"]["met"]) == (None,) * 3
    assert listed(found) == {engaged}


@pytest.mark.policy("M22", "X08")
async def test_engaged_levels_are_groups_of_their_own(figure: Figure) -> None:
    facts = Facts()
    high, idle, low, lower, gone = (facts.add("Worker") for _ in range(5))
    for worker, level, given in (
        (high, "SENIOR_TECHNICIAN", {}), (idle, "SENIOR_TECHNICIAN", {}),
        (low, "TECHNICIAN", {}), (lower, "SENIOR", {}),
        (gone, "SENIOR_TECHNICIAN", {"valid_to": EARLIER}),
        (gone, "TECHNICIAN", {"valid_to": EARLIER}),
    ):  # fmt: skip
        facts.add("Employment", worker=worker, engaged_level=level, **given)
    teaches(facts, high)
    for worker in (idle, low):
        teaches(facts, worker, state="PROPOSED")
    found = await figure("M22_SENIOR_TECHNICIAN", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (1, 2, {idle})
    found = await figure("M22_TECHNICIAN")
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (0, 1, {low})
    assert found["count"]["planned"] is None


@pytest.mark.policy("T08", "M15", "N04")
async def test_a_district_union_sees_the_coverage_of_its_own_studios(figure: Figure) -> None:
    facts = Facts()
    since = {"valid_from": date(2014, 1, 1)}
    missing: dict[str, str] = {}
    for place in ("east", "west"):
        path = f"/m/{place}/"
        union = facts.add("Union", id=place, path=path, district=facts.add("District", id=place[0]))
        firm = facts.add("Enterprise", unions=[union])
        taught, idle = (facts.add("Worker", unions=[union], region_path=path) for _ in range(2))
        teaches(facts, taught)
        municipal(facts, facts.add("Studio", leader=taught, enterprise=firm), **since)
        missing[place] = municipal(
            facts, facts.add("Studio", leader=idle, district=place[0]), **since
        )
    found = await figure("T08", facts, viewer=EAST)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {missing["east"]}
    assert (await figure("T08"))["count"]["of"] == 4
