"""This server against its peers, all on one Neo4j: python -m bench.peers [--json FILE].

Peers: @neo4j/graphql on Apollo Server; mercurius with graphql-jit, and plain Strawberry, both with
Cypher written by hand. Limits: a bare ASGI function that runs our own statements with the official
driver and orjson, and the driver alone, without HTTP. We are asked by an officer of the municipal
union, so that each of our patterns carries its predicate; the peers, who ask as nobody, have none.
All give the same answers, which is checked first. Each is asked over 16 connections, warmed for
as long as the others, and all take turns.

Figures are requests a second, 50th and 99th percentile in milliseconds, and milliseconds of
processor time a request, of the API and of the database. Ratios are rates over rates: above 1 this
server is faster.
"""

import asyncio
import json
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import psutil
import uvloop

from bench.api import bare, same
from bench.bare import Driver
from bench.measure import Figures, Way, in_turns, machine, middle, options, ratio, told
from bench.peers.by_hand import CYPHER
from bench.peers.documents import BY_HAND, NEO4J_GRAPHQL, Asked, in_order
from bench.peers.npm import Unavailable, installed, node
from bench.population import Population, officer, populated
from bench.questions import QUESTIONS, Asker
from bench.servers import CONNECTIONS, Metered, Server, free_port, jiangpu, running
from bench.statements import an_asker, statements_of
from graph.constraints import fulltext_index
from graph.cypher import Cypher
from graph.model import MODEL
from graph.settings import Settings

NAMES = (
    "list", "nested_list", "deep_nested", "point_read", "connection", "connection_some",
    "full_text", "match",
)  # fmt: skip
SIDES = ("jiangpu", "neo4j_graphql", "mercurius", "strawberry", "bare_asgi", "driver")
Ways = dict[tuple[str, str], Way]


@asynccontextmanager
async def peer(
    population: Population, command: Sequence[str | Path], **more: object
) -> AsyncGenerator[Server]:
    """A peer, told by a file where to listen and what to ask."""
    port = free_port()
    address = population.address
    settings = {
        "uri": address.uri, "user": address.user, "password": str(address.password),
        "port": port, **more,
    }  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(settings, file)
        file.flush()
        async with running((*command, file.name), population.server, port) as server:
            yield server


async def peers(
    stack: AsyncExitStack, population: Population
) -> Mapping[str, tuple[Server, str, Mapping[str, Asked]]]:
    """Name -> server, its path, and how it is asked; without those on Node.js where it lacks."""
    statements = dict(CYPHER)
    command = (sys.executable, "-m", "bench.peers.strawberry_by_hand")
    strawberry = peer(population, command, statements=statements)
    found = {"strawberry": (await stack.enter_async_context(strawberry), "/", BY_HAND)}
    try:
        folder = await installed(Settings.from_environment())
    except Unavailable as reason:
        print(reason, flush=True)
        return found
    mercurius = peer(
        population, (node(), folder / "mercurius.mjs"),
        statements=statements, schema=str(folder / "by_hand.graphql"),
    )  # fmt: skip
    library = peer(
        population, (node(), folder / "neo4j_graphql.mjs"),
        types=str(folder / "neo4j_graphql.graphql"),
        index=fulltext_index(MODEL.node_type("Worker")),
    )  # fmt: skip
    return {
        "neo4j_graphql": (await stack.enter_async_context(library), "/", NEO4J_GRAPHQL),
        "mercurius": (await stack.enter_async_context(mercurius), "/graphql", BY_HAND),
        **found,
    }


def driver_alone(driver: Driver, database: psutil.Process, cyphers: Sequence[Cypher]) -> Way:
    """The statements of a question over and over, without HTTP or GraphQL."""

    async def way(seconds: float) -> Figures:
        until = time.perf_counter() + seconds
        took: list[float] = []

        async def one() -> None:
            while (started := time.perf_counter()) < until:
                for cypher in cyphers:
                    await driver.value(cypher)
                took.append(time.perf_counter() - started)

        with Metered(psutil.Process(), database) as metered:
            await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
        return metered.figures(took)

    return way


async def asked_of(server: Server, path: str, asked: Asked, asker: Asker) -> tuple[Way, Any]:
    """The way to ask a peer, and its answer in the form of ours."""
    body = orjson.dumps({"query": asked.document, "variables": asked.variables(asker)})
    answer = await server.answer(path, body)
    response = orjson.loads(answer)
    if "errors" in response or "data" not in response:
        raise SystemExit(f"{asked.document}\n{str(response.get('errors'))[:1000]}")
    return server.asked(path, body, answer), asked.data(response["data"])


async def measured(given: Namespace) -> dict[str, Any]:
    async with populated(given.workers) as population, AsyncExitStack() as stack:
        database = population.database
        viewer = await officer(database)
        asker = await an_asker(database, viewer)
        statements = await statements_of(database, asker, viewer)
        ours = await stack.enter_async_context(jiangpu(population, viewer))
        limit = await stack.enter_async_context(bare(population, statements))
        others = await peers(stack, population)
        alone = Driver(population.address)
        stack.push_async_callback(alone.close)
        ways: Ways = {}
        for name in NAMES:
            question = Asked(QUESTIONS[name].document, QUESTIONS[name].variables, in_order)
            ways[name, "jiangpu"], answer = await asked_of(ours, "/graphql", question, asker)
            ways[name, "bare_asgi"], by_hand = await asked_of(limit, f"/{name}", question, asker)
            if QUESTIONS[name].build:
                same(f"{name} of the bare function", answer, by_hand)
            for side, (server, path, asked) in others.items():
                if name in asked:
                    ways[name, side], other = await asked_of(server, path, asked[name], asker)
                    same(f"{name} of {side}", answer, other)
            ways[name, "driver"] = driver_alone(alone, population.server, statements[name])
        print(f"the same answers from {', '.join(dict.fromkeys(s for _, s in ways))}", flush=True)
        begun = machine()
        given.warm *= len(dict.fromkeys(side for _, side in ways))
        found = await in_turns(ways, given)
    return {**_ratios(found), **_absolute(found), "workers": given.workers, "machine": begun}


Found = Mapping[tuple[str, str], Sequence[Figures]]


def _ratios(found: Found) -> dict[str, Any]:
    rates = {
        f"{name}_vs_{side}": ratio(found[name, "jiangpu"], found[name, side], "requests_per_second")
        for name, side in found
        if side != "jiangpu"
    }
    late = {
        f"{name}_p99_vs_bare_asgi": ratio(
            found[name, "jiangpu"], found[name, "bare_asgi"], "p99_ms"
        )
        for name in NAMES
    }
    return rates | late


def _absolute(found: Found) -> dict[str, Any]:
    sides = list(dict.fromkeys(side for _, side in found))
    by_name = {
        name: {side: middle(found[name, side]) for side in sides if (name, side) in found}
        for name in NAMES
    }
    return {"absolute": by_name, "left_out": [side for side in SIDES if side not in sides]}


def show(figures: Mapping[str, Any]) -> None:
    heads = ("requests/s", "p50 ms", "p99 ms", "API CPU ms", "database CPU ms", "jiangpu is")
    print(f"{'':32}" + "".join(f"{head:>17}" for head in heads))
    for name, sides in figures["absolute"].items():
        for side, f in sides.items():
            columns = (
                f"{f['requests_per_second']:.0f}",
                *(
                    f"{f[f'{figure}_ms']:.2f}"
                    for figure in ("p50", "p99", "api_cpu", "database_cpu")
                ),
            )
            times = figures.get(f"{name}_vs_{side}")
            print(
                f"{name:17}{side:15}"
                + "".join(f"{column:>17}" for column in columns)
                + (f"{times:15.2f} ×" if times else "")
            )
    for side in figures["left_out"]:
        print(f"{side}: left out, its packages could not be installed")
    print(f"{figures['workers']:,} workers; {figures['machine']}")


def main() -> None:
    parser = options(__doc__, seconds=0.8, rounds=5)
    parser.add_argument("--workers", type=int, default=20_000, help="size of the population")
    given = parser.parse_args()
    figures = uvloop.run(measured(given))
    show(figures)
    told(figures, given)


if __name__ == "__main__":
    main()
