"""GraphQL over HTTP: POST and GET, one JSON answer, or a stream of events."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from starlette.types import Receive, Scope, Send

from graph.errors import InvalidRequest
from schema.access import until_revoked
from schema.http.api import Answer, Api
from schema.http.budget import OverBudget
from schema.http.compression import compressed
from schema.http.events import stream
from schema.http.media import EVENTS, GRAPHQL, JSON, Accepted, accepted
from schema.http.origins import Origins
from schema.http.outcome import encoded, refusal
from schema.http.profile import Profile
from schema.http.request import MOST_BYTES, Request, from_body, from_query_string
from schema.partner import Asker

Headers = tuple[tuple[bytes, bytes], ...]

_HEADERS: Mapping[str, Headers] = MappingProxyType(
    {
        media: (
            (b"content-type", f"{media}; charset=utf-8".encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"vary", b"origin, accept, accept-encoding"),
        )
        for media in (JSON, GRAPHQL)
    }
)
_NO_STORE = (b"cache-control", b"no-store")
_REVALIDATE = (b"cache-control", b"private, no-cache")


@dataclass(slots=True)
class _Exchange:
    """One request, and what becomes known of it."""

    scope: Scope
    given: Mapping[bytes, bytes]
    media: Accepted
    asker: Asker | None = None


class GraphQLEndpoint:
    """An ASGI application for one path."""

    def __init__(
        self, api: Api, origins: Origins, profile: Profile, *, texts_by_get: bool = True
    ) -> None:
        self._api = api
        self._origins = origins
        self._profile = profile
        self._texts_by_get = texts_by_get

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        given: dict[bytes, bytes] = dict(scope["headers"])
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in given:
            await _send(send, 204, self._origins.preflight(given), b"")
            return
        exchange = _Exchange(scope, given, accepted(given.get(b"accept", b"")))
        try:
            answer = await self._answer(exchange, receive, send)
        except _ClientLeft:
            return
        except Exception as error:
            await self._refuse(exchange, error, send)
        else:
            if answer is not None:
                await self._send_answer(exchange, answer, send)

    async def _answer(self, exchange: _Exchange, receive: Receive, send: Send) -> Answer | None:
        """What to send back; None if it was streamed."""
        media, scope = exchange.media, exchange.scope
        if media.json is None and not media.events:
            raise InvalidRequest("NOT_ACCEPTABLE", f"we have {JSON}, {GRAPHQL} and {EVENTS}")
        request = await _request(scope, exchange.given, receive)
        if scope["method"] == "GET" and request.query and not self._texts_by_get:
            raise InvalidRequest(
                "METHOD_NOT_ALLOWED", "send documents by POST; by GET name one with documentId"
            )
        asker = exchange.asker = await self._api.access.asker(scope, exchange.given)
        self._origins.check(exchange.given, asker.partner)
        mutations = scope["method"] == "POST"
        known = None
        if media.json is not None:
            known = await self._api.known.resolve(request, asker.partner)
            if not (media.events and self._api.is_subscription(known.request)):
                return await self._api.answer(known, asker, mutations=mutations)
        answers = self._api.answers(known.request if known else request, asker, mutations=mutations)
        headers = self._origins.headers(exchange.given, asker.partner)
        again = partial(self._api.access.asker, scope, exchange.given)
        ending = _first(self._api.closing.wait(), until_revoked(asker, again))
        await stream(answers, ending, receive, send, headers)
        return None

    async def _send_answer(self, exchange: _Exchange, answer: Answer, send: Send) -> None:
        status = self._profile.answered(partial=answer.partial)
        caching: Headers = (_NO_STORE,)
        if answer.tag is not None and exchange.scope["method"] == "GET":
            caching = (_REVALIDATE, (b"etag", answer.tag))
            if exchange.given.get(b"if-none-match") == answer.tag:
                await _send(send, 304, (*caching, *self._about(exchange)), b"")
                return
        body, encoding = compressed(answer.body, exchange.given.get(b"accept-encoding"))
        headers = (
            *_HEADERS[exchange.media.json or JSON], *caching, *encoding, *self._about(exchange)
        )  # fmt: skip
        await _send(send, status, headers, body)

    async def _refuse(self, exchange: _Exchange, error: Exception, send: Send) -> None:
        asker = exchange.asker
        code, errors = refusal(error, suggests=asker is not None and asker.partner.introspects)
        status, media = self._profile.refused(code, exchange.media.json or JSON)
        headers = (*_HEADERS[media], _NO_STORE, *self._about(exchange))
        advice = _advice(status, exchange.scope["method"], error)
        await _send(send, status, (*headers, *advice), encoded({"errors": errors}))

    def _about(self, exchange: _Exchange) -> Headers:
        """Headers that depend on who asks."""
        if exchange.asker is None:
            return self._origins.headers(exchange.given, None)
        partner = exchange.asker.partner
        allowed = self._origins.headers(exchange.given, partner)
        return (*self._api.budgets.of(partner).headers, *allowed)


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """Wait for the first of several, and end the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


class _ClientLeft(Exception):
    """Nobody waits for the answer any more."""


async def _request(scope: Scope, given: Mapping[bytes, bytes], receive: Receive) -> Request:
    match scope["method"]:
        case "POST":
            body = await _body(receive)
            return from_body(body, given)
        case "GET":
            return from_query_string(scope["query_string"])
        case _:
            raise InvalidRequest("METHOD_NOT_ALLOWED", "use POST, or GET for queries")


async def _body(receive: Receive) -> bytes:
    """All of the body; of one too large so much more that its sender hears the refusal."""
    message = await receive()
    body: bytes = message.get("body", b"")
    size = len(body)
    while message.get("more_body") and size <= 10 * MOST_BYTES:
        message = await receive()
        piece: bytes = message.get("body", b"")
        size += len(piece)
        if size <= MOST_BYTES:
            body += piece
    if message["type"] == "http.disconnect":
        raise _ClientLeft
    if size > MOST_BYTES:
        raise InvalidRequest("REQUEST_TOO_LARGE", f"the body is larger than {MOST_BYTES} bytes")
    return body


def _advice(status: int, method: str, error: Exception) -> Headers:
    """Headers that belong to a refusal."""
    match status:
        case 401:
            return ((b"www-authenticate", b'Bearer realm="jiangpu"'),)
        case 405:
            return ((b"allow", b"POST" if method == "GET" else b"GET, POST"),)
        case 413:
            return ((b"connection", b"close"),)
        case 429 if isinstance(error, OverBudget):
            return ((b"retry-after", b"%d" % (error.seconds or 1)),)
        case 503:
            return ((b"retry-after", b"5"),)
        case _:
            return ()


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    length = () if status in {204, 304} else ((b"content-length", b"%d" % len(body)),)
    await send({"type": "http.response.start", "status": status, "headers": [*length, *headers]})
    await send({"type": "http.response.body", "body": body})
