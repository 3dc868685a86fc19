"""What a worker is shown besides masters: courses, offered places, and matches about herself."""

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import ADMINISTRATOR, Role, Viewer
from tests.integration.conftest import Ask
from tests.integration.test_statements import counted
from tests.planning import build_town

MORE = """
MATCH (a:Worker {id: 'a1'}), (o:Occupation)<-[:PRACTISES]-(a), (home:District {id: 'away'})
MATCH (o)-[:REQUIRES_SKILL]->(s:Skill)
WITH a, o, home, collect(s) AS skills
CREATE (full:Node:Course {id: 'full', key: 'full', name: '全面'}),
  (part:Node:Course {id: 'part', key: 'part', name: '部分'}),
  (done:Node:Course {id: 'done', key: 'done', name: '学过'}),
  (:Node:TrainingRecord {id: 't', key: 't', result: 'COMPLETED'})-[:IN_COURSE]->(done),
  (works:Node:Organisation:Enterprise {id: 'works', key: 'works', name: '机床厂'})
    -[:LOCATED_IN]->(home),
  (own:Node:Organisation:Enterprise {id: 'own', key: 'own', name: '本厂'})
FOREACH (s IN skills | CREATE (full)-[:TEACHES_SKILL {level: 4}]->(s))
FOREACH (s IN skills[..1] | CREATE (part)-[:TEACHES_SKILL {level: 4}]->(s))
FOREACH (s IN skills | CREATE (done)-[:TEACHES_SKILL]->(s))
CREATE (a)<-[:ABOUT_WORKER]-(:Node:Employment {id: 'job', key: 'job',
  valid_from: date('2014-01-01')})-[:AT_ENTERPRISE]->(own)
WITH a, o, works, own, skills
MATCH (t:TrainingRecord {id: 't'}) CREATE (t)-[:ABOUT_WORKER]->(a)
WITH o, works, own, skills
UNWIND [['open', 'OPEN', 1], ['closed', 'FILLED', 1], ['high', 'OPEN', 5], ['here', 'OPEN', 1]]
  AS row
CREATE (d:Node:TalentDemand {id: row[0], key: row[0], title: '车工', places: 2, urgency: 3,
  state: row[1], skill_level: row[2]})-[:IN_OCCUPATION]->(o)
FOREACH (e IN CASE WHEN row[0] = 'here' THEN [own] ELSE [works] END |
  CREATE (d)-[:AT_ENTERPRISE]->(e))
FOREACH (s IN skills | CREATE (d)-[:DEMANDS_SKILL {level: 5}]->(s))
"""
SHE = Viewer(frozenset({Role.WORKER}), person="a1")
STRANGER = Viewer(frozenset({Role.WORKER}), person="a2")


@pytest.fixture
async def town(database: Database) -> Database:
    await build_town(database)
    await database.run(Cypher(MORE))
    return database


@pytest.mark.policy("B19")
async def test_courses_are_shown_by_how_much_of_her_gap_they_close(
    town: Database, ask: Ask
) -> None:
    text = """{ courseMatches(workerId: "a1") { excluded { reason count }
      nodes { course { id } gaps { skill { id } need have offered }
        parts { name value evidence { zh } } } } }"""
    found = (await ask(text, SHE))["courseMatches"]
    assert [m["course"]["id"] for m in found["nodes"]] == ["full", "part"]
    assert found["excluded"] == [{"reason": "TAKEN_ALREADY", "count": 1}]
    assert any(p["evidence"] for p in found["nodes"][0]["parts"])
    assert found["nodes"][0]["gaps"]


@pytest.mark.policy("K08", "J09")
async def test_offered_places_are_shown_to_who_asks_with_what_she_lacks_and_a_course(
    town: Database, ask: Ask
) -> None:
    text = """{ talentFlowMatches(workerId: "a1") { excluded { reason count }
      nodes { demand { id enterprise { id } } course { id } gaps { need have }
        parts { name contribution } score } } }"""
    found = (await ask(text, SHE))["talentFlowMatches"]
    [match] = found["nodes"]
    assert (match["demand"]["id"], match["course"]["id"]) == ("open", "full")
    assert match["gaps"]
    assert all(gap["need"] == 5 > gap["have"] for gap in match["gaps"])
    assert match["score"] == pytest.approx(sum(p["contribution"] for p in match["parts"]))
    assert {e["reason"]: e["count"] for e in found["excluded"]} == {
        "CLOSED": 1,
        "OWN_EMPLOYER": 1,
        "LEVEL_TOO_LOW": 1,
    }


@pytest.mark.policy("P02")
async def test_a_person_sees_for_whom_she_is_shown_and_where_she_stands(
    town: Database, ask: Ask
) -> None:
    text = """{ matchesAboutMe { matchId asMaster rank considered score modelVersion
      parts { contribution } worker { id name } } }"""
    mine = (await ask(text, SHE))["matchesAboutMe"]
    assert mine
    assert all(not m["asMaster"] and 1 <= m["rank"] <= m["considered"] for m in mine)
    assert {m["modelVersion"] for m in mine} == {"apprentice-2026.1"}
    assert all(m["worker"]["name"].startswith("职工 ") for m in mine)
    asked = """query ($id: ID!) { apprenticeMatches(masterId: $id, first: 20) {
      nodes { rank score worker { id } } } }"""
    for one in mine:
        shown = (await ask(asked, id=one["worker"]["id"]))["apprenticeMatches"]["nodes"]
        [same] = [m for m in shown if m["worker"]["id"] == "a1"]
        assert (same["rank"], same["score"]) == (one["rank"], pytest.approx(one["score"]))
    change = """query ($id: ID!) { whatWouldChange(matchId: $id) {
      rank considered change { skill { id } rank } } }"""
    for one in mine:
        told = (await ask(change, SHE, id=one["matchId"]))["whatWouldChange"]
        assert (told["rank"], told["considered"]) == (one["rank"], one["considered"])
    another = Viewer(frozenset({Role.WORKER}), person="a2")
    with pytest.raises(AssertionError, match="no match any more"):
        await ask(change, another, id=mine[0]["matchId"])
    master = Viewer(frozenset({Role.WORKER, Role.MASTER}), person="m1")
    assert any(m["asMaster"] for m in (await ask(text, master))["matchesAboutMe"])
    assert (await ask(text))["matchesAboutMe"] == []
    await town.run(Cypher("MATCH (c:Consent {id: 'c-a1'}) SET c.valid_to = date('2015-01-01')"))
    assert (await ask(text, SHE))["matchesAboutMe"] == []


async def test_what_a_person_is_told_of_her_matches_takes_two_statements(
    town: Database, ask: Ask
) -> None:
    text = "{ matchesAboutMe { matchId rank considered worker { name } } }"
    change = "query ($id: ID!) { whatWouldChange(matchId: $id) { change { skill { name } } } }"
    async with counted(town) as ran:
        mine = (await ask(text, SHE))["matchesAboutMe"]
    assert len(ran) == 2
    last = max(mine, key=lambda one: one["rank"])
    for viewer in (SHE, ADMINISTRATOR):
        async with counted(town) as ran:
            told = (await ask(change, viewer, id=last["matchId"]))["whatWouldChange"]
        assert told["change"]["skill"]["name"]
        assert len(ran) == 2
