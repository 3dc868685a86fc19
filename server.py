"""Builds the ASGI app, and serves it."""

import asyncio
import gc
import secrets
import signal
import socket
from collections.abc import AsyncGenerator, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from graph import clock, constraints, migrations
from graph.connection import connected
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import GraphError, InvalidSetting, ServerError
from graph.jobs.process import keep_working
from graph.server import Say
from graph.server.assets import fetch_ide_assets
from graph.settings import Settings
from graph.settling import keep_settling
from graph.writes.once import forget
from schema import ANSWERS, schema
from schema.access import Access, refuse_bad_settings, refuse_without_keys
from schema.cursors import Cursors
from schema.http.api import Api
from schema.http.endpoint import GraphQLEndpoint
from schema.http.known import KnownDocuments
from schema.http.origins import Origins
from schema.http.pages import Pages
from schema.http.profile import Profile
from schema.http.request import MOST_BYTES
from schema.http.transport_ws import converse
from schema.plan.engine import Engine

_GRACE_SECONDS = 15
_READY_SECONDS = 2.0
_FORGOTTEN_SECONDS = 3600
_KEY_BYTES = 32


def create_app(settings: Settings | None = None, say: Say = lambda _: None) -> Starlette:
    """The app; its lifespan opens the database, and the local Neo4j where none is given."""
    chosen = Settings.from_environment() if settings is None else settings
    refuse_bad_settings(chosen)
    cursors = Cursors(_cursor_key(chosen))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        async with connected(chosen, say) as database:
            applies = chosen.constraints == "apply"
            await (constraints.apply(database) if applies else constraints.check(database))
            await migrations.apply(database)
            await refuse_without_keys(chosen, database)
            core = schema._schema  # pyright: ignore[reportPrivateUsage]
            api = Api(
                Engine(core, database, cursors, ANSWERS),
                Access(chosen, database),
                KnownDocuments(database),
            )
            app.state.api = api
            app.state.endpoint = _endpoint(chosen, api)
            app.router.routes.extend(_routes(chosen, database, api, app.state.endpoint))
            gc.collect()
            gc.freeze()  # else every full collection walks the schema anew, which lists cause often
            async with _meanwhile(
                keep_settling(api.access.settle),
                keep_settling(partial(api.engine.accesses.settle, database)),
                keep_settling(partial(api.uses.settle, database)),
                api.budgets.keep_settling(database),
                _forgetting(database),
            ):
                yield

    return Starlette(
        lifespan=lifespan,
        exception_handlers={404: _not_found},
    )


async def serve(settings: Settings, say: Say) -> None:
    """Serve until Ctrl-C; raises ServerError where the port is taken."""
    app = create_app(settings, say)
    with _listener(settings) as listener:
        async with (
            _beside(_fetch_ide(settings, say)),
            app.router.lifespan_context(app),
            _beside(keep_working(settings)),
        ):
            config = uvicorn.Config(
                _straight(app),
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                ws_max_size=MOST_BYTES,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
            await _Server(config, app, say).serve([listener])


@asynccontextmanager
async def _beside(work: Coroutine[None, None, None]) -> AsyncGenerator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class _Server(uvicorn.Server):
    """Uvicorn, which tells where it listens, ends streams, and leaves no signal behind."""

    def __init__(self, config: uvicorn.Config, app: Starlette, say: Say) -> None:
        super().__init__(config)
        self._app, self._say = app, say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            host, port = listener.getsockname()[:2]
            name = f"[{host}]" if ":" in host else host
            self._say(f"Jiangpu listens at http://{name}:{port}  (Ctrl-C ends it)")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.api.closing.set()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Uvicorn's own raises the signal once more at the end, which would cut our cleaning up."""
        loop = asyncio.get_running_loop()
        caught = (signal.SIGINT, signal.SIGTERM)
        for each in caught:
            loop.add_signal_handler(each, self.handle_exit, each, None)
        yield
        for each in caught:
            loop.remove_signal_handler(each)


@asynccontextmanager
async def _meanwhile(*works: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    """What goes on in the background until the app ends."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _forgetting(database: Database) -> None:
    while True:
        with suppress(GraphError):
            await forget(database, clock.now())
        await asyncio.sleep(_FORGOTTEN_SECONDS)


def _straight(app: Starlette) -> ASGIApp:
    """The app, but its way to the endpoint does not lead through layers and routes."""

    async def straight(scope: Scope, receive: Receive, send: Send) -> None:
        known = scope["type"] == "http" and scope["path"] == "/graphql"
        await (app.state.endpoint if known else app)(scope, receive, send)

    return straight


def _endpoint(settings: Settings, api: Api) -> GraphQLEndpoint:
    profile = Profile(settings.http_profile)
    origins = Origins(settings.origins)
    return GraphQLEndpoint(api, origins, profile, texts_by_get=not settings.production)


def _cursor_key(settings: Settings) -> bytes:
    with suppress(ValueError):
        key = bytes.fromhex(settings.cursor_key)
        if len(key) in {0, _KEY_BYTES}:
            return key or secrets.token_bytes(_KEY_BYTES)
    raise InvalidSetting(
        f"JIANGPU_CURSOR_KEY is not {_KEY_BYTES} bytes in hex; make one with: openssl rand -hex 32"
    )


def _routes(
    settings: Settings, database: Database, api: Api, endpoint: GraphQLEndpoint
) -> list[BaseRoute]:
    async def alive(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(_: Request) -> Response:
        try:
            await database.value(Cypher("RETURN 1", name="ready"), seconds=_READY_SECONDS)
        except GraphError as error:
            return JSONResponse({"status": "not ready", "reason": str(error)}, 503)
        return JSONResponse({"status": "ready"})

    async def socket_(websocket: WebSocket) -> None:
        await converse(websocket, api, settings.origins)

    return [
        Route("/graphql", endpoint),
        WebSocketRoute("/graphql", socket_),
        Route("/health", alive),
        Route("/ready", ready),
        *(() if settings.production else Pages(settings, api).routes()),
    ]


async def _not_found(_: Request, __: Exception) -> Response:
    told = {"message": "there is nothing here; GraphQL is at /graphql, an IDE at /ide"}
    return JSONResponse({"errors": [{**told, "extensions": {"code": "NOT_FOUND"}}]}, 404)


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise ServerError(
            f"cannot listen on {settings.host}, port {settings.port} ({error.strerror}); "
            "end what uses it, or name another with --port or JIANGPU_PORT"
        ) from error


async def _fetch_ide(settings: Settings, say: Say) -> None:
    try:
        await fetch_ide_assets(settings, say)
    except ServerError as error:
        say(f"{error}. The IDE page waits for it; all else works without.")
