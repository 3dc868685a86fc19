"""The audit trail names what anybody changed, removed or inserted behind its back."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, LiteralString

import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.writes import events
from graph.writes.audit import entries, verify
from graph.writes.events import Event, append, through


@pytest.fixture
async def written(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Two streams with six events between them."""
    streams = iter(["stream-0", "stream-1", "stream-0"])
    monkeypatch.setattr(events, "stream_of", lambda _: next(streams))

    async def work(transaction: Transaction) -> None:
        happened = [
            Event("pairing.proposed", ("g", "m")),
            Event("pairing.signed", ("g",), ("state",)),
        ]
        await append(transaction, happened, actor="union:1", at=clock.now())

    for partner in ("portal", "portal", "exchange"):
        with through(partner):
            await database.write(work)
    return database


async def faults(database: Database, kept: Any = None) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for fault in (await verify(database, kept)).faults:
        found[fault.address] = f"{found.get(fault.address, '')} {fault.text}"
    return found


async def test_what_was_appended_is_as_it_was_written(written: Database) -> None:
    verdict = await verify(written)
    assert (verdict.events, verdict.faults) == (6, ())
    assert {name: n for name, (n, _) in verdict.heads.items()} == {"stream-0": 4, "stream-1": 2}


@pytest.mark.parametrize(
    ("tampering", "address", "text"),
    [
        ("MATCH (e {address: 'stream-0:2'}) SET e.actor = 'nobody'", "stream-0:2", "was changed"),
        ("MATCH (e {address: 'stream-0:2'}) SET e.partner = 'x'", "stream-0:2", "was changed"),
        ("MATCH (e {address: 'stream-0:3'}) SET e.subjects = []", "stream-0:3", "was changed"),
        ("MATCH (e {address: 'stream-1:2'}) SET e.at = datetime()", "stream-1:2", "was changed"),
        ("MATCH (e {address: 'stream-0:2'}) DELETE e", "stream-0:2", "was removed"),
        ("MATCH (e {address: 'stream-0:4'}) DELETE e", "stream-0:4", "was removed"),
        (
            "MATCH (e {address: 'stream-0:2'}) CREATE (n:Event) SET n = e {.*, address: 'x'}",
            "stream-0:2",
            "was inserted",
        ),
        (
            "MATCH (e {address: 'stream-0:4'}) CREATE (n:Event) "
            "SET n = e {.*, address: 'stream-0:5', sequence: 5}",
            "stream-0:5",
            "was changed",
        ),
        (
            "CREATE (:Event {address: 'stream-9:1', stream: 'stream-9', sequence: 1})",
            "stream-9:1",
            "was changed",
        ),
    ],
)
async def test_tampering_is_found_at_its_place(
    tampering: LiteralString, address: str, text: str, *, written: Database
) -> None:
    await written.run(Cypher(tampering))
    found = await faults(written)
    assert text in found[address]


async def test_stream_made_anew_is_found_by_the_heads_that_were_kept(written: Database) -> None:
    kept = (await verify(written)).heads
    await written.run(Cypher("MATCH (e:Event {address: 'stream-0:4'}) DELETE e"))
    await written.run(
        Cypher(
            "MATCH (s:EventStream {name: 'stream-0'}), (e:Event {address: 'stream-0:3'}) "
            "SET s.sequence = 3, s.hash = e.hash"
        )
    )
    assert await faults(written) == {}
    assert "was there when its hash was kept" in (await faults(written, kept))["stream-0:4"]


async def test_entries_say_who_did_what_through_whom(written: Database) -> None:
    async with entries(written, partner="exchange", verb="pairing.") as rows:
        found = [row async for row in rows]
    assert Counter(row["verb"] for row in found) == {"pairing.proposed": 1, "pairing.signed": 1}
    assert {row["actor"] for row in found} == {"union:1"}
    assert found[1]["fields"] == ["state"]
