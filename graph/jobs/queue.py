"""The queue: jobs are added in the transaction that wants them, leased, advanced and ended.

A run holds its job by a token. Whatever it commits names the token, so that a run whose lease has
ended, because its process hung or the machine slept, can no longer write.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, LiteralString

import orjson

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Row, Transaction
from graph.errors import JiangpuError
from graph.model import MODEL
from graph.writes.events import Event, append
from graph.writes.paths import derive_paths

LEASE = timedelta(seconds=20)

_RUNS_FOR = next(r for r in MODEL.relationship_types if r.type == "RUNS_FOR")


class LeaseLost(JiangpuError):
    """Another run holds the job now; this one must write nothing more."""


@dataclass(frozen=True, slots=True)
class Held:
    """A job that this run holds: what it works on, and where an earlier run came to."""

    id: str
    kind: str
    token: str
    attempts: int
    cancelled: bool = False
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])
    position: Mapping[str, Any] = field(default_factory=dict[str, Any])


async def enqueue(
    transaction: Transaction,
    kind: str,
    given: Mapping[str, Any],
    *,
    now: datetime,
    unions: Sequence[str] = (),
    due: datetime | None = None,
) -> str:
    """Add a job in the caller's transaction; `unions` by id see it. The job's id."""
    job = secrets.token_hex(16)
    key = f"jiangpu:job-{job}"
    parameters = {
        "unions": list(unions),
        "properties": {**_new(kind, now), "id": job, "key": key, "given": _text(given)}
        | ({"due_at": due} if due else {}),
    }
    await transaction.run(Cypher(_ADD, parameters, name="add job"))
    await derive_paths(transaction, _RUNS_FOR, [key])
    return job


async def plant(database: Database, kind: str, now: datetime) -> None:
    """See to it that there is one job of a kind that returns for ever."""
    key = f"jiangpu:job-{kind}"
    properties = {**_new(kind, now), "id": secrets.token_hex(16), "given": "{}"}
    parameters = {"key": key, "properties": properties}

    async def work(transaction: Transaction) -> None:
        await transaction.run(Cypher(_PLANT, parameters, name="plant job"))

    await database.write(work)


async def claim(database: Database, kinds: Sequence[str], now: datetime) -> Held | None:
    """Lease the job that has waited longest and is due, or whose run has died."""
    waiting = await database.rows(
        Cypher(_WAITING, {"kinds": list(kinds), "now": now}, name="waiting jobs")
    )
    for row in waiting:
        held = await _lease(database, row["id"], now)
        if held is not None:
            return held
    return None


async def _lease(database: Database, job: str, now: datetime) -> Held | None:
    token = secrets.token_hex(8)
    parameters = {"id": job, "token": token, "now": now, "until": now + LEASE}

    async def work(transaction: Transaction) -> list[dict[str, Any]]:
        await transaction.run(Cypher(_LOCK, parameters, name="lock job"))
        return await transaction.run(Cypher(_LEASE, parameters, name="lease job"))

    for row in await database.write(work):
        given, position = orjson.loads(row["given"]), orjson.loads(row["position"])
        cancelled = row["state"] == "CANCELLING"
        return Held(job, row["kind"], token, row["attempts"], cancelled, given, position)
    return None


async def renew(database: Database, held: Held, now: datetime) -> bool:
    """Extend the lease; False if a person asked to cancel. Raises LeaseLost."""
    changes = {"leased_until": now + LEASE}

    async def work(transaction: Transaction) -> bool:
        before = await _change(transaction, held, changes)
        return before["state"] != "CANCELLING"

    return await database.write(work)


async def advance(
    transaction: Transaction,
    held: Held,
    *,
    progress: float,
    stage: str,
    position: Mapping[str, Any] | None = None,
) -> None:
    """Note how far the run is, in the transaction that wrote it. Raises LeaseLost."""
    changes: dict[str, Any] = {"progress": progress, "stage": stage}
    if position is not None:
        changes["position"] = _text(position)
    before = await _change(transaction, held, changes)
    if before["stage"] != stage or _step(before["progress"]) != _step(progress):
        await _tell(transaction, held, "job.advanced")


async def end(
    database: Database,
    held: Held,
    state: str,
    now: datetime,
    *,
    problem: str | None = None,
    due: datetime | None = None,
    forget: bool = False,
) -> None:
    """Give the job back in a state; QUEUED with `due` is tried again. Raises LeaseLost.

    `forget` lets the next run begin from the start.
    """
    changes: dict[str, Any] = {
        "state": state,
        "problem": problem,
        "due_at": due or now,
        "leased_by": None,
        "leased_until": None,
    }
    if state == "DONE" or forget:
        changes |= {"progress": 1.0, "stage": None}
    if forget:
        changes |= {"position": "{}", "attempts": 0}
    if state != "QUEUED" or forget:
        changes["finished_at"] = now

    async def work(transaction: Transaction) -> None:
        await _change(transaction, held, changes)
        if state != "QUEUED":
            await _tell(transaction, held, "job.ended")

    await database.write(work)


async def _change(transaction: Transaction, held: Held, changes: Mapping[str, Any]) -> Row:
    """Change what the run holds; how it was before."""
    parameters = {"id": held.id, "token": held.token, "changes": dict(changes)}
    rows = await transaction.run(Cypher(_CHANGE, parameters, name="change job"))
    if not rows:
        raise LeaseLost("another process has taken the job over")
    return rows[0]


async def _tell(transaction: Transaction, held: Held, verb: str) -> None:
    """Leave an event, where the job works on something that people wait for."""
    subject = held.given.get("subject")
    if subject is not None:
        event = Event(verb, (held.id, str(subject)))
        await append(transaction, [event], actor="work", at=clock.now())


def _step(progress: float) -> int:
    """Progress in the steps that are told."""
    return int(progress * 20)


def _new(kind: str, now: datetime) -> dict[str, Any]:
    return {
        "source": "jiangpu",
        "kind": kind,
        "state": "QUEUED",
        "progress": 0.0,
        "attempts": 0,
        "position": "{}",
        "created_at": now,
        "due_at": now,
        "synthetic": False,
    }


def _text(value: Mapping[str, Any]) -> str:
    return orjson.dumps(value).decode()


def adding(kind: LiteralString, subject: LiteralString, waiting: LiteralString) -> LiteralString:
    """Cypher that adds a job for the bound `subject`, seen by the unions of the list `waiting`.

    The job is given the id of the subject; its own id is `$fresh`.
    """
    return f"""
WITH *, {_path("REGION", waiting)} AS job_region, {_path("SYSTEM", waiting)} AS job_system
CREATE ({subject})-[:SOLVED_BY]->(job:Job:Node {{id: $fresh, key: 'jiangpu:job-' + $fresh,
  source: 'jiangpu', kind: '{kind}', state: 'QUEUED', progress: 0.0, attempts: 0, position: '{{}}',
  given: '{{"subject": "' + {subject}.id + '"}}', created_at: $now, due_at: $now,
  synthetic: coalesce({subject}.synthetic, false), region_path: job_region,
  system_path: job_system,
  scope_tokens: replace(coalesce(job_region, '') + coalesce(job_system, ''), '/', ' ')}})
FOREACH (u IN {waiting} | CREATE (job)-[:RUNS_FOR]->(u))"""


def _path(tree: LiteralString, waiting: LiteralString) -> LiteralString:
    return (
        f"reduce(path = null, u IN {waiting} | CASE u.tree WHEN '{tree}' THEN u.path ELSE path END)"
    )


_ADD = """
CREATE (job:Job:Node) SET job = $properties
WITH job UNWIND $unions AS union
MATCH (u:Union {id: union}) CREATE (job)-[:RUNS_FOR]->(u)
"""

_PLANT = "MERGE (job:Job {key: $key}) ON CREATE SET job:Node, job += $properties"

_WAITING = """
MATCH (job:Job)
WHERE job.state IN ['QUEUED', 'RUNNING', 'CANCELLING'] AND job.kind IN $kinds
  AND job.due_at <= $now AND coalesce(job.leased_until <= $now, true)
RETURN job.id AS id ORDER BY job.due_at, id LIMIT 5
"""

_LOCK = "MATCH (job:Node:Job {id: $id}) SET job.locked = true"

_LEASE = """
MATCH (job:Node:Job {id: $id})
WHERE job.state IN ['QUEUED', 'RUNNING', 'CANCELLING'] AND job.due_at <= $now
  AND coalesce(job.leased_until <= $now, true)
SET job.state = CASE job.state WHEN 'CANCELLING' THEN job.state ELSE 'RUNNING' END,
    job.leased_by = $token, job.leased_until = $until,
    job.started_at = $now, job.attempts = job.attempts + 1, job.problem = null,
    job.finished_at = null
RETURN job.kind AS kind, job.state AS state, job.given AS given, job.position AS position,
       job.attempts AS attempts
"""

_CHANGE = """
MATCH (job:Node:Job {id: $id})
SET job.locked = true
WITH job WHERE job.leased_by = $token
WITH job, job.state AS state, job.progress AS progress, job.stage AS stage
SET job += $changes
RETURN state, progress, stage
"""
