"""Webhooks: events sent to partners who cannot hold a socket; signed, repeated, and never lost.

A webhook has positions in the event streams, like anybody who follows. It is sent one event after
the other; what fails is tried again with growing pauses, and after the last pause becomes a dead
letter, which an operator can send again. A delivery holds ids and verbs, no values. A partner
without a live key is sent nothing.
"""

import asyncio
import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, LiteralString

import httpx
import orjson

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Row
from graph.errors import InvalidRequest, JiangpuError
from graph.jobs.addresses import AddressRefused, Resolve, public_address, resolved
from graph.jobs.worker import Kind, Run
from graph.jurisdiction import viewer_of
from graph.partners import restored
from graph.projection.access import visible_whatever
from graph.viewer import Viewer
from graph.writes.events import after, heads

log = logging.getLogger(__name__)

PAUSES = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600, 43200))
_SECONDS = 10.0
_MOST_EVENTS = 200
_EVERY = timedelta(seconds=5)
_TURN_SECONDS = 15.0  # the worker has other things to do


class NotDelivered(JiangpuError):
    """The receiver did not take it; the text says why, without what it answered."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where events go: those with verbs that begin so, about nodes that the partner sees."""

    id: str
    url: str
    secret: str
    verbs: tuple[str, ...]
    positions: Mapping[str, int]
    attempts: int
    partner: Mapping[str, Any]


class Sender:
    """Sends over https to the address that was looked up and found public, and nowhere else."""

    def __init__(
        self, transport: httpx.AsyncBaseTransport | None = None, resolve: Resolve = resolved
    ) -> None:
        self._transport, self._resolve = transport, resolve

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Post the body; raises NotDelivered unless the answer is 2xx."""
        target = httpx.URL(url)
        try:
            address = await public_address(target, self._resolve)
            async with httpx.AsyncClient(
                transport=self._transport, timeout=_SECONDS, follow_redirects=False, trust_env=False
            ) as client:
                answer = await client.post(
                    target.copy_with(host=address),
                    content=body,
                    headers={**headers, "host": target.netloc.decode("ascii")},
                    extensions={"sni_hostname": target.host},
                )
        except AddressRefused as error:
            raise NotDelivered(str(error)) from error
        except httpx.HTTPError as error:
            raise NotDelivered(f"no answer ({type(error).__name__})") from error
        if not answer.is_success:
            raise NotDelivered(f"the answer was HTTP {answer.status_code}")


def signature(secret: str, body: bytes, seconds: int) -> str:
    """What `Jiangpu-Signature` holds: the time, and an HMAC-SHA256 of time and body."""
    digest = hmac.new(secret.encode(), b"%d.%s" % (seconds, body), hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


async def add(
    database: Database, partner: str, url: str, verbs: Sequence[str], *, resolve: Resolve = resolved
) -> tuple[str, str]:
    """Id and secret of a new webhook, which hears what happens from now on."""
    await public_address(httpx.URL(url), resolve)
    webhook, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    positions = orjson.dumps(await heads(database)).decode()
    given = {"id": webhook, "url": url, "secret": secret, "verbs": list(verbs), "attempts": 0}
    parameters = {"partner": partner, "given": {**given, "positions": positions}}
    rows = await database.write(
        lambda transaction: transaction.run(Cypher(_ADD, parameters, name="add webhook"))
    )
    if not rows:
        raise InvalidRequest("NOT_FOUND", f"there is no partner {partner!r}; see partner list")
    return webhook, secret


async def webhooks(database: Database) -> list[Row]:
    """Id, url, partner, verbs, attempts, last problem and number of dead letters of each."""
    return await database.rows(Cypher(_ALL, name="webhooks"))


async def remove(database: Database, webhook: str) -> None:
    """Remove a webhook with its dead letters."""
    await _write(database, _REMOVE, {"id": webhook})


async def send_again(database: Database, webhook: str, sender: Sender) -> tuple[int, int]:
    """Send the dead letters of a webhook once more: how many were taken, and how many not."""
    taken = failed = 0
    rows = await database.rows(Cypher(_DEAD, {"id": webhook}, name="dead letters"))
    for row in rows:
        try:
            await _send(sender, row["url"], row["secret"], row["address"], row["body"].encode())
        except NotDelivered:
            failed += 1
        else:
            taken += 1
            await _write(database, _BURIED, {"id": webhook, "address": row["address"]})
    return taken, failed


async def deliver(database: Database, sender: Sender, now: datetime) -> None:
    """Send to every webhook that is due what it has not been sent, for as long as a turn takes."""

    async def to(row: Row) -> None:
        given = row["webhook"]
        webhook = Webhook(
            given["id"],
            given["url"],
            given["secret"],
            tuple(given["verbs"]),
            orjson.loads(given["positions"]),
            given["attempts"],
            row["partner"],
        )
        await _deliver_to(database, webhook, sender, now)

    due = await database.rows(Cypher(_DUE, {"now": now}, name="due webhooks"))
    await asyncio.gather(*map(to, due))


async def _deliver_to(database: Database, webhook: Webhook, sender: Sender, now: datetime) -> None:
    partner = restored(webhook.partner)
    viewer = await viewer_of(database, partner.viewer)
    if viewer is None:
        return
    reads = None if partner.reads is None else frozenset(partner.reads)
    events = await after(database, webhook.positions, "", _MOST_EVENTS)
    wanted = [e for e in events if e["verb"].startswith(webhook.verbs)]
    seen = await _visible(database, replace(viewer, reads=reads), wanted)
    positions = dict(webhook.positions)
    ends = time.monotonic() + _TURN_SECONDS
    for event in events:
        subjects = [s for s in event["subjects"] if s in seen]
        if event["verb"].startswith(webhook.verbs) and subjects:
            address, body = f"{event['stream']}:{event['sequence']}", _body(event, subjects)
            try:
                await _send(sender, webhook.url, webhook.secret, address, body)
            except NotDelivered as problem:
                letter = {"address": address, "body": body.decode(), "problem": str(problem)}
                if not await _failed(database, webhook, letter, now):
                    break
        positions[event["stream"]] = event["sequence"]
        webhook = replace(webhook, positions=positions, attempts=0)
        await _advance(database, webhook)
        if time.monotonic() > ends:
            break


async def _failed(
    database: Database, webhook: Webhook, letter: Mapping[str, str], now: datetime
) -> bool:
    """Note it; whether this was the last attempt, so that the event is a dead letter now."""
    log.warning("webhook %s: %s", webhook.id, letter["problem"])
    if webhook.attempts < len(PAUSES):
        due = now + PAUSES[webhook.attempts]
        changes = {"attempts": webhook.attempts + 1, "due_at": due, "problem": letter["problem"]}
        await _write(database, _CHANGE, {"id": webhook.id, "changes": changes})
        return False
    await _write(database, _BURY, {"id": webhook.id, "letter": {**letter, "at": now}})
    return True


async def _advance(database: Database, webhook: Webhook) -> None:
    positions = orjson.dumps(dict(webhook.positions)).decode()
    changes = {"positions": positions, "attempts": 0, "due_at": None, "problem": None}
    await _write(database, _CHANGE, {"id": webhook.id, "changes": changes})


async def _send(sender: Sender, url: str, secret: str, address: str, body: bytes) -> None:
    headers = {
        "content-type": "application/json",
        "user-agent": "jiangpu-webhooks",
        "jiangpu-delivery": address,
        "jiangpu-signature": signature(secret, body, int(time.time())),
    }
    await sender.send(url, body, headers)


def _body(event: Row, subjects: Sequence[str]) -> bytes:
    at = event["at"].to_native().isoformat()
    address = f"{event['stream']}:{event['sequence']}"
    return orjson.dumps({"id": address, "verb": event["verb"], "at": at, "subjects": subjects})


async def _visible(database: Database, viewer: Viewer, events: Sequence[Row]) -> set[str]:
    ids = sorted({subject for event in events for subject in event["subjects"]})
    if not ids:
        return set()
    allowed = visible_whatever("shown", viewer)
    where: LiteralString = f"WHERE {allowed} " if allowed else ""
    text: LiteralString = (
        f"UNWIND $ids AS id MATCH (shown:Node {{id: id}}) {where}RETURN collect(shown.id) AS value"
    )
    return set(await database.value(Cypher(text, {"ids": ids, **viewer.parameters}, name="seen")))


async def _write(database: Database, text: LiteralString, parameters: Mapping[str, Any]) -> None:
    statement = Cypher(text, parameters, name="webhook")
    await database.write(lambda transaction: transaction.run(statement))


async def _run(run: Run) -> None:
    await deliver(run.database, Sender(), clock.now())


DELIVERIES = Kind("webhooks.deliver", "Send events to webhooks.", _run, every=_EVERY)

_ADD = """
MATCH (p:Partner {name: $partner})
CREATE (w:Webhook)-[:SENT_FOR]->(p) SET w = $given
RETURN w.id AS id
"""
_ALL = """
MATCH (w:Webhook)-[:SENT_FOR]->(p:Partner)
RETURN w.id AS id, w.url AS url, p.name AS partner, w.verbs AS verbs, w.attempts AS attempts,
  w.problem AS problem, COUNT { (w)<-[:DEAD_FOR]-() } AS dead ORDER BY p.name, w.id
"""
_REMOVE = """
MATCH (w:Webhook {id: $id}) OPTIONAL MATCH (w)<-[:DEAD_FOR]-(d)
WITH w, collect(d) AS dead FOREACH (d IN dead | DETACH DELETE d) DETACH DELETE w
"""
_DUE = """
MATCH (w:Webhook)-[:SENT_FOR]->(p:Partner)
WHERE coalesce(w.due_at <= $now, true) AND EXISTS {
  MATCH (p)-[:HAS_KEY]->(k:PartnerKey) WHERE k.expires > $now AND k.revoked IS NULL }
RETURN properties(w) AS webhook, properties(p) AS partner ORDER BY w.id
"""
_CHANGE = "MATCH (w:Webhook {id: $id}) SET w += $changes"
_BURY = "MATCH (w:Webhook {id: $id}) CREATE (d:DeadLetter)-[:DEAD_FOR]->(w) SET d = $letter"
_BURIED = (
    "MATCH (:Webhook {id: $id})<-[:DEAD_FOR]-(d:DeadLetter {address: $address}) DETACH DELETE d"
)
_DEAD = """
MATCH (w:Webhook {id: $id})<-[:DEAD_FOR]-(d:DeadLetter)
RETURN w.url AS url, w.secret AS secret, d.address AS address, d.body AS body ORDER BY d.at
"""
