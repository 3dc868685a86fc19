"""One file that holds everything a local Neo4j has, and the way back from it.

Neo4j Community dumps a database only while no server runs on it. A backup is a zip of Neo4j's own
dump and a manifest; a restore loads it beside the present data and then changes places with them,
so that a restore which fails or is killed leaves the folder as it was.
"""

import asyncio
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from graph.errors import ServerError
from graph.server import Say
from graph.server.configuration import java
from graph.server.distribution import Distribution, distribution
from graph.server.filelock import try_lock
from graph.server.folder import DataFolder, write_whole
from graph.server.local import stopped
from graph.server.memory import MB
from graph.server.refusals import refuse_foreign_server, refuse_newer
from graph.settings import Settings

_ADMIN = "org.neo4j.cli.AdminTool"
_DATABASE = "neo4j"
_DUMP = f"{_DATABASE}.dump"
_MANIFEST = "manifest.json"
_QUOTED = 400


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `made` is a moment in ISO form."""

    neo4j: str
    jiangpu: str
    made: str


async def back_up(settings: Settings, file: Path, now: datetime, say: Say) -> None:
    """Write everything to a file that did not exist; raises ServerError."""
    _refuse_present(file)
    folder = DataFolder(settings.data_dir)
    async with _unused(folder):
        if not (folder.store / _DATABASE).exists():
            raise ServerError(f"{folder.root} holds no data yet; nothing was written")
        neo4j = await distribution(settings, say)
        manifest = Manifest(folder.version.read_text(), version("jiangpu"), now.isoformat())
        with _beside(file) as beside:
            place = Path(beside)
            say(f"dumping {folder.root}")
            await _admin(neo4j, folder.home, "dump", f"--to-path={place}")
            size = _pack(manifest, place, file)
    say(f"wrote {file}, {size / MB:.1f} MB; it holds personal data, keep it safe")


async def restore(settings: Settings, file: Path, *, replace: bool, say: Say) -> Path | None:
    """Put the data of a backup in place; where the data before it went. Raises ServerError."""
    folder = DataFolder(settings.data_dir)
    async with _unused(folder):
        present = (folder.store / _DATABASE).exists()
        if present and not replace:
            raise ServerError(
                f"{folder.root} holds data; to put the backup in their place say --replace, "
                "or name another folder with JIANGPU_DATA_DIR"
            )
        neo4j = await distribution(settings, say)
        with _beside(folder.home) as beside:
            place = Path(beside)
            manifest = _unpack(file, place)
            refuse_newer(str(file), manifest.neo4j, neo4j.version)
            say(f"loading the backup of {manifest.made}")
            await _admin(neo4j, place, "load", f"--from-path={place}", "--overwrite-destination")
            (place / _DUMP).unlink()
            before = _change_places(folder, place, keep=present)
        folder.password.unlink(missing_ok=True)  # the next start makes one for the new data
        write_whole(folder.version, manifest.neo4j)
    return before


@asynccontextmanager
async def _unused(folder: DataFolder) -> AsyncGenerator[None]:
    """Nobody uses the folder, and nobody begins to."""
    folder.create()
    if folder.running_server() is not None and folder.kept.exists():
        raise ServerError("the local Neo4j is kept up; run `jiangpu db stop` first")
    if not folder.holders():
        await stopped(folder)
    lock = try_lock(folder.holders_lock)
    if lock is None:
        used_by = ", ".join(f"{h.command} (process {h.pid})" for h in folder.holders())
        raise ServerError(f"the data in {folder.root} are used by {used_by}; end that first")
    try:
        await refuse_foreign_server(folder)
        yield
    finally:
        os.close(lock)


def _beside(path: Path) -> tempfile.TemporaryDirectory[str]:
    """A passing folder on the same disk as a path."""
    return tempfile.TemporaryDirectory(
        prefix=".jiangpu-", dir=path.absolute().parent, ignore_cleanup_errors=True
    )


def _refuse_present(file: Path) -> None:
    if file.exists():
        raise ServerError(f"{file} is there already; name another file")


def _pack(manifest: Manifest, place: Path, file: Path) -> int:
    part = place / "backup"
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w") as archive:
        archive.writestr(_MANIFEST, json.dumps(asdict(manifest)))
        archive.write(place / _DUMP, _DUMP)
    os.replace(part, file)
    return file.stat().st_size


def _unpack(file: Path, place: Path) -> Manifest:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest(**json.loads(archive.read(_MANIFEST)))
            archive.extract(_DUMP, place)
    except FileNotFoundError as error:
        raise ServerError(f"there is no file {file}") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError) as error:
        raise ServerError(
            f"{file} is no whole backup of Jiangpu ({error}); nothing was changed"
        ) from error
    return manifest


def _change_places(folder: DataFolder, place: Path, *, keep: bool) -> Path | None:
    before = Path(tempfile.mkdtemp(prefix="neo4j-before-", dir=folder.root))
    os.replace(folder.home, before)
    os.replace(place, folder.home)
    if keep:
        return before
    shutil.rmtree(before)
    return None


async def _admin(neo4j: Distribution, home: Path, verb: str, *arguments: str) -> None:
    """`neo4j-admin database dump` or `load` of a folder; raises ServerError in its words."""
    process = await asyncio.create_subprocess_exec(
        *java(neo4j),
        _ADMIN,
        "database",
        verb,
        _DATABASE,
        *arguments,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    if process.returncode:
        words = said.decode(errors="replace").strip()[-_QUOTED:]
        raise ServerError(f"Neo4j could not {verb} the data. Its own words:\n{words}")
