"""A real Neo4j comes up for the first who needs it and ends with the last, also by kill -9."""

import asyncio
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from commands import main
from graph.errors import ServerError
from graph.server.folder import DataFolder
from graph.server.local import local_server, stopped
from graph.server.watcher import answers
from graph.settings import Settings

HOLD = """
import asyncio, sys
from pathlib import Path
from dataclasses import replace
from graph.server.local import local_server
from graph.settings import Settings

async def hold():
    settings = replace(Settings.from_environment(), data_dir=Path(sys.argv[1]))
    async with local_server(settings, light=True) as address:
        print(address.uri, flush=True)
        await asyncio.sleep(120)

asyncio.run(hold())
"""


class Holder:
    """Another process that needs the server."""

    def __init__(self, folder: DataFolder) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder.root)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )

    def uri(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode().strip()

    def kill(self) -> None:
        """Kill -9."""
        with self.process:
            self.process.kill()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
def settings_here(local_settings: Settings, folder: DataFolder) -> Settings:
    return replace(local_settings, data_dir=folder.root)


@pytest.fixture
def holder(folder: DataFolder, local_settings: Settings) -> Generator[Holder]:
    """One that starts the server first."""
    holder = Holder(folder)
    yield holder
    holder.kill()


def pid_on(folder: DataFolder) -> int:
    server = folder.running_server()
    assert server is not None
    return server.pid


async def ended(folder: DataFolder, pid: int) -> bool:
    await asyncio.wait_for(stopped(folder), 15)
    return not psutil.pid_exists(pid)


async def test_kill_9_of_the_only_holder_ends_the_server(
    folder: DataFolder, holder: Holder
) -> None:
    assert holder.uri().startswith("bolt://127.0.0.1:")
    pid = pid_on(folder)
    assert [present.pid for present in folder.holders()] == [holder.process.pid]
    holder.kill()
    assert await ended(folder, pid)
    assert folder.holders() == []


async def test_server_outlives_the_process_that_started_it(
    folder: DataFolder, holder: Holder, settings_here: Settings
) -> None:
    uri = holder.uri()
    pid = pid_on(folder)
    async with local_server(settings_here, light=True) as address:
        assert address.uri == uri
        holder.kill()
        await asyncio.sleep(1)  # the watcher looks five times a second
        assert pid_on(folder) == pid
        assert answers(int(uri.rpartition(":")[2]))
    assert await ended(folder, pid)


def test_start_holds_the_server_until_stop(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANGPU_DATA_DIR", str(folder.root))
    monkeypatch.delenv("JIANGPU_DATABASE_URI", raising=False)
    run = CliRunner().invoke
    assert run(main, ["db", "start"]).output.endswith(f"password in {folder.password}\n")
    pid = pid_on(folder)
    second = Holder(folder)
    second.uri()
    assert "jiangpu db start" in run(main, ["db", "status"]).output
    assert f"(process {second.process.pid})" in run(main, ["db", "stop"]).output
    assert pid_on(folder) == pid
    second.kill()
    assert asyncio.run(ended(folder, pid))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
async def test_kill_9_of_the_watcher_leaves_no_server_behind(
    folder: DataFolder, holder: Holder, settings_here: Settings
) -> None:
    holder.uri()
    pid = pid_on(folder)
    watcher = psutil.Process(pid).parent()
    assert watcher is not None
    watcher.kill()
    watcher.wait(5)
    async with local_server(settings_here, light=True):
        assert not psutil.pid_exists(pid)
    holder.kill()
    await stopped(folder)


async def test_a_server_that_dies_while_starting_is_quoted(
    tmp_path: Path, settings_here: Settings, folder: DataFolder
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "neo4j-kernel-5.26.30.jar").touch()
    with pytest.raises(ServerError) as refused:
        async with local_server(replace(settings_here, neo4j_home=tmp_path)):
            pass
    text = str(refused.value)
    assert "Could not find or load main class org.neo4j.server.CommunityEntryPoint" in text
    assert text.endswith("or name another folder with JIANGPU_DATA_DIR")
    assert folder.holders() == []


async def test_a_home_without_neo4j_is_refused(tmp_path: Path, settings_here: Settings) -> None:
    with pytest.raises(ServerError, match=r"holds no Neo4j; name the folder"):
        async with local_server(replace(settings_here, neo4j_home=tmp_path)):
            pass
