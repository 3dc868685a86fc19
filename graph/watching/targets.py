"""Targets are counted again: one that is reached, or lost again, becomes an event of the stream."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import LiteralString

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.jobs.worker import Kind, Run
from graph.rules.figures import FIGURES
from graph.rules.figures.count import Answered, Question, asking, read
from graph.viewer import Viewer
from graph.writes.events import Event, append

MOST_SECONDS = 300
REACHED, LOST = "target.reached", "target.lost"


async def count(run: Run) -> None:
    """Count this year's targets over everything and compare with how they stood last."""
    now = clock.now()
    today = clock.beijing_day(now)
    codes = [code for code in FIGURES if code.startswith("T")]
    counted = await counts(run.database, codes, today.year, run.viewer, now, seconds=MOST_SECONDS)
    rows = [
        {"name": f"{a.figure.code}:{today.year}", "met": a.counts[0].met, "done": a.counts[0].done}
        for a in counted
        if a.counts[0].met is not None
    ]

    async def work(transaction: Transaction) -> None:
        crossed = await transaction.run(Cypher(_MARK, {"rows": rows}, name="mark targets"))
        events = [
            Event(REACHED if r["met"] else LOST, (), tuple(r["name"].split(":")), r["done"])
            for r in crossed
        ]
        if events:
            await append(transaction, events, actor="work", at=now)
        await run.commit(transaction, 1.0, "counted")

    await run.database.write(work)


async def counts(
    database: Database,
    codes: Sequence[str],
    year: int,
    viewer: Viewer,
    now: datetime,
    *,
    seconds: float | None = None,
) -> list[Answered]:
    """Figures of a year, as the viewer sees them today; raises TooSlow after so many seconds."""
    figures = tuple(FIGURES[code] for code in codes)
    question = Question(figures, year, clock.beijing_day(now), now, most=0)
    found = await database.value(asking(question, viewer, {}), seconds=seconds)
    return read(found, question, viewer)


_MARK: LiteralString = """
UNWIND $rows AS row
MERGE (mark:TargetMark {name: row.name})
WITH mark, row, mark.met AS before
SET mark.met = row.met, mark.done = row.done
WITH row, before WHERE before <> row.met
RETURN row.name AS name, row.met AS met, row.done AS done ORDER BY name
"""

KINDS = (
    Kind(
        "targets.count",
        "Counts this year's targets, and tells which are reached or lost again.",
        count,
        every=timedelta(minutes=15),
    ),
)
