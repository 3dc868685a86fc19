"""What the engine asks the database for each question, as an officer of a union."""

from collections.abc import Sequence
from typing import Any

from bench.bare import Statements
from bench.population import askers, engine
from bench.questions import QUESTIONS, Asker
from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import Viewer

MATCHES = 10


class _Recorder:
    """A database that remembers what it was asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[Cypher] = []

    async def value(self, cypher: Cypher) -> Any:
        """As of the database."""
        self.asked.append(cypher)
        return await self._database.value(cypher)


async def recorded(database: Database, name: str, asker: Asker, viewer: Viewer) -> Sequence[Cypher]:
    """The statements of one question."""
    recorder, question = _Recorder(database), QUESTIONS[name]
    await engine(recorder).execute(  # pyright: ignore[reportArgumentType]
        question.document, question.variables(asker), None, viewer
    )
    return recorder.asked


async def statements_of(database: Database, asker: Asker, viewer: Viewer) -> Statements:
    """Question -> its statements."""
    return {name: await recorded(database, name, asker, viewer) for name in QUESTIONS}


async def an_asker(database: Database, viewer: Viewer) -> Asker:
    """A worker with a full page of matches."""
    asked = engine(database)
    question = QUESTIONS["match"]
    for asker in await askers(database, 50):
        response = await asked.execute(question.document, question.variables(asker), None, viewer)
        if response.data and len(response.data["mentorMatches"]["nodes"]) == MATCHES:
            return asker
    raise SystemExit("no worker has a full page of matches")
