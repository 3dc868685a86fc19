"""Long work goes on: after kill -9, after a cancel that was taken back, after an error."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.errors import InvalidRequest
from graph.jobs import queue, worker
from graph.jobs.queue import LeaseLost, claim, enqueue
from graph.jobs.worker import Kind, Run, work
from graph.server.local import Address
from graph.viewer import ADMINISTRATOR, Role, Viewer
from graph.work import KINDS
from tests.integration.conftest import Ask

ROOT = Path(__file__).parents[2]
COUNTING = """
import asyncio, os, sys
from graph.database import open_database
from graph.jobs import queue, worker
from datetime import timedelta
from tests.integration.test_jobs import COUNT
queue.LEASE = timedelta(seconds=1)
worker._BEAT_SECONDS = 0.2

async def main():
    async with open_database(*sys.argv[1:4]) as database:
        await worker.work(database, [COUNT], asyncio.Event())

asyncio.run(main())
"""


async def _count(run: Run) -> None:
    """Write one node a step, with the position, in one transaction."""
    for n in range(int(run.position.get("next", 0)), run.given["steps"]):

        async def step(transaction: Transaction, n: int = n) -> None:
            row = {"n": n, "pid": os.getpid()}
            await transaction.run(Cypher("CREATE (:Counted {n: $n, by: $pid})", row))
            await run.commit(transaction, n / run.given["steps"], "counting", {"next": n + 1})

        await run.database.write(step)
        await asyncio.sleep(run.given.get("pause", 0))


COUNT = Kind("test.count", "Counts.", _count)


async def added(database: Database, kind: str = "test.count", **given: Any) -> str:
    async def add(transaction: Transaction) -> str:
        return await enqueue(transaction, kind, given, now=datetime.now(UTC))

    return await database.write(add)


async def facts(database: Database, job: str) -> dict[str, Any]:
    text = "MATCH (j:Job {id: $id}) RETURN j {.*} AS job"
    return (await database.rows(Cypher(text, {"id": job})))[0]["job"]


async def counted(database: Database) -> list[int]:
    return await database.value(Cypher("MATCH (c:Counted) WITH c ORDER BY c.n RETURN collect(c.n)"))


async def until(database: Database, text: str, job: str) -> None:
    async def look() -> None:
        while not await database.value(Cypher(text, {"id": job})):  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    await asyncio.wait_for(look(), 120)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leases that end soon."""
    monkeypatch.setattr(queue, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(worker, "_BEAT_SECONDS", 0.2)
    monkeypatch.setattr(worker, "_PAUSE_SECONDS", 0.1)
    monkeypatch.setattr(worker, "_FIRST_PAUSE", timedelta(0))


@contextmanager
def another_process(server: Address) -> Generator[subprocess.Popen[bytes]]:
    """A worker that is killed at the latest when the context ends."""
    command = [sys.executable, "-c", COUNTING, server.uri, server.user, server.password]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


async def test_after_kill_9_another_process_goes_on_from_what_was_committed(
    database: Database, server: Address, quick: None
) -> None:
    job = await added(database, steps=40, pause=0.05)
    with another_process(server) as first:
        await until(database, "MATCH (c:Counted) RETURN count(c) > 3", job)
        first.send_signal(signal.SIGKILL)
    before = await counted(database)
    assert 3 < len(before) < 40
    assert (await facts(database, job))["state"] == "RUNNING"
    with another_process(server):
        await until(database, "MATCH (j:Job {id: $id}) RETURN j.state = 'DONE'", job)
    assert await counted(database) == list(range(40))
    assert (await facts(database, job))["attempts"] == 2


async def test_a_run_that_lost_its_lease_cannot_commit(database: Database, quick: None) -> None:
    await added(database, steps=1)
    early = datetime.now(UTC)
    first = await claim(database, ["test.count"], early)
    assert first is not None
    assert await claim(database, ["test.count"], early) is None
    second = await claim(database, ["test.count"], early + timedelta(seconds=2))
    assert second is not None
    with pytest.raises(LeaseLost):
        await _count(Run(database, first, ADMINISTRATOR))
    assert await counted(database) == []
    await _count(Run(database, second, ADMINISTRATOR))
    assert await counted(database) == [0]


async def test_two_workers_never_hold_one_job(database: Database) -> None:
    for _ in range(6):
        await added(database, steps=1)
    now = datetime.now(UTC)
    held = await asyncio.gather(*[claim(database, ["test.count"], now) for _ in range(6)])
    ids = [h.id for h in held if h is not None]
    assert len(ids) == len(set(ids))


async def test_a_cancelled_job_ends_and_can_be_resumed(
    database: Database, ask: Ask, quick: None
) -> None:
    job = await added(database, steps=10, pause=0.2)
    stop = asyncio.Event()
    working = asyncio.create_task(work(database, [COUNT], stop))
    await until(database, "MATCH (c:Counted) RETURN count(c) > 1", job)
    text = "mutation ($id: ID!) { m(input: {jobId: $id}) { ... on JobChanged { job { state } } } }"
    await ask(text.replace("m(", "cancelJob("), id=job)
    await until(database, "MATCH (j:Job {id: $id}) RETURN j.state = 'CANCELLED'", job)
    assert len(await counted(database)) < 10
    resumed = await ask(text.replace("m(", "resumeJob("), id=job)
    assert resumed["resumeJob"]["job"]["state"] in {"QUEUED", "RUNNING"}
    await until(database, "MATCH (j:Job {id: $id}) RETURN j.state = 'DONE'", job)
    stop.set()
    await working
    assert await counted(database) == list(range(10))
    seen = await ask("query ($id: ID!) { job(id: $id) { state progress kind } }", id=job)
    assert seen["job"] == {"state": "DONE", "progress": 1.0, "kind": "test.count"}


async def test_a_stopped_worker_gives_its_job_back_at_once(database: Database) -> None:
    job = await added(database, steps=100, pause=0.05)
    stop = asyncio.Event()
    working = asyncio.create_task(work(database, [COUNT], stop))
    await until(database, "MATCH (c:Counted) RETURN count(c) > 1", job)
    stop.set()
    await working
    assert (await facts(database, job))["state"] == "QUEUED"
    assert await claim(database, ["test.count"], datetime.now(UTC)) is not None


async def test_a_refusal_fails_at_once_and_says_why(database: Database) -> None:
    async def refuse(_: Run) -> None:
        raise InvalidRequest("NOT_FOUND", "there is no such plan")

    job = await added(database)
    await work(database, [Kind("test.count", "", refuse)], asyncio.Event(), until_idle=True)
    found = await facts(database, job)
    assert (found["state"], found["problem"]) == ("FAILED", "there is no such plan")


async def test_an_error_of_ours_is_tried_again_and_shows_no_values(
    database: Database, quick: None
) -> None:
    tries: list[int] = []

    async def stumble(_: Run) -> None:
        tries.append(1)
        raise ValueError("张三")

    job = await added(database)
    await work(database, [Kind("test.count", "", stumble)], asyncio.Event(), until_idle=True)
    found = await facts(database, job)
    assert len(tries) == worker.MOST_ATTEMPTS
    assert found["state"] == "FAILED"
    assert "张三" not in found["problem"]
    assert job in found["problem"]


async def test_recurring_work_is_planted_once_and_returns(database: Database) -> None:
    runs: list[int] = []

    async def note(_: Run) -> None:
        runs.append(1)

    kind = Kind("test.daily", "", note, every=timedelta(days=1))
    for _ in range(2):
        await work(database, [kind], asyncio.Event(), until_idle=True)
    [row] = await database.rows(Cypher("MATCH (j:Job) RETURN j.due_at AS due, j.state AS state"))
    assert len(runs) == 1
    assert row["state"] == "QUEUED"
    assert row["due"].to_native() > datetime.now(UTC) + timedelta(hours=23)


async def test_a_union_sees_and_cancels_only_its_own_jobs(database: Database, ask: Ask) -> None:
    await database.run(
        Cypher("CREATE (:Union:Node {id: 'u', key: 'u', path: '/u/', tree: 'REGION'})")
    )

    async def add(transaction: Transaction) -> str:
        return await enqueue(transaction, "test.count", {}, now=datetime.now(UTC), unions=["u"])

    own, other = await database.write(add), await added(database)
    union = Viewer(frozenset({Role.UNION}), region_prefixes=("/u/",))
    assert (await ask("{ jobs { nodes { id } } }", union))["jobs"]["nodes"] == [{"id": own}]
    text = "mutation ($id: ID!) { cancelJob(input: {jobId: $id}) { __typename } }"
    assert (await ask(text, union, id=other))["cancelJob"] == {"__typename": "Problem"}
    assert (await ask(text, union, id=own))["cancelJob"] == {"__typename": "JobChanged"}


async def test_work_that_returns_for_ever_is_done_where_there_is_nothing_yet(
    database: Database,
) -> None:
    await work(database, KINDS, asyncio.Event(), until_idle=True)
    text = "MATCH (j:Job) RETURN collect([j.kind, j.state, j.problem])"
    found = await database.value(Cypher(text))
    planted = sorted(kind.name for kind in KINDS if kind.every is not None)
    assert sorted(found) == [[name, "QUEUED", None] for name in planted]
