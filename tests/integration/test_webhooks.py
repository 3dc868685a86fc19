"""Webhooks: what the partner may see, signed, in order, repeated, and never lost."""

import json
import re
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph import clock
from graph.database import Database, Transaction
from graph.jobs import webhooks
from graph.jobs.addresses import AddressRefused
from graph.jobs.webhooks import PAUSES, Sender, add, deliver, remove, send_again
from graph.partners import Partner, create
from graph.writes.events import Event, append
from tests.seeded import OPEN, whole

AGREEMENT = OPEN.id("MentoringAgreement", 0)
PAGE = Path(__file__).parents[2] / "docs" / "api" / "webhooks.md"


async def public(host: str, port: int) -> Sequence[str]:
    return ["93.184.215.14"]


class Receiver:
    """Somebody's server; `status` is what it answers."""

    def __init__(self) -> None:
        self.status = 200
        self.requests: list[httpx.Request] = []
        self.sender = Sender(httpx.MockTransport(self._answer), public)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self.status, headers={"location": "https://127.0.0.1/"})

    @property
    def verbs(self) -> list[str]:
        return [json.loads(request.content)["verb"] for request in self.requests]


@pytest.fixture
async def partners(database: Database) -> Database:
    await whole(OPEN, copies=1).write(database)
    for name, form in (("all", "administrator"), ("none", "public")):
        partner, life = Partner(name, form), timedelta(days=1)
        await create(database, partner, clock.now(), life, actor="test")
    return database


async def happen(database: Database, *verbs: str) -> None:
    async def work(transaction: Transaction) -> None:
        events = [Event(verb, (AGREEMENT, "hidden")) for verb in verbs]
        await append(transaction, events, actor="test", at=clock.now())

    for _ in verbs[:1]:
        await database.write(work)


async def test_events_are_sent_once_signed_and_without_what_is_not_seen(
    partners: Database,
) -> None:
    receiver, other = Receiver(), Receiver()
    await happen(partners, "pairing.before")
    _, secret = await add(partners, "all", "https://a.test:8443/x", ["pairing."], resolve=public)
    await happen(partners, "pairing.signed", "studio.named", "pairing.ended")
    for _ in range(2):
        await deliver(partners, receiver.sender, clock.now())
    assert receiver.verbs == ["pairing.signed", "pairing.ended"]
    request = receiver.requests[0]
    assert json.loads(request.content)["subjects"] == [AGREEMENT]
    assert (request.url.host, request.headers["host"]) == ("93.184.215.14", "a.test:8443")
    assert request.extensions["sni_hostname"] == "a.test"
    await add(partners, "none", "https://b.test/", ["pairing."], resolve=public)
    await happen(partners, "pairing.signed")
    await deliver(partners, other.sender, clock.now())
    hosts = [r.headers["host"] for r in other.requests]
    assert hosts == ["a.test:8443"], "who may not see the agreement hears nothing"
    names: dict[str, Any] = {}
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(code, names)
    header = request.headers["jiangpu-signature"]
    assert names["is_genuine"](secret, header, request.content)
    assert not names["is_genuine"](secret, header, request.content + b" ")
    old = webhooks.signature(secret, request.content, int(time.time()) - 301)
    assert not names["is_genuine"](secret, old, request.content)


async def test_what_fails_is_repeated_in_order_and_then_a_dead_letter(partners: Database) -> None:
    receiver = Receiver()
    hook, _ = await add(partners, "all", "https://a.test/", ["pairing."], resolve=public)
    await happen(partners, "pairing.signed", "pairing.ended")
    receiver.status = 302
    now = clock.now()
    for pause in PAUSES:
        await deliver(partners, receiver.sender, now)
        await deliver(partners, receiver.sender, now + pause / 2)
        now += pause
    assert receiver.verbs == ["pairing.signed"] * len(PAUSES)
    [row] = await webhooks.webhooks(partners)
    assert (row["problem"], row["dead"]) == ("the answer was HTTP 302", 0)
    await deliver(partners, receiver.sender, now)
    receiver.status = 200
    [row] = await webhooks.webhooks(partners)
    assert row["dead"] == 1
    await deliver(partners, receiver.sender, now + PAUSES[0])
    assert receiver.verbs[-1] == "pairing.ended"
    assert await send_again(partners, hook, receiver.sender) == (1, 0)
    assert await send_again(partners, hook, receiver.sender) == (0, 0)
    assert receiver.verbs[-1] == "pairing.signed"
    await remove(partners, hook)
    assert await webhooks.webhooks(partners) == []


async def test_a_name_that_moves_inside_is_not_followed(partners: Database) -> None:
    async def moved(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    receiver = Receiver()
    with pytest.raises(AddressRefused):
        await add(partners, "all", "https://a.test/", ["pairing."], resolve=moved)
    await add(partners, "all", "https://a.test/", ["pairing."], resolve=public)
    await happen(partners, "pairing.signed")
    await deliver(partners, Sender(httpx.MockTransport(receiver._answer), moved), clock.now())
    assert receiver.requests == []
    [row] = await webhooks.webhooks(partners)
    assert "not on the public internet" in row["problem"]


async def test_slow_receiver_gets_the_rest_in_later_turns(
    partners: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "_TURN_SECONDS", 0.0)
    receiver = Receiver()
    await add(partners, "all", "https://a.test/", ["pairing."], resolve=public)
    await happen(partners, "pairing.signed", "pairing.ended")
    await deliver(partners, receiver.sender, clock.now())
    assert receiver.verbs == ["pairing.signed"]
    await deliver(partners, receiver.sender, clock.now())
    assert receiver.verbs == ["pairing.signed", "pairing.ended"]
