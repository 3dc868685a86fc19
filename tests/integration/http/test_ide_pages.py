"""Pages for people: strict about where scripts come from, and useful without them."""

import base64
import hashlib
import json
import re
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from graph.database import Database
from graph.settings import Settings
from schema.access import Access
from schema.http.api import Api
from schema.http.known import KnownDocuments
from schema.http.pages import Pages, example_texts
from schema.plan.engine import Engine
from tests.seeded import OPEN


def directives(page: httpx.Response) -> dict[str, str]:
    policy = page.headers["content-security-policy"]
    return dict(part.split(" ", 1) for part in policy.split("; "))


def tabs(page: httpx.Response) -> list[dict[str, str]]:
    found = re.search(r"const options = (.*);\n", page.text)
    assert found is not None
    return json.loads(found[1])["defaultTabs"]


@pytest.mark.parametrize("path", ["/", "/ide", "/voyager"])
async def test_only_our_own_scripts_may_run(client: httpx.AsyncClient, path: str) -> None:
    page = await client.get(path)
    assert page.status_code == 200
    policy = directives(page)
    assert policy["default-src"] == "'none'"
    inline = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline]
    wasm = ["'wasm-unsafe-eval'"] if path == "/voyager" else []
    assert policy["script-src"].split() == ["'self'", *(f"'sha256-{h}'" for h in hashes), *wasm]
    assert not re.search(r"https?://", page.text)


@pytest.mark.parametrize("path", ["/ide", "/voyager"])
async def test_scripts_of_a_page_are_there_and_kept_by_browsers(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await client.get(path)
    addresses = set(re.findall(r"/assets/[^\"]+", page.text))
    assert addresses
    for address in addresses:
        asset = await client.get(address)
        assert asset.text == f"/* {address.rpartition('/')[2]} */"
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", [".complete", "..%2f..%2fsecret", "nothing.js"])
async def test_nothing_else_of_the_cache_is_served(client: httpx.AsyncClient, name: str) -> None:
    page = await client.get("/voyager")
    found = re.search(r"/assets/[^/]+/", page.text)
    assert found is not None
    assert (await client.get(f"{found[0]}{name}")).status_code == 404


async def test_examples_come_with_nodes_to_try_them_on(
    client: httpx.AsyncClient, seeded: Database
) -> None:
    found = tabs(await client.get("/ide"))
    assert [tab["query"] for tab in found] == example_texts()
    [lineage] = [tab for tab in found if "query Lineage" in tab["query"]]
    assert json.loads(lineage["variables"])["master"].startswith(OPEN.id("Worker", 0)[:-1])


async def test_example_answers_with_the_variables_it_comes_with(
    client: httpx.AsyncClient, seeded: Database
) -> None:
    for tab in tabs(await client.get("/ide")):
        variables = json.loads(tab["variables"] or "{}")
        if tab["query"].count("subscription") or None in variables.values():
            continue
        request = {"query": tab["query"], "variables": variables}
        response = await client.post("/graphql", json=request)
        assert "errors" not in response.json(), tab["query"]


@pytest.fixture
async def bare(
    settings: Settings, engine: Engine, database: Database, tmp_path: Path
) -> AsyncGenerator[httpx.AsyncClient]:
    """The pages of a machine that has never reached npm, on an empty database."""
    without = replace(settings, cache_dir=tmp_path)
    api = Api(engine, Access(without, database), KnownDocuments(database))
    routes = Pages(without, api).routes()
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


@pytest.mark.parametrize("path", ["/ide", "/voyager"])
async def test_page_without_scripts_says_how_to_get_them(
    bare: httpx.AsyncClient, tmp_path: Path, path: str
) -> None:
    page = await bare.get(path)
    assert page.status_code == 200
    assert "JIANGPU_NPM_REGISTRY" in page.text
    assert str(tmp_path) in page.text
    assert "<script" not in page.text
