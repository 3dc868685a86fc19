"""What partners have left to spend, shared by all processes that serve them.

Each process counts for itself and settles once a second. Until then it does not know what the
others spent, so that all together may spend at most one more budget for each further process.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from graph.cypher import Cypher
from graph.database import Database


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process spent for a partner since it last settled."""

    partner: str
    budget: int
    restore: int
    spent: float


async def settle(database: Database, spent: Sequence[Spent], now: float) -> Mapping[str, float]:
    """Partner -> what is left; `now` in seconds since 1970."""
    rows = [asdict(s) for s in sorted(spent, key=lambda s: s.partner)]
    parameters = {"rows": rows, "now": now}
    settled = await database.write(
        lambda transaction: transaction.run(Cypher(_SETTLE, parameters, name="settle budgets"))
    )
    return {row["partner"]: row["level"] for row in settled}


_SETTLE = """
UNWIND $rows AS row
MERGE (b:Budget {partner: row.partner})
SET b.locked = true
WITH b, row, coalesce(b.level, row.budget) AS before, coalesce(b.at, $now) AS at
WITH b, row, before + row.restore * CASE WHEN $now > at THEN $now - at ELSE 0 END AS filled, at
SET b.level = CASE WHEN filled > row.budget THEN row.budget ELSE filled END - row.spent,
    b.at = CASE WHEN $now > at THEN $now ELSE at END
REMOVE b.locked
RETURN row.partner AS partner, b.level AS level
"""
