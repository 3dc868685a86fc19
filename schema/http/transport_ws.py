"""graphql-transport-ws: operations over one WebSocket, each under an id of the client's."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing, suppress
from typing import Any
from urllib.parse import urlsplit

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect

from graph.errors import GraphError, InvalidRequest
from schema.access import HEADER, SIGN_IN, until_revoked
from schema.http.api import Api
from schema.http.outcome import encoded, refusal
from schema.http.request import MOST_BYTES, from_json
from schema.partner import Asker

PROTOCOL = "graphql-transport-ws"
MOST_OPERATIONS = 100
INIT_SECONDS = 10.0
_MOST_REASON = 30


class _Close(Exception):
    """The client broke the protocol, whose code and reason these are."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


async def converse(websocket: WebSocket, api: Api, origins: tuple[str, ...]) -> None:
    """Serve one WebSocket until either side closes it."""
    if not _may_connect(websocket, origins):
        await websocket.close()
        return
    spoken = PROTOCOL in websocket.scope["subprotocols"]
    await websocket.accept(PROTOCOL if spoken else None)
    try:
        if not spoken:
            raise _Close(4406, "Subprotocol not acceptable")
        await _Conversation(websocket, api).hold()
    except _Close as close:
        with suppress(WebSocketDisconnect):
            await websocket.close(close.code, close.reason)
    except WebSocketDisconnect:
        pass


def _may_connect(websocket: WebSocket, origins: tuple[str, ...]) -> bool:
    """Browsers let any page open a WebSocket anywhere, and say only whose page it is."""
    origin = websocket.headers.get("origin")
    own = origin is None or urlsplit(origin).netloc == websocket.headers.get("host")
    return own or origin in origins


class _Conversation:
    """What is said on one WebSocket, and the operations under way."""

    def __init__(self, websocket: WebSocket, api: Api) -> None:
        self._websocket = websocket
        self._api = api
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def hold(self) -> None:
        """Hear message after message; raises when it is over, with no operation left running."""
        asker, greeting = await self._greeted()
        self._tasks.add(asyncio.create_task(self._leave_revoked(asker, greeting)))
        try:
            while True:
                match await self._heard():
                    case {"type": "subscribe", "id": str(name), "payload": payload}:
                        await self._begin(name, payload, asker)
                    case {"type": "complete", "id": str(name)}:
                        if name in self._operations:
                            self._operations.pop(name).cancel()
                    case {"type": "connection_init"}:
                        raise _Close(4429, "Too many initialisation requests")
                    case other:
                        await self._small_talk(other)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _leave_revoked(self, asker: Asker, greeting: object) -> None:
        """Close when the key or login stands for nobody any more, or for somebody else."""
        await until_revoked(asker, lambda: self._asked(greeting))
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._websocket.close(4403, "Forbidden")

    async def _greeted(self) -> tuple[Asker, object]:
        try:
            async with asyncio.timeout(INIT_SECONDS):
                while (first := await self._heard())["type"] != "connection_init":
                    if first["type"] == "subscribe":
                        raise _Close(4401, "Unauthorized")
                    await self._small_talk(first)
        except TimeoutError:
            raise _Close(4408, "Connection initialisation timeout") from None
        greeting = first.get("payload")
        try:
            asker = await self._asked(greeting)
        except InvalidRequest:
            raise _Close(4403, "Forbidden") from None
        except GraphError:
            raise _Close(4500, "The database does not answer") from None
        await self._say("connection_ack")
        return asker, greeting

    async def _asked(self, greeting: object) -> Asker:
        """Browsers cannot send headers here, so the first message may say what a header would."""
        said = greeting if isinstance(greeting, dict) else {}
        wish, signed_in = [
            None if (v := said.get(n)) is None else str(v) for n in (HEADER, SIGN_IN)
        ]
        scope = self._websocket.scope
        return await self._api.access.asker(scope, dict(scope["headers"]), wish, signed_in)

    async def _heard(self) -> dict[str, Any]:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message["code"])
        text: str = message.get("text") or ""
        if len(text) > MOST_BYTES:
            raise _Close(1009, "Message too big")
        try:
            said = orjson.loads(text)
        except orjson.JSONDecodeError:
            said = None
        if not isinstance(said, dict) or "type" not in said:
            raise _Close(4400, "Messages are JSON objects with a type")
        return said

    async def _say(self, kind: str, **more: object) -> None:
        with suppress(WebSocketDisconnect):  # it will be heard as well
            await self._websocket.send_text(encoded({"type": kind, **more}).decode())

    async def _small_talk(self, message: Mapping[str, Any]) -> None:
        match message:
            case {"type": "ping"}:
                await self._say("pong")
            case {"type": "pong"}:
                pass
            case _:
                raise _Close(4400, "Invalid message")

    async def _begin(self, name: str, payload: object, asker: Asker) -> None:
        if name in self._operations:
            raise _Close(4409, f"Subscriber for {name} already exists"[:_MOST_REASON])
        if len(self._operations) == MOST_OPERATIONS:
            text = f"at most {MOST_OPERATIONS} operations at once on one WebSocket"
            _, errors = refusal(InvalidRequest("LIMIT_EXCEEDED", text))
            await self._say("error", id=name, payload=errors)
            return
        task = asyncio.create_task(self._operate(name, payload, asker))
        self._operations[name] = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _operate(self, name: str, payload: object, asker: Asker) -> None:
        last: dict[str, Any] = {"kind": "complete"}
        try:
            async with aclosing(self._api.answers(from_json(payload), asker)) as answers:
                async for answer in answers:
                    await self._say("next", id=name, payload=orjson.Fragment(answer))
        except Exception as error:
            last = {"kind": "error", "payload": refusal(error)[1]}
        del self._operations[name]  # before the client hears of it and takes the id again
        await self._say(id=name, **last)
