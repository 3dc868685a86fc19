"""A worker asks who could teach her: candidates who agreed, under a pseudonym, and nobody else."""

from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from schema.plan.engine import Engine

TRADE = """
CREATE (o:Node:Occupation {id: 'o-1', key: 't:o', code: '6-18', name: '焊工', level: 4})
WITH o MATCH (a:Worker {id: 'w-apprentice'}), (m:Worker {id: 'w-master'})
CREATE (a)-[:PRACTISES]->(o)<-[:TEACHES]-(m),
  (m)<-[:DECLARED_BY]-(:Node:MentorProfile {id: 'mp', key: 't:mp', capacity: 3,
    valid_from: date('2020-01-01')})
"""
MASTERS = """query ($id: ID!) { mentorMatches(workerId: $id, first: 5) {
  considered nodes { master { id name key skillLevel birthYear employments { totalCount } } } } }"""


@pytest.fixture
async def trade(town: Database) -> Database:
    await town.run(Cypher(TRADE))
    return town


async def masters(ask: Any, viewer: Any, asking: str = "w-apprentice") -> Any:
    return (await ask(MASTERS, viewer, id=asking))["mentorMatches"]


@pytest.mark.policy("M05", "P02")
async def test_candidate_is_shown_under_a_pseudonym(trade: Database, ask: Any, viewer: Any) -> None:
    found = await masters(ask, await viewer("worker:t:apprentice"))
    assert [m["master"] for m in found["nodes"]] == [
        {
            "id": "w-master", "name": "职工 w-mast", "key": "w-master", "birthYear": None,
            "skillLevel": "TECHNICIAN", "employments": {"totalCount": 0},
        }
    ]  # fmt: skip


async def test_who_withdraws_is_not_proposed_counted_or_hinted_at(
    trade: Database, ask: Any, viewer: Any
) -> None:
    await trade.run(
        Cypher("MATCH (c:Consent {id: 'c-w-master'}) SET c.valid_to = date('2021-01-01')")
    )
    found = await masters(ask, await viewer("worker:t:apprentice"))
    assert found == {"considered": 0, "nodes": []}


async def test_nobody_asks_for_somebody_else(trade: Database, engine: Engine, viewer: Any) -> None:
    for form in ("worker:t:other", "worker:t:master", "enterprise:t:one", "public"):
        response = await engine.execute(MASTERS, {"id": "w-apprentice"}, None, await viewer(form))
        assert "w-master" not in str(response.data), form


async def test_employer_sees_candidates_elsewhere_without_their_names(
    trade: Database, ask: Any, viewer: Any
) -> None:
    found = await masters(ask, await viewer("enterprise:t:two"))
    assert [m["master"]["name"] for m in found["nodes"]] == ["职工 w-mast"]
