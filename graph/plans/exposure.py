"""How sought each master is, measured every day: the load that suggestions take into account."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, LiteralString

import numpy as np

from graph import clock
from graph.cypher import Cypher
from graph.database import Transaction
from graph.jobs.worker import Kind, Run
from graph.matching.candidates import Days
from graph.plans.computing import Tell, in_thread
from graph.plans.lists import Weights, make_lists
from graph.plans.people import People
from graph.plans.reading import read_people, read_weights
from graph.plans.suggest import exposure, prices
from graph.plans.whom import Scope

LIST_LENGTH = 50
_ROWS = 5_000


async def measure(run: Run) -> None:
    """Ask for every apprentice as she would herself, and keep how often each master is shown."""
    now = clock.now()
    today = clock.beijing_day(now)
    await run.tell(0.02, "reading the people")
    people, _ = await read_people(run.database, Scope(), run.viewer, Days(today, today))
    weights = await read_weights(run.database)
    rows = await in_thread(run, 0.2, 0.8, lambda tell: measured(people, weights, tell))
    for start in range(0, len(rows), _ROWS):
        part = [[*row, secrets.token_hex(16)] for row in rows[start : start + _ROWS]]
        parameters = {"rows": part, "now": now, "version": weights.mentor.version}

        async def work(
            transaction: Transaction, parameters: Mapping[str, Any] = parameters, start: int = start
        ) -> None:
            await transaction.run(Cypher(_SAVE, parameters, name="save exposure"))
            share = min(start + _ROWS, len(rows)) / len(rows)
            await run.commit(transaction, 0.8 + 0.19 * share, "storing the load")

        await run.database.write(work)
    await run.database.run(Cypher(_FORGET, {"now": now}, name="forget exposure"))


def measured(people: People, weights: Weights, tell: Tell) -> Sequence[Sequence[Any]]:
    """A row a master: id, how often shown by score and balanced, price, whether a place is kept."""
    lists = make_lists(people, weights, most=LIST_LENGTH, tell=tell)
    places = people.masters.places
    price = prices(lists, places)
    by_score = exposure(lists, places, np.zeros(len(places)))
    kept_for = exposure(lists, places, price).counts == 0
    balanced = exposure(lists, places, price, kept_for=kept_for)
    columns = (by_score.counts, balanced.counts, price, kept_for)
    return [*zip(people.masters.ids, *(c.tolist() for c in columns), strict=True)]


_SAVE: LiteralString = """
UNWIND $rows AS row
MATCH (master:Node:Worker {id: row[0]})
MERGE (load:MasterExposure {key: 'jiangpu:exposure-' + row[0]})
ON CREATE SET load:Node, load.id = row[5], load.source = 'jiangpu'
SET load.shown_by_score = row[1], load.shown_to = row[2], load.price = row[3],
  load.place_kept = row[4], load.measured_at = $now, load.weights_version = $version,
  load.synthetic = coalesce(master.synthetic, false)
MERGE (load)-[:EXPOSURE_OF]->(master)
"""

_FORGET: LiteralString = """
MATCH (load:MasterExposure) WHERE load.measured_at < $now
CALL (load) { DETACH DELETE load } IN TRANSACTIONS OF 10000 ROWS
"""

KINDS = (
    Kind(
        "exposure.measure",
        "Measures how sought each master is, so that suggestions do not crowd.",
        measure,
        every=timedelta(days=1),
    ),
)
