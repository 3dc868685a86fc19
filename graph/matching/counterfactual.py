"""What would change a match: the smallest change of one skill that moves a candidate up.

Found by recomputing, on the same candidates, what the job's own functions say of the changed one;
nothing is estimated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, LiteralString

import numpy as np

from graph.database import Database
from graph.errors import InvalidRequest
from graph.matching.candidates import Days, Inquiry, Pool, candidates, inquiry, sight
from graph.matching.features import ranking, score
from graph.matching.job import Job
from graph.matching.match_key import MatchKey
from graph.matching.mentoring import APPRENTICE, HIGHEST_SKILL, MENTOR
from graph.matching.pairs import PairInputs
from graph.viewer import ADMINISTRATOR, Viewer

_SHOWN_HOLDS: Mapping[str, str] = {MENTOR.name: "can", APPRENTICE.name: "have"}
"""Job -> which levels of a pair are those of who is shown."""


@dataclass(frozen=True, slots=True)
class Change:
    """With this skill at this level the candidate would stand at this rank."""

    skill: str
    from_level: int
    to_level: int
    rank: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a candidate stands by score, and the least change that moves her up."""

    rank: int
    considered: int
    change: Change | None
    model_version: str


async def counterfactual(
    database: Database, match_id: str, viewer: Viewer, *, today: Days
) -> Standing:
    """Ask again and look for the change. Raises InvalidRequest for matches of other jobs."""
    key = MatchKey.decoded(match_id)
    jobs: dict[str, Job[PairInputs]] = {job.name: job for job in (MENTOR, APPRENTICE)}
    if key.job not in jobs:
        text = "only matches of masters and apprentices are changed"
        raise InvalidRequest("BAD_MATCH_ID", text, ("matchId",))
    days = Days(key.as_of, today.today)
    asked = inquiry(jobs[key.job], [key.asking], viewer, days=days, version=key.version)
    if viewer.person == key.shown:
        asked = _by_herself(asked, key, viewer, days)
    found = await asked.answered(database)
    if not found or key.shown not in found[0].ids:
        raise InvalidRequest("NOT_FOUND", "the two are no match any more", ("matchId",))
    return standing(asked.job, found[0], key.shown)


def _by_herself(asked: Inquiry, key: MatchKey, viewer: Viewer, days: Days) -> Inquiry:
    """The same asked by who is shown: if she is shown who asks, too, she stands among everyone."""
    everyone = sight(replace(ADMINISTRATOR, sees_synthetic=viewer.sees_synthetic))
    alone = sight(viewer)

    def see(label: LiteralString, variable: LiteralString) -> LiteralString:
        return f"CASE WHEN told THEN {everyone(label, variable)} ELSE {alone(label, variable)} END"

    hers = inquiry(
        APPRENTICE if asked.job is MENTOR else MENTOR, [key.shown], viewer, days=days
    ).fragment
    text: LiteralString = f"""\
{hers.calls}
WITH any(answer IN {hers.text} WHERE any(row IN answer[3] WHERE row[0] IN $askings)) AS told
CALL (told) {{ {candidates(asked.job, see)} AS answers }}
RETURN answers"""
    return replace(asked, text=text, parameters={**hers.parameters, **asked.parameters})


def standing(job: Job[PairInputs], pool: Pool, shown: str) -> Standing:
    """Where a candidate of a pool stands, and what would move her up."""
    row = list(pool.ids).index(shown)
    rank = list(pool.order).index(row) + 1
    better = [c for c in _changes(job, pool, row) if c.rank < rank]
    best = min(better, key=_least, default=None)
    return Standing(rank, len(pool.ids), best, pool.model.version)


def _least(change: Change) -> tuple[int, int, str]:
    """Fewest levels first, then the higher rank."""
    return change.to_level - change.from_level, change.rank, change.skill


def _changes(job: Job[PairInputs], pool: Pool, row: int) -> Iterator[Change]:
    inputs: PairInputs = pool.inputs
    side = _SHOWN_HOLDS[job.name]
    levels = getattr(inputs, side)
    for column, skill in enumerate(inputs.skills):
        held = int(levels[row, column])
        for level in range(held + 1, HIGHEST_SKILL + 1):
            changed = levels.copy()
            changed[row, column] = level
            rank = _rank(job, pool, replace(inputs, **{side: changed}), row)
            yield Change(skill, held, level, rank)


def _rank(job: Job[PairInputs], pool: Pool, inputs: Any, row: int) -> int:
    totals = score(job.features, pool.model, inputs).totals
    return int(np.flatnonzero(ranking(totals, pool.ids) == row)[0]) + 1
