"""A small HTTP/1.1 client that asks one thing over and over on kept connections."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass(slots=True)
class _Load:
    """One request, the body that must come back, and how long each answer took, in seconds."""

    request: bytes
    body: bytes
    in_any_order: bool
    until: float = 0.0
    seconds: list[float] = field(default_factory=list[float])

    def is_answered_by(self, body: bytes) -> bool:
        """Whether this is the answer, or all of it in another order."""
        return body == self.body or (self.in_any_order and sorted(body) == sorted(self.body))


class _Connection(asyncio.Protocol):
    """Asks, waits for the whole answer, asks again, until time is up."""

    def __init__(self, load: _Load) -> None:
        self._load = load
        self._received = b""
        self._asked = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        self._asked = time.perf_counter()
        self._transport.write(self._load.request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        now = time.perf_counter()
        self._load.seconds.append(now - self._asked)
        self._received = b""
        if not self._load.is_answered_by(body):
            self._end(ValueError(f"another answer came: {head!r} {body[:500]!r}"))
        elif now < self._load.until:
            self._ask()
        else:
            self._end(None)

    def _end(self, error: Exception | None) -> None:
        self._transport.close()
        if error:
            self.done.set_exception(error)
        else:
            self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))


def _length(head: bytes) -> int:
    found = _CONTENT_LENGTH.search(head)
    return int(found[1]) if found else 0


def post(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The bytes of a POST."""
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{''.join(lines)}\r\n".encode() + body


async def ask_over_and_over(
    port: int,
    request: bytes,
    body: bytes,
    *,
    seconds: float,
    connections: int,
    in_any_order: bool = False,
) -> list[float]:
    """How long each answer took, in seconds; raises ValueError for another answer than `body`."""
    load = _Load(request, body, in_any_order, time.perf_counter() + seconds)
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: _Connection(load), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for connection in made))
    return load.seconds
