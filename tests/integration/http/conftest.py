"""The API as it is served: a real server on a free port, on the session's database."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn

from graph.server.lock import ide_lock
from graph.settings import Settings
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
    async with httpx.AsyncClient(base_url=api_url) as opened:
        yield opened
