"""Saved searches look again: what a search had not found before becomes an event of the stream."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, LiteralString

from graph import clock
from graph.cypher import Cypher, literal
from graph.database import Row, Transaction
from graph.errors import TooSlow
from graph.jobs.worker import Kind, Run
from graph.jurisdiction import BOUND, viewer_of
from graph.matching.candidates import Days, inquiry
from graph.matching.job import Job
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.matching.research import RESEARCH, STUDIO
from graph.matching.transfer import ENTERPRISE_SOLUTION, SOLUTION, TRANSFER
from graph.viewer import Viewer
from graph.writes.events import Event, append

log = logging.getLogger(__name__)

VERB = "match.found"
MOST = 50

JOBS: Mapping[str, Job[Any]] = MappingProxyType(
    {
        "MENTORS": MENTOR,
        "APPRENTICES": APPRENTICE,
        "INSTITUTES": RESEARCH,
        "STUDIOS": STUDIO,
        "ENTERPRISES": TRANSFER,
        "SOLUTIONS": SOLUTION,
        "ACHIEVEMENTS": ENTERPRISE_SOLUTION,
    }
)
"""What a search looks for -> the job that finds it."""


async def look(run: Run) -> None:
    """Let every active search look with the eyes of whom it was saved for."""
    searches = await run.database.rows(Cypher(_ACTIVE, name="saved searches"), seconds=60)
    for n, search in enumerate(searches):
        viewer = await viewer_of(run.database, search["form"])
        if viewer is None:
            continue
        seen = replace(viewer, sees_synthetic=run.viewer.sees_synthetic)
        try:
            found = await _found(run, search, seen)
        except TooSlow:
            log.warning("search %s took too long; it looks again next time", search["id"])
            continue
        told: set[str] = set(search["told"] or ())
        if new := [identifier for identifier in found if identifier not in told]:
            await _tell(run, search, new, n / len(searches))


async def _found(run: Run, search: Row, viewer: Viewer) -> Sequence[str]:
    job, today = JOBS[search["looks_for"]], clock.beijing_day(clock.now())
    found = await inquiry(job, [search["asking"]], viewer, days=Days(today, today)).answered(
        run.database
    )
    least = search["least_score"] or 0.0
    return [
        pool.ids[n] for pool in found for n in pool.order[:MOST] if pool.scores.totals[n] >= least
    ]


async def _tell(run: Run, search: Row, new: Sequence[str], progress: float) -> None:
    now = clock.now()

    async def work(transaction: Transaction) -> None:
        parameters = {"id": search["id"], "new": list(new), "now": now}
        await transaction.run(Cypher(_TOLD, parameters, name="search has found"))
        event = Event(VERB, (search["id"], *new), (search["looks_for"],), len(new))
        await append(transaction, [event], actor="work", at=now)
        await run.commit(transaction, progress, "looking")

    await run.database.write(work)


_ROLES: list[LiteralString] = [
    f"WHEN owner:{label} THEN '{literal(role)}'" for role, label in BOUND.items()
]
_ACTIVE: LiteralString = f"""
MATCH (s:SavedSearch {{state: 'ACTIVE'}})
MATCH (s)-[:SAVED_BY_WORKER|SAVED_BY_ENTERPRISE|SAVED_BY_STUDIO|SAVED_BY_INSTITUTE|SAVED_BY_UNION]
  ->(owner)
RETURN s.id AS id, s.looks_for AS looks_for, s.asking AS asking, s.told AS told,
  s.least_score AS least_score, CASE {" ".join(_ROLES)} END + ':' + owner.key AS form
ORDER BY id
"""
_TOLD: LiteralString = """
MATCH (s:Node:SavedSearch {id: $id})
SET s.told = coalesce(s.told, [])[-1000..] + $new, s.found = coalesce(s.found, 0) + size($new),
  s.found_at = $now
"""

KINDS = (
    Kind("searches.look", "Looks again for saved searches.", look, every=timedelta(minutes=5)),
)
