"""Which partner uses which part of the contract, how often and until when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Transaction

MOST_PENDING = 10_000


class Coordinates(Protocol):
    """What a document uses; equal only to itself."""

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Coordinates in the schema."""
        ...


@dataclass(frozen=True, slots=True)
class Use:
    """How often a partner used something, and when last."""

    partner: str
    count: int
    last: datetime


class Uses:
    """What was used since it was settled last.

    A process that is killed loses what it counted since, at most a second's. While the database
    does not answer, at most MOST_PENDING pairs of partner and document are kept.
    """

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, Coordinates]] = Counter()

    def note(self, partner: str, used: Coordinates) -> None:
        """Count one request."""
        key = (partner, used)
        if key in self._counts or len(self._counts) < MOST_PENDING:
            self._counts[key] += 1

    async def settle(self, database: Database) -> None:
        """Write what was counted; on failure it is kept for the next time."""
        counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            await _write(database, counts)
        except BaseException:
            self._counts.update(counts)
            raise


async def _write(database: Database, counts: Mapping[tuple[str, Coordinates], int]) -> None:
    totals: Counter[tuple[str, str]] = Counter()
    for (partner, used), n in counts.items():
        for coordinate in used.coordinates:
            totals[partner, coordinate] += n
    rows = [
        {"name": f"{partner} {coordinate}", "partner": partner, "of": coordinate, "n": n}
        for (partner, coordinate), n in sorted(totals.items())
    ]

    async def work(transaction: Transaction) -> None:
        parameters = {"rows": rows, "now": clock.now()}
        await transaction.run(Cypher(_COUNT, parameters, name="field use"))

    await database.write(work)


async def uses(database: Database) -> dict[str, list[Use]]:
    """Coordinate -> who uses it, most first."""
    found: dict[str, list[Use]] = {}
    for row in await database.rows(Cypher(_USES, name="field uses"), seconds=60):
        use = Use(row["partner"], row["count"], row["last"].to_native())
        found.setdefault(row["of"], []).append(use)
    return found


_COUNT = """
UNWIND $rows AS row
MERGE (use:FieldUse {name: row.name})
SET use.partner = row.partner, use.of = row.of, use.count = coalesce(use.count, 0) + row.n,
  use.last = $now
"""
_USES = """
MATCH (use:FieldUse)
RETURN use.of AS of, use.partner AS partner, use.count AS count, use.last AS last
ORDER BY count DESC
"""
