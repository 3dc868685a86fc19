"""`jiangpu serve` as a process of its own: what it says, and how it ends."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from graph.settings import Settings

ROOT = Path(__file__).parents[3]


def environment(settings: Settings, cache: Path, **more: str) -> Mapping[str, str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith("JIANGPU_")}
    return kept | {
        "JIANGPU_DATABASE_URI": str(settings.database_uri),
        "JIANGPU_DATABASE_PASSWORD": settings.database_password,
        "JIANGPU_NPM_REGISTRY": "http://127.0.0.1:1",
        "JIANGPU_CACHE_DIR": str(cache),
        **more,
    }


@asynccontextmanager
async def serving(
    settings: Settings, cache: Path, *arguments: str, **more: str
) -> AsyncGenerator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "commands", "serve", *arguments),
        cwd=ROOT,
        env=environment(settings, cache, **more),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    while True:
        line = (await process.stderr.readline()).decode()
        assert line, "it ended"
        if line.startswith("Jiangpu listens at "):
            return line.split()[3]


async def test_it_says_where_it_listens_and_ends_streams_on_ctrl_c(
    settings: Settings, tmp_path: Path
) -> None:
    async with serving(settings, tmp_path, "--port", "0") as process:
        url = await address(process)
        headers = {"accept": "text/event-stream"}
        follow = {"query": "subscription { pairingChanged { verb } }"}
        async with (
            httpx.AsyncClient(base_url=url) as client,
            client.stream("POST", "/graphql", json=follow, headers=headers) as stream,
        ):
            assert (await client.get("/ready")).status_code == 200
            process.send_signal(signal.SIGINT)
            assert (await stream.aread()).endswith(b"event: complete\ndata:\n\n")
        _, said = await process.communicate()
        assert process.returncode == 0
        assert b"Traceback" not in said


async def refusal(settings: Settings, cache: Path, *arguments: str, **more: str) -> str:
    async with serving(settings, cache, *arguments, **more) as process:
        _, said = await process.communicate()
    assert process.returncode == 1
    *_, last = said.decode().splitlines()
    assert last.startswith("Error: ")
    assert "Traceback" not in said.decode()
    return last


async def test_it_refuses_to_serve_where_only_keys_could_tell_who_asks(
    settings: Settings, tmp_path: Path
) -> None:
    production, host = await asyncio.gather(
        refusal(settings, tmp_path, "--port", "0", JIANGPU_PRODUCTION="1"),
        refusal(settings, tmp_path, "--port", "0", "--host", "0.0.0.0"),
    )
    assert "to serve in production, there must be an API key (jiangpu partner create)" in production
    assert "to serve on 0.0.0.0, there must be an API key (jiangpu partner create)" in host


async def test_port_in_use_is_said_with_the_remedy(settings: Settings, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = await refusal(settings, tmp_path, "--port", port)
    assert f"port {port}" in said
    assert "--port or JIANGPU_PORT" in said


async def test_unreachable_database_is_one_line(settings: Settings, tmp_path: Path) -> None:
    uri = "bolt://127.0.0.1:1"
    said = await refusal(settings, tmp_path, "--port", "0", JIANGPU_DATABASE_URI=uri)
    assert "the database cannot be reached" in said
