"""API keys and tokens against the real app: who is let in, as whom, and for how long."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest, InvalidSetting, TransitionRefused
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.logins import invite, login_digest, logins, release
from graph.partners import Partner, create, partners, revoke, rotate
from graph.settings import Settings
from graph.viewer import Role, Viewer
from schema import access as module
from schema.access import refuse_without_keys
from server import create_app
from tests.unit.test_tokens import ISSUER, RSA_KEY, jwks, token

YEAR = timedelta(days=365)
WHO = {"query": "{ workers { totalCount } }"}
EAST = Partner("east", "union:t:east", writes=("mentoring",))


@pytest.fixture
async def app(
    settings: Settings, town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Any]:
    """The app in production, with an issuer; keys are looked at anew after 50 ms."""
    monkeypatch.setattr(module, "KNOWN_SECONDS", 0.05)
    keys = tmp_path / "jwks.json"
    keys.write_bytes(jwks(one=RSA_KEY))
    given = replace(
        settings, production=True, oidc_issuer=ISSUER, oidc_audience="jiangpu", oidc_keys=keys
    )
    made = create_app(given)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def client(app: Any) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as opened:
        yield opened


async def ask(client: httpx.AsyncClient, bearer: str | None, text: str = "", **more: Any) -> Any:
    headers = {} if bearer is None else {"authorization": f"Bearer {bearer}"}
    body = {"query": text, **more} if text else WHO
    return await client.post("/graphql", json=body, headers=headers)


async def count(client: httpx.AsyncClient, bearer: str) -> int:
    response = await ask(client, bearer)
    assert response.status_code == 200, response.text
    return response.json()["data"]["workers"]["totalCount"]


async def refused(client: httpx.AsyncClient, bearer: str | None) -> None:
    response = await ask(client, bearer)
    assert response.status_code == 401, response.text
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "data" not in response.json()


async def new_key(town: Database, partner: Partner = EAST, life: timedelta = YEAR) -> str:
    return await create(town, partner, clock.now(), life, actor="test")


async def test_key_asks_on_behalf_of_its_union(town: Database, client: httpx.AsyncClient) -> None:
    assert await count(client, await new_key(town)) == 2


async def test_nobody_gets_in_without_a_good_key(town: Database, client: httpx.AsyncClient) -> None:
    key = await new_key(town)
    other = f"{key[:-1]}{'A' if key[-1] != 'A' else 'B'}"
    for bearer in (None, "", "jpk_", other, key[:-1], f"{key}x", "jpk_000000000000_" + "a" * 43):
        await refused(client, bearer)
    for scheme in ("Basic", "Token"):
        response = await client.post(
            "/graphql", json=WHO, headers={"authorization": f"{scheme} {key}"}
        )
        assert response.status_code == 401


async def test_viewer_header_means_nothing_in_production(
    town: Database, client: httpx.AsyncClient
) -> None:
    response = await client.post(
        "/graphql", json=WHO, headers={"jiangpu-viewer": "administrator", "host": "localhost"}
    )
    assert response.status_code == 401


async def test_key_is_kept_as_a_hash_only(town: Database) -> None:
    key = await new_key(town)
    rows = await town.rows(Cypher("MATCH (n) UNWIND keys(n) AS k RETURN toStringOrNull(n[k]) AS v"))
    assert not any(key[17:] in row["v"] for row in rows if row["v"])


async def test_rotated_keys_overlap_and_revoked_ones_end(
    town: Database, client: httpx.AsyncClient
) -> None:
    first = await new_key(town)
    second = await rotate(
        town, "east", clock.now(), life=YEAR, overlap=timedelta(days=1), actor="test"
    )
    assert [await count(client, key) for key in (first, second)] == [2, 2]
    third = await rotate(town, "east", clock.now(), life=YEAR, overlap=timedelta(0), actor="test")
    await asyncio.sleep(0.06)
    await refused(client, first)
    await refused(client, second)
    assert await count(client, third) == 2
    assert await revoke(town, "east", clock.now(), actor="test") == 3
    await asyncio.sleep(0.06)
    await refused(client, third)
    await refused(client, third)


async def test_expired_key_is_refused(town: Database, client: httpx.AsyncClient) -> None:
    await refused(client, await new_key(town, life=timedelta(seconds=-1)))


async def test_last_use_is_settled_and_shown(
    town: Database, client: httpx.AsyncClient, app: Any
) -> None:
    await count(client, await new_key(town))
    await app.state.api.access.settle()
    [(partner, [key])] = await partners(town)
    assert partner == EAST
    assert key.last_used is not None
    assert key.state(clock.now()) == "live"


async def test_scopes_narrow_what_is_read_and_changed(
    town: Database, client: httpx.AsyncClient
) -> None:
    key = await new_key(town, replace(EAST, reads=("organisations",), writes=()))
    assert await count(client, key) == 0
    text = 'mutation { completeAgreement(input: {mentoringAgreementId: "x"}) { __typename } }'
    response = await ask(client, key, text)
    assert response.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.policy("H09")
async def test_auditor_changes_nothing(town: Database, client: httpx.AsyncClient) -> None:
    key = await new_key(town, Partner("audit", "auditor"))
    text = 'mutation { completeAgreement(input: {mentoringAgreementId: "x"}) { __typename } }'
    response = await ask(client, key, text)
    assert response.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_partner_whose_union_is_gone_is_refused(
    town: Database, client: httpx.AsyncClient
) -> None:
    key = await new_key(town, replace(EAST, viewer="union:t:nowhere"))
    await refused(client, key)


async def test_name_of_a_partner_is_taken_once(town: Database) -> None:
    await new_key(town)
    with pytest.raises(InvalidRequest, match="already"):
        await new_key(town)
    with pytest.raises(InvalidRequest, match="no partner"):
        await revoke(town, "west", clock.now(), actor="test")


async def test_login_is_public_until_invited_and_again_when_released(
    town: Database, client: httpx.AsyncClient
) -> None:
    bearer = token()
    assert await count(client, bearer) == 0
    code = await invite(town, "worker:t:master", clock.now(), actor="test")
    text = "mutation ($code: String!) { acceptInvitation(code: $code) { accepted } }"
    response = await ask(client, bearer, text, variables={"code": code})
    assert response.json() == {"data": {"acceptInvitation": {"accepted": True}}}
    await asyncio.sleep(0.06)
    assert await count(client, bearer) == 1
    [login] = await logins(town)
    assert (login.digest, login.form) == (login_digest(ISSUER, "someone"), "worker:t:master")
    again = await ask(client, token(sub="another"), text, variables={"code": code})
    assert again.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    await release(town, login.digest, clock.now(), actor="test")
    await asyncio.sleep(0.06)
    assert await count(client, bearer) == 0


async def test_claim_of_a_login_binds_once_an_officer_of_her_union_approves(
    town: Database, client: httpx.AsyncClient
) -> None:
    bearer = token()
    text = "mutation ($key: String!) { claimLogin(workerKey: $key) { claimed } }"
    for key in ("t:nobody", "t:master"):
        response = await ask(client, bearer, text, variables={"key": key})
        assert response.json() == {"data": {"claimLogin": {"claimed": True}}}
    assert await count(client, bearer) == 0
    claim = await town.value(Cypher("MATCH (c:LoginClaim) RETURN c.id"))
    officers = [Viewer(frozenset({Role.UNION}), (path,)) for path in ("/u-west/", "/u-east/")]
    with pytest.raises(TransitionRefused, match="no LoginClaim"):
        await approved(town, claim, officers[0])
    await approved(town, claim, officers[1])
    await asyncio.sleep(0.06)
    assert await count(client, bearer) == 1
    assert [login.form for login in await logins(town)] == ["worker:t:master"]


async def approved(town: Database, claim: str, officer: Viewer) -> None:
    approve = OPERATIONS["approveLoginClaim"]
    await perform(town, approve, {"login_claim_id": claim}, Actor(officer, "test"), clock.now())


async def test_expired_invitation_binds_nothing(town: Database, client: httpx.AsyncClient) -> None:
    code = await invite(
        town, "worker:t:master", clock.now(), life=timedelta(seconds=-1), actor="test"
    )
    text = f'mutation {{ acceptInvitation(code: "{code}") {{ accepted }} }}'
    response = await ask(client, token(), text)
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await logins(town) == []


@pytest.mark.parametrize(
    "claims", [{"iss": "https://evil.test"}, {"aud": "x"}, {"exp": 1}, {"sub": None}]
)
async def test_token_that_is_not_good_is_401_and_leaves_no_trace(
    claims: dict[str, Any], client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    bearer = token(**claims)
    await refused(client, bearer)
    assert bearer not in caplog.text
    assert "someone" not in caplog.text


async def test_known_keys_and_tokens_cost_no_statement(
    town: Database, client: httpx.AsyncClient, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KNOWN_SECONDS", 60.0)
    key, asked = await new_key(town), 0
    access = app.state.api.access
    headers = {b"authorization": f"Bearer {key}".encode()}
    value, rows = access._database.value, access._database.rows

    async def counted(*given: Any, **more: Any) -> Any:
        nonlocal asked
        asked += 1
        return await value(*given, **more)

    await access.asker({}, headers)
    monkeypatch.setattr(access._database, "value", counted)
    for _ in range(100):
        await access.asker({}, headers)
    assert asked == 0
    assert rows


async def test_open_door_needs_a_key(town: Database, settings: Settings) -> None:
    for changes in ({"production": True}, {"host": "0.0.0.0"}, {"host": "example.org"}):
        with pytest.raises(InvalidSetting, match="JIANGPU_"):
            await refuse_without_keys(replace(settings, **changes), town)
    key_holder = await new_key(town)
    assert key_holder
    await refuse_without_keys(replace(settings, production=True), town)
    await refuse_without_keys(replace(settings, host="0.0.0.0"), town)


class Socket:
    """A WebSocket's client, spoken to without a network."""

    def __init__(self, app: Any) -> None:
        self._said: asyncio.Queue[Any] = asyncio.Queue()
        self.heard: asyncio.Queue[Any] = asyncio.Queue()
        scope = {
            "type": "websocket", "path": "/graphql", "raw_path": b"/graphql", "headers": [],
            "query_string": b"", "subprotocols": ["graphql-transport-ws"], "scheme": "ws",
            "client": ("203.0.113.9", 9), "server": ("portal.test", 443), "root_path": "",
        }  # fmt: skip
        self._task = asyncio.create_task(app(scope, self._said.get, self._hear))
        self._said.put_nowait({"type": "websocket.connect"})

    async def _hear(self, message: Any) -> None:
        await self.heard.put(message)
        if message["type"] == "websocket.close":
            await self._said.put({"type": "websocket.disconnect", "code": message["code"]})

    async def greet(self, **payload: str) -> Any:
        message = {"type": "connection_init", "payload": payload}
        text = orjson.dumps(message).decode()
        await self._said.put({"type": "websocket.receive", "text": text})
        assert (await self.heard.get())["type"] == "websocket.accept"
        return await self.heard.get()


async def test_production_has_no_pages_for_explorers(client: httpx.AsyncClient) -> None:
    for path in ("/", "/ide", "/voyager", "/assets/ide/graphiql.js"):
        assert (await client.get(path)).status_code == 404


async def test_stream_of_events_ends_with_its_key(town: Database, app: Any) -> None:
    key = await new_key(town)
    body = orjson.dumps({"query": "subscription { pairingChanged { verb } }"})
    scope = {
        "type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql",
        "query_string": b"", "root_path": "", "scheme": "https", "client": ("203.0.113.9", 9),
        "server": ("portal.test", 443),
        "headers": [
            (b"content-type", b"application/json"), (b"accept", b"text/event-stream"),
            (b"authorization", f"Bearer {key}".encode()),
        ],
    }  # fmt: skip
    said: asyncio.Queue[Any] = asyncio.Queue()
    said.put_nowait({"type": "http.request", "body": body})
    heard: asyncio.Queue[Any] = asyncio.Queue()
    stream = asyncio.create_task(app(scope, said.get, heard.put))
    assert (await heard.get())["status"] == 200
    assert not stream.done()
    await revoke(town, "east", clock.now(), actor="test")
    async with asyncio.timeout(30):
        await stream
    assert heard.get_nowait()["body"].startswith(b"event: complete")


async def test_websocket_needs_a_key_and_ends_with_it(town: Database, app: Any) -> None:
    nobody = await Socket(app).greet()
    assert (nobody["type"], nobody["code"]) == ("websocket.close", 4403)
    socket = Socket(app)
    answer = await socket.greet(Authorization=f"Bearer {await new_key(town)}")
    assert orjson.loads(answer["text"]) == {"type": "connection_ack"}
    await revoke(town, "east", clock.now(), actor="test")
    async with asyncio.timeout(30):
        closed = await socket.heard.get()
    assert (closed["type"], closed["code"]) == ("websocket.close", 4403)
