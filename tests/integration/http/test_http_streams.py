"""Subscriptions, over graphql-transport-ws and as server-sent events."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from graph import clock
from graph.database import Database, Transaction
from graph.writes.events import Event, append
from schema.http import events, transport_ws
from tests.seeded import OPEN

FOLLOW = "subscription { pairingChanged { verb agreement { id } } }"
AGREEMENT = OPEN.id("MentoringAgreement", 0)
NEWS = {"pairingChanged": {"verb": "pairing.proposed", "agreement": {"id": AGREEMENT}}}


@asynccontextmanager
async def opened(
    api_url: str, *, protocol: str = "graphql-transport-ws", origin: Any = None, **payload: str
) -> AsyncGenerator[ClientConnection]:
    address = f"{api_url.replace('http', 'ws')}/graphql"
    async with connect(address, subprotocols=[Subprotocol(protocol)], origin=origin) as socket:
        yield socket


async def say(socket: ClientConnection, kind: str, **more: Any) -> None:
    await socket.send(json.dumps({"type": kind, **more}))


async def heard(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(10):
        return json.loads(await socket.recv())


async def greet(socket: ClientConnection, **payload: str) -> None:
    await say(socket, "connection_init", payload=payload)
    assert await heard(socket) == {"type": "connection_ack"}


async def closing_code(socket: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed) as closed:
        await heard(socket)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


@asynccontextmanager
async def news(database: Database) -> AsyncGenerator[None]:
    """Events, again and again, because nothing tells when a subscription has begun to listen."""

    async def write(transaction: Transaction) -> None:
        event = Event("pairing.proposed", (AGREEMENT,))
        await append(transaction, [event], actor="test", at=clock.now())

    async def repeat() -> None:
        while True:
            await database.write(write)
            await asyncio.sleep(0.2)

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_subscription_hears_events_until_it_is_completed(
    api_url: str, seeded: Database
) -> None:
    async with opened(api_url) as socket, news(seeded):
        await greet(socket)
        await say(socket, "subscribe", id="1", payload={"query": FOLLOW})
        assert await heard(socket) == {"type": "next", "id": "1", "payload": {"data": NEWS}}
        await say(socket, "complete", id="1")
        await say(socket, "ping")
        while (message := await heard(socket))["type"] == "next":
            pass
        assert message == {"type": "pong"}


async def test_viewer_of_a_socket_is_named_in_its_first_message(
    api_url: str, seeded: Database
) -> None:
    query = {"query": "{ workers { totalCount } }"}
    async with opened(api_url) as socket:
        await greet(socket, **{"Jiangpu-Viewer": "public"})
        await say(socket, "subscribe", id="q", payload=query)
        data = {"workers": {"totalCount": 0}}
        assert await heard(socket) == {"type": "next", "id": "q", "payload": {"data": data}}
        assert await heard(socket) == {"type": "complete", "id": "q"}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "subscription { nonsense }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": 'subscription { pairingChanged(after: "x") { verb } }'}, "INVALID_CURSOR"),
        ({"query": FOLLOW, "variables": []}, "MALFORMED_REQUEST"),
        ("no object", "MALFORMED_REQUEST"),
    ],
)
async def test_refused_operation_is_an_error_under_its_id(
    api_url: str, payload: Any, code: str
) -> None:
    async with opened(api_url) as socket:
        await greet(socket)
        await say(socket, "subscribe", id="1", payload=payload)
        message = await heard(socket)
        assert (message["type"], message["id"]) == ("error", "1")
        assert message["payload"][0]["extensions"]["code"] == code


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["no json"], 4400),
        (['"no object"'], 4400),
        (['{"type": "nonsense"}'], 4400),
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}'], 4401),
        (['{"type": "connection_init", "payload": {"Jiangpu-Viewer": "root"}}'], 4403),
        (['{"type": "connection_init"}', '{"type": "connection_init"}'], 4429),
        (['{"type": "connection_init"}', '{"type": "subscribe", "id": 1}'], 4400),
        ([f'{{"type": "{"x" * 1_000_001}"}}'], 1009),
    ],
)
async def test_who_breaks_the_protocol_is_disconnected(
    api_url: str, messages: list[str], code: int
) -> None:
    async with opened(api_url) as socket:
        for message in messages:
            await socket.send(message)
        if len(messages) == 2:
            assert await heard(socket) == {"type": "connection_ack"}
        assert await closing_code(socket) == code


async def test_id_in_use_disconnects(api_url: str, seeded: Database) -> None:
    async with opened(api_url) as socket:
        await greet(socket)
        for _ in range(2):
            await say(socket, "subscribe", id="1", payload={"query": FOLLOW})
        assert await closing_code(socket) == 4409


async def test_operations_on_one_socket_are_limited(
    api_url: str, seeded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport_ws, "MOST_OPERATIONS", 1)
    async with opened(api_url) as socket:
        await greet(socket)
        for name in "ab":
            await say(socket, "subscribe", id=name, payload={"query": FOLLOW})
        message = await heard(socket)
        assert (message["type"], message["id"]) == ("error", "b")
        assert message["payload"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_silence_at_the_beginning_disconnects(
    api_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport_ws, "INIT_SECONDS", 0.05)
    async with opened(api_url) as socket:
        assert await closing_code(socket) == 4408


async def test_legacy_protocol_is_not_spoken(api_url: str) -> None:
    async with connect(
        f"{api_url.replace('http', 'ws')}/graphql", subprotocols=[Subprotocol("graphql-ws")]
    ) as socket:
        assert await closing_code(socket) == 4406


async def test_only_our_own_and_configured_pages_may_connect(api_url: str) -> None:
    for origin in (api_url, "https://portal.test"):
        async with opened(api_url, origin=origin) as socket:
            await greet(socket)
    with pytest.raises(InvalidStatus, match="403"):
        async with opened(api_url, origin="https://evil.test"):
            pass


async def lines_of(client: httpx.AsyncClient, query: str, most: int) -> list[str]:
    headers = {"accept": "text/event-stream"}
    lines: list[str] = []
    async with client.stream("POST", "/graphql", json={"query": query}, headers=headers) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        async for line in answer.aiter_lines():
            lines.append(line)
            if len(lines) == most:
                break
    return lines


async def test_subscription_comes_as_events(client: httpx.AsyncClient, seeded: Database) -> None:
    async with news(seeded):
        first, second, *_ = await lines_of(client, FOLLOW, 3)
    assert first == "event: next"
    assert json.loads(second.removeprefix("data: ")) == {"data": NEWS}


async def test_query_and_refusal_come_as_events_too(client: httpx.AsyncClient) -> None:
    query = await lines_of(client, "{ __typename }", 9)
    assert query == [
        "event: next", 'data: {"data":{"__typename":"Query"}}', "", "event: complete", "data:", "",
    ]  # fmt: skip
    refused = await lines_of(client, "{", 9)
    assert '"GRAPHQL_PARSE_FAILED"' in refused[1]
    assert refused[3] == "event: complete"


async def test_silent_stream_beats(
    client: httpx.AsyncClient, seeded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)
    assert await lines_of(client, FOLLOW, 2) == [":", ""]
