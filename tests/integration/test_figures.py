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
LATER = date(2018, 1, 1)
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


EARLIER = date(2014, 1, 1)


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
    named(facts, "SKILL_MASTER")
    named(facts, "CHIEF_TECHNICIAN", valid_to=date(2015, 6, 1))
    teaches(facts, many)
    teaches(facts, missing, state="PROPOSED")
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
    known = datetime(2030, 1, 1, tzinfo=UTC)
    parameters = {"periods": periods, "known": known, "definition": None}
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


async def grouped(ask: Ask, code: str, by: str, viewer: Viewer = ADMINISTRATOR) -> Any:
    text = f"""{{ figureBy(figure: {code}, by: {by}, year: 2015, asOf: "2030-01-01") {{
      node {{ id }} done of rate }} }}"""
    found = (await ask(text, viewer))["figureBy"]
    return found and {row["node"]["id"]: (row["done"], row["of"]) for row in found}


@pytest.mark.policy("N04", "K07")
async def test_a_figure_is_rolled_up_at_every_level(database: Database, ask: Ask) -> None:
    facts = Facts()
    city = facts.add("District", id="city")
    east = facts.add("District", id="east", parent=city)
    west = facts.add("District", id="west", parent=city)
    for home in (east, east, west):
        worker = named(facts, "CHIEF_TECHNICIAN", worker=facts.add("Worker", district=home))
        named(facts, "NATIONAL_EXPERT", worker=worker)
    teaches(facts, worker)
    await facts.write(database)
    found = await grouped(ask, "T09", "DISTRICT")
    assert found == {city: (1, 3), east: (0, 2), west: (1, 1)}


@pytest.mark.policy("N05", "N06", "N08")
async def test_a_stock_is_rolled_up_by_union_and_by_industry(database: Database, ask: Ask) -> None:
    facts = Facts()
    top = facts.add("Union", id="top", type="MUNICIPAL")
    zone = facts.add("Union", id="zone", type="DEV_ZONE", parent=top)
    group = facts.add("Union", id="group", type="GROUP_COMPANY", parent=top)
    chips = facts.add("Industry", id="chips")
    for union in (zone, group, group):
        enterprise = facts.add("Enterprise", unions=[union])
        studio = facts.add("Studio", enterprise=enterprise, industries=[chips])
        municipal(facts, studio, valid_from=date(2014, 1, 1))
    await facts.write(database)
    assert await grouped(ask, "T05", "UNION") == {
        top: (3, None), group: (2, None), zone: (1, None),
    }  # fmt: skip
    assert await grouped(ask, "T05", "INDUSTRY") == {chips: (3, None)}
    assert await grouped(ask, "T09", "UNION", ANYONE) is None


@pytest.mark.policy("H02", "N12")
async def test_a_plan_that_is_only_drafted_is_no_plan(figure: Figure) -> None:
    facts = Facts()
    planned, drafted, late = (facts.add("Union", type="DISTRICT_COUNTY") for _ in range(3))
    facts.add("Union", type="UNIVERSITY")
    facts.add("AnnualPlan", union=planned, year=2015, state="ADOPTED")
    facts.add("AnnualPlan", union=drafted, year=2015, state="DRAFT")
    facts.add("AnnualPlan", union=late, year=2016, state="ADOPTED")
    found = await figure("H02", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 3)
    assert listed(found) == {drafted, late}


@pytest.mark.policy("H04")
async def test_the_fund_is_accrued_in_full_or_listed(figure: Figure) -> None:
    facts = Facts()
    full, short = facts.add("Enterprise"), facts.add("Enterprise")
    wages = {"year": 2015, "wage_base": 1_000_000, "legal_rate": 0.015}
    facts.add("EducationFund", enterprise=full, accrued=15_000, **wages)
    facts.add("EducationFund", enterprise=short, accrued=14_999, **wages)
    facts.add("EducationFund", enterprise=short, accrued=15_000, **{**wages, "year": 2014})
    for silent in ({"year": 2014}, {"wage_base": 0}, {"legal_rate": 0.0}):
        facts.add("EducationFund", enterprise=facts.add("Enterprise"), **{**wages, **silent})
    found = await figure("H04", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {short}


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        pytest.param("E14", "skill_wage_clause", marks=pytest.mark.policy("E14")),
        pytest.param("E15", "parity_clause", marks=pytest.mark.policy("E15")),
        pytest.param("H06", "training_clause", marks=pytest.mark.policy("H06")),
    ],
)
async def test_a_clause_counts_while_its_contract_is_in_force(
    code: str, clause: str, figure: Figure
) -> None:
    facts = Facts()
    has, lacks, ended = (facts.add("Enterprise") for _ in range(3))
    facts.add("CollectiveContract", enterprise=has, **{clause: True})
    facts.add("CollectiveContract", enterprise=lacks, **{clause: False})
    for enterprise in (ended, lacks):
        facts.add("CollectiveContract", enterprise=enterprise, valid_to=DEC_31, **{clause: True})
    found = await figure(code, facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {lacks}


@pytest.mark.policy("F06", "F07")
async def test_enterprises_with_funds_are_counted_by_kind(figure: Figure) -> None:
    facts = Facts()
    both, early, late = (facts.add("Enterprise") for _ in range(3))
    for kind in ("TALENT_DEVELOPMENT", "INNOVATION"):
        facts.add("Fund", enterprise=both, kind=kind, founded=JAN_1)
        facts.add("Fund", enterprise=both, kind=kind, founded=DEC_31)
        facts.add("Fund", enterprise=late, kind=kind, founded=date(2016, 1, 1))
    facts.add("Fund", enterprise=early, kind="INNOVATION", founded=JAN_1)
    assert (await figure("F06", facts))["count"]["done"] == 1
    assert (await figure("F07"))["count"]["done"] == 2


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


@pytest.mark.policy("J06", "J14", "J18")
async def test_associations_members_and_titles_are_counted(figure: Figure) -> None:
    facts = Facts()
    has, lacks = (facts.add("Union", type="DISTRICT_COUNTY") for _ in range(2))
    association = facts.add("TechAssociation", union=has)
    worker = facts.add("Worker")
    facts.add("Membership", worker=worker, association=association, valid_to=JAN_1)
    facts.add("Membership", worker=worker, association=association, valid_from=JAN_1)
    left = facts.add("Worker")
    facts.add("Membership", worker=left, association=association, valid_to=JAN_1)
    facts.add("Union", type="UNIVERSITY")
    later = facts.add("TechAssociation", union=lacks, founded=date(2016, 1, 1))
    for named_one, title, day in (
        (association, "ADVANCED_ASSOCIATION", date(2015, 5, 1)),
        (association, "ADVANCED_ASSOCIATION", date(2015, 6, 1)),
        (later, "ADVANCED_ASSOCIATION", date(2016, 5, 1)),
        (later, "LABOUR_CERTIFICATE", date(2015, 5, 1)),
    ):
        facts.add("Designation", title=title, techAssociation=named_one, valid_from=day)
    assert (await figure("J06", facts))["count"]["done"] == 1
    found = await figure("J14")
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (1, 2, {lacks})
    named_once = await figure("J18")
    assert (named_once["count"]["done"], named_once["count"]["planned"]) == (1, None)


@pytest.mark.policy("P07", "A04")
async def test_studios_in_key_or_emerging_industries_are_a_share(figure: Figure) -> None:
    facts = Facts()
    key = facts.add("Industry", key_industry=True)
    emerging = facts.add("Industry", strategic_emerging=True)
    plain = facts.add("Industry")
    for industries in ([key], [emerging, key], [plain], []):
        municipal(facts, facts.add("Studio", industries=industries), valid_from=EARLIER)
    lower = facts.add("Studio", industries=[key])
    municipal(facts, lower, valid_from=EARLIER, level="DISTRICT")
    municipal(facts, valid_from=EARLIER, valid_to=DEC_31)
    assert (await figure("P07", facts))["count"] | {"gap": None} == {
        **(await figure("P07"))["count"], "done": 2, "of": 4, "planned": None,
    }  # fmt: skip


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


@pytest.mark.policy("V12")
async def test_conversion_is_of_the_cohort_and_up_to_the_day_of_asking(figure: Figure) -> None:
    facts = Facts()
    later = date(2018, 5, 1)
    sold, ended, used, shelved = (
        facts.add("Achievement", registered=day) for day in (JAN_1, DEC_31, JAN_1, JAN_1)
    )
    other = facts.add("Achievement", registered=EARLIER)
    facts.add("Achievement")
    signed = {"state": "SIGNED", "signed": later}
    for n, achievement in enumerate([sold, sold, other]):
        facts.add("TechContract", number=f"n{n}", achievement=achievement, **signed)
    facts.add(
        "TechContract", achievement=ended, state="TERMINATED", signed=JAN_1, ended=later
    )  # fmt: skip
    facts.add("BenefitRecord", achievement=used, recorded=later)
    facts.add("BenefitRecord", achievement=sold, recorded=later)
    found = await figure("V12", facts, back=1)
    assert (found["count"]["done"], found["count"]["of"]) == (2, 4)
    assert listed(found) == {ended, shelved}
    assert [(t["year"], t["done"]) for t in found["trend"]] == [(2014, 1)]
    before = await figure("V12", asOf="2018-04-30")
    assert (before["count"]["done"], before["count"]["of"]) == (1, 4)
    assert listed(before) == {sold, used, shelved}


@pytest.mark.policy("V12", "Z04")
async def test_cohorts_are_judged_by_the_definition_of_their_date_or_by_a_named_one(
    figure: Figure, ask: Ask
) -> None:
    facts = Facts()
    licensed, sold, used, early = (
        facts.add("Achievement", registered=day) for day in (JAN_1, JAN_1, DEC_31, EARLIER)
    )
    contracts = (("LICENCE", licensed), ("TRANSFER", sold), ("LICENCE", early))
    for kind, achievement in contracts:
        signed = {"state": "SIGNED", "signed": DEC_31, "type": kind, "number": achievement}
        facts.add("TechContract", achievement=achievement, **signed)
    facts.add("BenefitRecord", achievement=used, recorded=DEC_31)
    four = {"contract_types": ["TRANSFER", "SERVICE"], "benefits": False}
    five = {"contract_types": ["TRANSFER", "LICENCE"], "benefits": True}
    facts.add("ConversionDefinition", name="四技", **four, valid_from=JAN_1, valid_to=LATER)
    facts.add("ConversionDefinition", name="五类", **five, valid_from=LATER)
    found = await figure("V12", facts, back=1)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 3)
    assert listed(found) == {licensed, used}
    assert [(t["year"], t["done"]) for t in found["trend"]] == [(2014, 1)]
    named = await figure("V12", conversionDefinition="五类")
    assert (named["count"]["done"], named["count"]["of"]) == (3, 3)
    strict = await figure("V12", conversionDefinition="四技", back=1)
    assert ([t["done"] for t in strict["trend"]], listed(strict)) == ([0], {licensed, used})
    with pytest.raises(AssertionError, match="no conversion definition has this name"):
        await figure("V12", conversionDefinition="无")


@pytest.mark.policy("J09", "K07")
async def test_shortages_are_places_less_workers_who_could_take_them(
    database: Database, ask: Ask
) -> None:
    facts = Facts()
    city = facts.add("District", id="city")
    home, away = (facts.add("District", parent=city) for _ in range(2))
    chips, trade = facts.add("Industry"), facts.add("Industry")
    maker = facts.add("Enterprise", district=home, industries=[chips])
    other = facts.add("Enterprise", district=away, industries=[trade])
    weld, turn = facts.add("Skill"), facts.add("Occupation")
    fitter = facts.add("Occupation")
    posted = {"places": 7, "state": "OPEN", "posted": JAN_1, "occupation": turn}
    facts.add("TalentDemand", **posted, enterprise=maker, skill_level="SENIOR", urgency="CRITICAL",
              skills=[weld])  # fmt: skip
    facts.add("TalentDemand", **{**posted, "state": "FILLED"}, enterprise=other,
              skill_level="TECHNICIAN")  # fmt: skip
    facts.add("TalentDemand", **{**posted, "occupation": fitter, "places": 1}, enterprise=maker)
    for change in ({"state": "WITHDRAWN"}, {"posted": EARLIER}, {"posted": date(2016, 1, 1)}):
        facts.add("TalentDemand", **{**posted, **change}, enterprise=maker)
    for level, district, union in (
        ("SENIOR", home, "/m/east/"), ("SENIOR", away, "/m/west/"), ("PRIMARY", home, "/m/east/"),
    ):  # fmt: skip
        worker = facts.add("Worker", skill_level=level, district=district, occupation=turn,
                           skills=[weld], region_path=union)  # fmt: skip
        facts.add("Employment", worker=worker, enterprise=maker, valid_to=date(2016, 1, 1))
    await facts.write(database)

    async def short(given: str, viewer: Viewer = ADMINISTRATOR) -> list[Any]:
        text = f"""{{ shortages(year: 2015, asOf: "2030-01-01", back: 1, {given}) {{
          node {{ id }} places open urgent workers gap trend {{ year places }} }} }}"""
        return [
            (row["node"]["id"], *(row[n] for n in ("places", "open", "urgent", "workers", "gap")),
             row["trend"][0]["places"])
            for row in (await ask(text, viewer))["shortages"]
        ]  # fmt: skip

    assert await short("by: OCCUPATION") == [
        (turn, 14, 7, 7, 2, 12, 7), (fitter, 1, 1, 0, 0, 1, 0),
    ]  # fmt: skip
    assert await short("by: SKILL") == [(weld, 7, 7, 7, 2, 5, 0)]
    assert await short("by: SKILL", EAST) == [(weld, 7, 7, 7, 1, 6, 0)]
    assert await short("by: SKILL", ANYONE) == [(weld, 7, 7, 7, None, None, 0)]
    assert await short(f'by: SKILL, districtId: "{city}"') == [(weld, 7, 7, 7, 2, 5, 0)]
    assert await short(f'by: OCCUPATION, districtId: "{away}"') == [(turn, 7, 0, 0, 0, 7, 0)]
    assert await short(f'by: SKILL, industryId: "{chips}"') == [(weld, 7, 7, 7, 2, 5, 0)]
    assert await short(f'by: SKILL, industryId: "{trade}"') == []


@pytest.mark.policy("T02", "T07", "V12")
async def test_occupations_visits_and_achievements_are_rolled_up_too(
    database: Database, ask: Ask
) -> None:
    facts = Facts()
    top = facts.add("Union", id="top", type="MUNICIPAL")
    east = facts.add("District", id="east")
    chips = facts.add("Industry", id="chips")
    union = facts.add("Union", id="u", parent=top, district=east, industries=[chips])
    welder = facts.add("Occupation")
    held = {"category": "SKILLS", "state": "HELD", "occupations": [welder]}
    facts.add("Competition", **held, held_from=JAN_1, organiser=union)
    facts.add("Competition", **held, held_from=EARLIER, organiser=facts.add("Union", parent=top))
    owner = facts.add("Enterprise", unions=[union], district=east, industries=[chips])
    studio = facts.add("Studio", enterprise=owner, district=east, industries=[chips])
    facts.add("ExpertVisitProject", state="CARRIED_OUT", visited=JAN_1, studio=studio)
    facts.add("Achievement", registered=JAN_1, studio=studio, enterprise=owner)
    facts.add("Achievement", registered=JAN_1, enterprise=owner)
    await facts.write(database)
    for code, found in (("T02", (1, None)), ("T07", (1, None)), ("V12", (0, 2))):
        assert await grouped(ask, code, "DISTRICT") == {east: found}
        assert await grouped(ask, code, "INDUSTRY") == {chips: found}
        assert await grouped(ask, code, "UNION") == {top: found, union: found}


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


@pytest.mark.policy("P01")
async def test_a_tag_is_the_achievements_own_or_of_its_studios_industry(figure: Figure) -> None:
    facts = Facts()
    plain, tagged = facts.add("Industry"), facts.add("Industry", strategic_tags=["HIGH_PRECISION"])
    own, of_studio, none = (
        facts.add("Achievement", registered=JAN_1, studio=facts.add("Studio", industries=[i]), **t)
        for i, t in (
            (plain, {"strategic_tags": ["CREATED_IN_BEIJING"]}), (tagged, {}), (plain, {}),
        )
    )  # fmt: skip
    facts.add("Achievement", registered=date(2016, 1, 1), strategic_tags=["HIGH_PRECISION"])
    found = await figure("P01", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (2, 3, {none})
    assert {own, of_studio}.isdisjoint(listed(found))


@pytest.mark.policy("P06")
async def test_an_enterprise_grows_by_what_it_adopts_and_solves_in_the_year(
    figure: Figure,
) -> None:
    facts = Facts()
    union = facts.add("Union")
    bought, solved, late, withdrawn, earlier = (
        facts.add("Enterprise", unions=[union]) for _ in range(5)
    )
    facts.add("Enterprise")
    facts.add("TechContract", number="1", buyer=bought, signed=DEC_31)
    facts.add("TechContract", number="2", buyer=late, signed=date(2016, 1, 1))
    for enterprise, state, day in (
        (solved, "SOLVED", JAN_1), (withdrawn, "WITHDRAWN", JAN_1), (earlier, "SOLVED", EARLIER),
    ):  # fmt: skip
        facts.add("TechnicalProblem", enterprise=enterprise, state=state, solved=day)
    found = await figure("P06", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (2, 5)
    assert listed(found) == {late, withdrawn, earlier}


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


@pytest.mark.policy("F03", "G07")
async def test_government_money_is_told_apart_in_the_budget(figure: Figure) -> None:
    facts = Facts()
    line = {"line": "TRAINING", "year": 2015}
    own = facts.add("BudgetLine", source_kind="FEDERATION", **line)
    facts.add("BudgetLine", source_kind="GOVERNMENT", **line)
    facts.add("BudgetLine", source_kind="GOVERNMENT", **{**line, "year": 2016})
    found = await figure("F03", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (1, 2, {own})


@pytest.mark.policy("J04")
async def test_committees_fit_industry_as_it_changes(figure: Figure) -> None:
    facts = Facts()
    for industry in ({"key_industry": True}, {"strategic_emerging": True}):
        facts.add("SpecialCommittee", industries=[facts.add("Industry", **industry)])
    plain = facts.add("SpecialCommittee", industries=[facts.add("Industry")], founded=DEC_31)
    facts.add("SpecialCommittee", founded=date(2016, 1, 1))
    found = await figure("J04", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (2, 3, {plain})


@pytest.mark.policy("V08")
async def test_a_visit_is_judged_by_the_year_after_it_against_the_year_before(
    figure: Figure,
) -> None:
    facts = Facts()
    visited = date(2015, 6, 1)

    def studio(*days: date, patents: tuple[date, ...] = (), **visit: Any) -> str:
        made = facts.add("Studio")
        for day in days:
            facts.add("Achievement", studio=made, registered=day)
        for n, day in enumerate(patents):
            old = facts.add("Achievement", studio=made, registered=date(2001, 1, 1))
            facts.add("Patent", number=f"{made}-{n}", filed=day, achievements=[old])
        given = {"state": "CARRIED_OUT", "visited": visited, "year": 2015, **visit}
        facts.add("ExpertVisitProject", studio=made, **given)
        return made

    studio(date(2015, 7, 1))
    studio(date(2015, 1, 1), patents=(date(2015, 8, 1), date(2016, 6, 1)))
    even = studio(date(2014, 6, 2), visited)
    late = studio(date(2016, 6, 2))
    gone = studio(date(2015, 7, 1), state="CANCELLED")
    facts.add("ExpertVisitProject", studio=gone, state="CARRIED_OUT", visited=DEC_31, year=2015)
    other = studio(date(2017, 1, 1), visited=date(2016, 6, 1))
    facts.add("ExpertVisitProject", studio=other, state="CARRIED_OUT", visited=JAN_1, year=2015)
    for visit in ({"state": "PLANNED"}, {"visited": date(2016, 6, 1)}):
        studio(date(2015, 7, 1), **visit)
    found = await figure("V08", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (2, 6)
    assert listed(found) == {even, late, gone, other}


@pytest.mark.policy("M22", "X08")
async def test_engaged_levels_are_groups_of_their_own(figure: Figure) -> None:
    facts = Facts()
    high, low, lower, gone = (facts.add("Worker") for _ in range(4))
    for worker, level, given in (
        (high, "SENIOR_TECHNICIAN", {}), (low, "TECHNICIAN", {}), (lower, "SENIOR", {}),
        (gone, "SENIOR_TECHNICIAN", {"valid_to": EARLIER}),
        (gone, "TECHNICIAN", {"valid_to": EARLIER}),
    ):  # fmt: skip
        facts.add("Employment", worker=worker, engaged_level=level, **given)
    teaches(facts, high)
    found = await figure("M22_SENIOR_TECHNICIAN", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (1, 1, set())
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
