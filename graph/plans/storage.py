"""What a plan leaves in the graph: its frozen lists in parts, its prices, a node for each pair."""

import secrets
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, LiteralString

import numpy as np

from graph.cypher import Cypher
from graph.database import Database, Row, Transaction
from graph.plans.lists import UNIT, Lists
from graph.plans.people import Int32
from graph.plans.solve import Assignment, Price

_ROWS = 5_000
_PAIRS = 10_000
_BEFORE_LAST = 0.99
_LEVEL = 1  # of compression: twice as fast as the next, and a tenth larger


@dataclass(frozen=True, slots=True)
class Frozen:
    """The lists that a plan rests on, as they were: ids of both sides, and places."""

    apprentices: Sequence[str]
    masters: Sequence[str]
    places: Int32
    lists: Lists


Noted = Callable[[Transaction, float], Any]
"""Called in each writing transaction with the share that is then written."""


async def save_lists(database: Database, plan: str, frozen: Frozen, noted: Noted) -> None:
    """Replace the lists of a plan."""
    await database.run(Cypher(_FORGET_LISTS, {"prefix": f"{plan}/"}, name="forget lists"))
    count = len(frozen.apprentices)
    for start in range(0, max(count, 1), _ROWS):
        rows = slice(start, start + _ROWS)
        values = {
            "ids": _text(frozen.apprentices[rows]),
            **{n: _packed(c[rows]) for n, c in zip(_COLUMNS, frozen.lists.columns, strict=True)},
        }
        share = min(1.0, rows.stop / max(count, 1)) * _BEFORE_LAST
        await _save(database, f"{plan}/{start:09}", values, noted, share)
    values = {"ids": _text(frozen.masters), "places": _packed(frozen.places)}
    width = {"width": frozen.lists.master.shape[1]}
    await _save(database, f"{plan}/masters", {**values, **width}, noted, 1.0)


async def _save(
    database: Database, name: str, values: Mapping[str, Any], noted: Noted, share: float
) -> None:
    parameters = {"plan": name.partition("/")[0], "values": {**values, "name": name}}

    async def work(transaction: Transaction) -> None:
        await transaction.run(Cypher(_SAVE_LISTS, parameters, name="save lists"))
        await noted(transaction, share)

    await database.write(work)


async def load_lists(database: Database, plan: str) -> Frozen:
    """The lists of a plan as they were saved."""
    rows = await database.rows(
        Cypher(_LOAD_LISTS, {"prefix": f"{plan}/"}, name="lists of a plan"), seconds=120
    )
    *parts, masters = [row["part"] for row in rows]  # digits sort before letters
    width = masters["width"]
    columns = [
        np.concatenate([_unpacked(part[name]).reshape(-1, width) for part in parts])
        for name in _COLUMNS
    ]
    return Frozen(
        [i for part in parts for i in _ids(part["ids"])],
        _ids(masters["ids"]),
        _unpacked(masters["places"]),
        Lists(*columns),
    )


async def save_prices(transaction: Transaction, plan: str, prices: Mapping[str, Any]) -> None:
    """Replace the prices of a plan: objective -> (price, seconds)."""
    rows: list[Mapping[str, Any]] = []
    for objective, (worth, seconds) in prices.items():
        identifier = secrets.token_hex(16)
        shown: Price = worth
        rows.append(
            {
                "id": identifier,
                "key": f"jiangpu:price-{identifier}",
                "source": "jiangpu",
                "objective": objective,
                "seconds": seconds,
                **asdict(shown),
            }
        )
    await transaction.run(Cypher(_PRICES, {"plan": plan, "rows": rows}, name="prices"))


async def forget_pairings(database: Database, plan: str) -> None:
    """Remove the pairs that the last run found, and those that were released."""
    await database.run(Cypher(_FORGET_PAIRINGS, {"plan": plan}, name="forget pairings"))


def pairing_rows(frozen: Frozen, assigned: Assignment, ranks: Int32) -> list[list[Any]]:
    """A row for each pair found: both ids, places on both lists, what each gives the other."""
    rows = np.flatnonzero((assigned.master >= 0) & ~assigned.fixed)
    place = assigned.place[rows]
    wish = np.minimum(frozen.lists.wish[rows, place], UNIT) / UNIT
    own = np.minimum(assigned.own[rows], UNIT) / UNIT
    columns = (rows, assigned.master[rows], place + 1, ranks[rows], wish, own)
    return [
        [frozen.apprentices[a], frozen.masters[m], *rest]
        for a, m, *rest in zip(*(c.tolist() for c in columns), strict=True)
    ]


async def save_pairings(
    database: Database, plan: str, rows: Sequence[Sequence[Any]], begin: int, noted: Noted
) -> None:
    """Store the pairs from number `begin` on, a bounded number at a time."""
    for start in range(begin, len(rows), _PAIRS):
        part = [[*row, secrets.token_hex(16)] for row in rows[start : start + _PAIRS]]
        parameters = {"plan": plan, "rows": part}

        async def work(
            transaction: Transaction, parameters: Mapping[str, Any] = parameters, start: int = start
        ) -> None:
            await transaction.run(Cypher(_SAVE_PAIRINGS, parameters, name="save pairings"))
            await noted(transaction, min(start + _PAIRS, len(rows)) / len(rows))

        await database.write(work)


async def plan_row(database: Database, plan: str) -> Row | None:
    """What a run has to know of a plan."""
    rows = await database.rows(Cypher(_PLAN, {"plan": plan}, name="plan"))
    return rows[0]["plan"] if rows else None


_COLUMNS: tuple[LiteralString, ...] = ("master", "wish", "favour")


def _text(ids: Sequence[str]) -> bytes:
    return zlib.compress("\n".join(ids).encode(), _LEVEL)


def _ids(packed: bytes) -> list[str]:
    return zlib.decompress(packed).decode().split("\n") if packed else []


def _packed(column: Int32) -> bytes:
    return zlib.compress(np.ascontiguousarray(column).tobytes(), _LEVEL)


def _unpacked(packed: bytes) -> Int32:
    return np.frombuffer(zlib.decompress(packed), dtype=np.int32).copy()


_FORGET_LISTS = """
MATCH (lists:PlanLists) WHERE lists.name STARTS WITH $prefix
CALL (lists) { DETACH DELETE lists } IN TRANSACTIONS OF 50 ROWS
"""

_SAVE_LISTS = """
MATCH (plan:Node:MentoringPlan {id: $plan})
MERGE (lists:PlanLists {name: $values.name})
SET lists = $values
MERGE (lists)-[:LISTS_OF]->(plan)
"""

_LOAD_LISTS = """
MATCH (lists:PlanLists) WHERE lists.name STARTS WITH $prefix
RETURN lists {.*} AS part ORDER BY lists.name
"""

_PRICES = """
MATCH (plan:Node:MentoringPlan {id: $plan})
CALL (plan) { MATCH (plan)<-[:PRICE_OF]-(old:PlanPrice) DETACH DELETE old }
UNWIND $rows AS row
CREATE (price:Node:PlanPrice)-[:PRICE_OF]->(plan)
SET price = row, price.synthetic = coalesce(plan.synthetic, false)
"""

_FORGET_PAIRINGS = """
MATCH (:Node:MentoringPlan {id: $plan})<-[:IN_PLAN]-(pairing:PlannedPairing)
WHERE pairing.state IN ['SOLVED', 'RELEASED']
CALL (pairing) { DETACH DELETE pairing } IN TRANSACTIONS OF 10000 ROWS
"""

_SAVE_PAIRINGS = """
MATCH (plan:Node:MentoringPlan {id: $plan})
UNWIND $rows AS row
MATCH (apprentice:Node:Worker {id: row[0]}), (master:Node:Worker {id: row[1]})
CREATE (p:Node:PlannedPairing {id: row[6], key: 'jiangpu:planned-' + row[6], source: 'jiangpu',
  synthetic: coalesce(plan.synthetic, false), state: 'SOLVED', rank_of_master: row[2],
  rank_of_apprentice: row[3], score: row[4], favour: row[5]})
CREATE (p)-[:IN_PLAN]->(plan), (p)-[:PLANS_APPRENTICE]->(apprentice), (p)-[:PLANS_MASTER]->(master)
"""

_PLAN = """
MATCH (plan:Node:MentoringPlan {id: $plan})
RETURN plan {.*,
  path: head([(plan)-[:PLANNED_FOR]->(u:Union) | u.path]),
  masters_path: head(COLLECT { MATCH (u:Node:Union {id: plan.masters_union}) RETURN u.path }),
  out: [(plan)-[:LEAVES_OUT]->(w:Worker) | w.id],
  pairs: COLLECT {
    MATCH (plan)<-[:IN_PLAN]-(p:PlannedPairing)
    WHERE p.state IN ['PINNED', 'ACCEPTED', 'EXCLUDED', 'PROPOSED', 'REFUSED']
    MATCH (p)-[:PLANS_APPRENTICE]->(a:Worker), (p)-[:PLANS_MASTER]->(m:Worker)
    OPTIONAL MATCH (p)-[:LED_TO]->(g:MentoringAgreement)
    RETURN [p.id, p.state, a.id, m.id, g.state] }
} AS plan
"""
