"""What may not be seen changes nothing: answers with it and without it are equal byte for byte."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Transaction, open_database
from graph.server.local import Address
from graph.viewer import ANYONE, Role, Viewer
from graph.writes.events import append
from schema import ANSWERS, schema
from schema.cursors import Cursors
from schema.plan.documents import Refused
from schema.plan.engine import Engine
from tests.documents import ROOTS
from tests.integration.test_feed import begun
from tests.leaks import HIDDEN, hidden_world, hides, mutations, news, questions, seen_world
from tests.seeded import OPEN, WIPE

UNION = Viewer(frozenset({Role.UNION}), region_prefixes=(OPEN.region,))
VIEWERS: Mapping[str, Viewer] = {
    "union": UNION,
    "public": ANYONE,
    "worker": Viewer(frozenset({Role.WORKER}), person=OPEN.id("Worker", 1)),
    "enterprise": Viewer(frozenset({Role.ENTERPRISE}), organisation=OPEN.id("Enterprise", 1)),
    "studio": Viewer(frozenset({Role.STUDIO}), organisation=OPEN.id("Studio", 1)),
    "scoped key": Viewer(frozenset({Role.ADMINISTRATOR}), reads=frozenset({"organisations"})),
    "production": Viewer(frozenset({Role.ADMINISTRATOR}), sees_synthetic=False),
}

Answers = Mapping[str, str]
LONG = Cypher("""
SHOW TRANSACTIONS YIELD elapsedTime, currentQuery
WHERE elapsedTime.milliseconds > 1000 AND NOT currentQuery CONTAINS 'SHOW TRANSACTIONS'
RETURN count(*) AS running""")


@pytest.fixture(params=VIEWERS)
def viewer(request: pytest.FixtureRequest) -> Viewer:
    return VIEWERS[request.param]


@pytest.fixture
async def engine(server: Address) -> AsyncGenerator[Engine]:
    """Waits for a statement that a busy machine plans for minutes."""
    async with open_database(server.uri, server.user, server.password, seconds=600) as database:
        yield Engine(schema._schema, database, Cursors(b"k" * 32), ANSWERS)


@pytest.fixture
async def seen(viewer: Viewer, open_session_database: Database) -> AsyncGenerator[Database]:
    await open_session_database.run(WIPE)
    await seen_world(hides(viewer)).write(open_session_database)
    return open_session_database


async def answers(engine: Engine, viewer: Viewer, *, backwards: bool = False) -> Answers:
    """Document -> the body of its answer; backwards, what was planned last is asked first."""
    texts = [text for _, text in (*questions(viewer), *mutations(viewer))]
    at_once = asyncio.Semaphore(4)

    async def answer(text: str) -> str:
        try:
            async with at_once:
                response = await engine.execute(text, {}, None, viewer)
        except Refused as refused:
            return repr(refused.errors)
        errors = [e.formatted for e in response.errors]
        assert "took longer" not in str(errors), text
        return json.dumps([response.data, errors], ensure_ascii=False)

    if backwards:
        texts.reverse()
    return dict(zip(texts, await asyncio.gather(*map(answer, texts)), strict=True))


async def quiet(database: Database) -> None:
    """Wait until the database has had nothing long to do for some seconds; five minutes at most."""
    calm, ends = 0, time.monotonic() + 300
    while calm < 5 and time.monotonic() < ends:
        await asyncio.sleep(1)
        [row] = await database.run(LONG)
        calm = 0 if row["running"] else calm + 1


@pytest.mark.slow  # minutes of planning
@pytest.mark.probe
async def test_hidden_nodes_change_no_answer(
    viewer: Viewer, seen: Database, engine: Engine
) -> None:
    without = await answers(engine, viewer)
    await hidden_world(hides(viewer), synthetic=not viewer.sees_synthetic).write(seen)
    within = await answers(engine, viewer, backwards=True)
    changed = [text for text in without if without[text] != within[text]]
    assert not changed, f"{len(changed)} of {len(without)} answers changed: {changed[0]}"
    told = [q for q, a in within.items() if HIDDEN.name in a and HIDDEN.name not in q]
    assert not told, f"{len(told)} answers name what is hidden: {told[0]}"


@pytest.mark.slow  # as above
@pytest.mark.probe
async def test_nothing_of_hidden_nodes_is_followed(
    viewer: Viewer, seen: Database, engine: Engine
) -> None:
    await hidden_world(hides(viewer), synthetic=not viewer.sees_synthetic).write(seen)
    heard: list[str] = []

    async def follow(text: str) -> None:
        async with aclosing(engine.follow(engine.run(text, {}, None, viewer))) as responses:
            async for response in responses:
                heard.append(json.dumps(response.data))  # noqa: PERF401 - while it is cut off

    async def write(transaction: Transaction) -> None:
        events = [event for _, event in news(HIDDEN).values()]
        await append(transaction, events, actor="test", at=clock.now())

    tasks = [asyncio.create_task(follow(text)) for text, _ in news(HIDDEN).values()]
    async with asyncio.timeout(300):  # as long as one statement is planned on a busy machine
        await begun(engine._feed, len(tasks))
    await seen.write(write)
    await quiet(seen)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(end, asyncio.CancelledError) for end in ended), ended
    told = [text for text in heard if HIDDEN.name in text]
    assert not told, told[0]


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_every_root_field_is_asked(viewer: Viewer) -> None:
    assert {name for name, _ in questions(viewer)} == set(ROOTS)
