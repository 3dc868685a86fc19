"""The data folder of a local Neo4j: who uses it, and which server runs on it.

Two locks decide everything. `holders.lock` is shared by every process that needs the server; the
watcher takes it exclusively before it stops the server, so nobody joins one that is going down.
`server.lock` is held by whoever starts the server and then handed on to the watcher: as long as
somebody holds it a server is coming, there or going.
"""

import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

import psutil

from graph.errors import ServerError
from graph.server import Say
from graph.server.filelock import is_locked, locked


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers; `started` is seconds since the epoch, sizes are in MB."""

    version: str
    uri: str
    pid: int
    started: float
    heap: int
    page_cache: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that needs the server; the time tells it from a later one with the same id."""

    pid: int
    created: float
    command: str


class DataFolder:
    """Where things are in the folder, and what they say."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = self.root / "neo4j"
        self.store = self.home / "data" / "databases"
        self.log = self.home / "logs" / "neo4j.log"
        self.console = self.log.with_name("console.log")
        self.holders_lock = self.root / "holders.lock"
        self.server_lock = self.root / "server.lock"
        self.running = self.root / "running.json"
        self.kept = self.root / "kept"
        self.password = self.root / "password"
        self.version = self.root / "version"
        self.notes = self.root / "holders"

    def create(self) -> None:
        """Make sure that we can write here; raises ServerError."""
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.notes.mkdir(exist_ok=True)
            self.console.parent.mkdir(parents=True, exist_ok=True)
            self.server_lock.touch(mode=0o600)
        except OSError as error:
            raise ServerError(
                f"the data folder {self.root} cannot be written ({error.strerror}); "
                "name another one with JIANGPU_DATA_DIR"
            ) from error

    def running_server(self) -> RunningServer | None:
        """The server that answers on this folder, if there is one."""
        if not is_locked(self.server_lock):
            return None
        try:
            server = RunningServer(**json.loads(self.running.read_text()))
        except FileNotFoundError:
            return None
        return server if psutil.pid_exists(server.pid) else None  # its watcher may be dead

    def holders(self) -> list[Holder]:
        """The processes that need the server now; notes of dead ones are removed."""
        present: list[Holder] = []
        for note in self.notes.glob("*.json"):
            with suppress(FileNotFoundError):  # its process may be leaving right now
                holder = Holder(**json.loads(note.read_text()))
                if _lives(holder):
                    present.append(holder)
                else:
                    note.unlink()
        return present

    @asynccontextmanager
    async def held(self, say: Say) -> AsyncGenerator[None]:
        """Keep the server from being stopped."""
        async with locked(
            self.holders_lock,
            shared=True,
            waiting=lambda: say("waiting for Neo4j to finish stopping"),
        ):
            note = self.notes / f"{uuid4()}.json"
            write_whole(note, json.dumps(asdict(_this_process())))
            try:
                yield
            finally:
                note.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Replace a file at once, readable by its owner only."""
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(text)
    os.replace(part, path)


def _this_process() -> Holder:
    program, *arguments = sys.argv or ["python"]
    verb = " ".join([Path(program).name.replace("__main__.py", "jiangpu"), *arguments[:1]])
    return Holder(os.getpid(), psutil.Process().create_time(), verb)


def _lives(holder: Holder) -> bool:
    try:
        return abs(psutil.Process(holder.pid).create_time() - holder.created) < 1
    except psutil.NoSuchProcess:
        return False
