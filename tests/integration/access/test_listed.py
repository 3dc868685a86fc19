"""The people of a large enterprise come from an index, and are the same as without it."""

from dataclasses import replace
from typing import Any

import pytest

from graph import migrations
from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import Viewer

MANY = """
MATCH (one:Enterprise {key: 't:one'})
UNWIND range(1, 260) AS n
CREATE (w:Node:Person:Worker {id: 'm' + n, key: 't:m' + right('00' + n, 3), skill_level: 1 + n % 5,
  name: '工' + n % 7, region_path: '/u-west/'})
FOREACH (again IN range(0, n % 3) | CREATE (w)<-[:ABOUT_WORKER]-(:Node:Employment {
  id: 'p' + n + '-' + again, key: 'p:' + n + '-' + again, engaged_level: 1,
  valid_from: date('2015-01-01') + duration({years: CASE WHEN n % 11 = 0 THEN 90 ELSE again END}),
  valid_to: CASE WHEN n % 5 = 0 THEN date('2016-01-01') END})-[:AT_ENTERPRISE]->(one))
"""
PAGE = """query ($order: [WorkerOrder!], $after: String) {
  workers(first: 40, orderBy: $order, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id name } } }"""


@pytest.fixture
async def large(town: Database, viewer: Any) -> Viewer:
    """An enterprise with more posts than are sorted for each page."""
    await town.run(Cypher(MANY))
    await migrations.apply(town)
    found = await viewer("enterprise:t:one")
    assert found.listed
    return found


async def pages(ask: Any, viewer: Viewer, order: list[str]) -> list[str]:
    ids: list[str] = []
    after = None
    while True:
        page = (await ask(PAGE, viewer, order=order, after=after))["workers"]
        ids += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(ids) == page["totalCount"] == len(set(ids))
            return ids
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize("order", [["KEY_ASC"], ["NAME_ASC"], ["NAME_DESC"]])
async def test_every_page_is_the_same_as_without_the_index(
    ask: Any, large: Viewer, order: list[str]
) -> None:
    assert await pages(ask, large, order) == await pages(ask, replace(large, listed=False), order)


async def test_small_enterprises_and_graphs_without_the_index_do_not_use_it(
    town: Database, large: Viewer, viewer: Any
) -> None:
    assert not (await viewer("enterprise:t:two")).listed
    await town.run(Cypher("MATCH (m:Migration) DELETE m"))
    assert not (await viewer("enterprise:t:one")).listed
