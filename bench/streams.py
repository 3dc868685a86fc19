"""A thousand streams of server-sent events, through a restart of Neo4j and one of the server.

python -m bench.streams [--subscribers N] [--patience SECONDS] [--json FILE]

Half of the subscribers follow as one union, half as another, over a socket each. Pairings of both
unions change; in mid-stream Neo4j is restarted, then the server, and subscribers come back with
their resume tokens. `missed`, `repeated` and `foreign` count events over all subscribers: those
that did not come, came twice, or were the other union's. No phase is waited for longer than the
patience: what has not come by then is missed.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import uvloop

from bench.client import post
from bench.measure import options, told
from bench.servers import free_port, running
from graph import clock, constraints
from graph.cypher import Cypher
from graph.database import Database, Transaction, open_database
from graph.server.folder import DataFolder
from graph.server.local import Address, local_server, stopped
from graph.settings import Settings
from graph.writes.events import Event, append

UNIONS = ("east", "west")
EACH = 20
AT_ONCE = 50  # connect at the beginning
FOLLOW = """subscription ($after: String) { pairingChanged(after: $after) {
  verb resumeToken agreement { id } } }"""
WORLD = """
UNWIND $unions AS name
CREATE (:Node:Organisation:Union {id: name, key: 'b:' + name, tree: 'REGION',
  path: '/' + name + '/', name: name})
CREATE (g:Node:MentoringAgreement {id: 'agreement-' + name, key: 'a:' + name, state: 'ACTIVE'})
CREATE (g)-[:HAS_MASTER]->(:Node:Person:Worker {id: 'master-' + name, key: 'm:' + name,
  region_path: '/' + name + '/'})
"""


@dataclass
class Subscriber:
    """Follows as an officer of a union, and comes back with its token whenever it is cut off."""

    union: str
    port: int
    heard: Counter[str] = field(default_factory=Counter[str])
    foreign: int = 0
    token: str | None = None

    async def follow(self) -> None:
        """For ever."""
        while True:
            with suppress(OSError):
                await self._stream()
            await asyncio.sleep(0.3)

    async def _stream(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        headers = {
            "Content-Type": "application/json",
            "Accept": "text/event-stream",
            "Jiangpu-Viewer": f"union:b:{self.union}",
        }
        asked = {"query": FOLLOW, "variables": {"after": self.token}}
        writer.write(post("/graphql", json.dumps(asked).encode(), headers))
        try:
            if b" 200 " not in await reader.readline():
                return  # there is no stream yet
            while line := await reader.readline():
                if line.startswith(b"data: {"):
                    self._hear(json.loads(line.removeprefix(b"data: ")))
                if line.startswith(b"event: complete"):
                    return
        finally:
            writer.close()

    def _hear(self, answer: Any) -> None:
        if not answer.get("data"):
            raise OSError(answer)  # refused while the database is away: come back
        event = answer["data"]["pairingChanged"]
        self.token = event["resumeToken"]
        self.heard[event["verb"]] += 1
        self.foreign += event["agreement"]["id"] != f"agreement-{self.union}"


@dataclass
class Writer:
    """Writes events about the agreements of both unions, and knows which."""

    address: Address
    written: dict[str, list[str]] = field(default_factory=lambda: {u: [] for u in UNIONS})

    async def write(self, n: int) -> None:
        """So many more for each union."""
        async with open_database(
            self.address.uri, self.address.user, str(self.address.password), seconds=60
        ) as database:
            for _ in range(n):
                for union, verbs in self.written.items():
                    verbs.append(f"pairing.{union}-{len(verbs):04}")
                    await database.write(_appending(verbs[-1], union))

    async def greet(self, database: Database, subscribers: list[Subscriber]) -> None:
        """Write until everybody follows; nothing else tells when one has begun to."""
        while not all(s.heard for s in subscribers):
            for union in UNIONS:
                await database.write(_appending("pairing.greeting", union))
            await asyncio.sleep(0.5)

    def missed(self, subscriber: Subscriber) -> int:
        """How many of its events a subscriber has not heard."""
        return sum(verb not in subscriber.heard for verb in self.written[subscriber.union])


def _appending(verb: str, union: str) -> Any:
    async def work(transaction: Transaction) -> None:
        event = Event(verb, (f"agreement-{union}",))
        await append(transaction, [event], actor="bench", at=clock.now())

    return work


@dataclass
class Watch:
    """How long each phase takes, told as it ends; none is waited for longer than the patience.

    What is waited for in several steps takes their sum.
    """

    patience: float
    figures: dict[str, float] = field(default_factory=dict[str, float])

    async def until(self, name: str, waiting: Callable[[], int]) -> None:
        """Wait until nobody is waiting any more."""
        began = time.perf_counter()
        while (left := waiting()) and time.perf_counter() - began < self.patience:  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(0.1)
        took = self.figures.get(name, 0.0) + time.perf_counter() - began
        self.figures[name] = round(took, 1)
        print(f"{name}: {self.figures[name]}, {left} wait", file=sys.stderr, flush=True)


async def measured(given: Any) -> dict[str, Any]:
    """The figures."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(
            Settings.from_environment(),
            data_dir=Path(folder) / "data",
            database_port=free_port(),
        )
        try:
            return await _restarted(settings, given)
        finally:
            await stopped(DataFolder(settings.data_dir))


async def _restarted(settings: Settings, given: Any) -> dict[str, Any]:
    port, folder, watch = free_port(), DataFolder(settings.data_dir), Watch(given.patience)
    subscribers = [Subscriber(UNIONS[n % len(UNIONS)], port) for n in range(given.subscribers)]
    async with AsyncExitStack() as everything:
        database_up, server_up = AsyncExitStack(), AsyncExitStack()
        address = await database_up.enter_async_context(local_server(settings, light=True))
        everything.push_async_callback(database_up.aclose)
        everything.push_async_callback(server_up.aclose)
        writer = Writer(address)

        def waiting() -> int:
            return sum(writer.missed(s) > 0 for s in subscribers)

        async with _open(address) as database:
            await constraints.apply(database)
            await database.run(Cypher(WORLD, {"unions": list(UNIONS)}))
            await server_up.enter_async_context(_serving(address, folder, port))
            await _join(everything, writer, database, subscribers, watch)
        await writer.write(EACH)
        await watch.until("seconds_until_all_heard", waiting)
        await database_up.aclose()
        await stopped(folder)
        await database_up.enter_async_context(local_server(settings, light=True))
        await writer.write(EACH)
        await watch.until("seconds_after_neo4j_restarted", waiting)
        await server_up.aclose()
        await writer.write(EACH)
        await server_up.enter_async_context(_serving(address, folder, port))
        await writer.write(EACH)
        await watch.until("seconds_after_server_restarted", waiting)
    return _figures(subscribers, writer) | watch.figures


async def _join(
    everything: AsyncExitStack,
    writer: Writer,
    database: Database,
    subscribers: list[Subscriber],
    watch: Watch,
) -> None:
    """Let everybody begin to follow, some at a time."""
    greeting = asyncio.create_task(writer.greet(database, subscribers))
    for begun in range(0, len(subscribers), AT_ONCE):
        some = subscribers[begun : begun + AT_ONCE]
        for subscriber in some:
            following = asyncio.create_task(subscriber.follow())
            everything.callback(following.cancel)
        await watch.until("seconds_until_all_follow", _deaf(some))
    greeting.cancel()


def _deaf(some: Iterable[Subscriber]) -> Callable[[], int]:
    return lambda: sum(not s.heard for s in some)


def _figures(subscribers: list[Subscriber], writer: Writer) -> dict[str, Any]:
    return {
        "subscribers": len(subscribers),
        "events_for_each": max(len(verbs) for verbs in writer.written.values()),
        "missed": sum(writer.missed(s) for s in subscribers),
        "repeated": sum(
            n - 1 for s in subscribers for verb, n in s.heard.items() if "greeting" not in verb
        ),
        "foreign": sum(s.foreign for s in subscribers),
    }


def _open(address: Address) -> Any:
    return open_database(address.uri, address.user, str(address.password), seconds=60)


def _serving(address: Address, folder: DataFolder, port: int) -> Any:
    """The server as `jiangpu serve` starts it, in a process of its own."""
    neo4j = folder.running_server()
    assert neo4j is not None
    environment = {
        "JIANGPU_DATABASE_URI": address.uri,
        "JIANGPU_DATABASE_USER": address.user,
        "JIANGPU_DATABASE_PASSWORD": str(address.password),
        "JIANGPU_CURSOR_KEY": "42" * 32,
    }
    command = (sys.executable, "-m", "commands", "serve", "--port", str(port))
    return running(command, psutil.Process(neo4j.pid), port, environment=environment)


def main() -> None:
    parser = options(__doc__, seconds=1)
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--patience", type=float, default=120.0, help="seconds for each phase")
    given = parser.parse_args()
    figures = uvloop.run(measured(given))
    print(json.dumps(figures, indent=2))
    told(figures, given)


if __name__ == "__main__":
    main()
