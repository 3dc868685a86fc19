"""Documents that are named by their hash: registered ones, and Apollo's persisted queries."""

import hashlib
import logging
from typing import Any

import httpx
import pytest

from graph import clock
from graph.database import Database
from graph.writes.documents import distrust, trust, trusted
from schema.partner import Partner, Trust
from tests.integration.http.conftest import Door

TEXT = "query Q($id: ID!) { worker(id: $id) { id } }"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
PERSISTED = {"persistedQuery": {"version": 1, "sha256Hash": HASH}}
VARIABLES = {"id": "open-Worker-0"}
ANSWER = {"data": {"worker": {"id": "open-Worker-0"}}}


async def ask(client: httpx.AsyncClient, **given: Any) -> httpx.Response:
    return await client.post("/graphql", json={"variables": VARIABLES, **given})


def code(response: httpx.Response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


@pytest.fixture(scope="module")
async def registered(seeded: Database) -> Database:
    assert await trust(seeded, [TEXT], now=clock.now()) == [HASH]
    return seeded


async def test_registered_document_is_asked_for_by_its_id(door: Door, registered: Database) -> None:
    client = await door(Partner("named"))
    response = await ask(client, documentId=f"sha256:{HASH}")
    assert response.json() == ANSWER
    assert code(await ask(client, documentId=f"sha256:{'0' * 64}")) == "DOCUMENT_NOT_FOUND"
    assert code(await ask(client, documentId=HASH)) == "BAD_USER_INPUT"


async def test_answer_that_a_client_has_is_not_sent_again(door: Door, registered: Database) -> None:
    client = await door(Partner("caching"), production=True)
    parameters = {"documentId": f"sha256:{HASH}", "variables": '{"id": "open-Worker-0"}'}
    first = await client.get("/graphql", params=parameters)
    assert first.json() == ANSWER
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    again = await client.get("/graphql", params=parameters, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = {**parameters, "variables": '{"id": "open-Worker-1"}'}
    changed = await client.get("/graphql", params=other, headers={"if-none-match": tag})
    assert changed.status_code == 200


async def test_partner_of_trusted_documents_may_send_no_other(
    door: Door, registered: Database
) -> None:
    client = await door(Partner("strict", documents=Trust.ONLY))
    assert (await ask(client, query=TEXT)).json() == ANSWER
    assert code(await ask(client, query="{ __typename }")) == "DOCUMENT_NOT_TRUSTED"
    unknown = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    assert code(await ask(client, extensions=unknown)) == "PERSISTED_QUERY_NOT_FOUND"
    assert (await ask(client, extensions=PERSISTED)).json() == ANSWER


async def test_unknown_documents_are_logged_by_their_hash_alone(
    door: Door, registered: Database, caplog: pytest.LogCaptureFixture
) -> None:
    client = await door(Partner("watched", documents=Trust.LOG))
    with caplog.at_level(logging.WARNING):
        assert (await ask(client, query='{ worker(id: "secret") { id } }')).status_code == 200
        assert (await ask(client, query=TEXT)).json() == ANSWER
    [record] = caplog.records
    assert "watched" in record.getMessage()
    assert "sha256:" in record.getMessage()
    assert "secret" not in record.getMessage()


async def test_persisted_query_is_sent_once(door: Door, seeded: Database) -> None:
    client = await door(Partner("apollo"))
    text = "query Other($id: ID!) { worker(id: $id) { id } }"
    hash_ = hashlib.sha256(text.encode()).hexdigest()
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": hash_}}
    missing = await ask(client, extensions=persisted)
    assert code(missing) == "PERSISTED_QUERY_NOT_FOUND"
    assert missing.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert (await ask(client, query=text, extensions=persisted)).json() == ANSWER
    assert (await ask(client, extensions=persisted)).json() == ANSWER
    wrong = await ask(client, query="{ __typename }", extensions=persisted)
    assert (wrong.status_code, code(wrong)) == (400, "BAD_REQUEST")


async def test_document_can_be_forgotten(registered: Database) -> None:
    assert [d["text"] for d in await trusted(registered)] == [TEXT]
    assert await distrust(registered, HASH)
    assert not await distrust(registered, HASH)
    assert await trusted(registered) == []
