"""The people of a large enterprise or union come from an index, and are the same as without it."""

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
  name: '工' + n % 7, region_path: '/u-west/' + CASE WHEN n % 20 = 0 THEN '' ELSE 'u-low/' END,
  system_path: CASE WHEN n % 9 > 0 THEN '/u-system/' END})
FOREACH (again IN range(0, n % 3) | CREATE (w)<-[:ABOUT_WORKER]-(:Node:Employment {
  id: 'p' + n + '-' + again, key: 'p:' + n + '-' + again, engaged_level: 1,
  valid_from: date('2015-01-01') + duration({years: CASE WHEN n % 11 = 0 THEN 90 ELSE again END}),
  valid_to: CASE WHEN n % 5 = 0 THEN date('2016-01-01') END})-[:AT_ENTERPRISE]->(one))
"""
PAGE = """query ($order: [WorkerOrder!], $after: String) {
  workers(first: 40, orderBy: $order, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id name } } }"""


UNIONS = """
CREATE (:Node:Union {id: 'u-low', key: 't:low', tree: 'REGION', path: '/u-west/u-low/'}),
       (:Node:Union {id: 'u-system', key: 't:system', tree: 'SYSTEM', path: '/u-system/'})
"""
LARGE = ("enterprise:t:one", "union:t:west", "union:t:low", "union:t:system")


@pytest.fixture
async def large(town: Database) -> Database:
    """An enterprise and unions with more people than are sorted for each page."""
    await town.run(Cypher(MANY))
    await town.run(Cypher(UNIONS))
    await migrations.apply(town)
    return town


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
    ask: Any, large: Database, viewer: Any, order: list[str]
) -> None:
    for form in LARGE:
        seen = await viewer(form)
        assert seen.listed, form
        assert await pages(ask, seen, order) == await pages(ask, replace(seen, listed=False), order)


async def test_small_ones_and_graphs_without_the_index_do_not_use_it(
    large: Database, viewer: Any
) -> None:
    assert not (await viewer("enterprise:t:two")).listed
    assert not (await viewer("union:t:east")).listed
    await large.run(Cypher("MATCH (m:Migration) DELETE m"))
    for form in LARGE:
        assert not (await viewer(form)).listed
