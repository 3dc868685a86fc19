"""The API as it is served: a real server on a free port, on the session's database."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from graph.database import Database
from graph.server.lock import ide_lock
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR, Viewer
from schema.http.api import Api
from schema.http.endpoint import GraphQLEndpoint
from schema.http.known import KnownDocuments
from schema.http.origins import Origins
from schema.http.profile import Profile
from schema.partner import Asker, Partner
from schema.plan.engine import Engine
from server import create_app

SCRIPTS = (
    *("graphiql.js", "graphiql.css", "editor.worker.js", "json.worker.js", "graphql.worker.js"),
    *("voyager.standalone.js", "voyager.css"),
)


class Server(uvicorn.Server):
    """One that leaves the signals to pytest."""

    def capture_signals(self) -> nullcontext[None]:
        return nullcontext()


@pytest.fixture(scope="session")
def cache_with_ide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that holds stand-ins for the scripts of the IDE page."""
    cache = tmp_path_factory.mktemp("cache")
    folder = cache / f"ide-{ide_lock().digest[:12]}"
    folder.mkdir()
    for name in SCRIPTS:
        (folder / name).write_text(f"/* {name} */")
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    (folder / ".complete").write_text(json.dumps(sizes))
    return cache


@pytest.fixture(scope="session")
async def api_url(settings: Settings, cache_with_ide: Path) -> AsyncGenerator[str]:
    """Where the API is, without a slash at the end."""
    app = create_app(replace(settings, cache_dir=cache_with_ide, origins=("https://portal.test",)))
    server = Server(uvicorn.Config(app, lifespan="off", log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with app.router.lifespan_context(app):
            serving = asyncio.create_task(server.serve([listener]))
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            server.should_exit = True
            await serving


@pytest.fixture(scope="session")
async def client(api_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=api_url, timeout=60) as opened:
        yield opened


@dataclass(frozen=True)
class Fixed:
    """A doorkeeper who takes everybody for the same."""

    who: Asker

    async def asker(self, *_: object) -> Asker:
        return self.who


Door = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def door(engine: Engine, open_session_database: Database) -> AsyncGenerator[Door]:
    """Clients of a partner: `door(Partner(...), viewer, production=True)`."""
    async with AsyncExitStack() as opened:

        async def client_of(
            partner: Partner,
            viewer: Viewer = ADMINISTRATOR,
            *,
            production: bool = False,
            profile: Profile = Profile.AUDIT,
            actor: str = "test",
        ) -> httpx.AsyncClient:
            access: Any = Fixed(Asker(viewer, actor, partner))
            api = Api(engine, access, KnownDocuments(open_session_database))
            endpoint = GraphQLEndpoint(api, Origins(()), profile, texts_by_get=not production)
            transport = httpx.ASGITransport(Starlette(routes=[Route("/graphql", endpoint)]))
            client = httpx.AsyncClient(transport=transport, base_url="http://api.test")
            return await opened.enter_async_context(client)

        yield client_of
