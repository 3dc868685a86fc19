"""Pairs that people have judged: who was accepted or declined for whom, with what was measured.

What is measured is measured for the day of the judgement, by the job's own statement, and only of
those who agree to be matched. Groups of persons serve the report alone: nothing here hands them
to whoever learns.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray

from graph.cypher import Cypher
from graph.database import Database
from graph.matching.candidates import Days, Pool, inquiry
from graph.matching.job import Job
from graph.viewer import Viewer

PROTECTED = ("birth_year", "frontline", "human_decides")
"""Properties of a worker that no feature may read."""

_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Judgement:
    """What people said of one pair, and to which groups the two belong, by name of the grouping."""

    asking: str
    shown: str
    day: date
    accepted: bool
    groups: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Question:
    """The candidates of who asked, measured: a row each, with the rows that were judged."""

    asking: str
    values: NDArray[np.float64]
    rows: NDArray[np.intp]
    judged: Sequence[Judgement]

    @property
    def accepted(self) -> NDArray[np.bool_]:
        """Whether each of the judged rows was accepted."""
        return np.array([j.accepted for j in self.judged], dtype=np.bool_)


_AGREEMENTS: LiteralString = """
MATCH (apprentice:Worker)<-[:HAS_APPRENTICE]-(g:MentoringAgreement)-[:HAS_MASTER]->(master:Worker)
WHERE g.state IN ['AGREED', 'ACTIVE', 'COMPLETED', 'TERMINATED', 'DECLINED']
WITH apprentice, master, CASE WHEN g.proposed_at IS NULL THEN g.starts
  ELSE date(datetime({datetime: g.proposed_at, timezone: 'Asia/Shanghai'})) END AS day,
  g.state <> 'DECLINED'
    AND NOT EXISTS { (g)<-[:UNDER_AGREEMENT]-(:Assessment {result: 'FAILED'}) } AS accepted
"""
_PAIRINGS: LiteralString = """
MATCH (studio:Studio)<-[:PAIRS_STUDIO]-(p:ResearchPairing)-[:PAIRS_INSTITUTE]->(institute)
WHERE p.state IN ['AGREED', 'ENDED', 'DECLINED']
WITH studio, institute, p.proposed AS day, p.state <> 'DECLINED' AS accepted
"""
_CONTRACTS: LiteralString = """
CALL () {
  MATCH (achievement:Achievement)<-[:OVER]-(c:TechContract)-[:WITH_BUYER]->(enterprise:Enterprise)
  RETURN achievement, enterprise, c.signed AS day, true AS accepted
UNION
  MATCH (achievement:Achievement)<-[:OFFERS]-(l:Listing)<-[:INTERESTED_IN]-(i:ListingInterest)
    -[:FROM_ENTERPRISE]->(enterprise:Enterprise)
  WHERE l.state <> 'OPEN'
    AND NOT EXISTS { (achievement)<-[:OVER]-(:TechContract)-[:WITH_BUYER]->(enterprise) }
  RETURN achievement, enterprise, i.recorded AS day, false AS accepted
}
"""
_ANSWERS: LiteralString = """
MATCH (problem:TechnicalProblem)<-[:ANSWERS]-(a:ProblemAnswer)-[:USES]->(achievement:Achievement)
WHERE a.state = 'ACCEPTED' OR problem.state = 'SOLVED'
WITH problem, achievement, a.answered AS day, a.state = 'ACCEPTED' AS accepted
"""

SOURCES: Mapping[str, tuple[LiteralString, LiteralString, LiteralString]] = MappingProxyType(
    {
        "mentor": (_AGREEMENTS, "apprentice", "master"),
        "apprentice": (_AGREEMENTS, "master", "apprentice"),
        "research": (_PAIRINGS, "studio", "institute"),
        "studio": (_PAIRINGS, "institute", "studio"),
        "transfer": (_CONTRACTS, "achievement", "enterprise"),
        "enterprise_solution": (_CONTRACTS, "enterprise", "achievement"),
        "solution": (_ANSWERS, "problem", "achievement"),
    }
)
"""Name of a job -> where its judgements stand in the graph, and who asks and is shown there."""

_NAMED: LiteralString = """
UNWIND $rows AS row
MATCH (asking:Node) WHERE asking.id = row.asking OR asking.key = row.asking
MATCH (shown:Node) WHERE shown.id = row.shown OR shown.key = row.shown
WITH asking, shown, row.day AS day, row.accepted AS accepted
"""


def _groups(label: LiteralString, variable: LiteralString, side: LiteralString) -> LiteralString:
    """Groups for the report, as a map; of organisations and things there are none."""
    if label != "Worker":
        return "{}"
    return f"""{{`{side} age`: CASE WHEN {variable}.birth_year IS NULL THEN 'unknown'
      WHEN day.year - {variable}.birth_year < 35 THEN 'under 35'
      WHEN day.year - {variable}.birth_year < 50 THEN '35 to 49' ELSE '50 and over' END,
    `{side} at the front line`: coalesce(toString({variable}.frontline), 'unknown'),
    `{side} level`: coalesce(toString({variable}.skill_level), 'none')}}"""


async def judgements(
    database: Database, job: Job[Any], given: Sequence[Mapping[str, Any]] | None = None
) -> list[Judgement]:
    """Those in the graph, or the given ones: asking and shown (id or key), day, accepted."""
    source, asking, shown = (_NAMED, "asking", "shown") if given else SOURCES[job.name]
    text: LiteralString = f"""{source}
WITH * WHERE day IS NOT NULL
RETURN collect([{asking}.id, {shown}.id, day, accepted,
  {_groups(job.asking, asking, "asking")}, {_groups(job.shown, shown, "shown")}])"""
    parameters = {"rows": list(given or ())}
    found = await database.value(Cypher(text, parameters, name="judged pairs"), seconds=120)
    return [
        Judgement(one, other, day.to_native(), accepted, {**first, **second})
        for one, other, day, accepted, first, second in found
    ]


async def measured(
    database: Database, job: Job[Any], judged: Sequence[Judgement], viewer: Viewer, today: date
) -> list[Question]:
    """The judged pairs among the candidates of who asked; those beyond them are left out."""
    consents = tuple(c for c in job.conditions if c.reason.endswith("WITHOUT_CONSENT"))
    open_job = replace(job, conditions=consents, filters=())
    by_day = defaultdict[date, dict[str, list[Judgement]]](lambda: defaultdict(list))
    for one in judged:
        by_day[one.day][one.asking].append(one)
    found: list[Question] = []
    for day, of_asking in sorted(by_day.items()):
        askings = list(of_asking)
        for start in range(0, len(askings), _AT_ONCE):
            part = askings[start : start + _AT_ONCE]
            answered = await inquiry(
                open_job, part, viewer, days=Days(day, today), parameters=_no_filters(job)
            ).answered(database)
            found += [q for p in answered if (q := _question(p, of_asking[p.asking])) is not None]
    return found


def _no_filters(job: Job[Any]) -> dict[str, None]:
    return dict.fromkeys(f.name for f in job.filters)


def _question(pool: Pool, judged: Sequence[Judgement]) -> Question | None:
    rows = {shown: n for n, shown in enumerate(pool.ids)}
    known = [j for j in judged if j.shown in rows]
    if not known:
        return None
    at = np.array([rows[j.shown] for j in known], dtype=np.intp)
    return Question(pool.asking, pool.scores.values, at, known)
