"""What our server is compared with: a bare ASGI function over the official driver and orjson.

Each path runs the statements that the engine runs for that question, and builds the answer by hand.
"""

import pickle
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import neo4j
import orjson
import uvicorn

from bench.questions import QUESTIONS
from graph.cypher import Cypher
from graph.server.local import Address

Statements = Mapping[str, Sequence[Cypher]]


class Driver:
    """The official driver with its sessions kept: values of statements."""

    def __init__(self, address: Address) -> None:
        self._idle: list[neo4j.AsyncSession] = []
        self._driver = neo4j.AsyncGraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password),
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )

    async def value(self, cypher: Cypher) -> Any:
        """The only value of the only record."""
        session = self._idle.pop() if self._idle else self._session()
        result = await session.run(cypher.text, dict(cypher.parameters))
        [record] = await result.fetch(2)
        self._idle.append(session)
        return record[0]

    def _session(self) -> neo4j.AsyncSession:
        return self._driver.session(
            database="neo4j", default_access_mode=neo4j.READ_ACCESS, fetch_size=-1
        )

    async def close(self) -> None:
        """Give back every connection."""
        for session in self._idle:
            await session.close()
        await self._driver.close()


class Bare:
    """An ASGI app: name of a question as path -> its answer, whatever the body says."""

    def __init__(self, driver: Driver, statements: Statements) -> None:
        self._statements = statements
        self._driver = driver

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one HTTP request."""
        await receive()
        name = scope["path"][1:]
        body = orjson.dumps({"data": await self._data(name)})
        headers = [
            (b"content-length", b"%d" % len(body)),
            (b"content-type", b"application/json; charset=utf-8"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _data(self, name: str) -> Any:
        build = QUESTIONS[name].build
        values = [await self._driver.value(cypher) for cypher in self._statements[name]]
        return build(values[0]) if build else values


def main(port: int, given: Path) -> None:
    """Serve the statements pickled in a file."""
    address, statements = pickle.loads(given.read_bytes())
    uvicorn.run(
        Bare(Driver(address), statements),
        port=port,
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
