"""Servers in processes of their own, and how one question is put to one of them over and over."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from bench.client import ask_over_and_over, post
from bench.measure import Figures, Way
from bench.population import Population
from graph.viewer import Viewer

CONNECTIONS = 16
JSON = {"Content-Type": "application/json", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server under way, and the database's process behind it."""

    process: psutil.Process
    database: psutil.Process
    port: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    async def answer(self, path: str, body: bytes) -> bytes:
        """What comes back for a POST, once."""
        async with httpx.AsyncClient(timeout=60) as client:
            url = f"http://127.0.0.1:{self.port}{path}"
            sent = await client.post(url, content=body, headers={**JSON, **self.headers})
            return sent.content

    def asked(self, path: str, body: bytes, answer: bytes, *, in_any_order: bool = False) -> Way:
        """One question over and over on kept connections; every answer must be that one."""
        request = post(path, body, {**JSON, **self.headers})

        async def way(seconds: float) -> Figures:
            with Metered(self.process, self.database) as metered:
                took = await ask_over_and_over(
                    self.port,
                    request,
                    answer,
                    seconds=seconds,
                    connections=CONNECTIONS,
                    in_any_order=in_any_order,
                )
            return metered.figures(took)

        return way


class Metered:
    """Measures the time, and the processor time of an API and of the database, of a block."""

    def __init__(self, api: psutil.Process, database: psutil.Process) -> None:
        self._processes = api, database

    def __enter__(self) -> "Metered":
        """Begin."""
        self._began, self._cpu = time.perf_counter(), self._used()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self.seconds = time.perf_counter() - self._began
        self._cpu = [after - before for before, after in zip(self._cpu, self._used(), strict=True)]

    def _used(self) -> list[float]:
        times = [process.cpu_times() for process in self._processes]
        return [t.user + t.system for t in times]

    def figures(self, took: Sequence[float]) -> Figures:
        """Of questions that took so many seconds each."""
        took = sorted(took)
        api, database = self._cpu
        return {
            "requests_per_second": len(took) / self.seconds,
            "p50_ms": 1000 * took[len(took) // 2],
            "p99_ms": 1000 * took[len(took) * 99 // 100],
            "api_cpu_ms": 1000 * api / len(took),
            "database_cpu_ms": 1000 * database / len(took),
        }


@asynccontextmanager
async def running(
    command: Sequence[str | Path],
    database: psutil.Process,
    port: int,
    *,
    environment: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> AsyncGenerator[Server]:
    """A server in a process of its own, once it listens."""
    process = await asyncio.create_subprocess_exec(
        *map(str, command), env={**os.environ, **(environment or {})}
    )
    try:
        while not await _listens(port):
            if process.returncode is not None:
                raise SystemExit(f"{' '.join(map(str, command))} ended")
            await asyncio.sleep(0.1)
        yield Server(psutil.Process(process.pid), database, port, headers or {})
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    writer.close()
    return True


@asynccontextmanager
async def jiangpu(population: Population, viewer: Viewer) -> AsyncGenerator[Server]:
    """This server as `jiangpu serve` starts it, asked as a viewer."""
    port = free_port()
    environment = {
        "JIANGPU_DATABASE_URI": population.address.uri,
        "JIANGPU_DATABASE_USER": population.address.user,
        "JIANGPU_DATABASE_PASSWORD": str(population.address.password),
    }
    command = (sys.executable, "-m", "commands", "serve", "--port", str(port))
    headers = {"Jiangpu-Viewer": viewer.name}
    async with running(
        command, population.server, port, environment=environment, headers=headers
    ) as server:
        yield server


def free_port() -> int:
    """A port that nobody uses yet."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
