"""Each figure on a graph that trips naive counting, and what every figure owes its readers."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.database import Database
from graph.viewer import ADMINISTRATOR, ANYONE, Role, Viewer
from tests.facts import Facts
from tests.integration.conftest import Ask

JAN_1, DEC_31 = date(2015, 1, 1), date(2015, 12, 31)
EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))

FIELDS = """
  figure strength sentence withheld query
  count { year done of rate planned band gap met }
  trend { year done of planned met }
  listed { node { id } }
"""

Figure = Callable[..., Awaitable[Mapping[str, Any]]]


@pytest.fixture
def figure(database: Database, ask: Ask) -> Figure:
    """One figure for 2015 over the given facts."""

    async def counted(
        code: str, facts: Facts | None = None, viewer: Viewer = ADMINISTRATOR, **given: Any
    ) -> Mapping[str, Any]:
        if facts is not None:
            await facts.write(database)
        given = {"year": 2015, "asOf": "2030-01-01", **given}
        arguments = ", ".join(
            f'{k}: "{v}"' if isinstance(v, str) else f"{k}: {v}" for k, v in given.items()
        )
        text = f"{{ targets(figures: [{code}], {arguments}) {{ {FIELDS} }} }}"
        [found] = (await ask(text, viewer))["targets"]
        return found

    return counted


def listed(found: Mapping[str, Any]) -> set[str]:
    return {row["node"]["id"] for row in found["listed"]}


def named(facts: Facts, title: str, **given: Any) -> str:
    """A worker who bears a title."""
    worker = given.pop("worker", None) or facts.add("Worker")
    facts.add("Designation", title=title, worker=worker, **given)
    return worker


def municipal(facts: Facts, studio: str | None = None, **given: Any) -> str:
    """A studio with a municipal title."""
    studio = studio or facts.add("Studio")
    given = {"level": "MUNICIPAL", "kind": "NEW", "studio": studio, **given}
    facts.add("StudioDesignation", **given)
    return studio


def teaches(facts: Facts, master: str, **given: Any) -> None:
    """A signed agreement in which she teaches."""
    given = {"state": "ACTIVE", "starts": JAN_1, "apprentice": facts.add("Worker"), **given}
    facts.add("MentoringAgreement", master=master, **given)


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


@pytest.mark.policy("T16")
async def test_a_year_has_its_edge_days_and_no_others(figure: Figure) -> None:
    facts = Facts()
    key = facts.add("Industry", key_industry=True)
    for day in (date(2014, 12, 31), JAN_1, DEC_31, date(2016, 1, 1)):
        named(facts, "SKILL_MASTER", industry=key, valid_from=day)
    found = await figure("T01", facts, back=1)
    assert found["count"]["done"] == 2
    assert [(t["year"], t["done"]) for t in found["trend"]] == [(2014, 1)]


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


EARLIER = date(2014, 1, 1)


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
    named(facts, "SKILL_MASTER")
    teaches(facts, many)
    found = await figure("T09", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {missing}


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
    found = await figure("T10", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (0, 1)
    assert (found["count"]["planned"], found["count"]["gap"], found["count"]["met"]) == (None,) * 3
    assert listed(found) == {engaged}


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


@pytest.mark.policy("K09")
async def test_a_corrected_record_counts_only_where_it_was_known(figure: Figure) -> None:
    facts = Facts()
    corrected = datetime(2015, 7, 1, tzinfo=UTC)
    municipal(
        facts,
        valid_from=date(2014, 1, 1),
        recorded_from=datetime(2014, 1, 1, tzinfo=UTC),
        recorded_to=corrected,
    )
    municipal(facts, valid_from=date(2014, 1, 1), recorded_from=corrected)
    municipal(facts, valid_from=date(2014, 1, 1), recorded_from=corrected)
    assert (await figure("T05", facts))["count"]["done"] == 2
    known = await figure("T05", knownAt="2015-06-30T00:00:00Z")
    assert known["count"]["done"] == 1


async def test_a_union_counts_its_own_and_the_public_nobody(figure: Figure) -> None:
    facts = Facts()
    ours = facts.add("Worker", region_path="/m/east/")
    theirs = facts.add("Worker", region_path="/m/west/")
    for worker in (ours, theirs):
        named(facts, "CHIEF_TECHNICIAN", worker=worker)
    municipal(facts)
    found = await figure("M19", facts, viewer=EAST)
    assert found["count"]["of"] == 1
    assert listed(found) == {ours}
    hidden = await figure("M19", viewer=ANYONE)
    assert (hidden["withheld"], hidden["count"], hidden["listed"]) == (True, None, [])
    assert (await figure("T05", viewer=ANYONE))["count"]["done"] == 1


async def test_the_query_that_is_shown_counts_the_same(figure: Figure, database: Database) -> None:
    from graph.cypher import Cypher, literal

    facts = Facts()
    municipal(facts, valid_from=date(2014, 1, 1))
    found = await figure("T05", facts, back=0)
    periods = [{"year": 2015, "first": JAN_1, "day": DEC_31}]
    parameters = {"periods": periods, "known": datetime(2030, 1, 1, tzinfo=UTC)}
    [row] = await database.rows(Cypher(literal(found["query"]), parameters))
    assert row["counts"] == [[2015, found["count"]["done"], None]]


@pytest.mark.policy("N01")
async def test_every_target_cites_its_sentence_and_how_strongly_it_asks(
    database: Database, ask: Ask
) -> None:
    found = (await ask("{ targets(year: 2015) { figure clause sentence strength } }"))["targets"]
    assert all(f["clause"] and f["sentence"] and f["strength"] for f in found)
    strengths = {f["figure"]: f["strength"] for f in found}
    assert (strengths["T01"], strengths["T08"]) == ("MUST", "STRIVE")
