"""A backup restored is the same graph; a restore that cannot be done changes nothing."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from graph.clock import now
from graph.cypher import Cypher
from graph.database import open_database
from graph.errors import ServerError
from graph.server.backup import back_up, restore
from graph.server.folder import DataFolder
from graph.server.local import local_server, stopped
from graph.settings import Settings

_COUNT = Cypher("MATCH (n:Kept) RETURN count(n)", name="count")


def silent(_: str) -> None:
    """Tells nobody."""


async def in_folder(settings: Settings, statement: Cypher) -> int:
    """What a statement answers on the data folder; the server has ended afterwards."""
    async with (
        local_server(settings, light=True) as address,
        open_database(address.uri, address.user, address.password) as database,
    ):
        [row] = await database.run(statement)
    await stopped(DataFolder(settings.data_dir))
    return next(iter(row.values()))


@pytest.fixture
def settings_here(local_settings: Settings, tmp_path: Path) -> Settings:
    return replace(local_settings, data_dir=tmp_path / "data")


async def test_a_restored_backup_holds_what_was_backed_up(
    settings_here: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "day one.backup"
    make = Cypher("UNWIND range(1, 300) AS n CREATE (k:Kept {n: n}) RETURN count(k)")
    assert await in_folder(settings_here, make) == 300
    await back_up(settings_here, file, now(), silent)
    assert file.stat().st_mode & 0o077 == 0

    elsewhere = replace(settings_here, data_dir=tmp_path / "another machine")
    assert await restore(elsewhere, file, replace=False, say=silent) is None
    assert await in_folder(elsewhere, _COUNT) == 300

    with pytest.raises(ServerError, match="--replace"):
        await restore(elsewhere, file, replace=False, say=silent)
    before = await restore(elsewhere, file, replace=True, say=silent)
    assert before is not None
    assert (before / "data" / "databases" / "neo4j").is_dir()
    assert await in_folder(elsewhere, _COUNT) == 300


async def test_nothing_is_backed_up_or_restored_while_somebody_uses_the_data(
    settings_here: Settings, tmp_path: Path
) -> None:
    async with local_server(settings_here, light=True):
        with pytest.raises(ServerError, match=r"used by .*\(process \d+\)"):
            await back_up(settings_here, tmp_path / "b", now(), silent)
        with pytest.raises(ServerError, match="used by"):
            await restore(settings_here, tmp_path / "b", replace=True, say=silent)
    await stopped(DataFolder(settings_here.data_dir))
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("content", [b"", b"not a zip", None])
async def test_a_file_that_is_no_backup_is_refused(
    settings_here: Settings, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "b"
    if content is None:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("manifest.json", "{}")
    else:
        file.write_bytes(content)
    with pytest.raises(ServerError, match="no whole backup of Jiangpu"):
        await restore(settings_here, file, replace=False, say=silent)
    assert not (settings_here.data_dir / "neo4j" / "data").exists()


async def test_a_backup_needs_data_and_a_new_file(settings_here: Settings, tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="holds no data yet"):
        await back_up(settings_here, tmp_path / "b", now(), silent)
    (tmp_path / "b").touch()
    with pytest.raises(ServerError, match="there already"):
        await back_up(settings_here, tmp_path / "b", now(), silent)
