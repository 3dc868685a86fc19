"""News reach everybody who follows, each event once, whatever happens in between."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

import pytest

from graph import clock
from graph.database import Database, Transaction
from graph.errors import GraphUnavailable
from graph.viewer import ADMINISTRATOR, ANYONE
from graph.writes import feed
from graph.writes.events import Event, append, heads
from graph.writes.feed import Feed
from schema.plan.engine import Engine
from tests.integration.test_statements import counted
from tests.seeded import OPEN

AGREEMENT = OPEN.id("MentoringAgreement", 0)
FOLLOW = """subscription ($t: String) { pairingChanged(after: $t) {
  verb resumeToken agreement { id } } }"""


async def write(database: Database, *verbs: str) -> None:
    async def work(transaction: Transaction) -> None:
        events = [Event(verb, (AGREEMENT,)) for verb in verbs]
        await append(transaction, events, actor="test", at=clock.now())

    await database.write(work)


async def collected(following: Feed, most: int, positions: Any = None) -> list[str]:
    verbs: list[str] = []
    async with aclosing(following.batches(positions)) as batches:
        async for batch in batches:
            verbs += [event["verb"] for event in batch.events]
            if len(verbs) >= most:
                break
    return verbs


async def begun(following: Feed, followers: int) -> None:
    while len(following._followers) < followers:  # noqa: ASYNC110 - nothing tells it
        await asyncio.sleep(0.01)


def numbered(n: int, first: int = 0) -> Sequence[str]:
    return [f"pairing.{k:03}" for k in range(first, first + n)]


async def test_a_thousand_followers_hear_everything_once_through_one_reader(
    database: Database,
) -> None:
    following = Feed(database)
    tasks = [asyncio.create_task(collected(following, 20)) for _ in range(1000)]
    await begun(following, 1000)
    async with counted(database) as ran:
        for first in range(0, 20, 5):
            await write(database, *numbered(5, first))
        heard = await asyncio.gather(*tasks)
    assert all(sorted(verbs) == numbered(20) for verbs in heard)
    assert len([text for text in ran if "$positions" in text]) < 100
    assert following._reading is None


async def test_who_comes_back_hears_what_happened_meanwhile(database: Database) -> None:
    await write(database, "pairing.before")
    left = await heads(database)
    await write(database, *numbered(3))
    task = asyncio.create_task(collected(Feed(database), 5, left))
    await write(database, *numbered(2, 3))
    assert sorted(await task) == numbered(5)


async def test_hundreds_who_come_back_together_read_once_what_they_missed(
    database: Database,
) -> None:
    left = await heads(database)
    await write(database, *numbered(3))
    following = Feed(database)
    async with counted(database) as ran:
        tasks = [asyncio.create_task(collected(following, 3, left)) for _ in range(300)]
        heard = await asyncio.gather(*tasks)
    assert all(sorted(verbs) == numbered(3) for verbs in heard)
    assert len([text for text in ran if "$positions" in text]) < 30


async def test_who_is_too_slow_reads_by_herself_and_misses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MOST_WAITING", 2)
    monkeypatch.setattr(feed, "PAUSE_SECONDS", 0.01)
    following = Feed(database)
    heard: list[str] = []
    async with aclosing(following.batches()) as batches:
        reading = asyncio.create_task(anext(batches))
        await begun(following, 1)
        for n in range(6):
            await write(database, *numbered(1, n))
            await asyncio.sleep(0.1)
        heard += [event["verb"] for event in (await reading).events]
        async for batch in batches:
            heard += [event["verb"] for event in batch.events]
            if len(heard) >= 6:
                break
    assert sorted(heard) == numbered(6)


async def test_while_the_database_is_away_everybody_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "AWAY_SECONDS", 0.01)
    real, failures = feed.after, iter(range(5))

    async def flaky(*given: Any) -> Any:
        if next(failures, None) is not None:
            raise GraphUnavailable("away")
        return await real(*given)

    monkeypatch.setattr(feed, "after", flaky)
    following = Feed(database)
    task = asyncio.create_task(collected(following, 2))
    await begun(following, 1)
    await write(database, *numbered(2))
    assert sorted(await task) == numbered(2)
    assert next(failures, None) is None


async def test_equal_subscribers_ask_the_database_once_and_others_see_nothing(
    seeded: Database, engine: Engine
) -> None:
    heard: list[Any] = []

    async def subscribe(viewer: Any) -> None:
        async with aclosing(engine.follow(engine.run(FOLLOW, {}, None, viewer))) as responses:
            async for response in responses:
                heard.append((viewer, response.data))  # noqa: PERF401 - while it is cut off

    tasks = [asyncio.create_task(subscribe(v)) for v in (ADMINISTRATOR, ANYONE) for _ in range(50)]
    await begun(engine._feed, 100)
    async with counted(seeded) as ran:
        await write(seeded, "pairing.signed")
        while len(heard) < 50:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert len(heard) == 50
    assert {viewer for viewer, _ in heard} == {ADMINISTRATOR}
    assert heard[0][1]["pairingChanged"]["agreement"] == {"id": AGREEMENT}
    asked = [text for text in ran if "MentoringAgreement" in text]
    assert 2 <= len(asked) <= 3, asked


async def test_resume_token_continues_behind_its_event(seeded: Database, engine: Engine) -> None:
    run = engine.run(FOLLOW, {}, None, ADMINISTRATOR)
    async with aclosing(engine.follow(run)) as responses:
        coming = asyncio.ensure_future(anext(responses))
        await begun(engine._feed, 1)
        await write(seeded, *numbered(3))
        first = (await coming).data["pairingChanged"]
    other = Engine(engine._schema, seeded, engine._cursors, engine._answers)
    again = other.run(FOLLOW, {"t": first["resumeToken"]}, None, ADMINISTRATOR)
    async with aclosing(other.follow(again)) as responses:
        rest = [(await anext(responses)).data["pairingChanged"]["verb"] for _ in range(2)]
    assert [first["verb"], *rest] == numbered(3)
