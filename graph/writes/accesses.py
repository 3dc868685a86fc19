"""The log of who saw whose personal values: kept apart from the person, read by her (K09, PIPL).

An entry hangs on a file of its own per person, so that reading somebody locks and burdens nobody.
"""

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Row, Transaction

MOST_PENDING = 100_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """That somebody saw properties of a person, at a moment."""

    at: datetime
    who: str
    fields: tuple[str, ...]


class Accesses:
    """What was seen since it was settled last, each (who, person, fields) once.

    A process that is killed loses what it noted since, at most a second's. While the database does
    not answer, at most MOST_PENDING are kept; how many more there were stands in the log.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, tuple[str, ...]], dict[str, datetime]] = {}
        self._pending = 0
        self._lost = 0

    def note(self, who: str, shown: list[tuple[str, tuple[str, ...]]]) -> None:
        """Note persons and properties shown, and empty the list."""
        at = clock.now()
        persons: dict[str, datetime] = {}
        last: tuple[str, ...] | None = None
        for person, names in shown:
            if names is not last:
                persons, last = self._seen.setdefault((who, names), {}), names
            if person in persons:
                continue
            if self._pending < MOST_PENDING:
                persons[person] = at
                self._pending += 1
            else:
                self._lost += 1
        shown.clear()

    async def settle(self, database: Database) -> None:
        """Write what was noted; on failure it is kept for the next time."""
        seen, self._seen, pending, self._pending = self._seen, {}, self._pending, 0
        if not seen:
            return
        try:
            await write(database, seen)
        except BaseException:
            for (who, names), persons in seen.items():
                self._seen.setdefault((who, names), {}).update(persons)
            self._pending += pending
            raise
        if self._lost:
            log.error("%s accesses to personal data could not be logged", self._lost)
            self._lost = 0


async def write(
    database: Database, seen: dict[tuple[str, tuple[str, ...]], dict[str, datetime]]
) -> None:
    """Write what was seen, one node for each who and fields."""
    rows = [
        {
            "persons": list(persons),
            "values": {
                "id": secrets.token_hex(8), "at": max(persons.values()), "who": who,
                "fields": list(names),
            },
        }
        for (who, names), persons in seen.items()
        if persons
    ]  # fmt: skip

    async def work(transaction: Transaction) -> None:
        await transaction.run(Cypher(_RECORD, {"rows": rows}, name="log accesses"))

    await database.write(work)


async def accesses_of(
    database: Database, person: str, *, first: int, bound: tuple[datetime, str] | None = None
) -> list[tuple[str, Entry]]:
    """Id and entry of the accesses to a person, newest first, behind the bound."""
    at, identifier = bound or (None, "")
    parameters: dict[str, Any] = {"person": person, "first": first, "at": at, "id": identifier}
    return list(_entries(await database.rows(Cypher(_OF, parameters, name="accesses"))))


def _entries(rows: Iterable[Row]) -> Iterable[tuple[str, Entry]]:
    for row in rows:
        yield row["id"], Entry(row["at"].to_native(), row["who"], tuple(row["fields"]))


_RECORD = """
UNWIND $rows AS row
CREATE (a:PersonalAccess)
SET a = row.values
WITH a, row
UNWIND row.persons AS person
MERGE (file:AccessFile {person: person})
CREATE (a)-[:SHOWED]->(file)
"""
_OF = """
MATCH (:AccessFile {person: $person})<-[:SHOWED]-(a:PersonalAccess)
WHERE $at IS NULL OR a.at < $at OR (a.at = $at AND a.id > $id)
RETURN a.id AS id, a.at AS at, a.who AS who, a.fields AS fields
ORDER BY a.at DESC, a.id LIMIT $first
"""
