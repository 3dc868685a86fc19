"""Whoever sees personal data outside her own organisation leaves a trace that the person reads."""

from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import ADMINISTRATOR, AUDITOR
from graph.writes import accesses as module
from graph.writes.accesses import Accesses
from schema.plan.engine import Engine

NAMES = "{ workers { nodes { id name birthYear } } }"
MINE = "{ accessesToMe { cursor who fields } }"
DISTRICT = Cypher(
    "MATCH (w:Worker) SET w.region_path = CASE WHEN w.id = 'w-master' "
    "THEN w.region_path ELSE w.region_path + 'sub/' END"
)


@pytest.fixture
def mine(engine: Engine, ask: Any, viewer: Any, town: Database) -> Any:
    """What stands in the log of a worker, after it is settled; empty at the start."""
    engine.accesses = Accesses()

    async def read(worker: str, text: str = MINE) -> Any:
        await engine.accesses.settle(town)
        return (await ask(text, await viewer(f"worker:t:{worker}")))["accessesToMe"]

    return read


@pytest.mark.policy("K09")
async def test_person_reads_who_saw_what_of_her(ask: Any, mine: Any) -> None:
    await ask(NAMES, ADMINISTRATOR)
    await ask("{ workers { nodes { name } } }", ADMINISTRATOR)
    seen = [(a["who"], a["fields"]) for a in await mine("master")]
    assert sorted(seen) == [("administrator", ["name"]), ("administrator", ["name", "birthYear"])]


@pytest.mark.parametrize(
    ("form", "logged"),
    [
        ("union:t:east", False),
        ("enterprise:t:one", False),
        ("studio:t:studio", False),
        ("worker:t:master", False),
        ("auditor", False),
        ("public", False),
        ("administrator", True),
    ],
)
async def test_own_organisation_and_masked_values_leave_no_trace(
    form: str, logged: bool, ask: Any, viewer: Any, mine: Any
) -> None:
    await ask(NAMES, await viewer(form))
    assert bool(await mine("master")) is logged


async def test_union_above_leaves_a_trace(town: Database, ask: Any, viewer: Any, mine: Any) -> None:
    await town.run(DISTRICT)
    await ask(NAMES, await viewer("union:t:east"))
    assert await mine("master") == []
    assert len(await mine("apprentice")) == 1


async def test_what_shows_nothing_personal_leaves_no_trace(ask: Any, mine: Any) -> None:
    await ask("{ workers { nodes { id skillLevel district { name } } totalCount } }", ADMINISTRATOR)
    assert await mine("master") == []


async def test_nested_records_and_hits_of_a_search_leave_a_trace(
    town: Database, ask: Any, mine: Any
) -> None:
    await ask("{ consents { nodes { evidence } } }", ADMINISTRATOR)
    await ask("{ employments { nodes { worker { motivation } } } }", ADMINISTRATOR)
    await ask('{ search(query: "师一") { edges { highlights { text } } } }', ADMINISTRATOR)
    fields = {f for a in await mine("master") for f in a["fields"]}
    assert fields == {"evidence", "motivation", "name"}


async def test_log_is_read_page_by_page(ask: Any, mine: Any) -> None:
    for field in ("name", "nameEn", "birthYear", "motivation"):
        await ask(f"{{ workers {{ nodes {{ {field} }} }} }}", ADMINISTRATOR)
    [first, second] = await mine("master", "{ accessesToMe(first: 2) { cursor fields } }")
    after = second["cursor"]
    rest = await mine("master", f'{{ accessesToMe(first: 9, after: "{after}") {{ fields }} }}')
    pages = [tuple(a["fields"]) for a in [first, second, *rest]]
    assert sorted(pages) == [("birthYear",), ("motivation",), ("name",), ("nameEn",)]


async def test_only_a_person_has_such_a_log(ask: Any, mine: Any, viewer: Any) -> None:
    await ask(NAMES, ADMINISTRATOR)
    assert await mine("master")
    for form in ("administrator", "union:t:east", "enterprise:t:one", "public"):
        assert (await ask(MINE, await viewer(form)))["accessesToMe"] == []


async def test_what_cannot_be_written_waits_and_beyond_the_bound_is_counted(
    town: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "MOST_PENDING", 2)
    log = Accesses()
    log.note("somebody", [("w-1", ("name",)), ("w-2", ("name",)), ("w-3", ("name",))])
    write = module.write

    async def fails(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(module, "write", fails)
    with pytest.raises(ConnectionError):
        await log.settle(town)
    monkeypatch.setattr(module, "write", write)
    await log.settle(town)
    found = await town.value(Cypher("MATCH (f:AccessFile) RETURN collect(f.person)"))
    assert sorted(found) == ["w-1", "w-2"]
    assert "1 accesses" in caplog.text
    assert "w-3" not in caplog.text


async def test_auditor_and_administrator_get_the_same_rows(ask: Any, town: Database) -> None:
    seen = [await ask("{ workers { nodes { id name } } }", v) for v in (AUDITOR, ADMINISTRATOR)]
    ids = [[n["id"] for n in data["workers"]["nodes"]] for data in seen]
    assert ids[0] == ids[1]
