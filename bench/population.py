"""Local Neo4j servers that hold so many synthetic workers, filled once and kept in the cache."""

import hashlib
import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import LiteralString, NamedTuple

import psutil

from bench.questions import Asker
from graph import constraints, migrations
from graph.cypher import Cypher
from graph.database import Database, open_database
from graph.jurisdiction import viewer_of
from graph.server.folder import DataFolder
from graph.server.local import Address, local_server
from graph.settings import Settings
from graph.viewer import Viewer
from schema import ANSWERS, schema
from schema.cursors import Cursors
from schema.plan.engine import Engine

_PROJECT = Path(__file__).parents[1]
_ASKERS = """
MATCH (w:Worker)
WHERE w.key STARTS WITH 'synthetic' AND EXISTS {
  (w)<-[:ABOUT_WORKER]-(:Consent {purpose: 'MATCHING'}) }
MATCH (w)-[:LIVES_IN]->(district:District)
MATCH (w)<-[:ABOUT_WORKER]-(:Employment)-[:AT_ENTERPRISE]->(enterprise:Enterprise)
MATCH (w)-[:HAS_SKILL]->(skill:Skill)
WITH w, district, max(enterprise.id) AS enterprise, max(skill.key) AS skill
RETURN w.id AS id, w.key AS key, w.name AS name, district.key AS district, enterprise, skill
ORDER BY key LIMIT $count
"""
_MUNICIPAL: LiteralString = """
MATCH (u:Union {tree: 'REGION'}) WHERE u.path IS NOT NULL
RETURN u.key ORDER BY size(u.path) LIMIT 1
"""


class Population(NamedTuple):
    """A database filled for a bench, and the process of its server."""

    address: Address
    database: Database
    server: psutil.Process


@asynccontextmanager
async def populated(workers: int) -> AsyncGenerator[Population]:
    """A server with the shipped sample and so many generated workers on it."""
    settings = Settings.from_environment()
    folder = settings.cache_dir / "bench" / f"{workers}-workers"
    async with local_server(replace(settings, data_dir=folder), say=print) as address:
        _fill(folder, workers)
        async with open_database(
            address.uri, address.user, address.password, seconds=60
        ) as database:
            await constraints.apply(database)  # a folder filled before lacks what is newer
            await migrations.apply(database)
            running = DataFolder(folder).running_server()
            assert running is not None
            yield Population(address, database, psutil.Process(running.pid))


def _fill(folder: Path, workers: int) -> None:
    """Fill it, unless it is; say so where another version of the generator did."""
    filled, version = folder / "filled", _generator()
    if not filled.exists():
        print(f"filling {folder} with {workers:,} synthetic workers, this once", flush=True)
        command = [sys.executable, "-m", "commands", "sample", "--workers", str(workers)]
        environment = {**os.environ, "JIANGPU_DATA_DIR": str(folder), "PYTHONPATH": str(_PROJECT)}
        subprocess.run(command, env=environment, cwd=folder, check=True)
        filled.write_text(version)
    elif filled.read_text() != version:
        print(f"{folder} was filled by another version; remove it to have it filled anew")


def _generator() -> str:
    """A digest of what decides the population."""
    sources = sorted((_PROJECT / "loaders" / "sample").rglob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()


async def askers(database: Database, count: int) -> list[Asker]:
    """So many workers who agreed to be matched."""
    rows = await database.rows(Cypher(_ASKERS, {"count": count}))
    return [Asker(**row) for row in rows]


def engine(database: Database) -> Engine:
    """The engine that the server would run on it."""
    core = schema._schema  # pyright: ignore[reportPrivateUsage]
    return Engine(core, database, Cursors(bytes(32)), ANSWERS)


async def officer(database: Database) -> Viewer:
    """An officer of the municipal union: every pattern of every statement has its predicate."""
    key = await database.value(Cypher(_MUNICIPAL))
    viewer = await viewer_of(database, f"union:{key}")
    assert viewer is not None
    return viewer
