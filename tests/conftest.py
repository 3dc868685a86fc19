"""One local Neo4j a session, on a copy of a folder that already holds the schema.

JIANGPU_NEO4J_VERSION=2026 runs everything on the newest calendar release.
"""

import hashlib
import os
import shutil
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadFileScheduling

from graph import constraints
from graph.cypher import Cypher
from graph.database import Database, open_database
from graph.model import MODEL
from graph.server.filelock import locked
from graph.server.folder import DataFolder
from graph.server.local import Address, local_server, stopped
from graph.server.lock import server_lock
from graph.settings import Settings
from graph.viewer import Role, Viewer
from schema import ANSWERS
from schema.cursors import Cursors
from schema.plan.engine import Engine
from tests.documents import ROOTS, SCHEMA, arguments, selection, small_pages
from tests.recording import pytest_addoption, pytest_terminal_summary
from tests.seeded import OPEN, WIPE, whole

__all__ = ["pytest_addoption", "pytest_terminal_summary"]

_ENDED = Cypher("MATCH (n) SET n.valid_to = 0, n.recorded_from = 0, n.recorded_to = 0")
_OFFICER = Viewer(frozenset({Role.UNION}), ("/m/",))
_PERFORMING = "test_lifecycles", "test_operations", "test_rules_"
_MATCHING = "test_exposure", "test_following", "test_learning", "test_match_workers"
_PLANNING = "test_officer", "test_persons_side", "test_plans"

hypothesis.settings.register_profile(
    "quick",
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),  # each step asks a database
)
hypothesis.settings.register_profile("long", max_examples=100, deadline=None)
hypothesis.settings.load_profile("quick")

# Most statements of the tests are planned once: what Java's second compiler makes comes too late.
os.environ.setdefault(
    "JDK_JAVA_OPTIONS",
    "-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400"
    " -XX:Tier4CompileThreshold=60000",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker begins with a file that makes the template, the other with what needs none."""
    needing = [item.path for item in items if "server" in getattr(item, "fixturenames", ())]
    first, files = needing[:1], set(needing)

    def turn(item: pytest.Item) -> tuple[bool, ...]:
        return item.path not in first, item.path in files, "integration" in item.path.parts

    items.sort(key=turn)


class FilesByStatements(LoadFileScheduling):
    """A worker runs whole files, and all that ask alike: its Neo4j plans what they ask once."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        alike = (*_PERFORMING, *_MATCHING, *_PLANNING)
        return "operations" if Path(file).stem.startswith(alike) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesByStatements | None:
    """The order of `--dist loadfile`, in which files may belong together."""
    return FilesByStatements(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def local_settings() -> Settings:
    """What the environment says about downloads; never a database of the developer's own."""
    unwanted = ("JIANGPU_DATABASE", "JIANGPU_DATA_DIR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return Settings.from_environment(kept)


@pytest.fixture(scope="session")
async def server(
    local_settings: Settings, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> AsyncGenerator[Address]:
    """Where the session's Neo4j is."""
    templates = pytestconfig.cache.mkdir("neo4j-templates")
    template = await _template(local_settings, templates)
    folder = DataFolder(tmp_path_factory.mktemp("neo4j") / "data")
    shutil.copytree(template, folder.root)
    async with local_server(replace(local_settings, data_dir=folder.root), light=True) as address:
        yield address
    await stopped(folder)
    shutil.rmtree(folder.root)


@pytest.fixture(scope="session")
def settings(local_settings: Settings, server: Address) -> Settings:
    """Settings that name the session's Neo4j as a given database."""
    return replace(
        local_settings,
        database_uri=server.uri,
        database_user=server.user,
        database_password=server.password,
        query_seconds=60,  # a busy machine plans the largest statements slowly
    )


@pytest.fixture(scope="session")
async def open_session_database(server: Address) -> AsyncGenerator[Database]:
    async with open_database(server.uri, server.user, server.password, seconds=60) as database:
        yield database  # tests of time limits set their own; planning takes long on a busy machine


@pytest.fixture
async def database(open_session_database: Database) -> Database:
    """The session's database, emptied."""
    await open_session_database.run(WIPE)
    return open_session_database


async def _template(settings: Settings, templates: Path) -> Path:
    """The folder that sessions copy; the first one makes it."""
    statements = "\n".join(text for _, text in constraints.statements())
    words = repr(whole(OPEN)) + _ENDED.text + "".join(_asked())
    key = hashlib.sha256((server_lock(settings.neo4j_version).digest + statements + words).encode())
    template = templates / key.hexdigest()[:16]
    async with locked(template.with_suffix(".lock"), waiting=lambda: None):
        if not template.exists():
            making = DataFolder(template.with_suffix(".making"))
            shutil.rmtree(making.root, ignore_errors=True)
            await _make_template(replace(settings, data_dir=making.root, neo4j_learn=True))
            await stopped(making)
            making.root.rename(template)
    return template


async def _make_template(settings: Settings) -> None:
    async with (
        local_server(settings, light=True) as address,
        open_database(address.uri, address.user, address.password, seconds=120) as database,
    ):
        await constraints.apply(database)
        await whole(OPEN).write(database)  # a statement is planned anew when a word of it is new
        engine = Engine(SCHEMA, database, Cursors(b"k" * 32), ANSWERS)
        for text in _asked():
            await engine.execute(text, {}, None, _OFFICER)
        await database.run(_ENDED)
        await database.run(WIPE)


def _asked() -> list[str]:
    """Documents by which Java learns what planning takes, and later ones begin warm (JEP 515)."""
    names = [t.plural for t in MODEL.node_types][::5]
    return [
        f"{{ {name}{arguments(ROOTS[name], small_pages)} "
        f"{selection(ROOTS[name].type, 2, width=2)} }}"
        for name in names
    ]
