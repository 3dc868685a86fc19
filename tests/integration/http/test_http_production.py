"""The twelve checks of graphql-cop, written anew from their description, in production settings."""

from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from schema.http.profile import Profile
from schema.partner import Partner
from tests.integration.http.conftest import Door

PARTNER = Partner("cop")
DEEP = "fields { type { " * 8 + "name" + " } }" * 8


async def ask(door: Door, query: Any, **options: Any) -> httpx.Response:
    client = await door(PARTNER, production=True)
    return await client.post("/graphql", json={"query": query}, **options)


def code(response: httpx.Response) -> str:
    assert "data" not in response.json()
    return response.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        ("{" + " ".join(f"a{n}: __typename" for n in range(101)) + "}", "LIMIT_EXCEEDED"),
        ("{ __typename" + " @aa" * 51 + " }", "LIMIT_EXCEEDED"),
        ("{ __typename " * 1 + "__typename " * 500 + "}", "LIMIT_EXCEEDED"),
        (get_introspection_query(), "INTROSPECTION_DISABLED"),
        ("{ __schema { types { " + DEEP + " } } }", "LIMIT_EXCEEDED"),
        ('{ __type(name: "Worker") { name } }', "INTROSPECTION_DISABLED"),
    ],
    ids=["aliases", "directives", "duplicates", "introspection", "circular introspection", "type"],
)
async def test_overload_and_introspection_are_refused(
    door: Door, attack: str, expected: str
) -> None:
    assert code(await ask(door, attack)) in {expected, "GRAPHQL_VALIDATION_FAILED"}


async def test_batches_are_refused(door: Door) -> None:
    client = await door(PARTNER, production=True)
    response = await client.post("/graphql", json=[{"query": "{ __typename }"}] * 10)
    assert code(response) == "MALFORMED_REQUEST"


async def test_misspelt_names_are_not_mended(door: Door) -> None:
    for query in ("{ worker { ids } }", "{ workerz { id } }", "{ __schemas { a } }"):
        assert "Did you mean" not in (await ask(door, query)).text
    helpful = await door(Partner("helpful", introspects=True))
    response = await helpful.post("/graphql", json={"query": "{ workerz { id } }"})
    assert "Did you mean" in response.text


async def test_neither_queries_nor_mutations_by_get(door: Door) -> None:
    client = await door(PARTNER, production=True)
    for query in ("{ __typename }", "mutation { __typename }"):
        response = await client.get("/graphql", params={"query": query})
        assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
        assert response.headers["allow"] == "POST"


async def test_forms_are_refused(door: Door) -> None:
    client = await door(PARTNER, production=True)
    response = await client.post("/graphql", data={"query": "{ __typename }"})
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_neither_traces_nor_inner_errors_are_told(door: Door) -> None:
    answered = await ask(door, "{ __typename }")
    assert set(answered.json()) == {"data"}
    refused = await ask(door, "qwerty cop { abc }")
    assert set(refused.json()["errors"][0]["extensions"]) == {"code"}


async def test_pages_of_others_are_refused_before_anything_is_done(door: Door) -> None:
    client = await door(Partner("portal", origins=("https://portal.test",)))
    body = {"query": "{ __typename }"}
    for origin, status in (("https://portal.test", 200), ("https://evil.test", 403)):
        response = await client.post("/graphql", json=body, headers={"origin": origin})
        assert response.status_code == status
        allowed = response.headers.get("access-control-allow-origin")
        assert allowed == (origin if status == 200 else None)
    asked = {"origin": "https://portal.test", "access-control-request-method": "POST"}
    preflight = await client.options("/graphql", headers=asked)
    assert preflight.status_code == 204
    assert "idempotency-key" in preflight.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("{ __typename }", 200),
        ("{", 400),
        ("{ nonsense }", 422),
        ("query ($id: ID!) { worker(id: $id) { id } }", 422),
        ("query A { __typename } query B { __typename }", 422),
        ('{ shortestPath(from: "a", to: "b", longest: 99) { length } }', 294),
        (None, 422),
    ],
)
async def test_draft_profile_has_the_drafts_statuses(door: Door, query: Any, status: int) -> None:
    client = await door(PARTNER, profile=Profile.DRAFT)
    for accept in ("application/json", "application/graphql-response+json"):
        headers = {"accept": accept}
        response = await client.post("/graphql", json={"query": query}, headers=headers)
        assert response.status_code == status, response.text
        label = accept if status < 300 else "application/graphql-response+json"
        assert response.headers["content-type"] == f"{label}; charset=utf-8"
