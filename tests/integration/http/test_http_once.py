"""Mutations that can be repeated: done once, however often they are asked for."""

import asyncio
from typing import Any

import httpx

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.writes import once
from schema.partner import Partner
from tests.integration.http.conftest import Door

COUNT = Cypher("MATCH (a:MentoringAgreement) RETURN count(a)")
PROPOSE = """mutation ($m: ID!, $w: ID!) { proposePairing(input: {masterId: $m, workerId: $w}) {
  __typename ... on Problem { code } } }"""
PAIR = """
CREATE (m:Node:Person:Worker:Master {id: 'm', key: 'k:m', name: '王', skill_level: 1,
  region_path: '/1/', system_path: '/1/'})
CREATE (a:Node:Person:Worker {id: 'a', key: 'k:a', name: '李', skill_level: 5,
  region_path: '/1/', system_path: '/1/'})
"""


async def ask(client: httpx.AsyncClient, key: str | None, **variables: str) -> Any:
    headers = {} if key is None else {"idempotency-key": key}
    given = {"query": PROPOSE, "variables": {"m": "m", "w": "a", **variables}}
    return (await client.post("/graphql", json=given, headers=headers)).json()


async def test_partner_that_must_send_keys_is_told_so(door: Door, database: Database) -> None:
    client = await door(Partner("careful", demands_keys=True))
    refused = await ask(client, None)
    assert refused["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_MISSING"


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
