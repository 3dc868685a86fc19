"""The event streams: nothing is lost, nothing comes twice, and each writer's chain is whole."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.viewer import ADMINISTRATOR, Role, Viewer
from graph.writes.audit import verify
from graph.writes.events import Event, after, append, heads
from schema.plan.documents import Refused
from schema.plan.engine import Engine

START = datetime(2026, 1, 1, 8, 0, 0, 123456, tzinfo=UTC)
CLEAR = Cypher("MATCH (n:Event|EventStream) DETACH DELETE n")
UNION = Viewer(frozenset({Role.UNION}), region_prefixes=("/town/",))


async def write(database: Database, *names: str) -> None:
    """One transaction that appends an event for each name."""

    async def work(transaction: Transaction) -> None:
        moment = START + timedelta(seconds=len(names))
        events = [Event("pairing.proposed", (name, "x"), ("state",)) for name in names]
        await append(transaction, events, actor="test", at=moment)

    await database.write(work)


async def test_writers_at_once_leave_dense_whole_chains(database: Database) -> None:
    names = [[f"{n}-{m}" for m in range(n % 4 + 1)] for n in range(40)]
    await asyncio.gather(*(write(database, *some) for some in names))
    found = await after(database, {}, "pairing.")
    sequences: dict[str, list[int]] = {}
    for event in found:
        sequences.setdefault(event["stream"], []).append(event["sequence"])
    assert sequences == {s: list(range(1, last + 1)) for s, last in (await heads(database)).items()}
    assert Counter(e["subjects"][0] for e in found) == Counter(
        name for some in names for name in some
    )
    assert (await verify(database)).faults == ()


@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=8),
    reads=st.lists(st.integers(1, 5), min_size=1, max_size=20),
)
async def test_reading_in_pieces_gives_every_event_once_in_its_streams_order(
    sizes: list[int], reads: list[int], open_session_database: Database
) -> None:
    database = open_session_database
    await database.run(CLEAR)
    positions: dict[str, int] = {}
    seen: list[str] = []
    for n, size in enumerate(sizes):
        await write(database, *(f"{n}-{m}" for m in range(size)))
        most = reads[n % len(reads)]
        for event in await after(database, positions, "pairing.", most):
            assert event["sequence"] == positions.get(event["stream"], 0) + 1
            positions[event["stream"]] = event["sequence"]
            seen.append(event["subjects"][0])
    while rest := await after(database, positions, "pairing.", 2):
        positions |= {e["stream"]: e["sequence"] for e in rest}
        seen += [e["subjects"][0] for e in rest]
    written = [f"{n}-{m}" for n, size in enumerate(sizes) for m in range(size)]
    assert sorted(seen) == sorted(written)


SUBSCRIPTION = """subscription ($after: String) {
  pairingChanged(after: $after) { verb resumeToken agreement { id } } }"""
AGREEMENTS = Cypher("UNWIND range(0, 19) AS n CREATE (:Node:MentoringAgreement {id: 'g' + n, "
                    "key: 'k:g' + n, state: 'PROPOSED'})")  # fmt: skip


async def followed(
    engine: Engine, token: str | None, most: int, viewer: Viewer = ADMINISTRATOR
) -> AsyncGenerator[tuple[str, str]]:
    """Agreement and token of so many events."""
    run = engine.run(SUBSCRIPTION, {"after": token}, None, viewer)
    async with aclosing(engine.follow(run)) as responses:
        async for response in responses:
            event = (response.data or {})["pairingChanged"]
            yield event["agreement"]["id"], event["resumeToken"]
            most -= 1
            if not most:
                return


async def test_follower_who_comes_back_with_her_token_misses_nothing(
    database: Database, engine: Engine
) -> None:
    await database.run(AGREEMENTS)
    following = followed(engine, None, 1)
    first = asyncio.ensure_future(anext(following))
    await asyncio.sleep(1)
    writers = [write(database, f"g{n}") for n in range(20)]
    _, (agreement, token) = await asyncio.gather(asyncio.gather(*writers), first)
    await following.aclose()
    seen = [agreement]
    while len(seen) < 20:
        async with aclosing(followed(engine, token, 3)) as events:
            async with asyncio.timeout(20):
                with suppress(StopAsyncIteration):
                    while len(seen) < 20:
                        agreement, token = await anext(events)
                        seen.append(agreement)
    assert sorted(seen) == sorted(f"g{n}" for n in range(20))


async def test_token_of_another_viewer_is_refused(database: Database, engine: Engine) -> None:
    await database.run(AGREEMENTS)
    following = followed(engine, None, 1)
    first = asyncio.ensure_future(anext(following))
    await asyncio.sleep(1)
    await write(database, "g1")
    _, token = await first
    await following.aclose()
    with pytest.raises(Refused) as refused:
        await anext(followed(engine, token, 1, UNION))
    assert refused.value.code == "INVALID_CURSOR"
