"""A restricted page of 50 against the unrestricted one, for jurisdictions of every size.

python -m bench.restricted --workers 1000000 --json FILE

Viewers of one run ask for the same page, first by key, then by name: an administrator, the unions
whose members are most, middling and fewest, the enterprise with most posts, and one worker. The
ratios are of median latencies, turn by turn.
"""

import asyncio
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

from bench.measure import Figures, Way, in_turns, middle, options, ratio, told
from bench.population import engine, populated
from graph.cypher import Cypher
from graph.database import Database
from graph.jurisdiction import viewer_of
from graph.viewer import ADMINISTRATOR, Viewer
from schema.plan.engine import Engine

PAGES: Mapping[str, str] = {
    "by_key": "{ workers(first: 50) { nodes { id skillLevel jobTitle } } }",
    "by_name": "{ workers(first: 50, orderBy: NAME_ASC) { nodes { id skillLevel jobTitle } } }",
    "deep": "{ workers(first: 50) { nodes { id employments(first: 3) { nodes { position } } } } }",
}
_UNIONS = """
MATCH (u:Union) WHERE u.path IS NOT NULL
WITH u, COUNT { MATCH (w:Worker)
  WHERE w.region_path STARTS WITH u.path OR w.system_path STARTS WITH u.path } AS workers
WHERE workers > 50
RETURN u.key AS key, workers ORDER BY workers DESC
"""
_ENTERPRISE = """
MATCH (e:Enterprise)
RETURN e.key AS key, COUNT { (e)<-[:AT_ENTERPRISE]-() } AS workers ORDER BY workers DESC LIMIT 1
"""
_WORKER = "MATCH (w:Worker) RETURN w.key AS key, 1 AS workers LIMIT 1"


async def main() -> None:
    """Measure, and tell the figures."""
    parser = options(__doc__, seconds=0.5)
    parser.add_argument("--workers", type=int, default=1_000_000)
    given = parser.parse_args()
    async with populated(given.workers) as (_, database, _):
        viewers, sizes = await _viewers(database)
        asks = engine(database)
        ways: dict[tuple[str, str], Way] = {
            (page, name): partial(_turn, asks, PAGES[page], viewer)
            for page in PAGES
            for name, viewer in viewers.items()
            if not (page == "by_name" and viewer.person)  # she may not sort by what she cannot see
        }
        turns = await in_turns(ways, given)
    figures: dict[str, Any] = {"workers": given.workers, "sizes": sizes}
    for page, name in ways:
        figures[f"{page}_{name}_ms"] = middle(turns[page, name])["ms"]
        if name != "administrator":
            unrestricted = turns[page, "administrator"]
            figures[f"{page}_{name}_vs_unrestricted"] = ratio(turns[page, name], unrestricted, "ms")
    worst = max(v for k, v in figures.items() if k.endswith("_vs_unrestricted"))
    told({**figures, "worst_vs_unrestricted": worst}, given)


async def _viewers(database: Database) -> tuple[dict[str, Viewer], dict[str, int]]:
    unions = await database.rows(Cypher(_UNIONS, name="unions"), seconds=600)
    [enterprise] = await database.rows(Cypher(_ENTERPRISE, name="enterprise"), seconds=600)
    [worker] = await database.rows(Cypher(_WORKER, name="worker"))
    boundary = min(unions, key=lambda row: abs(row["workers"] - 4000))
    forms = {
        "largest_union": ("union", unions[0]),
        "boundary_union": ("union", boundary),
        "middle_union": ("union", unions[len(unions) // 2]),
        "smallest_union": ("union", unions[-1]),
        "enterprise": ("enterprise", enterprise),
        "worker": ("worker", worker),
    }
    viewers = {"administrator": ADMINISTRATOR}
    sizes: dict[str, int] = {}
    for name, (role, row) in forms.items():
        found = await viewer_of(database, f"{role}:{row['key']}")
        if found is not None:
            viewers[name] = found
            sizes[name] = int(row["workers"])
    return viewers, sizes


async def _turn(asks: Engine, text: str, viewer: Viewer, seconds: float) -> Figures:
    ends, taken = time.perf_counter() + seconds, list[float]()
    while not taken or time.perf_counter() < ends:
        begun = time.perf_counter()
        response = await asks.execute(text, {}, None, viewer)
        if response.errors:
            raise RuntimeError(response.errors)
        taken.append(time.perf_counter() - begun)
    return {"ms": sorted(taken)[len(taken) // 2] * 1000}


if __name__ == "__main__":
    asyncio.run(main())
