"""A plan for a few apprentices: whom of the masters in scope each should be proposed to.

Both sides rank by the scores of their own job; equal scores by who declared earlier, then by id.
An apprentice's turn is her place in the given list, a master's the day of her declaration.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, LiteralString

from graph.database import Database
from graph.matching.answer import Part, parts
from graph.matching.candidates import Days, Pool, pools
from graph.matching.job import Job, See
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.matching.pairs import PairInputs
from graph.matching.stable import Certificate, Preferences, deferred_acceptance, verify
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Proposal:
    """One pair of a plan: how high each stands on the other's list, and the parts of her score."""

    apprentice: str
    master: str
    rank_of_master: int
    rank_of_apprentice: int
    score: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Proposals to be reviewed, with the lists they rest on and the proof that they are stable."""

    proposals: tuple[Proposal, ...]
    unassigned: tuple[str, ...]
    preferences: Preferences
    certificate: Certificate


_DECLARED: LiteralString = """head(COLLECT {
    MATCH (shown)<-[:DECLARED_BY]-(profile:MentorProfile) WHERE profile.recorded_to IS NULL
    RETURN profile.valid_from ORDER BY profile.valid_from LIMIT 1 })"""

_MASTERS: Job[PairInputs] = replace(
    MENTOR, columns={**MENTOR.columns, "places": "places", "declared": _DECLARED}
)


def _among(see: See) -> LiteralString:
    """Only the apprentices of the plan, if the master teaches their occupation or a neighbour."""
    return f"""\
UNWIND $among AS among_id
MATCH (shown:Node:Worker {{id: among_id}})-[:PRACTISES]->(practised:Occupation)
WHERE {see("Worker", "shown")}
WITH shown, CASE WHEN practised IN occupations THEN practised.level ELSE head([
  (practised)-[:BROADER]->(wider:Occupation)<-[:BROADER]-(taught:Occupation)
  WHERE taught IN occupations | wider.level]) END AS closeness
WHERE closeness IS NOT NULL
RETURN shown, null AS document, closeness"""


_APPRENTICES: Job[PairInputs] = replace(APPRENTICE, anchors=_among)


async def plan(
    database: Database, apprentices: Sequence[str], viewer: Viewer, *, days: Days
) -> Plan:
    """Match the apprentices, given in the order in which they asked, with masters in scope."""
    apprentices = tuple(dict.fromkeys(apprentices))
    wanting = await pools(database, _MASTERS, apprentices, viewer, days=days, parameters={})
    masters = sorted({master for pool in wanting for master in pool.ids})
    among = {"among": apprentices}
    teaching = await pools(database, _APPRENTICES, masters, viewer, days=days, parameters=among)
    preferences = _preferences(apprentices, wanting, teaching)
    assigned = deferred_acceptance(preferences)
    return Plan(
        tuple(
            _proposal(pool, assigned, preferences) for pool in wanting if pool.asking in assigned
        ),
        tuple(a for a in apprentices if a not in assigned),
        preferences,
        verify(preferences, assigned),
    )


def _preferences(
    apprentices: Sequence[str], wanting: Sequence[Pool], teaching: Sequence[Pool]
) -> Preferences:
    turn: dict[str, Any] = {apprentice: n for n, apprentice in enumerate(apprentices)}
    places: dict[str, int] = {}
    for pool in wanting:
        turn |= zip(pool.ids, pool.columns["declared"], strict=True)
        places |= zip(pool.ids, pool.columns["places"], strict=True)
    favours = {pool.asking: _ranked(pool, turn) for pool in teaching}
    wishes = {pool.asking: _ranked(pool, turn) for pool in wanting}
    return Preferences({a: wishes.get(a, ()) for a in apprentices}, favours, places)


def _ranked(pool: Pool, turn: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids from the highest score to the lowest; equal scores by turn, then by id."""
    scored = zip(pool.scores.totals.tolist(), pool.ids, strict=True)
    return tuple(id for _, _, id in sorted((-score, turn[id], id) for score, id in scored))


def _proposal(pool: Pool, assigned: Mapping[str, str], preferences: Preferences) -> Proposal:
    apprentice, master = pool.asking, assigned[pool.asking]
    row = pool.ids.index(master)
    return Proposal(
        apprentice,
        master,
        preferences.wishes[apprentice].index(master) + 1,
        preferences.favours[master].index(apprentice) + 1,
        float(pool.scores.totals[row]),
        parts(MENTOR, pool, row),
    )
