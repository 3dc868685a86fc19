"""graphql-sse in its distinct mode: the answers to one request as server-sent events."""

import asyncio
from asyncio import FIRST_COMPLETED
from collections.abc import AsyncGenerator, Coroutine
from typing import Any

from starlette.types import Receive, Send

from schema.http.media import EVENTS
from schema.http.outcome import encoded, refused

HEARTBEAT_SECONDS = 12
_HEARTBEAT = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"
_HEADERS = (
    (b"content-type", EVENTS.encode()),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
)


async def stream(
    answers: AsyncGenerator[bytes],
    closing: Coroutine[Any, Any, object],
    receive: Receive,
    send: Send,
    headers: tuple[tuple[bytes, bytes], ...] = (),
) -> None:
    """Send all answers; ends with them, when the client leaves, or when we close."""
    await send({"type": "http.response.start", "status": 200, "headers": (*_HEADERS, *headers)})
    ends = {asyncio.ensure_future(_left(receive)), asyncio.ensure_future(closing)}
    coming = asyncio.ensure_future(anext(answers, None))
    try:
        while True:
            await asyncio.wait(
                {coming, *ends}, timeout=HEARTBEAT_SECONDS, return_when=FIRST_COMPLETED
            )
            if any(end.done() for end in ends):
                break
            if not coming.done():
                await _send(send, _HEARTBEAT)
                continue
            answer = coming.result()
            if answer is None:
                break
            await _send(send, _next(answer))
            coming = asyncio.ensure_future(anext(answers, None))
    except Exception as error:
        await _send(send, _next(encoded(refused(error))))
    finally:
        await _cancel(coming, *ends)
        await answers.aclose()
    await _send(send, _COMPLETE, more=False)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancel(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def _send(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


def _next(answer: bytes) -> bytes:
    return b"event: next\ndata: " + answer + b"\n\n"
