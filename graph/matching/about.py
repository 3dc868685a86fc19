"""The person's side of matches: for whom she would be shown, and where she stands there."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, LiteralString

from graph.database import Database
from graph.matching.answer import Part, Question, answer, parts
from graph.matching.candidates import Days, Pool, pools
from graph.matching.job import Job
from graph.matching.match_key import MatchKey
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.matching.pairs import PairInputs
from graph.projection.fragment import Fragment
from graph.viewer import ADMINISTRATOR, Viewer


@dataclass(frozen=True, slots=True)
class AboutMe:
    """Where she stands in what somebody is shown; `shown` is what was selected of that person."""

    match_id: str
    as_master: bool
    rank: int
    considered: int
    score: float
    parts: tuple[Part, ...]
    as_of: date
    model_version: str
    shown: Any


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks about herself, as whom, for which days, and of how many in each role."""

    id: str
    viewer: Viewer
    days: Days
    first: int


async def about(database: Database, person: Person, shown: Fragment | None) -> list[AboutMe]:
    """In each role: those whom she would choose from herself, and her place among their choices.

    Whom she sees is decided by her own question. Where she stands is computed over all who are
    shown to them, of whom nothing is told but how many there are.
    """
    as_apprentice = await _standing(database, person, shown, (MENTOR, APPRENTICE))
    as_master = await _standing(database, person, shown, (APPRENTICE, MENTOR))
    return [*as_apprentice, *as_master]


async def _standing(
    database: Database,
    person: Person,
    shown: Fragment | None,
    jobs: tuple[Job[PairInputs], Job[PairInputs]],
) -> list[AboutMe]:
    """`jobs` are her own question, and the one in which she is shown; best rank first."""
    hers, theirs = jobs
    selections: dict[LiteralString, Fragment] = {"shown": shown} if shown is not None else {}
    question = Question(person.id, dict.fromkeys(f.name for f in hers.filters))
    page = await answer(
        database, hers, question, person.viewer, selections, days=person.days, first=person.first
    )
    others = {m.shown: m.values.get("shown") for m in page.matches} if page else {}
    if not others:
        return []
    everyone = replace(ADMINISTRATOR, sees_synthetic=person.viewer.sees_synthetic)
    filters = dict.fromkeys(f.name for f in theirs.filters)
    asked = await pools(
        database, theirs, list(others), everyone, days=person.days, parameters=filters
    )
    found = [
        _about(theirs, pool, person.id, others[pool.asking])
        for pool in asked
        if person.id in pool.ids
    ]
    return sorted(found, key=lambda one: (one.rank, -one.score))


def _about(job: Job[PairInputs], pool: Pool, person: str, shown: Any) -> AboutMe:
    row = list(pool.ids).index(person)
    return AboutMe(
        MatchKey(job.name, pool.model.version, pool.as_of, pool.asking, person).encoded,
        job is MENTOR,
        list(pool.order).index(row) + 1,
        len(pool.ids),
        float(pool.scores.totals[row]),
        parts(job, pool, row),
        pool.as_of,
        pool.model.version,
        shown,
    )
