"""The growth of a worker: stages, facets, reach and next steps, each by its evidence only."""

from datetime import date
from typing import Any

import pytest

from graph.database import Database
from graph.viewer import ADMINISTRATOR, ANYONE, Role, Viewer
from tests.facts import Facts
from tests.integration.conftest import Ask
from tests.integration.test_statements import counted
from tests.seeded import WIPE

DAY = date(2015, 3, 1)
TEXT = """query ($worker: ID!, $day: Date!) { career(workerId: $worker, asOf: $day) {
  growth completed stages { stage times first path } facets { facet evidence }
  reach { apprentices theirApprentices keyMembers adopters }
  nextSteps { stage reason reasonEn rows path node { id } }
} }"""


def a_graph() -> Facts:
    """One who went through all, one who has everything before her, and whom the first reaches."""
    facts = Facts()
    union = facts.add("Union", id="east")
    skills = [facts.add("Skill", id=f"skill{n}", name=f"技能{n}") for n in range(2)]
    trade = facts.add("Occupation", id="trade", name="焊工", skills=skills)
    facts.add("Course", id="course", name="氩弧焊", skills=["skill0"])
    facts.add("OccupationStandard", id="standard", name="标准", occupation=trade, state="PUBLISHED")
    facts.add("Competition", id="open", name="明年赛", state="PLANNED", occupations=[trade])
    contest = facts.add("Competition", id="past", name="去年赛", state="RANKED", held_to=DAY,
                        occupations=[trade])  # fmt: skip
    people = {"unions": [union], "occupation": trade, "region_path": "/m/east/"}
    risen = facts.add("Worker", id="risen", skill_level="TECHNICIAN", **people)
    facts.add("Worker", id="fresh", **people)
    for skill in skills:
        facts.link("risen", "Worker", "skills", skill, level=4)
    facts.add("TrainingRecord", id="trained", worker=risen, starts=DAY, ends=DAY,
              result="COMPLETED")  # fmt: skip
    facts.add("TrainingRecord", worker="fresh", starts=DAY, ends=DAY, result="LEFT")
    facts.add("MassActivity", id="drill", type="DRILL", day=DAY, workers=[risen])
    facts.add("MassActivity", type="CONTEST", day=DAY, workers=["fresh"])
    entry = facts.add("CompetitionEntry", id="entry", worker=risen, competition=contest, rank=1,
                      state="PLACED", occupation=trade)  # fmt: skip
    facts.add("SkillLevelRecord", id="level", worker=risen, skill_level="TECHNICIAN",
              valid_from=date(2015, 4, 1), competitionEntry=entry)  # fmt: skip
    facts.add("CompetitionEntry", id="waiting", worker=risen, competition=contest, rank=2,
              state="PLACED", occupation=trade)  # fmt: skip
    facts.add("Employment", worker=risen, engaged_level="TECHNICIAN")
    _reached(facts, risen)
    return facts


def _reached(facts: Facts, master: str) -> None:
    studio = facts.add("Studio", leader=master, keyMembers=[facts.add("Worker")])
    made = facts.add("Achievement", studio=studio, contributors=[master], registered=DAY)
    facts.add("Patent", number="CN1", achievements=[made])
    buyer = facts.add("Enterprise")
    for number, day in (("1", DAY), ("2", DAY), ("3", date(2016, 1, 1))):
        buyer = buyer if day == DAY else facts.add("Enterprise")
        facts.add("TechContract", number=number, achievement=made, buyer=buyer, signed=day)
    first, second, theirs, later = (facts.add("Worker") for _ in range(4))
    for near, far, since in (
        (master, first, DAY), (master, second, DAY), (first, theirs, DAY),
        (second, theirs, DAY), (master, later, date(2016, 1, 1)),
    ):  # fmt: skip
        facts.link(near, "Worker", "apprentices", far, since=since)


@pytest.fixture(scope="module")
async def grown(open_session_database: Database) -> Database:
    await open_session_database.run(WIPE)
    await a_graph().write(open_session_database)
    return open_session_database


async def career(
    ask: Ask, worker: str, day: str = "2015-12-31", viewer: Viewer = ADMINISTRATOR
) -> Any:
    return (await ask(TEXT, viewer, worker=worker, day=day))["career"]


@pytest.mark.policy("A12", "P15", "X06")
async def test_stages_are_those_that_evidence_shows_up_to_the_day(
    grown: Database, ask: Ask
) -> None:
    async with counted(grown) as ran:
        found = await career(ask, "risen")
    assert len(ran) == 1
    assert [(s["stage"], s["times"], s["first"], s["path"][:1]) for s in found["stages"]] == [
        ("TRAINING", 1, "2015-03-01", ["trained"]),
        ("DRILL", 1, "2015-03-01", ["drill"]),
        ("COMPETITION", 2, "2015-03-01", ["entry"]),
        ("PROMOTION", 1, "2015-04-01", ["level"]),
    ]
    assert (found["completed"], found["growth"]) == (True, "CREATE")
    before = await career(ask, "risen", "2015-03-31")
    assert [s["times"] for s in before["stages"]] == [1, 1, 2, 0]
    assert not before["completed"]
    fresh = await career(ask, "fresh")
    assert ([s["times"] for s in fresh["stages"]], fresh["growth"]) == ([0] * 4, None)


@pytest.mark.policy("P16", "P09", "S15")
async def test_facets_and_reach_are_counted_from_evidence_once_each(
    grown: Database, ask: Ask
) -> None:
    found = await career(ask, "risen")
    assert [f["evidence"] for f in found["facets"]] == [1, 1, 1, 1]
    assert found["reach"] == {
        "apprentices": 2, "theirApprentices": 1, "keyMembers": 1, "adopters": 1,
    }  # fmt: skip
    assert set((await career(ask, "fresh"))["reach"].values()) == {0}


@pytest.mark.policy("A12", "B19", "J11")
async def test_next_steps_say_why_and_what_they_rest_on(grown: Database, ask: Ask) -> None:
    steps = (await career(ask, "fresh"))["nextSteps"]
    assert [(s["stage"], s["node"]["id"]) for s in steps] == [
        ("TRAINING", "course"), ("TRAINING", "skill1"), ("DRILL", "fresh"),
        ("COMPETITION", "open"), ("PROMOTION", "standard"),
    ]  # fmt: skip
    assert steps[0]["reason"] == "焊工岗位要求“技能0”，现为0级；课程“氩弧焊”讲授这项技能"
    assert steps[0]["path"] == ["fresh", "trade", "skill0", "course"]
    assert "B19" in steps[0]["rows"]
    risen = (await career(ask, "risen"))["nextSteps"]
    assert [(s["stage"], s["node"]["id"]) for s in risen] == [
        ("COMPETITION", "open"), ("PROMOTION", "waiting"), ("PROMOTION", "standard"),
    ]  # fmt: skip


async def test_career_is_for_whoever_sees_the_records(grown: Database, ask: Ask) -> None:
    assert await career(ask, "risen", viewer=ANYONE) is None
    west = Viewer(frozenset({Role.UNION}), ("/m/west/",))
    assert await career(ask, "risen", viewer=west) is None
    herself = Viewer(frozenset({Role.WORKER}), person="risen")
    assert (await career(ask, "risen", viewer=herself))["growth"] == "CREATE"
    east = Viewer(frozenset({Role.UNION}), ("/m/east/",))
    assert (await career(ask, "risen", viewer=east))["reach"]["adopters"] == 1
