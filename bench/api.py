"""This server against a bare ASGI function: python -m bench.api [--workers N] [--seconds S].

Both are processes of their own under uvicorn, uvloop and httptools, and run the same statements
with the official driver on the same Neo4j, with the predicates of an officer of the municipal
union; the bare one knows the form of its answers beforehand and does not score its matches. They
take turns, asked over 16 connections by this process. Ratios are rates over rates: above 1 this
server is faster.
"""

import pickle
import sys
import tempfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
import uvloop

from bench.bare import Statements
from bench.measure import Way, in_turns, machine, middle, options, ratio, told
from bench.population import Population, officer, populated
from bench.questions import QUESTIONS, Asker
from bench.servers import CONNECTIONS, Server, free_port, jiangpu, running
from bench.statements import an_asker, statements_of

VARIABLE = "_as_variable"


@asynccontextmanager
async def bare(population: Population, statements: Statements) -> AsyncGenerator[Server]:
    """The bare function."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(pickle.dumps((population.address, statements)))
        file.flush()
        port = free_port()
        command = (sys.executable, "-m", "bench.bare", str(port), file.name)
        async with running(command, population.server, port) as server:
            yield server


async def ways_of(ours: Server, other: Server, asker: Asker) -> dict[tuple[str, str], Way]:
    """Both servers' way to answer each question, which must be the same answer."""
    ways: dict[tuple[str, str], Way] = {}
    for name, question in QUESTIONS.items():
        asked = {"query": question.document, "variables": question.variables(asker)}
        body = orjson.dumps(asked)
        answer, by_hand = await ours.answer("/graphql", body), await other.answer(f"/{name}", body)
        if question.build:
            same(name, orjson.loads(answer)["data"], orjson.loads(by_hand)["data"])
        ways[name, "jiangpu"] = ours.asked("/graphql", body, answer)
        ways[name, "bare"] = other.asked(
            f"/{name}", body, by_hand, in_any_order=question.build is None
        )
    return ways


def same(name: str, answer: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    """End the bench where two answers differ."""
    if answer != other:
        raise SystemExit(f"{name}: answers differ\n{str(answer)[:1000]}\n{str(other)[:1000]}")


async def measured(given: Any) -> dict[str, Any]:
    async with populated(given.workers) as population:
        database = population.database
        viewer = await officer(database)
        asker = await an_asker(database, viewer)
        statements = await statements_of(database, asker, viewer)
        async with (
            jiangpu(population, viewer) as ours,
            bare(population, statements) as other,
        ):
            begun = machine()
            found = await in_turns(await ways_of(ours, other, asker), given)
    ratios = {
        _key(name): ratio(found[name, "jiangpu"], found[name, "bare"], "requests_per_second")
        for name in QUESTIONS
    }
    absolute = {
        name: {side: middle(found[name, side]) for side in ("jiangpu", "bare")}
        for name in QUESTIONS
    }
    settings = {"workers": given.workers, "connections": CONNECTIONS, "machine": begun}
    return {**ratios, "absolute": absolute, **settings}


def _key(name: str) -> str:
    """The name of a ratio."""
    flat = name.removesuffix(VARIABLE)
    return f"{flat}_vs_bare_asgi{name.removeprefix(flat)}"


def show(figures: Mapping[str, Any]) -> None:
    print(f"{'':26}{'ratio':>8}{'requests/s':>18}{'p50 ms':>14}{'p99 ms':>16}{'CPU ms':>15}")
    for name, sides in figures["absolute"].items():
        ours, other = sides["jiangpu"], sides["bare"]
        print(
            f"{name:26}{figures[_key(name)]:8.2f}"
            f"{ours['requests_per_second']:10.0f} |{other['requests_per_second']:6.0f}"
            f"{ours['p50_ms']:8.1f} |{other['p50_ms']:4.1f}"
            f"{ours['p99_ms']:9.1f} |{other['p99_ms']:5.1f}"
            f"{ours['api_cpu_ms']:8.2f} |{other['api_cpu_ms']:5.2f}"
        )
    print(f"jiangpu | bare; {figures['machine']}")


def main() -> None:
    parser = options(__doc__, seconds=0.8, rounds=7)
    parser.add_argument("--workers", type=int, default=20_000, help="size of the population")
    given = parser.parse_args()
    figures = uvloop.run(measured(given))
    show(figures)
    told(figures, given)


if __name__ == "__main__":
    main()
