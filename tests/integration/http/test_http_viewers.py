"""Who asks, in development: the header and the settings decide, and only this machine may ask."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.jurisdiction import viewer_of
from graph.viewer import Scale
from tests.seeded import WIPE

COUNT = {"query": "{ workers { totalCount } }"}
GRAPH = """
CREATE (:Node:Union {id: 'u1', key: 'test:district', tree: 'REGION', path: '/u1/', name: '区'}),
       (:Node:Union {id: 'u2', key: 'test:trade', tree: 'SYSTEM', path: '/u2/', name: '业'}),
       (:Node:Union {id: 'u3', key: 'test:lost', tree: 'REGION', name: '失'})
WITH 1 AS one
UNWIND range(1, 9) AS n
CREATE (:Node:Person:Worker {id: 'w' + n, key: 'test:' + n,
  region_path: CASE WHEN n <= 4 THEN '/u1/sub/' ELSE '/u10/' END,
  system_path: CASE WHEN n <= 7 THEN '/u2/' END})
"""


@pytest.fixture(scope="module", autouse=True)
async def graph(open_session_database: Database) -> AsyncGenerator[Database]:
    await open_session_database.run(WIPE)
    await open_session_database.run(Cypher(GRAPH))
    yield open_session_database
    await open_session_database.run(WIPE)


async def count(client: httpx.AsyncClient, viewer: str | None) -> int:
    headers = {} if viewer is None else {"Jiangpu-Viewer": viewer}
    response = await client.post("/graphql", json=COUNT, headers=headers)
    return response.json()["data"]["workers"]["totalCount"]


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [(None, 9), ("administrator", 9), ("public", 0), ("union:test:district", 4),
     ("union:test:trade", 7)],
)  # fmt: skip
async def test_header_chooses_the_viewer(
    client: httpx.AsyncClient, viewer: str | None, seen: int
) -> None:
    assert await count(client, viewer) == seen


@pytest.mark.parametrize(
    "headers",
    [
        {"jiangpu-viewer": "union:test:nowhere"},
        {"jiangpu-viewer": "union:test:lost"},
        {"jiangpu-viewer": "union:"},
        {"jiangpu-viewer": "root"},
        {"jiangpu-viewer": ""},
        {"host": "evil.test"},
        {"host": "127.0.0.1.evil.test:8000"},
    ],
)
async def test_unknown_viewer_or_foreign_host_is_forbidden(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    response = await client.post("/graphql", json=COUNT, headers=headers)
    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
    assert "data" not in response.json()


async def test_union_with_many_workers_is_large(graph: Database) -> None:
    small = await viewer_of(graph, "union:test:district")
    await graph.run(
        Cypher("UNWIND range(1, 4001) AS n CREATE (:Worker {region_path: '/u1/many/'})")
    )
    large = await viewer_of(graph, "union:test:district")
    assert small is not None
    assert large is not None
    assert (small.scale, large.scale) == (Scale.SMALL, Scale.LARGE)
    assert large.region_prefixes == ("/u1/",)
