"""The person's side of matches: for whom she would be shown, and where she stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.answer import Part, parts
from graph.matching.candidates import Days, Inquiry, Pool, inquiry, sight
from graph.matching.job import Job
from graph.matching.match_key import MatchKey
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.matching.pairs import PairInputs
from graph.projection.fragment import Fragment
from graph.viewer import ADMINISTRATOR, Viewer

_ROLES = (MENTOR, APPRENTICE)  # whom she is shown as an apprentice, and as a master


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

    Two statements. Whom she sees is decided by the first, her own questions. Where she stands is
    computed by the second over all who are shown to them, of whom nothing is told but how many
    there are.
    """
    hers = [inquiry(job, [person.id], person.viewer, days=person.days) for job in _ROLES]
    found, _ = await _ask(database, hers, Fragment("null"))
    chosen = [[pool.ids[n] for pool in of for n in pool.order[: person.first]] for of in found]
    if not any(chosen):
        return []
    everyone = replace(ADMINISTRATOR, sees_synthetic=person.viewer.sees_synthetic)
    theirs = [
        inquiry(job, others, everyone, days=person.days)
        for job, others in zip(reversed(_ROLES), chosen, strict=True)
    ]
    others = [other for of in chosen for other in of]
    found, values = await _ask(database, theirs, _selected(others, person.viewer, shown))
    told = dict(values)
    return [
        one
        for asked, of in zip(theirs, found, strict=True)
        for one in _standings(asked.job, of, person.id, told)
    ]


async def _ask(
    database: Database, inquiries: Sequence[Inquiry], also: Fragment
) -> tuple[list[list[Pool]], Any]:
    """The pools of each inquiry, and the value of one more expression, in one statement."""
    fragments = [*[i.fragment for i in inquiries], also]
    calls = "".join([f.calls for f in fragments])
    texts = ", ".join([f.text for f in fragments])
    parameters = {k: v for f in fragments for k, v in f.parameters.items()}
    cypher = Cypher(f"{calls}RETURN [{texts}]", parameters, name="matches about a person")
    *answers, value = await database.value(cypher)
    return [i.pools(of) for i, of in zip(inquiries, answers, strict=True)], value


def _selected(others: Sequence[str], viewer: Viewer, shown: Fragment | None) -> Fragment:
    """Pairs of id and what is selected, of those whom a match may show the viewer."""
    wanted = shown or Fragment("null")
    return Fragment(
        "told",
        f"""\
CALL () {{ UNWIND $others AS other
  MATCH (shown:Node:Worker {{id: other}}) WHERE {sight(viewer)("Worker", "shown")}
  {wanted.calls} RETURN collect([shown.id, {wanted.text}]) AS told }}
""",
        {"others": others, **wanted.parameters, **viewer.parameters},
    )


def _standings(
    job: Job[PairInputs], asked: Sequence[Pool], person: str, told: Mapping[str, Any]
) -> list[AboutMe]:
    """Best rank first."""
    found = [
        _about(job, pool, person, told[pool.asking])
        for pool in asked
        if person in pool.ids and pool.asking in told
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
