"""Where what is stored came from: loads with their position, and a record of each changed value.

A Change holds one old and one new value and hangs on the node that had them, so that whoever
erases a person finds every value that ever was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.writes.events import Event, append

ACTOR = "loader"

RECORD_CHANGE: LiteralString = (
    "CREATE (:Change {property: p, old: old[p], new: new[p], load: $load, at: $at})-[:CHANGE_OF]->"
)

CORRECTED: LiteralString = """COLLECT {
  MATCH (n)<-[:CHANGE_OF]-(c:Change {load: 'correctFacts'})
  WHERE c.old IS NOT NULL AND c.lifted IS NULL
  RETURN [c.property, c.old] }"""
"""What the source said of `n` before an officer put it right; saying it again does not undo that.

Something else that it says does, as does the officer who takes it back: the correction is lifted.
"""
LIFT: LiteralString = """WITH * CALL (n, changed) {
  MATCH (n)<-[:CHANGE_OF]-(c:Change {load: 'correctFacts'}) WHERE c.property IN changed
  SET c.lifted = true } """


@dataclass(frozen=True, slots=True)
class Origin:
    """Which source a write comes from, by which load, and when."""

    source: str
    load: str
    at: datetime


@dataclass(slots=True)
class Counts:
    """What became of rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def add(self, other: "Counts") -> None:
        """Add the other's figures."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged


@dataclass(frozen=True, slots=True)
class Position:
    """How far a load is committed: part and rows of it, bytes of its reject file, its figures."""

    part: int = 0
    row: int = 0
    reject_bytes: int = 0
    figures: str = ""


async def begin(
    database: Database, load: str, *, title: str, fingerprint: str, at: datetime
) -> None:
    """Record that a load begins."""
    parameters = {"load": load, "title": title, "fingerprint": fingerprint, "at": at}

    async def work(transaction: Transaction) -> None:
        await transaction.run(Cypher(_BEGIN, parameters, name="begin load"))

    await database.write(work)


async def unfinished(database: Database, fingerprint: str) -> tuple[str, Position] | None:
    """The latest load of the same input that did not come to its end, and how far it came."""
    rows = await database.rows(
        Cypher(_UNFINISHED, {"fingerprint": fingerprint}, name="unfinished load")
    )
    if not rows:
        return None
    return rows[0]["load"], Position(*rows[0]["position"])


async def is_finished(database: Database, fingerprint: str) -> bool:
    """Whether a load of this input has come to its end."""
    return await database.value(
        Cypher(_IS_FINISHED, {"fingerprint": fingerprint}, name="finished load")
    )


async def advance(
    transaction: Transaction, load: str, position: Position, event: Event | None, at: datetime
) -> None:
    """Note the position in the transaction that writes the rows before it, and what it changed."""
    parameters = {
        "load": load,
        "part": position.part,
        "row": position.row,
        "reject_bytes": position.reject_bytes,
        "figures": position.figures,
    }
    await transaction.run(Cypher(_ADVANCE, parameters, name="advance load"))
    if event is not None:
        await append(transaction, [event], actor=ACTOR, at=at)


async def finish(database: Database, load: str, at: datetime) -> None:
    """Record that a load came to its end."""

    async def work(transaction: Transaction) -> None:
        await transaction.run(Cypher(_FINISH, {"load": load, "at": at}, name="finish load"))

    await database.write(work)


_BEGIN = """
CREATE (:Load {name: $load, title: $title, fingerprint: $fingerprint, started: $at})
"""

_UNFINISHED = """
MATCH (l:Load {fingerprint: $fingerprint})
WHERE l.finished IS NULL AND l.part IS NOT NULL
RETURN l.name AS load, [l.part, l.row, l.reject_bytes, l.figures] AS position
ORDER BY l.started DESC
LIMIT 1
"""

_IS_FINISHED = """
MATCH (l:Load {fingerprint: $fingerprint})
WHERE l.finished IS NOT NULL
RETURN count(l) > 0
"""

_ADVANCE = """
MATCH (l:Load {name: $load})
SET l.part = $part, l.row = $row, l.reject_bytes = $reject_bytes, l.figures = $figures
"""

_FINISH = """
MATCH (l:Load {name: $load})
SET l.finished = $at
"""
