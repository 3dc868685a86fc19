"""What ten times the workers cost: python -m bench.growth [--sizes 20000 200000].

Every question is asked in turns of populations of both sizes, one at a time and each time about
another worker. Figures are milliseconds from document to answer in this process; the ratio is that
of the medians, larger population over smaller.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import cycle
from typing import Any

import uvloop

from bench.measure import Figures, Way, in_turns, machine, middle, options, ratio, told
from bench.population import askers, engine, populated
from bench.questions import QUESTIONS, Asker, Question
from graph.viewer import ADMINISTRATOR
from schema.plan.engine import Engine

ASKERS = 50
NAMES = ("list", "nested_list", "point_read", "match")


def asked(of: Engine, question: Question, who: Sequence[Asker]) -> Way:
    """One question about one worker after the other."""
    endless = cycle(who)

    async def way(seconds: float) -> Figures:
        took: list[float] = []
        until = time.perf_counter() + seconds
        while time.perf_counter() < until or len(took) < ASKERS:
            asker, started = next(endless), time.perf_counter()
            response = await of.execute(
                question.document, question.variables(asker), None, ADMINISTRATOR
            )
            if response.errors:
                raise SystemExit(f"{response.errors[0].message}")
            took.append(1000 * (time.perf_counter() - started))
        took.sort()
        return {"p50_ms": took[len(took) // 2], "p99_ms": took[len(took) * 99 // 100]}

    return way


async def measured(given: Any) -> dict[str, Any]:
    ways: dict[tuple[str, int], Way] = {}
    async with AsyncExitStack() as stack:
        of: dict[int, tuple[Engine, list[Asker]]] = {}
        for size in given.sizes:
            population = await stack.enter_async_context(populated(size))
            database = population.database
            of[size] = engine(database), await askers(database, ASKERS)
        ways = {
            (name, size): asked(one, QUESTIONS[name], who)
            for name in NAMES
            for size, (one, who) in of.items()
        }
        begun = machine()
        found = await in_turns(ways, given)
    small, large = given.sizes
    ratios = {
        f"{name}_growth": ratio(found[name, large], found[name, small], "p50_ms") for name in NAMES
    }
    absolute = {
        name: {str(size): middle(found[name, size]) for size in given.sizes} for name in NAMES
    }
    return {**ratios, "absolute": absolute, "machine": begun}


def show(figures: Mapping[str, Any]) -> None:
    sizes = list(figures["absolute"]["match"])
    print(f"{'':14}{'ratio':>8}" + "".join(f"{f'p50, p99 ms of {n}':>26}" for n in sizes))
    for name, by_size in figures["absolute"].items():
        each = "".join(f"{f['p50_ms']:18.2f}{f['p99_ms']:8.1f}" for f in by_size.values())
        print(f"{name:14}{figures[f'{name}_growth']:8.2f}{each}")
    print(figures["machine"])


def main() -> None:
    parser = options(__doc__, seconds=0.5)
    parser.add_argument("--sizes", type=int, nargs=2, default=(20_000, 200_000), help="workers")
    given = parser.parse_args()
    figures = uvloop.run(measured(given))
    show(figures)
    told(figures, given)


if __name__ == "__main__":
    main()
