"""End to end: from a Neo4j that holds so many synthetic workers to the stored pairs of a plan.

    python -m bench.plan_database --workers 200000 --json FILE

The people are those that `jiangpu sample --workers` generates: seven in ten agree to be matched;
masters have one to four places. Seconds by stage are read from the job as a portal would read them.
"""

import asyncio
import resource
import secrets
import time
from collections import defaultdict
from dataclasses import replace
from typing import Any

from bench.measure import machine, options, told
from bench.population import populated
from graph import clock, constraints
from graph.cypher import Cypher
from graph.database import Database
from graph.jobs.worker import work
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.plans.jobs import KINDS
from graph.viewer import ADMINISTRATOR

_TOP = """
MATCH (u:Union {tree: 'REGION'})<-[:SUBORDINATE_TO]-()
WHERE NOT EXISTS { (u)-[:SUBORDINATE_TO]->() }
RETURN u.id ORDER BY COUNT { (u)<-[:SUBORDINATE_TO*1..2]-() } DESC LIMIT 1
"""
_JOB = "MATCH (j:Job)<-[:SOLVED_BY]-(:MentoringPlan {id: $id}) RETURN j {.*}"
_PLAN = """
MATCH (p:MentoringPlan {id: $id})
RETURN p {.considered, .apprentices, .masters, .without_consent, .already_paired,
  pairs: COUNT { (p)<-[:IN_PLAN]-(:PlannedPairing) },
  prices: [(p)<-[:PRICE_OF]-(price) | price {.objective, .matched_share, .blocking_pairs,
    .capacity_breaches, .exposure_gini, .seconds}]}
"""
_FORGET_PLAN = "MATCH (p:MentoringPlan {id: $id}) DETACH DELETE p"
_FORGET = """
MATCH (p:MentoringPlan {id: $id})
OPTIONAL MATCH (p)<-[:IN_PLAN|LISTS_OF|PRICE_OF]-(part)
CALL (part) { DETACH DELETE part } IN TRANSACTIONS OF 5000 ROWS
"""


def main() -> None:
    parser = options(__doc__, seconds=1)
    parser.add_argument("--workers", type=int, default=20_000, help="workers in the database")
    parser.add_argument("--most", type=int, default=50, help="length of a list")
    given = parser.parse_args()
    figures = asyncio.run(_measured(given.workers, given.most))
    for name, value in figures.items():
        print(f"{name:18} {value}")
    told(figures, given)


async def _measured(workers: int, most: int) -> dict[str, Any]:
    async with populated(workers) as (_, database, _):
        await constraints.apply(database)
        actor = Actor(replace(ADMINISTRATOR), "bench")
        given = {
            "name": f"bench {secrets.token_hex(4)}",
            "objective": "STABLE",
            "list_length": most,
            "union_id": await database.value(Cypher(_TOP)),
        }
        create = OPERATIONS["createMentoringPlan"]
        plan = await perform(database, create, given, actor, clock.now())
        begun = time.perf_counter()
        working = asyncio.create_task(work(database, KINDS, asyncio.Event(), until_idle=True))
        stages = await _stages(database, plan, working)
        seconds = time.perf_counter() - begun
        found = await database.value(Cypher(_PLAN, {"id": plan}), seconds=120)
        await database.run(Cypher(_FORGET, {"id": plan}))
        await database.run(Cypher(_FORGET_PLAN, {"id": plan}))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    figures = {"seconds": seconds, "stages": stages, "peak_bytes": peak, **found}
    return {**figures, "workers": workers, "machine": machine()}


async def _stages(database: Database, plan: str, working: "asyncio.Task[None]") -> dict[str, float]:
    """Seconds by stage, as the job tells them."""
    spent, last = defaultdict[str, float](float), time.perf_counter()
    while not working.done():
        await asyncio.wait({working}, timeout=0.5)
        job = await database.value(Cypher(_JOB, {"id": plan}))
        now = time.perf_counter()
        spent[job.get("stage") or "ended"] += now - last
        last = now
    await working
    if job["state"] != "DONE":
        raise SystemExit(f"the job is {job['state']}: {job.get('problem')}")
    return {stage: round(seconds, 1) for stage, seconds in spent.items()}


if __name__ == "__main__":
    main()
