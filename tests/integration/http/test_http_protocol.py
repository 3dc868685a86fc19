"""GraphQL over HTTP: media types, statuses, and what is refused how."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from schema.http.request import MOST_BYTES

RICH = "application/graphql-response+json"
TYPENAME = {"query": "{ __typename }"}


def code(response: httpx.Response) -> str:
    body = response.json()
    assert set(body) == {"errors"}
    return body["errors"][0]["extensions"]["code"]


async def test_result_is_labelled_as_the_client_wants_it(client: httpx.AsyncClient) -> None:
    for accept, label in ((RICH, RICH), ("*/*", "application/json"), (f"{RICH}, */*;q=0.1", RICH)):
        response = await client.post("/graphql", json=TYPENAME, headers={"accept": accept})
        assert response.headers["content-type"] == f"{label}; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nonsense }"}, "GRAPHQL_VALIDATION_FAILED"),
        (
            {"query": "query A { __typename } query B { __typename }"},
            "OPERATION_RESOLUTION_FAILURE",
        ),
        ({"query": "query ($id: ID!) { worker(id: $id) { id } }"}, "BAD_USER_INPUT"),
        ({"query": '{ workers(after: "x") { totalCount } }'}, "INVALID_CURSOR"),
    ],
)  # fmt: skip
async def test_fault_of_the_document_is_400_or_200_by_media_type(
    client: httpx.AsyncClient, request_: dict[str, Any], expected: str
) -> None:
    for accept, status in ((RICH, 400), ("application/json", 200)):
        response = await client.post("/graphql", json=request_, headers={"accept": accept})
        assert (response.status_code, code(response)) == (status, expected)


@pytest.mark.parametrize(
    ("method", "options", "status", "expected"),
    [
        ("POST", {"content": b"{"}, 400, "BAD_REQUEST"),
        ("POST", {"content": b"[" * 10_000}, 400, "BAD_REQUEST"),
        ("POST", {"content": b'{"query": "\xff"}'}, 400, "BAD_REQUEST"),
        ("POST", {"content": b"[]"}, 400, "MALFORMED_REQUEST"),
        ("POST", {"content": b"x", "headers": {"content-type": "text/plain"}}, 415,
         "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {"json": TYPENAME, "headers": {"accept": "text/html"}}, 406, "NOT_ACCEPTABLE"),
        ("POST", {"content": b"x" * (MOST_BYTES + 1)}, 413, "REQUEST_TOO_LARGE"),
        ("GET", {}, 400, "MALFORMED_REQUEST"),
        ("GET", {"params": {"query": "{ __typename }", "variables": "{"}}, 400, "BAD_REQUEST"),
        ("PUT", {"json": TYPENAME}, 405, "METHOD_NOT_ALLOWED"),
        ("DELETE", {}, 405, "METHOD_NOT_ALLOWED"),
    ],
)  # fmt: skip
async def test_fault_of_the_transport_has_its_own_status(
    client: httpx.AsyncClient, method: str, options: dict[str, Any], status: int, expected: str
) -> None:
    headers = {"content-type": "application/json", **options.pop("headers", {})}
    response = await client.request(method, "/graphql", headers=headers, **options)
    assert (response.status_code, code(response)) == (status, expected)
    if status == 405:
        assert response.headers["allow"] == "GET, POST"


async def test_body_without_a_length_is_cut_off_as_well(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * (MOST_BYTES // 2)

    headers = {"content-type": "application/json"}
    response = await client.post("/graphql", content=endless(), headers=headers)
    assert (response.status_code, code(response)) == (413, "REQUEST_TOO_LARGE")


@pytest.mark.parametrize("accept", ["*/*", RICH, "text/event-stream"])
async def test_no_mutation_over_get(client: httpx.AsyncClient, accept: str) -> None:
    mutation = 'mutation { declinePairing(input: {mentoringAgreementId: "none"}) { __typename } }'
    response = await client.get("/graphql", params={"query": mutation}, headers={"accept": accept})
    if accept == "text/event-stream":
        assert '"METHOD_NOT_ALLOWED"' in response.text
        assert '"data"' not in response.text
    else:
        assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
        assert response.headers["allow"] == "POST"


async def test_get_answers_queries_with_variables(client: httpx.AsyncClient) -> None:
    parameters = {
        "query": "query Q($id: ID!) { worker(id: $id) { id } }",
        "variables": json.dumps({"id": "nobody"}),
        "operationName": "Q",
    }
    response = await client.get("/graphql", params=parameters)
    assert response.json() == {"data": {"worker": None}}


async def test_portal_that_is_configured_may_ask_from_a_browser(client: httpx.AsyncClient) -> None:
    allowed: list[str | None] = []
    for origin in ("https://portal.test", "https://evil.test"):
        response = await client.post("/graphql", json=TYPENAME, headers={"origin": origin})
        allowed.append(response.headers.get("access-control-allow-origin"))
    assert allowed == ["https://portal.test", None]


async def test_health_and_readiness_answer(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).json() == {"status": "alive"}
    assert (await client.get("/ready")).json() == {"status": "ready"}


async def test_unknown_address_is_an_error_in_json(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql/more")
    assert (response.status_code, code(response)) == (404, "NOT_FOUND")
