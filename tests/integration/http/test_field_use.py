"""Use of the contract is counted by partner, and what would break is weighed by it."""

import asyncio

import httpx

from graph.database import Database
from graph.viewer import ADMINISTRATOR
from graph.writes.uses import Uses, uses
from schema.plan.engine import Engine

PAGE = "{ workers(first: 1) { nodes { id } } }"


async def test_use_is_added_up_by_partner(database: Database, engine: Engine) -> None:
    counted = Uses()
    used = engine.used(engine.run(PAGE, {}, None, ADMINISTRATOR))
    for partners in (("portal", "portal", "exchange"), ("portal",)):
        for partner in partners:
            counted.note(partner, used)
        await counted.settle(database)
    found = await uses(database)
    assert found.keys() == {
        "Query.workers", "Query.workers(first:)", "WorkerConnection.nodes", "Worker.id"
    }  # fmt: skip
    assert [(use.partner, use.count) for use in found["Worker.id"]] == [
        ("portal", 3), ("exchange", 1)
    ]  # fmt: skip


async def test_served_requests_are_counted_within_seconds(
    database: Database, client: httpx.AsyncClient
) -> None:
    await client.post("/graphql", json={"query": PAGE})
    async with asyncio.timeout(30):
        while not (found := (await uses(database)).get("Worker.id")):  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(0.2)
    assert found[0].partner == "development"
