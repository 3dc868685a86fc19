"""Where the processor time of an answer goes: python -m bench.parts [--json FILE].

Everything runs in this process, eight questions at once, without a socket to a client. For each
question, in microseconds of this process an answer:

driver    the statement through the official driver, its session kept
read      the statement through our database
builder   the bare function without its statement: the answer built by hand, and JSON
engine    our endpoint without its statement: request, limits, plan, arguments, completion, JSON
bare      the whole bare function
own       our whole endpoint

What `own` has above `read` and `engine` together is the price of doing them by turns.
"""

import asyncio
import gc
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import uvloop

from bench.bare import Bare, Driver
from bench.measure import Figures, in_turns, machine, middle, options, told
from bench.population import engine, officer, populated
from bench.questions import QUESTIONS
from bench.statements import an_asker, statements_of
from graph.database import Database
from graph.settings import Settings
from schema.access import HEADER, Access
from schema.http.api import Api
from schema.http.endpoint import GraphQLEndpoint
from schema.http.known import KnownDocuments
from schema.http.origins import Origins
from schema.http.profile import Profile

NAMES = ("list", "nested_list", "point_read")
AT_ONCE, IN_A_ROW = 8, 25

Work = Callable[[], Awaitable[Any]]


class Memory:
    """A database, or a driver, that has one answer."""

    def __init__(self, value: Any) -> None:
        self._value = value

    async def value(self, _: object) -> Any:
        """That answer."""
        return self._value


def timed(work: Work) -> Callable[[float], Awaitable[Figures]]:
    async def often() -> None:
        for _ in range(IN_A_ROW):
            await work()

    async def way(seconds: float) -> Figures:
        until, times = time.perf_counter() + seconds, 0
        began = time.process_time()
        while time.perf_counter() < until:
            await asyncio.gather(*(often() for _ in range(AT_ONCE)))
            times += AT_ONCE * IN_A_ROW
        return {"microseconds": 1e6 * (time.process_time() - began) / times}

    return way


async def _sent_nowhere(_: Any) -> None:
    pass


def asked(app: Any, scope: Mapping[str, Any], body: bytes) -> Work:
    """One request to an ASGI app."""

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    return partial(app, scope, receive, _sent_nowhere)


def endpoint(database: Any, access: Access) -> GraphQLEndpoint:
    api = Api(engine(database), access, KnownDocuments(database))
    return GraphQLEndpoint(api, Origins(()), Profile("audit"))


async def measured(given: Any) -> dict[str, Any]:
    async with populated(given.workers) as population:
        database, driver = population.database, Driver(population.address)
        try:
            return await _measured(database, driver, given)
        finally:
            await driver.close()


async def _measured(database: Database, driver: Driver, given: Any) -> dict[str, Any]:
    viewer = await officer(database)
    asker = await an_asker(database, viewer)
    statements = await statements_of(database, asker, viewer)
    access = Access(Settings.from_environment(), database)
    headers = {"host": "127.0.0.1", "content-type": "application/json", HEADER: viewer.name}
    scope = {
        "type": "http", "method": "POST", "path": "/graphql", "query_string": b"",
        "client": ("127.0.0.1", 1),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    ways: dict[tuple[str, str], Any] = {}
    for name in NAMES:
        [statement], question = statements[name], QUESTIONS[name]
        variables = question.variables(asker)
        body = json.dumps({"query": question.document, "variables": variables}).encode()
        memory = Memory(await database.value(statement))
        by_hand: dict[str, Any] = {"path": f"/{name}"}
        works: dict[str, Work] = {
            "driver": partial(driver.value, statement),
            "read": partial(database.value, statement),
            "builder": asked(Bare(memory, statements), by_hand, b""),  # pyright: ignore[reportArgumentType]
            "engine": asked(endpoint(memory, access), scope, body),
            "bare": asked(Bare(driver, statements), by_hand, b""),
            "own": asked(endpoint(database, access), scope, body),
        }
        ways |= {(name, part): timed(work) for part, work in works.items()}
    gc.collect()
    gc.freeze()
    found = await in_turns(ways, given)
    absolute: dict[str, dict[str, float]] = {}
    for (name, part), turns in found.items():
        absolute.setdefault(name, {})[part] = middle(turns)["microseconds"]
    return {"absolute": absolute, "workers": given.workers, "machine": machine()}


def main() -> None:
    parser = options(__doc__, seconds=0.5, rounds=9)
    parser.add_argument("--workers", type=int, default=20_000)
    given = parser.parse_args()
    figures = uvloop.run(measured(given))
    for name, parts in figures["absolute"].items():
        print(f"{name:14}", *(f"{part} {us:.0f}" for part, us in parts.items()), sep="  ")
    told(figures, given)


if __name__ == "__main__":
    main()
