"""Weights of matches: what new ones must keep to, which are in force, how old matches come back."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.judged_pairs import judgements, measured
from graph.matching.mentoring import MENTOR
from graph.viewer import ADMINISTRATOR
from schema.plan.engine import Engine
from tests.integration.conftest import Ask
from tests.planning import build_town
from tests.stories.matching import STORY
from tests.stories.told import EAST, NOW, TODAY, Call, Teller

PROPOSE, _, ACTIVATE, *_ = STORY.calls
ASKED = """query ($version: String, $known: DateTime) {
  mentorMatches(workerId: "a1", asOf: "2015-03-02", weights: $version, knownAt: $known) {
    nodes { matchId score modelVersion parts { name weight contribution } } } }"""


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world()
    return teller


@pytest.mark.policy("P02")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weights": ["gap_coverage=1.0"]}, "WEIGHTS_INCOMPLETE"),
        ({"job": "APPRENTICE"}, "WEIGHTS_INCOMPLETE"),
        (
            {"weights": [w.replace("0.3", "0.4") for w in PROPOSE.given["weights"]]},
            "WEIGHTS_NO_SHARES",
        ),
        (
            {"weights": [w.replace("0.3", "?") for w in PROPOSE.given["weights"]]},
            "WEIGHTS_NO_SHARES",
        ),
        ({"name": "mentor-2026.1"}, "VERSION_TAKEN"),
        ({}, ""),
    ],
)
async def test_weights_name_every_part_and_are_shares(
    told: Teller, change: dict[str, Any], code: str
) -> None:
    assert await told.refusal(PROPOSE, **change) == code


async def test_only_the_federation_decides_on_weights(told: Teller) -> None:
    assert await told.refusal(Call("proposeWeights", PROPOSE.given, by=EAST)) == "FORBIDDEN"


@pytest.mark.policy("P02")
async def test_of_two_versions_activated_at_once_the_later_retires_the_earlier(
    told: Teller,
) -> None:
    _, propose_second, _, activate_second, _ = STORY.calls
    for call in (PROPOSE, propose_second):
        await told.tell(call)
    await asyncio.gather(told.perform(ACTIVATE), told.perform(activate_second))
    text = "MATCH (w:WeightsVersion) WITH w ORDER BY w.state RETURN collect(w.state)"
    assert await told.value(text) == ["ACTIVE", "RETIRED"]


@pytest.mark.policy("P02")
async def test_a_match_is_weighed_by_the_version_in_force_and_an_old_one_comes_back(
    database: Database, ask: Ask
) -> None:
    await build_town(database)
    teller = Teller(database)
    municipal = "MATCH (u:Union {id: 'east'}) SET u.type = 'MUNICIPAL', u.path = '/m/'"
    await database.run(Cypher(municipal))
    before = (await ask(ASKED))["mentorMatches"]["nodes"]
    await teller.tell(PROPOSE)
    assert (await ask(ASKED))["mentorMatches"]["nodes"] == before
    tried = (await ask(ASKED, version="first"))["mentorMatches"]["nodes"]
    await teller.tell(ACTIVATE)
    after = (await ask(ASKED))["mentorMatches"]["nodes"]
    assert after == tried != before
    assert {m["modelVersion"] for m in after} == {"first"}
    for match in after:
        assert match["score"] == pytest.approx(sum(p["contribution"] for p in match["parts"]))
        assert f"place={_weight(match, 'place')}" in PROPOSE.given["weights"]
    assert (await ask(ASKED, version="mentor-2026.1"))["mentorMatches"]["nodes"] == before
    earlier = (NOW - timedelta(days=1)).isoformat()
    assert (await ask(ASKED, known=earlier))["mentorMatches"]["nodes"] == before
    text = "query ($id: ID!) { whatWouldChange(matchId: $id) { rank modelVersion } }"
    for ranked in (before, after):
        told = await ask(text, id=ranked[0]["matchId"])
        version = ranked[0]["modelVersion"]
        assert told["whatWouldChange"] == {"rank": 1, "modelVersion": version}


async def test_a_corrected_record_counts_for_who_asks_what_was_known_before(
    database: Database, ask: Ask
) -> None:
    await build_town(database)
    moment = datetime(2016, 1, 1, tzinfo=UTC)
    correct = "MATCH (p:MentorProfile) SET p.recorded_to = $moment"
    await database.run(Cypher(correct, {"moment": moment}))
    assert (await ask(ASKED))["mentorMatches"]["nodes"] == []
    earlier = (moment - timedelta(days=1)).isoformat()
    assert (await ask(ASKED, known=earlier))["mentorMatches"]["nodes"]


async def test_weights_that_nobody_proposed_are_named_in_the_refusal(
    database: Database, engine: Engine
) -> None:
    await build_town(database)
    response = await engine.execute(ASKED, {"version": "nonsense"}, None, ADMINISTRATOR)
    [error] = response.errors
    assert (error.extensions or {})["code"] == "UNKNOWN_WEIGHTS"


def _weight(match: Any, name: str) -> float:
    return next(p["weight"] for p in match["parts"] if p["name"] == name)


AGREEMENTS = """
UNWIND [['a1', 'm1', 'COMPLETED', false], ['a2', 'm2', 'DECLINED', false],
  ['a3', 'm1', 'ACTIVE', true], ['a4', 'm3', 'PROPOSED', false]] AS row
MATCH (a:Worker {id: row[0]}), (m:Worker {id: row[1]})
CREATE (m)<-[:HAS_MASTER]-(g:Node:MentoringAgreement {id: 'g-' + a.id, key: 'g-' + a.id,
  state: row[2], proposed_at: datetime('2015-01-02T20:00:00Z'), starts: date('2015-01-09'),
  ends: date('2016-01-09')})-[:HAS_APPRENTICE]->(a)
FOREACH (_ IN CASE WHEN row[3] THEN [1] END | CREATE (:Node:Assessment {id: 'as', key: 'as',
  result: 'FAILED'})-[:UNDER_AGREEMENT]->(g))
"""


async def test_judgements_are_agreements_measured_for_the_day_of_the_proposal(
    database: Database,
) -> None:
    await build_town(database)
    await database.run(Cypher(AGREEMENTS))
    await database.run(Cypher("MATCH (c:Consent {id: 'c-a2'}) DETACH DELETE c"))
    judged = await judgements(database, MENTOR)
    said = {(j.asking, j.shown, j.accepted) for j in judged}
    assert said == {("a1", "m1", True), ("a2", "m2", False), ("a3", "m1", False)}
    assert {j.day.isoformat() for j in judged} == {"2015-01-03"}
    assert judged[0].groups.keys() >= {"asking age", "shown level"}
    found = await measured(database, MENTOR, judged, ADMINISTRATOR, TODAY)
    assert sorted(q.asking for q in found) == ["a1", "a3"]
    record = [f.name for f in MENTOR.features].index("record")
    values = {q.asking: q.values[q.rows[0], record] for q in found}
    prior = MENTOR.model.constants["record_prior"]
    assert values["a1"] == pytest.approx(prior)  # what had not ended yet tells nothing
