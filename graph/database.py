"""The one place that speaks Bolt: reads, writes, and the driver's errors turned into ours."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import neo4j
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncSession, Query
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from graph.cypher import Cypher
from graph.deadline import left
from graph.errors import (
    AccessDenied,
    DuplicateNode,
    GraphUnavailable,
    StatementFailed,
    TooLarge,
    TooSlow,
)
from graph.tracing import statement

log = logging.getLogger(__name__)

T = TypeVar("T")
Row = dict[str, Any]

_MOST_TRIES = 4
_CONNECT_SECONDS = 60.0  # the first statement of a Neo4j that has just started takes long
_OUT_OF_MEMORY = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
_OUT_OF_TIME = (
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Transaction.TransactionTimedOut",
)


class Transaction:
    """A transaction that writes; what it runs is committed together or not at all."""

    def __init__(self, transaction: neo4j.AsyncManagedTransaction) -> None:
        self._transaction = transaction

    async def run(self, cypher: Cypher) -> list[Row]:
        """Run one statement and fetch all of its rows."""
        with statement(cypher.name):
            result = await self._transaction.run(cypher.text, dict(cypher.parameters))
            try:
                return [dict(record) for record in await result.fetch(_EVERYTHING)]
            except Neo4jError as error:
                if error.code == _OUT_OF_MEMORY:  # the driver would repeat it in vain for 30 s
                    raise TooLarge(_TOO_LARGE) from error
                raise


_EVERYTHING = 2**31
_TOO_LARGE = "the statement needs more memory than the database allows; ask for less at once"


class Database:
    """One Neo4j database. Every method translates the driver's errors; none logs parameters."""

    def __init__(self, driver: AsyncDriver, name: str, *, seconds: float) -> None:
        self._driver = driver
        self._name = name
        self._seconds = seconds
        self._idle: list[AsyncSession] = []

    async def value(self, cypher: Cypher, *, seconds: float | None = None) -> Any:
        """The single value of the single record that a read returns."""
        records = await self._read(cypher, seconds)
        return records[0][0] if records else None

    async def rows(self, cypher: Cypher, *, seconds: float | None = None) -> list[Row]:
        """All rows of a read."""
        return [dict(record) for record in await self._read(cypher, seconds)]

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work` in one transaction, again from its start if the database asks for it."""

        @neo4j.unit_of_work(timeout=left(None))
        async def unit(transaction: neo4j.AsyncManagedTransaction) -> T:
            return await work(Transaction(transaction))

        with _own_errors("write"):
            async with self._driver.session(database=self._name) as session:
                return await session.execute_write(unit)

    async def run(self, cypher: Cypher) -> list[Row]:
        """One statement on its own: schema changes, and `CALL { } IN TRANSACTIONS`."""
        with _own_errors(cypher.name):
            async with self._driver.session(database=self._name) as session:
                result = await session.run(cypher.text, dict(cypher.parameters))
                return [dict(record) async for record in result]

    @asynccontextmanager
    async def stream(self, cypher: Cypher) -> AsyncGenerator[AsyncGenerator[Row]]:
        """The rows of a long read as they arrive."""

        async def each(result: neo4j.AsyncResult) -> AsyncGenerator[Row]:
            async for record in result:
                yield dict(record)

        with _own_errors(cypher.name):
            async with self._read_session() as session:
                yield each(await session.run(cypher.text, dict(cypher.parameters)))

    async def _read(self, cypher: Cypher, seconds: float | None) -> Sequence[neo4j.Record]:
        query = Query(cypher.text, timeout=left(seconds or self._seconds))
        with _own_errors(cypher.name):
            for tried in range(1, _MOST_TRIES + 1):
                session = self._idle.pop() if self._idle else self._read_session()
                try:
                    result = await session.run(query, cypher.parameters)  # pyright: ignore[reportArgumentType]
                    records = await result.fetch(_EVERYTHING)
                except BaseException as error:
                    await session.close()
                    if not _worth_repeating(error) or tried == _MOST_TRIES:
                        raise
                    await asyncio.sleep(0.05 * 2**tried)
                else:
                    self._idle.append(session)
                    return records
        return ()

    def _read_session(self) -> AsyncSession:
        return self._driver.session(
            database=self._name, default_access_mode=neo4j.READ_ACCESS, fetch_size=-1
        )

    async def close(self) -> None:
        """Give back every connection."""
        while self._idle:
            await self._idle.pop().close()
        await self._driver.close()


class Within(Database):
    """A database seen from inside one transaction, which takes part in all that is asked of it.

    After a write has failed nothing of the transaction may stay: `failed` says so.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.failed = False

    async def value(self, cypher: Cypher, *, seconds: float | None = None) -> Any:
        """As of any database."""
        rows = await self._transaction.run(cypher)
        return next(iter(rows[0].values())) if rows else None

    async def rows(self, cypher: Cypher, *, seconds: float | None = None) -> list[Row]:
        """As of any database."""
        return await self._transaction.run(cypher)

    async def run(self, cypher: Cypher) -> list[Row]:
        """As of any database."""
        return await self._transaction.run(cypher)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Do the work as a part of the transaction."""
        try:
            return await work(self._transaction)
        except ConstraintError as error:
            self.failed = True
            raise _duplicate() from error
        except BaseException:
            self.failed = True
            raise


def _worth_repeating(error: BaseException) -> bool:
    return (
        isinstance(error, Neo4jError | DriverError)
        and error.is_retryable()
        and getattr(error, "code", None) != _OUT_OF_MEMORY
    )


@asynccontextmanager
async def open_database(
    uri: str, user: str, password: str, *, name: str = "neo4j", seconds: float = 10.0
) -> AsyncGenerator[Database]:
    """Connect and check; raises GraphUnavailable or AccessDenied with the address and a remedy."""
    try:
        driver = AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_acquisition_timeout=5,
            connection_timeout=5,
            max_transaction_retry_time=15,
            initial_retry_delay=0.1,  # writers that crossed are done in milliseconds
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
    except (ValueError, neo4j.exceptions.ConfigurationError) as error:
        raise GraphUnavailable(
            f"{uri!r} is not a database address; write bolt://host:7687 or neo4j+s://host"
        ) from error
    database = Database(driver, name, seconds=seconds)
    try:
        await database.value(Cypher("RETURN 1", name="connect"), seconds=_CONNECT_SECONDS)
        yield database
    except AccessDenied as error:
        raise AccessDenied(
            f"{uri} refused user {user!r}; "
            "check JIANGPU_DATABASE_USER and JIANGPU_DATABASE_PASSWORD"
        ) from error
    finally:
        await database.close()


@contextmanager
def _own_errors(name: str) -> Generator[None]:
    try:
        with statement(name):
            yield
    except ConstraintError as error:
        raise _duplicate() from error
    except AuthError as error:
        raise AccessDenied("the database refused the user or the password") from error
    except (ServiceUnavailable, DriverError) as error:
        raise GraphUnavailable(
            "the database cannot be reached; see `jiangpu db status` or JIANGPU_DATABASE_URI"
        ) from error
    except Neo4jError as error:
        raise _translated(name, error) from error


def _duplicate() -> DuplicateNode:
    return DuplicateNode("another node already has this key")


def _translated(name: str, error: Neo4jError) -> Exception:
    if error.code in _OUT_OF_TIME:
        return TooSlow("the question took longer than allowed; ask for less or filter more")
    if error.code == _OUT_OF_MEMORY:
        return TooLarge(_TOO_LARGE)
    if isinstance(error, ClientError) or error.code:
        log.error("statement %s refused: %s", name, error.code)
        log.debug("%s", error.message)
    return StatementFailed(error.code or "unknown")
