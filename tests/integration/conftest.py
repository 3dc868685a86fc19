"""What tests share that ask the API: the engine, one figure, and a graph that holds every type."""

from collections.abc import Mapping
from typing import Any

import pytest

from graph.database import Database
from graph.viewer import ADMINISTRATOR, Viewer
from schema import ANSWERS, schema
from schema.cursors import Cursors
from schema.plan.engine import Engine
from tests.facts import Facts
from tests.figures import Ask, Figure, counted
from tests.seeded import OPEN, WIPE, whole


@pytest.fixture(scope="session")
def engine(open_session_database: Database) -> Engine:
    return Engine(schema._schema, open_session_database, Cursors(b"k" * 32), ANSWERS)


@pytest.fixture(scope="session")
def ask(engine: Engine) -> Ask:
    """Data of a document; an error fails the test."""

    async def asked(text: str, viewer: Viewer = ADMINISTRATOR, **variables: Any) -> Any:
        response = await engine.execute(text, variables, None, viewer)
        assert not response.errors, (text, response.errors)
        return response.data

    return asked


@pytest.fixture
def figure(database: Database, ask: Ask) -> Figure:
    """One figure for 2015 over the given facts."""

    async def of(
        code: str, facts: Facts | None = None, viewer: Viewer = ADMINISTRATOR, **given: Any
    ) -> Mapping[str, Any]:
        if facts is not None:
            await facts.write(database)
        return await counted(ask, code, viewer, **given)

    return of


@pytest.fixture(scope="module")
async def seeded(open_session_database: Database) -> Database:
    """The session's database with three nodes of every type; tests of the module only read it."""
    await open_session_database.run(WIPE)
    await whole(OPEN).write(open_session_database)
    return open_session_database
