"""This server against a bare ASGI function: python -m bench.api [--workers N] [--seconds S].

Both are processes of their own under uvicorn, uvloop and httptools, and run the same statements
with the official driver on the same Neo4j; the bare one knows the form of its answers beforehand
and does not score its matches. They take turns, asked over 16 connections by this process. Ratios
are rates over rates: above 1 this server is faster.
"""

import asyncio
import os
import pickle
import socket
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
import psutil
import uvloop

from bench.client import ask_over_and_over, post
from bench.measure import Figures, Way, in_turns, machine, middle, options, ratio, told
from bench.population import askers, engine, populated
from bench.questions import QUESTIONS, Asker
from graph.cypher import Cypher
from graph.database import Database
from graph.server.local import Address
from graph.viewer import ADMINISTRATOR

CONNECTIONS = 16
MATCHES = 10
VARIABLE = "_as_variable"


class Recorder:
    """A database that remembers what it was asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[Cypher] = []

    async def value(self, cypher: Cypher) -> Any:
        """As of the database."""
        self.asked.append(cypher)
        return await self._database.value(cypher)


@dataclass(frozen=True, slots=True)
class Server:
    """One of the two."""

    process: psutil.Process
    port: int

    async def answer(self, path: str, body: bytes) -> bytes:
        """What comes back for a POST, once."""
        async with httpx.AsyncClient() as client:
            headers = {"content-type": "application/json"}
            url = f"http://127.0.0.1:{self.port}{path}"
            return (await client.post(url, content=body, headers=headers)).content

    def asked(self, path: str, body: bytes, answer: bytes) -> Way:
        """One question over and over."""

        async def way(seconds: float) -> Figures:
            started, cpu = time.perf_counter(), _cpu_seconds(self.process)
            took = sorted(
                await ask_over_and_over(
                    self.port, post(path, body), answer, seconds=seconds, connections=CONNECTIONS
                )
            )
            return {
                "requests_per_second": len(took) / (time.perf_counter() - started),
                "p50_ms": 1000 * took[len(took) // 2],
                "p99_ms": 1000 * took[len(took) * 99 // 100],
                "cpu_ms": 1000 * (_cpu_seconds(self.process) - cpu) / len(took),
            }

        return way


def _cpu_seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system


@asynccontextmanager
async def running(*command: str, port: int, **environment: str) -> AsyncGenerator[Server]:
    """A server in a process of its own, once it listens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env={**os.environ, **environment}
    )
    try:
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                if process.returncode is not None:
                    raise SystemExit(f"{' '.join(command)} ended") from None
                await asyncio.sleep(0.1)
            else:
                writer.close()
                break
        yield Server(psutil.Process(process.pid), port)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def both(
    address: Address, statements: Mapping[str, Sequence[Cypher]]
) -> AsyncGenerator[tuple[Server, Server]]:
    """This server, and the bare function."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statements"
        file.write_bytes(pickle.dumps((address, statements)))
        one, other = _free_port(), _free_port()
        async with (
            running(
                "-m", "commands", "serve", "--port", str(one),
                port=one,
                JIANGPU_DATABASE_URI=address.uri,
                JIANGPU_DATABASE_USER=address.user,
                JIANGPU_DATABASE_PASSWORD=str(address.password),
            ) as ours,
            running("-m", "bench.bare", str(other), str(file), port=other) as bare,
        ):  # fmt: skip
            yield ours, bare


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def an_asker(database: Database) -> Asker:
    """A worker with a full page of matches."""
    asked = engine(database)
    question = QUESTIONS["match"]
    for asker in await askers(database, 50):
        response = await asked.execute(
            question.document, question.variables(asker), None, ADMINISTRATOR
        )
        if response.data and len(response.data["mentorMatches"]["nodes"]) == MATCHES:
            return asker
    raise SystemExit("no worker has a full page of matches")


async def statements_of(database: Database, asker: Asker) -> dict[str, Sequence[Cypher]]:
    """What the engine asks the database for each question."""
    found: dict[str, Sequence[Cypher]] = {}
    for name, question in QUESTIONS.items():
        recorder = Recorder(database)
        await engine(recorder).execute(  # pyright: ignore[reportArgumentType]
            question.document, question.variables(asker), None, ADMINISTRATOR
        )
        found[name] = recorder.asked
    return found


async def ways_of(ours: Server, bare: Server, asker: Asker) -> dict[tuple[str, str], Way]:
    """Both servers' way to answer each question, which must be the same answer."""
    ways: dict[tuple[str, str], Way] = {}
    for name, question in QUESTIONS.items():
        asked = {"query": question.document, "variables": question.variables(asker)}
        body = orjson.dumps(asked)
        answer, by_hand = await ours.answer("/graphql", body), await bare.answer(f"/{name}", body)
        if question.build and answer != by_hand:
            raise SystemExit(f"{name}: answers differ\n{answer[:500]!r}\n{by_hand[:500]!r}")
        ways[name, "jiangpu"] = ours.asked("/graphql", body, answer)
        ways[name, "bare"] = bare.asked(f"/{name}", body, by_hand)
    return ways


async def measured(given: Any) -> dict[str, Any]:
    async with populated(given.workers) as (address, database):
        asker = await an_asker(database)
        async with both(address, await statements_of(database, asker)) as (ours, bare):
            begun = machine()
            found = await in_turns(await ways_of(ours, bare, asker), given)
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
        ours, bare = sides["jiangpu"], sides["bare"]
        print(
            f"{name:26}{figures[_key(name)]:8.2f}"
            f"{ours['requests_per_second']:10.0f} |{bare['requests_per_second']:6.0f}"
            f"{ours['p50_ms']:8.1f} |{bare['p50_ms']:4.1f}"
            f"{ours['p99_ms']:9.1f} |{bare['p99_ms']:5.1f}"
            f"{ours['cpu_ms']:8.2f} |{bare['cpu_ms']:5.2f}"
        )
    print(f"jiangpu | bare; {figures['machine']}")


def main() -> None:
    parser = options(__doc__, seconds=1)
    parser.add_argument("--workers", type=int, default=20_000, help="size of the population")
    given = parser.parse_args()
    figures = uvloop.run(measured(given))
    show(figures)
    told(figures, given)


if __name__ == "__main__":
    main()
