"""A million rows load in memory that does not grow, twice the same, and through a kill -9."""

import asyncio
import os
import sys
from pathlib import Path

import psutil
import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.settings import Settings
from tests.integration.test_loading_again import ROOT
from tests.seeded import WIPE

ROWS = 1_000_000
FEWER = ROWS // 10
WHOLE = Cypher("""
MATCH (w:Worker)
RETURN [count(w), count(DISTINCT w.key), sum(w.birth_year), sum(w.skill_level),
        sum(size(w.name)), sum(size(w.key))] AS value
""")

pytestmark = pytest.mark.slow


def write(path: Path, rows: int) -> Path:
    """A file of so many workers, never whole in memory."""
    with path.open("w", encoding="utf-8") as file:
        file.write("工号,姓名,出生年份,技能等级\n")
        for n in range(rows):
            file.write(f"W{n},张{n % 9973},{1960 + n % 45},{n % 5 + 1}\n")
    return path


async def started(settings: Settings, path: Path, *options: str) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "JIANGPU_DATABASE_URI": settings.database_uri or "",
        "JIANGPU_DATABASE_PASSWORD": str(settings.database_password),
    }
    verb = ("-m", "commands", "load", str(path), "--as", "Worker", *options)
    return await asyncio.create_subprocess_exec(
        sys.executable, *verb, cwd=ROOT, env=environment,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def loaded(settings: Settings, path: Path, *options: str) -> int:
    """Load a file; the most memory that the program held, in bytes."""
    process = await started(settings, path, *options)
    watched, most = psutil.Process(process.pid), 0
    while process.returncode is None:
        try:
            most = max(most, watched.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        await asyncio.sleep(0.1)
    assert await process.wait() == 0
    return most


async def test_a_million_rows_load_flat_twice_and_through_a_kill(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    few = await loaded(settings, write(tmp_path / "few.csv", FEWER))
    await database.run(WIPE)
    path = write(tmp_path / "workers.csv", ROWS)
    many = await loaded(settings, path)
    assert many < 1.5 * few
    graph = await database.value(WHOLE, seconds=600)
    assert graph[:2] == [ROWS, ROWS]
    await loaded(settings, path)
    assert await database.value(WHOLE, seconds=600) == graph

    await database.run(WIPE)
    killed = await started(settings, path)
    halfway = Cypher("MATCH (w:Worker) RETURN count(w)")
    while await database.value(halfway) < ROWS // 2:  # noqa: ASYNC110 - another process moves it
        await asyncio.sleep(0.2)
    killed.kill()
    await killed.wait()
    assert await database.value(halfway) < ROWS
    await loaded(settings, path, "--resume")
    assert await database.value(WHOLE, seconds=600) == graph
