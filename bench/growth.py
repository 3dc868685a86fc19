"""What ten times the workers cost: python -m bench.growth [--sizes 20000 200000].

Every question is asked in turns of populations of both sizes, one at a time and each time about
another worker, as an officer of the municipal union. Figures are milliseconds from document to
answer in this process; the ratio is that of the medians, larger population over smaller. Beside
them stand the two statements of a match alone: `match_vs_its_cypher` is how many times as long the
whole match takes on the larger population. `considered` is how many masters a match measured, on
the average.
"""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import cycle
from statistics import fmean
from typing import Any

import uvloop

from bench.bare import Driver
from bench.measure import Figures, Way, in_turns, machine, middle, options, ratio, told
from bench.population import Population, askers, engine, officer, populated
from bench.questions import QUESTIONS, Asker, Question
from bench.statements import recorded
from graph.viewer import Viewer
from schema.plan.engine import Engine

ASKERS = 50
NAMES = ("list", "nested_list", "point_read", "connection_some", "match")
BARE = "match_bare_cypher"
CONSIDERED = "query ($worker: ID!) { mentorMatches(workerId: $worker) { considered } }"
Ask = Callable[[Asker], Awaitable[object]]


def asked(ask: Ask, who: Sequence[Asker]) -> Way:
    """One question about one worker after the other."""
    endless = cycle(who)

    async def way(seconds: float) -> Figures:
        took: list[float] = []
        until = time.perf_counter() + seconds
        while time.perf_counter() < until or len(took) < ASKERS:
            asker, started = next(endless), time.perf_counter()
            await ask(asker)
            took.append(1000 * (time.perf_counter() - started))
        took.sort()
        return {"p50_ms": took[len(took) // 2], "p99_ms": took[len(took) * 99 // 100]}

    return way


def through(of: Engine, question: Question, viewer: Viewer) -> Ask:
    """From document to answer."""

    async def ask(asker: Asker) -> None:
        variables = question.variables(asker)
        response = await of.execute(question.document, variables, None, viewer)
        if response.errors:
            raise SystemExit(f"{response.errors[0].message}")

    return ask


async def considered(of: Engine, who: Sequence[Asker], viewer: Viewer) -> float:
    """How many masters a match measures, on the average."""
    counts: list[int] = []
    for asker in who:
        response = await of.execute(CONSIDERED, {"worker": asker.id}, None, viewer)
        if response.data is None:
            raise SystemExit(f"{response.errors[0].message}")
        counts.append(response.data["mentorMatches"]["considered"])
    return round(fmean(counts), 1)


async def bare_match(population: Population, who: Sequence[Asker], viewer: Viewer) -> Ask:
    """The two statements of a match, and nothing else."""
    driver = Driver(population.address)
    statements = {
        asker: await recorded(population.database, "match", asker, viewer) for asker in who
    }

    async def ask(asker: Asker) -> None:
        for cypher in statements[asker]:
            await driver.value(cypher)

    return ask


async def measured(given: Any) -> dict[str, Any]:
    ways: dict[tuple[str, int], Way] = {}
    measured_each: dict[str, float] = {}
    async with AsyncExitStack() as stack:
        for size in given.sizes:
            population = await stack.enter_async_context(populated(size))
            database = population.database
            viewer, who = await officer(database), await askers(database, ASKERS)
            of = engine(database)
            measured_each[str(size)] = await considered(of, who, viewer)
            for name in NAMES:
                ways[name, size] = asked(through(of, QUESTIONS[name], viewer), who)
            ways[BARE, size] = asked(await bare_match(population, who, viewer), who)
        begun = machine()
        found = await in_turns(ways, given)
    small, large = given.sizes
    ratios = {
        f"{name}_growth": ratio(found[name, large], found[name, small], "p50_ms")
        for name in (*NAMES, BARE)
    }
    times = ratio(found["match", large], found[BARE, large], "p50_ms")
    absolute = {
        name: {str(size): middle(found[name, size]) for size in given.sizes}
        for name in (*NAMES, BARE)
    }
    return {
        **ratios,
        "match_vs_its_cypher": times,
        "considered": measured_each,
        "absolute": absolute,
        "machine": begun,
    }


def show(figures: Mapping[str, Any]) -> None:
    sizes = list(figures["absolute"]["match"])
    print(f"{'':18}{'ratio':>8}" + "".join(f"{f'p50, p99 ms of {n}':>26}" for n in sizes))
    for name, by_size in figures["absolute"].items():
        each = "".join(f"{f['p50_ms']:18.2f}{f['p99_ms']:8.1f}" for f in by_size.values())
        print(f"{name:18}{figures[f'{name}_growth']:8.2f}{each}")
    print(f"masters considered: {figures['considered']}")
    print(f"a match takes {figures['match_vs_its_cypher']:.2f} times its bare Cypher")
    print(figures["machine"])


def main() -> None:
    parser = options(__doc__, seconds=0.5, rounds=7)
    parser.add_argument("--sizes", type=int, nargs=2, default=(20_000, 200_000), help="workers")
    given = parser.parse_args()
    figures = uvloop.run(measured(given))
    show(figures)
    told(figures, given)


if __name__ == "__main__":
    main()
