"""What keeps a local Neo4j from starting is said in one line that ends with the remedy."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from graph.errors import ServerError
from graph.server import refusals
from graph.server.folder import DataFolder
from graph.server.memory import MB, Memory, plan_memory
from graph.server.refusals import (
    free_port,
    refuse_foreign_server,
    refuse_full_disk,
    refuse_newer_store,
)

LOCK_STORE = """
import fcntl, sys, time
file = open(sys.argv[1], "r+b")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


@pytest.mark.parametrize("written_by", ["2026.08.1", "5.27.0", "5.26.31"])
def test_a_store_of_a_newer_version_is_refused(folder: DataFolder, written_by: str) -> None:
    folder.version.write_text(written_by)
    with pytest.raises(ServerError, match=f"written by Neo4j {written_by}.*NEO4J_VERSION=2026"):
        refuse_newer_store(folder, "5.26.30")


@pytest.mark.parametrize("written_by", [None, "5.26.4", "5.26.30"])
def test_a_store_of_the_same_or_an_older_version_is_taken(
    folder: DataFolder, written_by: str | None
) -> None:
    if written_by is not None:
        folder.version.write_text(written_by)
    refuse_newer_store(folder, "5.26.30")


@pytest.fixture
def foreign_server(folder: DataFolder) -> Generator[None]:
    """A process that holds Neo4j's own lock on the store."""
    folder.store.mkdir(parents=True)
    lock = folder.store / "store_lock"
    lock.touch()
    with subprocess.Popen(
        [sys.executable, "-c", LOCK_STORE, str(lock)], stdout=subprocess.PIPE
    ) as foreign:
        assert foreign.stdout is not None
        foreign.stdout.readline()
        yield
        foreign.kill()


@pytest.mark.usefixtures("foreign_server")
async def test_a_store_that_a_foreign_server_uses_is_refused(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "_PATIENCE", 2)
    with pytest.raises(ServerError, match=r"another program runs a Neo4j.*JIANGPU_DATA_DIR"):
        await refuse_foreign_server(folder)


async def test_a_store_lock_that_nobody_holds_is_no_obstacle(folder: DataFolder) -> None:
    folder.store.mkdir(parents=True)
    (folder.store / "store_lock").touch()
    await refuse_foreign_server(folder)


def test_a_taken_port_is_refused_and_zero_finds_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"port {port} is in use.*JIANGPU_DATABASE_PORT"):
            free_port(port)
        assert free_port(0) not in (0, port)


def test_a_full_disk_is_refused(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10 * MB))
    with pytest.raises(ServerError, match="10 MB left and Neo4j needs 256; free some space"):
        refuse_full_disk(folder)


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServerError, match=r"cannot be written.*JIANGPU_DATA_DIR"):
        DataFolder(tmp_path / "file" / "data").create()


def machine(monkeypatch: pytest.MonkeyPatch, *, total: int, free: int) -> None:
    memory = SimpleNamespace(total=total * MB, available=free * MB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)


def test_too_little_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, total=2048, free=100)
    with pytest.raises(ServerError, match="needs 520 MB of memory and 100 MB are free; close"):
        plan_memory(light=False)


def test_heap_and_page_cache_follow_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, total=16384, free=12000)
    assert plan_memory(light=False) == Memory(heap=2048, page_cache=4096)
    assert plan_memory(light=True) == Memory(heap=512, page_cache=32)
