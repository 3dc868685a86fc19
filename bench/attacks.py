"""How long hostile documents keep the server: python -m bench.attacks [--rounds N].

Each is sent to a server of its own, alone, and then over and over, never twice the same text,
while a second client asks `{ __typename }`: its slowest answer says whether others had to wait.
"""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import uvloop

from bench.measure import machine, options, told
from graph.server.folder import DataFolder
from graph.server.local import local_server, stopped
from graph.settings import Settings

HARMLESS = "{ __typename }"
_STARTING_SECONDS = 15  # in which work that is due at the start is done


def bomb(n: int) -> str:
    """Fragment i spreads fragment i + 1 twice."""
    inner = "".join(f"fragment F{i} on Query{{...F{i + 1} ...F{i + 1}}}" for i in range(n))
    return f"{{...F0}}{inner}fragment F{n} on Query{{__typename}}"


ATTACKS: Mapping[str, str] = {
    "fragment bomb": bomb(20),
    "5,000 aliases": f"{{{' '.join(f'a{n}:__typename' for n in range(5000))}}}",
    "61 aliases": f"{{{' '.join(f'a{n}:__typename' for n in range(61))}}}",
    "5,000 duplicates": f"{{{'__typename ' * 5000}}}",
    "51 directives": f"{{__typename{'@a' * 51}}}",
    "depth": f"{{{'a{' * 100}a{'}' * 101}",
    "nested lists": f"{{node(id:{'[' * 100}{']' * 100}){{id}}}}",
    "inline fragments": f"{{{'...{' * 100}a{'}' * 101}",
    "circular introspection": "{__schema{types{" + "fields{type{" * 12 + "name" + "}}" * 12 + "}}}",
    "1,001 tokens": f"{{{'a ' * 1000}}}",
    "20,000 characters": f'{{node(id:"{"x" * 20_000}"){{id}}}}',
}


async def asked(client: httpx.AsyncClient, query: Any) -> tuple[float, str]:
    """Milliseconds, and the code of the refusal."""
    begun = time.perf_counter()
    answer = (await client.post("/graphql", json={"query": query})).json()
    took = 1000 * (time.perf_counter() - begun)
    return took, answer["errors"][0]["extensions"]["code"] if "errors" in answer else "answered"


async def beside(url: str, query: str, rounds: int) -> float:
    """The slowest answer, in milliseconds, of a second client while the first attacks."""
    slowest = 0.0
    async with (
        httpx.AsyncClient(base_url=url, timeout=60) as one,
        httpx.AsyncClient(base_url=url, timeout=60) as other,
    ):
        for n in range(rounds):
            attack = asyncio.create_task(asked(one, f"{query}#beside {n}"))
            took, _ = await asked(other, HARMLESS)
            slowest = max(slowest, took)
            await attack
    return slowest


@asynccontextmanager
async def serving() -> AsyncGenerator[str]:
    """A server in a process of its own on an empty database."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        settings = replace(Settings.from_environment(), data_dir=Path(folder) / "data")
        async with local_server(settings, light=True) as address:
            environment = {
                **os.environ,
                "JIANGPU_DATABASE_URI": address.uri,
                "JIANGPU_DATABASE_USER": address.user,
                "JIANGPU_DATABASE_PASSWORD": str(address.password),
            }
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "commands", "serve", "--port", str(port)), env=environment
            )
            try:
                await _until_ready(f"http://127.0.0.1:{port}")
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
                await process.wait()
        await stopped(DataFolder(settings.data_dir))


async def _until_ready(url: str) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        while True:
            try:
                await asked(client, HARMLESS)
            except httpx.TransportError:
                await asyncio.sleep(0.2)
            else:
                return


async def measured(given: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"machine": machine()}
    async with serving() as url, httpx.AsyncClient(base_url=url, timeout=60) as client:
        await asyncio.sleep(_STARTING_SECONDS)
        for name, query in {"(harmless)": HARMLESS, **ATTACKS}.items():
            turns = [await asked(client, f"{query}#{n}") for n in range(given.rounds)]
            times = sorted(took for took, _ in turns)
            found[name] = {
                "code": turns[0][1],
                "best_ms": times[0],
                "median_ms": statistics.median(times),
                "second_client_slowest_ms": await beside(url, query, given.rounds),
            }
    return found


def show(figures: Mapping[str, Any]) -> None:
    print(f"{'':26}{'best ms':>9}{'median ms':>11}{'second client, slowest ms':>28}  code")
    for name, row in figures.items():
        if name != "machine":
            print(
                f"{name:26}{row['best_ms']:9.2f}{row['median_ms']:11.2f}"
                f"{row['second_client_slowest_ms']:28.2f}  {row['code']}"
            )
    print(figures["machine"])


def main() -> None:
    given = options(__doc__, seconds=1).parse_args()
    figures = uvloop.run(measured(given))
    show(figures)
    told(figures, given)


if __name__ == "__main__":
    main()
