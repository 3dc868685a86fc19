"""What bounded candidates lose: each job's best ten, bounded and with every bound lifted.

    python -m bench.recall --workers 20000 --questions 40 --json FILE

Bounds (candidates, documents read from full text, workers scanned of an occupation) are parameters
of a job; lifted, the same statement looks at everybody whom its anchors reach. Recall is the share
of the lifted run's best ten that the bounded run's best ten hold; `score_kept` is the sum of their
scores, as a share.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, LiteralString

import numpy as np

from bench.measure import machine, options, told
from bench.population import populated
from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.matching import JOBS
from graph.matching.candidates import Days, Pool, inquiry
from graph.matching.job import Job
from graph.viewer import ADMINISTRATOR

BEST = 10
_LIFTED = 1_000_000
_BOUNDS = ("most_candidates", "most_scanned", "most_anchors", "most_hits")
_OF: Mapping[str, LiteralString] = {
    "mentor": "MATCH (n:Worker) WHERE NOT n:Master AND EXISTS { (n)-[:PRACTISES]->() } "
    "AND EXISTS { (n)<-[:ABOUT_WORKER]-(:Consent {purpose: 'MATCHING'}) }",
    "apprentice": "MATCH (n:Worker:Master) "
    "WHERE EXISTS { (n)<-[:ABOUT_WORKER]-(:Consent {purpose: 'MATCHING'}) }",
}


def main() -> None:
    parser = options(__doc__, seconds=1)
    parser.add_argument("--workers", type=int, default=20_000, help="workers in the database")
    parser.add_argument("--questions", type=int, default=40, help="of each job")
    parser.add_argument("--jobs", default="mentor,apprentice,research,studio,transfer,solution")
    given = parser.parse_args()
    figures = asyncio.run(_measured(given.workers, given.questions, given.jobs.split(",")))
    print(
        f"{'job':22}{'questions':>10}{'recall@10':>11}{'score kept':>12}{'ms':>9}{'ms lifted':>11}"
    )
    for name, row in figures.items():
        print(
            f"{name:22}{row['questions']:>10}{row['recall_10']:>11.3f}{row['score_kept']:>12.4f}"
            f"{row['milliseconds']:>9.1f}{row['milliseconds_lifted']:>11.1f}"
        )
    told({**figures, "machine": machine()}, given)


async def _measured(workers: int, questions: int, names: Sequence[str]) -> dict[str, Any]:
    async with populated(workers) as (_, database, _):
        return {name: await _job(database, JOBS[name], questions) for name in names}


async def _job(database: Database, job: Job[Any], questions: int) -> dict[str, float]:
    whom = _OF.get(job.name, f"MATCH (n:{job.asking})")
    text: LiteralString = f"{whom} WITH n ORDER BY n.key LIMIT $count RETURN collect(n.id)"
    askings = await database.value(Cypher(text, {"count": questions}))
    lifted = replace(
        job, parameters={**job.parameters, **{n: _LIFTED for n in _BOUNDS if n in job.parameters}}
    )
    for once in (job, lifted):  # the first answer is planned
        await _timed(database, once, askings[0])
    recalls, kept = list[float](), list[float]()
    spent = [0.0, 0.0]
    for asking in askings:
        bounded, seconds = await _timed(database, job, asking)
        whole, longer = await _timed(database, lifted, asking)
        if not whole or not len(whole.ids):
            continue
        best, found = _best(whole), _best(bounded)
        recalls.append(len(best.keys() & found.keys()) / len(best))
        total = sum(best.values())
        kept.append(sum(found.values()) / total if total else 1.0)
        spent = [spent[0] + seconds, spent[1] + longer]
    count = max(len(recalls), 1)
    return {
        "questions": len(recalls),
        "recall_10": float(np.mean(recalls)) if recalls else 0.0,
        "score_kept": float(np.mean(kept)) if kept else 0.0,
        "milliseconds": 1000 * spent[0] / count,
        "milliseconds_lifted": 1000 * spent[1] / count,
    }


async def _timed(database: Database, job: Job[Any], asking: str) -> tuple[Pool | None, float]:
    today = clock.beijing_day(clock.now())
    days, none = Days(today, today), dict.fromkeys(f.name for f in job.filters)
    begun = time.perf_counter()
    found = await inquiry(job, [asking], ADMINISTRATOR, days=days, parameters=none).answered(
        database
    )
    return (found[0] if found else None), time.perf_counter() - begun


def _best(pool: Pool | None) -> dict[str, float]:
    if pool is None:
        return {}
    return {pool.ids[n]: float(pool.scores.totals[n]) for n in pool.order[:BEST]}


if __name__ == "__main__":
    main()
