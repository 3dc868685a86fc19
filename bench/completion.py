"""Completion in memory: python -m bench.completion [--json FILE].

The same rows become the same answers, without a database and without HTTP, in two ways each:

whole       a document's text and variables become data: our engine, mercurius with graphql-jit
completion  values become data, all else prepared: our generated completer, graphql-jit's compiled
            function, graphql-core's `execute` of the parsed document

Figures are microseconds of processor time an answer; ratios are rates over rates: above 1 this
server is faster.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvloop

from bench.api import same
from bench.measure import Figures, Way, in_turns, machine, middle, options, ratio, told
from bench.peers.documents import BY_HAND
from bench.peers.npm import Unavailable, installed, node
from bench.population import engine
from bench.questions import QUESTIONS, Asker
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from schema.plan.planner import SHOWN

NAMES = ("list", "nested_list")
_ASKER = Asker(*"abcdef")
_AT_ONCE = 50


def rows_of(name: str) -> Any:
    """What the database would return for a question; last in a row is whose access is logged."""
    if name == "list":
        each = [
            [0, f"id{n}", f"key{n}", f"姓名{n}", f"Name {n}", n % 6 + 1, 1960 + n, n % 2 == 0,
             "数控车工", "synthetic", True, f"id{n}"]
            for n in range(50)
        ]  # fmt: skip
    else:
        skills = [[5 - n, [0, f"skill{n}", f"技能{n}"]] for n in range(5)]
        each = [[0, f"id{n}", f"姓名{n}", [skills, None], f"id{n}"] for n in range(10)]
    return [[[row] for row in each], None]


class Memory:
    """A database that has one answer."""

    def __init__(self, value: Any) -> None:
        self._value = value

    async def value(self, _: object) -> Any:
        """That answer."""
        return self._value


def timed(work: Callable[[], Any]) -> Way:
    """Work that waits for nothing, over and over."""

    async def way(seconds: float) -> Figures:
        until, times = time.perf_counter() + seconds, 0
        started = time.process_time()
        while time.perf_counter() < until:
            for _ in range(_AT_ONCE):
                work()
            times += _AT_ONCE
        return {"microseconds": 1e6 * (time.process_time() - started) / times}

    return way


def timed_async(work: Callable[[], Awaitable[Any]]) -> Way:
    """The same for work that is awaited."""

    async def way(seconds: float) -> Figures:
        until, times = time.perf_counter() + seconds, 0
        started = time.process_time()
        while time.perf_counter() < until:
            for _ in range(_AT_ONCE):
                await work()
            times += _AT_ONCE
        return {"microseconds": 1e6 * (time.process_time() - started) / times}

    return way


async def own_ways(name: str) -> tuple[dict[tuple[str, str], Way], Mapping[str, Any]]:
    """Our ways, graphql-core's, and the answer."""
    question = QUESTIONS[name]
    value, variables = rows_of(name), question.variables(_ASKER)
    of = engine(Memory(value))  # pyright: ignore[reportArgumentType]
    asked = (question.document, variables, None, ADMINISTRATOR)
    run = of.run(*asked)
    [root] = run.plan.roots
    complete, arguments = run.plan.functions[root.complete], run.arguments
    unchecked = of.planned(run.document, run.operation, run.variables, checked=False)
    [other] = unchecked.roots
    values = {other.key: unchecked.functions[other.complete](value, arguments)}

    def completed() -> Any:
        done = complete(value, arguments)
        arguments[SHOWN].clear()  # as the engine does once it has noted them
        return done

    def core() -> Any:
        return of.core(run.document.node, run.operation, variables, values)

    answer = {root.key: completed()}
    same(f"{name} of graphql-core", answer, core().data)
    response = await of.execute(*asked)
    same(f"{name} of the engine", answer, response.data or {})
    ways = {
        (name, "jiangpu"): timed_async(lambda: of.execute(*asked)),
        (f"{name}_completion", "jiangpu"): timed(completed),
        (f"{name}_completion", "graphql_core"): timed(core),
    }
    return ways, answer


@asynccontextmanager
async def javascript(answers: Mapping[str, Any]) -> AsyncGenerator[Callable[[str, str], Way]]:
    """The way of a Node.js process to complete a question: `mercurius` or `graphql_jit`."""
    folder = await installed(Settings.from_environment())
    questions = {
        name: {
            "document": BY_HAND[name].document,
            "variables": QUESTIONS[name].variables(_ASKER),
            "answer": answer,
        }
        for name, answer in answers.items()
    }
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "settings.json"
        file.write_text(
            json.dumps({"schema": str(folder / "by_hand.graphql"), "questions": questions})
        )
        process = await asyncio.create_subprocess_exec(
            node(), folder / "completion.mjs", file,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        told_it, heard = process.stdin, process.stdout

        def way_of(name: str, side: str) -> Way:
            async def way(seconds: float) -> Figures:
                told_it.write(f"{json.dumps([name, side, seconds])}\n".encode())
                return json.loads(await heard.readline())

            return way

        yield way_of
        told_it.close()
        await process.wait()


async def measured(given: Any) -> dict[str, Any]:
    ways: dict[tuple[str, str], Way] = {}
    answers: dict[str, Mapping[str, Any]] = {}
    for name in NAMES:
        own, answers[name] = await own_ways(name)
        ways |= own
    given.warm = min(given.warm, 5 * len(ways))
    begun = machine()
    try:
        async with javascript(answers) as way_of:
            for name in NAMES:
                ways[name, "mercurius"] = way_of(name, "mercurius")
                ways[f"{name}_completion", "graphql_jit"] = way_of(name, "graphql_jit")
            found = await in_turns(ways, given)
    except Unavailable as reason:
        print(reason, flush=True)
        found = await in_turns(ways, given)
    ratios = {
        f"{name}_vs_{side}": ratio(found[name, side], found[name, "jiangpu"], "microseconds")
        for name, side in found
        if side != "jiangpu"
    }
    absolute: dict[str, dict[str, float]] = {}
    for (name, side), turns in found.items():
        absolute.setdefault(name, {})[side] = middle(turns)["microseconds"]
    return {**ratios, "absolute": absolute, "machine": begun}


def show(figures: Mapping[str, Any]) -> None:
    print(f"{'':24}{'':14}{'µs':>9}{'jiangpu is':>12}")
    for name, sides in figures["absolute"].items():
        for side, microseconds in sides.items():
            times = figures.get(f"{name}_vs_{side}")
            print(f"{name:24}{side:14}{microseconds:9.1f}" + (f"{times:10.2f} ×" if times else ""))
    print(figures["machine"])


def main() -> None:
    given = options(__doc__, seconds=0.3).parse_args()
    figures = uvloop.run(measured(given))
    show(figures)
    told(figures, given)


if __name__ == "__main__":
    main()
