"""A graph on which the sample programme can be played, and what came of it."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.lifecycles.operations import OPERATIONS
from graph.rules.figures import FIGURES
from graph.rules.figures.count import Answered, Question, answer
from graph.viewer import ADMINISTRATOR
from loaders import sample
from loaders.pipeline import load
from loaders.report import RejectFile
from loaders.rows import Nodes, Part
from loaders.sample.generator import generate
from loaders.sample.population import source_of
from loaders.sample.programme.cast import Cast
from loaders.sample.programme.numbers import YEARS, count
from loaders.sample.vocabulary import from_parts

PEOPLE = 1
PLAYED = {
    "T01": "masters named",
    "T02": "occupations contested",
    "T03": "trainings purchased",
    "T04": "studios named",
    "T06": "projects selected",
    "T07": "visits carried out",
}
MOVED = {o.subject for o in OPERATIONS.values() if o.begins or o.moves}
NOT_PLAYED = {
    "Job": "a worker process moves it: RUNNING and CANCELLING last seconds, FAILED needs a fault",
}
STATES = {
    t.label: set(t.property("state").choices.stored)  # pyright: ignore[reportOptionalMemberAccess]
    for t in MOVED
    if t.label not in NOT_PLAYED
}
"""Label -> the states of its lifecycle."""
_BUILT_ON = {"District", "Occupation", "Industry", "TechnologyField"}


def cast(size: float, seed: int = 1) -> Cast:
    """Who plays in a programme of a size."""
    return Cast(from_parts(sample.parts()), source_of(PEOPLE, 1), size, seed)


async def stage(database: Database, folder: Path) -> None:
    """Load what the programme stands on, and tell the planner: a light server does not look."""
    people = generate(from_parts(sample.parts()), PEOPLE, seed=1)
    rejects = RejectFile(folder / "rejects.csv")
    parts = (*_vocabularies(), *people)
    await load(database, parts, title="stage", fingerprint="stage", rejects=rejects)
    await database.run(Cypher("CALL db.prepareForReplanning()"))


def _vocabularies() -> Iterator[Part]:
    for part in sample.parts():
        if isinstance(part, Nodes) and part.node_type.label in _BUILT_ON:
            yield part


def planned(size: float) -> dict[str, list[int]]:
    """What the programme says that it does, newest year first."""
    return {f: [count(what, y, size) for y in reversed(YEARS)] for f, what in PLAYED.items()}


async def five_years(database: Database, *codes: str) -> dict[str, Answered]:
    """Figures of the five years by code, newest year first."""
    figures = tuple(FIGURES[code] for code in codes)
    today = clock.beijing_day(clock.now())
    question = Question(figures, YEARS[-1], today, clock.now(), back=len(YEARS) - 1)
    found = await answer(database, question, ADMINISTRATOR, {})
    return {one.figure.code: one for one in found}


async def done(database: Database) -> dict[str, list[int]]:
    """What the figures say that was done, newest year first."""
    found = await five_years(database, *PLAYED)
    return {code: [c.done for c in one.counts] for code, one in found.items()}


async def occurred(database: Database) -> dict[str, set[str]]:
    """Label -> the states in which nodes of it are or were."""
    text = """
    MATCH (n:Node) WHERE n.state IS NOT NULL RETURN labels(n) AS labels, n.state AS state
    UNION
    MATCH (c:Change {property: 'state'})-[:CHANGE_OF]->(n:Node)
    UNWIND [c.old, c.new] AS state RETURN labels(n) AS labels, state
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in await database.rows(Cypher(text)):
        for label in STATES.keys() & row["labels"]:
            found[label].add(row["state"])
    return found
