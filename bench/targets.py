"""The targets of five years, and each figure against its bare Cypher: python -m bench.targets.

The bare way runs the figure's own statement with the official driver and throws the answer away;
ours plans, asks, reckons and writes the answer as text. Ratios are times over times.
"""

import argparse
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from statistics import mean

import neo4j
import orjson
import uvloop

from bench.measure import Figures, in_turns, machine, middle, options, ratio, told
from bench.population import engine, populated
from graph.cypher import Cypher
from graph.database import Database
from graph.rules.figures import FIGURES
from graph.rules.figures.count import Question, counting, sight
from graph.rules.figures.declare import Figure
from graph.server.local import Address
from graph.viewer import ADMINISTRATOR

YEAR, BACK = 2019, 4
_FIELDS = "figure count { done of planned gap met } trend { year done planned } query"
_ALL = f"{{ targets(year: {YEAR}, back: {BACK}) {{ {_FIELDS} }} }}"

_TITLES = """
MATCH (w:Worker) WHERE w.key STARTS WITH 'synthetic'
WITH w ORDER BY w.key LIMIT 20000
WITH collect(w) AS workers
UNWIND range(0, size(workers) - 1) AS n
WITH workers[n] AS worker, n,
  ['SKILL_MASTER', 'NATIONAL_EXPERT', 'BEIJING_EXPERT', 'CAPITAL_MODEL_WORKER'][n % 4] AS title
MERGE (d:Node:Designation {id: 'bench-' + n})
SET d.key = 'bench:' + n, d.title = title, d.valid_from = date({year: 2015 + n % 5, month: 3})
MERGE (d)-[:NAMES]->(worker)
"""


def _timed(work: Callable[[], Awaitable[object]]) -> Callable[[float], Awaitable[Figures]]:
    """As often as it fits into a turn; the mean time of one."""

    async def way(seconds: float) -> Figures:
        began, times = time.perf_counter(), 0
        while not times or time.perf_counter() - began < seconds:
            await work()
            times += 1
        return {"seconds": (time.perf_counter() - began) / times}

    return way


def _ours(database: Database, text: str) -> Callable[[], Awaitable[object]]:
    answering = engine(database)

    async def asked() -> object:
        response = await answering.execute(text, {}, None, ADMINISTRATOR)
        if response.errors:
            raise RuntimeError(response.errors)
        return orjson.dumps(response.data)

    return asked


def _bare(driver: neo4j.AsyncDriver, figure: Figure) -> Callable[[], Awaitable[object]]:
    question = Question((figure,), YEAR, date.today(), datetime.now(UTC), BACK)
    text = counting(figure, sight(ADMINISTRATOR))
    parameters = question.parameters

    async def asked() -> object:
        async with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
            return await (await session.run(text, parameters)).single()

    return asked


async def measured(
    address: Address, database: Database, given: argparse.Namespace
) -> dict[str, object]:
    """The figures of the bench."""
    await database.run(Cypher(_TITLES, name="titles"))
    auth = (address.user, address.password)
    async with neo4j.AsyncGraphDatabase.driver(
        address.uri, auth=auth, notifications_min_severity="OFF", telemetry_disabled=True
    ) as driver:
        ways = {"all": _timed(_ours(database, _ALL))}
        for code, figure in FIGURES.items():
            one = f"{{ targets(year: {YEAR}, back: {BACK}, figures: [{code}]) {{ {_FIELDS} }} }}"
            ways[f"ours {code}"] = _timed(_ours(database, one))
            ways[f"bare {code}"] = _timed(_bare(driver, figure))
        found = await in_turns(ways, given)
    ratios = {c: ratio(found[f"ours {c}"], found[f"bare {c}"], "seconds") for c in FIGURES}
    return {
        "targets of five years, seconds": middle(found["all"])["seconds"],
        "a figure over its bare Cypher, mean": mean(ratios.values()),
        "a figure over its bare Cypher, most": max(ratios.values()),
        "each": ratios,
        "seconds": {name: middle(turns)["seconds"] for name, turns in found.items()},
        "machine": machine(),
    }


async def main() -> None:
    parser = options(__doc__, seconds=0.5)
    parser.add_argument("--workers", type=int, default=1_000_000, help="generated workers")
    given = parser.parse_args()
    async with populated(given.workers) as population:
        figures = await measured(population.address, population.database, given)
        told({"workers": given.workers, **figures}, given)


if __name__ == "__main__":
    uvloop.run(main())
