"""What an erasure left goes when the law no longer asks for it."""

from datetime import timedelta
from functools import partial
from typing import LiteralString

from graph import clock
from graph.cypher import Cypher
from graph.database import Transaction
from graph.jobs.worker import Kind, Run
from graph.persons.retention import RETAINED, Retained
from graph.writes.events import Event, append

_MOST = 1_000


async def forget_what_has_lapsed(run: Run) -> None:
    """Delete records that were kept for an erased person and whose period has ended.

    A record that a living person shares only lets go of the erased one.
    """
    for n, kept in enumerate(RETAINED, 1):
        work = partial(_forget, run, kept, n / len(RETAINED))
        while await run.database.write(work) == _MOST:
            pass


async def _forget(run: Run, kept: Retained, progress: float, transaction: Transaction) -> int:
    now = clock.now()
    text: LiteralString = _LAPSED.replace("{label}", kept.label)
    parameters = {"now": now, "years": kept.years, "most": _MOST}
    [done] = await transaction.run(Cypher(text, parameters, name="lapsed records"))
    if done["records"]:
        event = Event("person.retention-ended", tuple(done["persons"]), (), done["records"])
        await append(transaction, [event], actor="work", at=now)
    await run.commit(transaction, progress, "forgetting")
    return done["records"]


_LAPSED: LiteralString = """
MATCH (person:Erased)-[link]-(record:{label})
WHERE person.erased_at + duration({years: $years}) <= $now
WITH person, link, record LIMIT $most
WITH person, link, record, EXISTS { (record)--(:Worker) } AS shared
DELETE link
FOREACH (gone IN CASE WHEN shared THEN [] ELSE [record] END | DETACH DELETE gone)
RETURN count(*) AS records, collect(DISTINCT person.id) AS persons
"""

KINDS = (
    Kind(
        "persons.retain",
        "Deletes what was kept of erased persons, once the law no longer asks for it.",
        forget_what_has_lapsed,
        every=timedelta(days=1),
    ),
)
