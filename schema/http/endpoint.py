"""GraphQL over HTTP: POST and GET, one JSON answer, or a stream of events."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.types import Receive, Scope, Send

from graph.errors import InvalidRequest
from schema.http.api import Api
from schema.http.events import stream
from schema.http.media import EVENTS, GRAPHQL, JSON, Accepted, accepted
from schema.http.outcome import encoded, refusal
from schema.http.request import MOST_BYTES, Request, from_body, from_query_string

Headers = tuple[tuple[bytes, bytes], ...]

# Other codes are the document's fault; their status depends on the media type.
STATUSES: Mapping[str, int] = MappingProxyType(
    {
        "BAD_REQUEST": 400,
        "FORBIDDEN": 403,
        "METHOD_NOT_ALLOWED": 405,
        "NOT_ACCEPTABLE": 406,
        "REQUEST_TOO_LARGE": 413,
        "UNSUPPORTED_MEDIA_TYPE": 415,
        "INTERNAL_SERVER_ERROR": 500,
        "UNAVAILABLE": 503,
    }
)
_HEADERS: Mapping[str, Headers] = MappingProxyType(
    {
        media: (
            (b"content-type", f"{media}; charset=utf-8".encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        )
        for media in (JSON, GRAPHQL)
    }
)


class GraphQLEndpoint:
    """An ASGI application for one path."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        given: dict[bytes, bytes] = dict(scope["headers"])
        media = accepted(given.get(b"accept", b""))
        try:
            answer = await self._answer(scope, given, receive, send, media)
        except _ClientLeft:
            return
        except Exception as error:
            code, errors = refusal(error)
            status = STATUSES.get(code) or (400 if media.json == GRAPHQL else 200)
            body = encoded({"errors": errors})
            await _send(send, status, media, body, _advice(status, scope["method"]))
        else:
            if answer is not None:
                await _send(send, 200, media, answer)

    async def _answer(
        self, scope: Scope, given: dict[bytes, bytes], receive: Receive, send: Send, media: Accepted
    ) -> bytes | None:
        """The body of the answer; None if it was streamed."""
        if media.json is None and not media.events:
            raise InvalidRequest("NOT_ACCEPTABLE", f"we have {JSON}, {GRAPHQL} and {EVENTS}")
        request = await _request(scope, given, receive)
        asker = await self._api.access.asker(scope, given)
        mutations = scope["method"] == "POST"
        if media.events and (media.json is None or self._api.is_subscription(request)):
            answers = self._api.answers(request, asker, mutations=mutations)
            await stream(answers, self._api.closing.wait(), receive, send)
            return None
        return await self._api.answer(request, asker, mutations=mutations)


class _ClientLeft(Exception):
    """Nobody waits for the answer any more."""


async def _request(scope: Scope, given: Mapping[bytes, bytes], receive: Receive) -> Request:
    match scope["method"]:
        case "POST":
            body = await _body(receive)
            return from_body(body, given.get(b"content-type", b""))
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


def _advice(status: int, method: str) -> Headers:
    """Headers that belong to a refusal."""
    match status:
        case 405:
            return ((b"allow", b"POST" if method == "GET" else b"GET, POST"),)
        case 413:
            return ((b"connection", b"close"),)
        case 503:
            return ((b"retry-after", b"5"),)
        case _:
            return ()


async def _send(send: Send, status: int, media: Accepted, body: bytes, extra: Headers = ()) -> None:
    length = (b"content-length", b"%d" % len(body))
    headers = [length, *_HEADERS[media.json or JSON], *extra]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
