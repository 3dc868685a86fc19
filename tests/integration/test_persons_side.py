"""What a person can do about a match: see what would change it, refuse, and be gone at once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import TransitionRefused
from graph.jobs.worker import work
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.plans import answers, jobs
from graph.viewer import Role, Viewer
from tests.integration.conftest import Ask
from tests.planning import build_town

KINDS = (*jobs.KINDS, *answers.KINDS)
EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))

PROBE = """query ($worker: ID!, $master: ID!) {
  mentorMatches(workerId: $worker, first: 50) { nodes { master { id } } excluded { reason count } }
  apprenticeMatches(masterId: $master, first: 50) { nodes { worker { id } } }
  plannedPairings { totalCount nodes { apprentice { id } master { id } } }
  mentoringPlans { nodes { pairings { totalCount nodes { apprentice { id } master { id } } } } }
}"""


@pytest.fixture
async def town(database: Database) -> Database:
    await build_town(database)
    await do(database, "createMentoringPlan", name="x", objective="STABLE", union_id="east")
    await finish_jobs(database)
    return database


async def do(database: Database, operation: str, **given: Any) -> str:
    return await perform(database, OPERATIONS[operation], given, Actor(EAST, "t"), clock.now())


async def finish_jobs(database: Database) -> None:
    await work(database, KINDS, asyncio.Event(), until_idle=True)


async def an_hour_later(database: Database) -> None:
    """What recurs is due again."""
    await database.run(Cypher("MATCH (j:Job) SET j.due_at = datetime('2015-01-01T00:00Z')"))
    await finish_jobs(database)


async def a_pair(database: Database) -> tuple[str, str]:
    text = """MATCH (p:PlannedPairing {state: 'SOLVED'})
      MATCH (p)-[:PLANS_APPRENTICE]->(a), (p)-[:PLANS_MASTER]->(m)
      RETURN [a.id, m.id] ORDER BY a.id LIMIT 1"""
    apprentice, master = await database.value(Cypher(text))
    return apprentice, master


async def seen(ask: Ask, worker: str, master: str) -> dict[str, bool]:
    """Where the pair is shown: matches of either side, pairings as a list and of the plan."""
    data = await ask(PROBE, EAST, worker=worker, master=master)
    pair = {"apprentice": {"id": worker}, "master": {"id": master}}
    [plan] = data["mentoringPlans"]["nodes"]
    listed = data["plannedPairings"]
    assert listed["totalCount"] == len(listed["nodes"]) == plan["pairings"]["totalCount"]
    return {
        "mentor": master in [n["master"]["id"] for n in data["mentorMatches"]["nodes"]],
        "apprentice": worker in [n["worker"]["id"] for n in data["apprenticeMatches"]["nodes"]],
        "pairings": pair in listed["nodes"],
        "plan": pair in plan["pairings"]["nodes"],
    }


GONE = {
    "consent of the apprentice withdrawn": """MATCH (c:Consent)-[:ABOUT_WORKER]->({id: $worker})
        SET c.valid_to = date('2015-01-01')""",
    "consent of the master withdrawn": """MATCH (c:Consent)-[:ABOUT_WORKER]->({id: $master})
        SET c.valid_to = date('2015-01-01')""",
    "no place left": "MATCH (p:MentorProfile)-[:DECLARED_BY]->({id: $master}) SET p.capacity = 0",
    "a conflict": """MATCH (a:Worker {id: $worker}), (m:Worker {id: $master})
        CREATE (g:Node:MentoringAgreement {id: 'conflict', key: 'conflict', state: 'ACTIVE'}),
          (g)-[:HAS_MASTER]->(m), (g)-[:HAS_APPRENTICE]->(a)""",
}


@pytest.mark.policy("M05", "M06")
@pytest.mark.parametrize("why", GONE)
async def test_what_may_not_be_is_gone_from_every_list_plan_and_count_at_once(
    town: Database, ask: Ask, why: str
) -> None:
    worker, master = await a_pair(town)
    assert all((await seen(ask, worker, master)).values())
    await town.run(Cypher(GONE[why], {"worker": worker, "master": master}))  # pyright: ignore[reportArgumentType]
    assert not any((await seen(ask, worker, master)).values())


async def test_a_proposal_out_of_time_is_free_again_before_any_job_closes_it(
    town: Database, ask: Ask
) -> None:
    worker, master = await a_pair(town)
    agreement = await do(town, "proposePairing", worker_id=worker, master_id=master)
    assert not any((await seen(ask, worker, master)).values())
    text = "MATCH (g:MentoringAgreement {id: $id}) SET g.answer_by = $day"
    yesterday = clock.beijing_day(clock.now()) - timedelta(days=1)
    await town.run(Cypher(text, {"id": agreement, "day": yesterday}))
    assert all((await seen(ask, worker, master)).values())
    with pytest.raises(TransitionRefused, match="has passed"):
        await do(town, "acceptPairingAsMaster", mentoring_agreement_id=agreement)
    await an_hour_later(town)
    state = "MATCH (g:MentoringAgreement {id: $id}) RETURN g.state"
    assert await town.value(Cypher(state, {"id": agreement})) == "EXPIRED"


async def test_both_sides_are_reminded_once_before_the_last_day(town: Database) -> None:
    worker, master = await a_pair(town)
    day = clock.beijing_day(clock.now()) + timedelta(days=2)
    given = {"worker_id": worker, "master_id": master, "answer_by": day}
    await do(town, "proposePairing", **given)
    for _ in range(2):
        await an_hour_later(town)
    reminded = "MATCH (e:Event {verb: 'pairing.reminded'}) RETURN count(e)"
    assert await town.value(Cypher(reminded)) == 1


@pytest.mark.policy("P02")
async def test_who_refuses_automation_is_decided_about_by_a_person(town: Database) -> None:
    worker, _ = await a_pair(town)
    herself = Actor(Viewer(frozenset({Role.WORKER}), person=worker), "herself")
    refuse = OPERATIONS["refuseAutomatedDecisions"]
    await perform(town, refuse, {"worker_id": worker}, herself, clock.now())
    plan = await town.value(Cypher("MATCH (p:MentoringPlan) RETURN p.id"))
    with pytest.raises(TransitionRefused, match="refuses to be decided about by computation"):
        await do(town, "publishMentoringPlan", mentoring_plan_id=plan)
    text = "MATCH (p:PlannedPairing)-[:PLANS_APPRENTICE]->({id: $id}) RETURN p.id"
    await do(
        town, "acceptPairing", planned_pairing_id=await town.value(Cypher(text, {"id": worker}))
    )
    await do(town, "publishMentoringPlan", mentoring_plan_id=plan)


async def test_a_change_that_is_made_gives_the_rank_it_promised(town: Database, ask: Ask) -> None:
    listed = """query ($worker: ID!, $master: ID!) {
      mentorMatches(workerId: $worker, first: 50) { nodes { matchId rank master { id } } }
      apprenticeMatches(masterId: $master, first: 50) { nodes { matchId rank worker { id } } } }"""
    change = """query ($id: ID!) { whatWouldChange(matchId: $id) {
      rank considered change { skill { id } fromLevel toLevel rank } } }"""
    promised = 0
    for worker, master in (("a1", "m1"), ("a2", "m2"), ("a3", "m4"), ("a5", "m1"), ("a8", "m3")):
        data = await ask(listed, worker=worker, master=master)
        for name, side in (("mentorMatches", "master"), ("apprenticeMatches", "worker")):
            for match in data[name]["nodes"]:
                told = (await ask(change, id=match["matchId"]))["whatWouldChange"]
                assert told["rank"] == match["rank"]
                if told["change"] is None:
                    continue
                who = match[side]["id"]
                await _learn(town, who, told["change"]["skill"]["id"], told["change"]["toLevel"])
                after = (await ask(listed, worker=worker, master=master))[name]["nodes"]
                [rank] = [m["rank"] for m in after if m[side]["id"] == who]
                assert rank == told["change"]["rank"] < match["rank"]
                promised += 1
                await _learn(town, who, told["change"]["skill"]["id"], told["change"]["fromLevel"])
    assert promised > 5


async def _learn(database: Database, worker: str, skill: str, level: int) -> None:
    text = """MATCH (w:Worker {id: $worker}), (s:Skill {id: $skill})
      MERGE (w)-[has:HAS_SKILL]->(s) SET has.level = $level
      WITH has WHERE $level = 0 DELETE has"""
    await database.run(Cypher(text, {"worker": worker, "skill": skill, "level": level}))
