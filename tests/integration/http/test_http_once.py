"""Mutations that can be repeated: done once, however often they are asked for."""

import asyncio
from typing import Any

import httpx
import pytest

from graph import clock
from graph.cypher import Cypher, literal
from graph.database import Database
from graph.writes import once
from schema.partner import Partner
from tests.integration.http.conftest import Door
from tests.stories import STORIES

COUNT = Cypher("MATCH (g:MentoringAgreement) RETURN count(g)")
EVENTS = Cypher("MATCH (e:Event {verb: $verb, partner: $partner}) RETURN count(e)")
PROPOSE = """mutation ($input: ProposePairingInput!) { proposePairing(input: $input) {
  ... on MentoringAgreementChanged { mentoringAgreement { id state } }
  ... on Problem { code } } }"""
GIVEN = {"workerId": "learner", "masterId": "master", "mode": "PAIR"}


async def ask(client: httpx.AsyncClient, key: str | None, **changes: Any) -> Any:
    headers = {} if key is None else {"idempotency-key": key}
    given = {"query": PROPOSE, "variables": {"input": {**GIVEN, **changes}}}
    return (await client.post("/graphql", json=given, headers=headers)).json()


@pytest.fixture
async def story(database: Database) -> Database:
    """A master and a learner who may be paired."""
    await database.run(Cypher(literal(STORIES["mentoring"].world)))
    return database


async def test_partner_that_must_send_keys_is_told_so(door: Door, database: Database) -> None:
    client = await door(Partner("careful", demands_keys=True))
    refused = await ask(client, None)
    assert refused["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_MISSING"


async def test_mutation_repeated_with_its_key_is_answered_as_the_first(
    door: Door, story: Database
) -> None:
    portal = Partner("portal", running=60)
    client, other = await door(portal), await door(portal, actor="other")
    answers = await asyncio.gather(*(ask(client, "k-1") for _ in range(50)))
    first = answers[0]["data"]["proposePairing"]["mentoringAgreement"]
    assert first["state"] == "PROPOSED"
    assert all(answer == answers[0] for answer in answers)
    assert await story.value(COUNT) == 1
    wanted = {"verb": "pairing.proposed", "partner": "portal"}
    assert await story.value(Cypher(EVENTS.text, wanted)) == 1
    reused = await ask(client, "k-1", mode="MASTER_APPRENTICE")
    assert reused["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert reused["data"] == {"proposePairing": None}
    assert "code" in (await ask(other, "k-1"))["data"]["proposePairing"]


async def test_mutation_that_fails_leaves_the_earlier_ones_and_says_so(
    door: Door, story: Database
) -> None:
    client = await door(Partner("portal"))
    text = """mutation ($input: ProposePairingInput!) {
      first: proposePairing(input: $input) { __typename }
      second: proposePairing(input: $input) { ... on Problem { code } } }"""
    given = {"query": text, "variables": {"input": GIVEN}}
    answer = (await client.post("/graphql", json=given)).json()
    assert answer["data"]["first"] == {"__typename": "MentoringAgreementChanged"}
    assert set(answer["data"]["second"]) == {"code"}
    assert await story.value(COUNT) == 1


async def count_up(database: Database) -> bytes:
    add = Cypher("MERGE (c:Counted {id: 1}) SET c.n = coalesce(c.n, 0) + 1 RETURN c.n AS n")
    [row] = await database.write(lambda transaction: transaction.run(add))
    return b"%d" % row["n"]


async def test_same_key_fifty_times_at_once_writes_once(database: Database) -> None:
    key = once.Once.of_asker("k", ("portal", "somebody"), b"body")
    answers = await asyncio.gather(
        *(once.do_once(database, key, clock.now(), count_up) for _ in range(50))
    )
    assert set(answers) == {b"1"}
    assert await database.value(Cypher("MATCH (c:Counted) RETURN c.n")) == 1


async def test_what_was_refused_leaves_nothing_and_is_tried_anew(database: Database) -> None:
    key = once.Once.of_asker("k", ("portal", "somebody"), b"body")

    async def refused(within: Database) -> bytes:
        async def work(transaction: Any) -> None:
            await transaction.run(Cypher("CREATE (:Counted {id: 2})"))
            raise ValueError

        try:
            await within.write(work)
        except ValueError:
            return b'"refused"'
        return b'"written"'

    assert await once.do_once(database, key, clock.now(), refused) == b'"refused"'
    assert await database.value(Cypher("MATCH (c:Counted) RETURN count(c)")) == 0
    assert await once.do_once(database, key, clock.now(), count_up) == b"1"


async def test_answers_are_forgotten_after_a_day(database: Database) -> None:
    key = once.Once.of_asker("k", ("portal", "somebody"), b"body")
    await once.do_once(database, key, clock.now() - once.KEPT, count_up)
    await once.forget(database, clock.now())
    assert await once.do_once(database, key, clock.now(), count_up) == b"2"
