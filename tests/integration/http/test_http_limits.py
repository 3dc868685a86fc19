"""What a partner hears of costs and limits, and that processes share its budget."""

import asyncio
from typing import Any

import httpx
import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.deadline import left, within
from graph.errors import TooSlow
from schema.http.budget import Budgets
from schema.partner import Partner
from tests.integration.http.conftest import Door

PAGE = "{ workers(first: 10) { nodes { id } } }"


async def ask(client: httpx.AsyncClient, query: str, **more: Any) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **more})


async def test_costs_are_told_to_who_asks_for_them(door: Door, seeded: Database) -> None:
    client = await door(Partner("told", budget=1_000_000, restore=1))
    response = await ask(client, PAGE, extensions={"cost": True})
    cost = response.json()["extensions"]["cost"]
    assert (cost["requested"], cost["actual"], cost["restoreRate"]) == (12, 5, 1)
    assert 999_995 <= cost["available"] <= 1_000_000
    assert response.headers["ratelimit"].startswith('"cost";r=')
    assert response.headers["ratelimit-policy"] == '"cost";q=1000000;w=1000000'
    assert "extensions" not in (await ask(client, PAGE)).json()


async def test_spent_budget_is_429_with_the_time_to_wait(door: Door, seeded: Database) -> None:
    client = await door(Partner("spent", budget=14_000, restore=1))
    page = "{ workers(first: 100) { nodes { skills(first: 99) { nodes { id } } } } }"
    responses = await asyncio.gather(*(ask(client, page) for _ in range(2)))
    assert [r.status_code for r in responses] == [200, 429]
    response = responses[1]
    [error] = response.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["cost"]["requested"] == 10_101
    assert 1 <= int(response.headers["retry-after"]) <= 10_101


async def test_what_can_never_be_paid_is_the_documents_fault(door: Door, seeded: Database) -> None:
    client = await door(Partner("poor", budget=10, restore=1))
    response = await ask(client, PAGE)
    assert response.json()["errors"][0]["extensions"]["code"] == "COST_LIMIT_EXCEEDED"
    assert response.status_code == 200


async def test_refused_documents_cost_as_well(door: Door, seeded: Database) -> None:
    client = await door(Partner("noisy", budget=2, restore=1))
    answers = await asyncio.gather(*(ask(client, "{") for _ in range(30)))
    codes = {answer.json()["errors"][0]["extensions"]["code"] for answer in answers}
    assert codes == {"GRAPHQL_PARSE_FAILED", "RATE_LIMITED"}


async def test_processes_share_a_budget_once_they_have_settled(database: Database) -> None:
    partner = Partner("shared", budget=1_000, restore=1)
    one, other = Budgets(), Budgets()
    one.of(partner).take(400)
    other.of(partner).take(500)
    await asyncio.gather(one.settle(database), other.settle(database))
    one.of(partner).take(0.5)
    await one.settle(database)
    assert 99 <= one.of(partner).level <= 110
    assert one.of(partner).spent == 0


async def test_statements_get_what_is_left_of_the_operations_time(database: Database) -> None:
    slow = Cypher("UNWIND range(1, 100000000) AS n WITH n WHERE n < 0 RETURN count(n)")
    with within(0.2), pytest.raises(TooSlow):
        await database.value(slow)
    with within(0.2), pytest.raises(TooSlow):
        await database.write(lambda transaction: transaction.run(slow))
    with within(0.0), pytest.raises(TooSlow, match="filter more"):
        left(1.0)
