"""The local Neo4j: join the one that runs on the data folder, or start it."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import ServerError
from graph.server import Say
from graph.server.configuration import USER, command_line, write_password, write_settings
from graph.server.distribution import Distribution, distribution
from graph.server.filelock import is_locked, try_lock
from graph.server.folder import DataFolder, RunningServer, write_whole
from graph.server.memory import plan_memory
from graph.server.refusals import (
    free_port,
    refuse_foreign_server,
    refuse_full_disk,
    refuse_newer_store,
)
from graph.settings import Secret, Settings

_READY_SECONDS = 120
_TELL_SECONDS = 5
_MOST_LAUNCHES = 3
_PAUSE = 0.05
_QUOTED_LINES = 8
_NOISE = "\t", "WARNING: "
_PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is, and who may enter."""

    uri: str
    user: str
    password: Secret


@asynccontextmanager
async def local_server(
    settings: Settings, *, light: bool = False, say: Say = lambda _: None
) -> AsyncGenerator[Address]:
    """A Neo4j on the data folder that stays at least until this context ends.

    The first process starts it (`light`: small, for tests), others join; when the
    last has left, however it left, the server is stopped. Raises ServerError.
    """
    folder = DataFolder(settings.data_dir)
    folder.create()
    async with folder.held(say):
        server = folder.running_server() or await _started(folder, settings, light, say)
        yield Address(server.uri, USER, Secret(folder.password.read_text()))


async def stopped(folder: DataFolder) -> None:
    """Wait until no server runs on the folder any more."""
    while is_locked(folder.server_lock):  # noqa: ASYNC110 - nothing tells us of other processes
        await asyncio.sleep(_PAUSE)


async def _started(folder: DataFolder, settings: Settings, light: bool, say: Say) -> RunningServer:
    """Whoever gets the server lock first launches the server; the others wait for the result."""
    neo4j = await distribution(settings, say)
    launches, begun, logged = 0, time.monotonic(), 0
    next_word = _TELL_SECONDS
    while (server := folder.running_server()) is None:
        lock = try_lock(folder.server_lock)
        if lock is not None:
            try:
                if launches:
                    _explain_end(folder, logged, final=launches == _MOST_LAUNCHES)
                say(f"starting Neo4j {neo4j.version} on {folder.root}")
                logged = len(_bytes_of(folder.log))
                await _launch(folder, neo4j, settings, light, lock)
                launches += 1
            finally:
                os.close(lock)  # the watcher has its own copy
        waited = time.monotonic() - begun
        if waited > _READY_SECONDS:
            raise ServerError(
                f"Neo4j did not answer within {_READY_SECONDS} s, {folder.log} may say why; "
                "close what keeps the machine busy and try again"
            )
        if waited > next_word:
            say(f"waiting for Neo4j to answer ({waited:.0f} s)")
            next_word += _TELL_SECONDS
        await asyncio.sleep(_PAUSE)
    return server


async def _launch(
    folder: DataFolder, neo4j: Distribution, settings: Settings, light: bool, lock: int
) -> None:
    folder.running.unlink(missing_ok=True)
    folder.kept.unlink(missing_ok=True)
    refuse_newer_store(folder, neo4j.version)
    await refuse_foreign_server(folder)
    refuse_full_disk(folder)
    memory = plan_memory(light=light)
    port = free_port(settings.database_port)
    write_settings(folder, neo4j, memory, port, light=light)
    write_password(folder)
    write_whole(folder.version, neo4j.version)
    server = {
        "version": neo4j.version,
        "uri": f"bolt://127.0.0.1:{port}",
        "started": time.time(),
        **asdict(memory),
    }
    learnt = neo4j.learnt if settings.neo4j_learn else None
    learning = learnt.with_suffix(".part") if learnt else None
    command = command_line(folder, neo4j, memory, learning)
    launch: dict[str, object] = {"command": command, "port": port, "server": server}
    if learning:
        launch["learnt"] = str(learning), str(learnt)
    _leave_to_watcher(folder, launch, lock)


def _leave_to_watcher(folder: DataFolder, launch: dict[str, object], lock: int) -> None:
    with folder.console.open("wb") as console:
        subprocess.run(  # noqa: S603 - our own program with our own arguments
            [sys.executable, "-m", "graph.server.watcher", str(folder.root), json.dumps(launch)],
            cwd=_PROJECT,
            pass_fds=[lock],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            check=True,
        )


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _explain_end(folder: DataFolder, logged: int, *, final: bool) -> None:
    """Raise ServerError that quotes the logs, unless the port was only taken from under us."""
    text = folder.console.read_bytes() + _bytes_of(folder.log)[logged:]
    lines = text.decode(errors="replace").splitlines()
    if not final and any("Address already in use" in line for line in lines):
        return
    telling = [
        line for line in lines if line and not line.startswith(_NOISE) and " INFO " not in line
    ]
    quoted = "\n".join(f"  {line[:300]}" for line in telling[-_QUOTED_LINES:])
    raise ServerError(
        f"Neo4j ended while it started. Its own words:\n{quoted}\n"
        f"put right what it names (more is in {folder.log.parent}), "
        "or name another folder with JIANGPU_DATA_DIR"
    )
