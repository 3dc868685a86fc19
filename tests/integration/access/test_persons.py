"""A person's whole record in one file, and its erasure down to what the law keeps."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

import commands.database
from commands.person import command
from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.jobs.worker import work
from graph.logins import accept, invite, logins
from graph.persons import retain
from graph.persons.erase import erase, key_digest
from graph.persons.export import everything
from graph.persons.retention import RETAINED
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from graph.writes.audit import verify
from graph.writes.events import Event, append
from loaders.files import declared_type, opened
from loaders.pipeline import load
from loaders.report import Figures, RejectFile
from tests.integration.access.conftest import names

HISTORY = """
MATCH (w:Worker {id: 'w-master'})
CREATE (:Change {property: 'name', old: '旧名', new: '师一', load: 'l'})-[:CHANGE_OF]->(w)
CREATE (:IdempotentAnswer {key: 'k', body: 'b', answer: '{"name": "师一"}'})
"""


async def fill(town: Database, pair: Any) -> None:
    await pair("w-apprentice", "ACTIVE")
    await pair("w-other", "DECLINED")
    await town.run(Cypher(HISTORY))
    code = await invite(town, "worker:t:master", clock.now(), actor="test")
    await accept(town, "0" * 64, code, clock.now())

    async def work(transaction: Any) -> None:
        event = Event("pairing.signed", ("a-w-apprentice", "w-master", "w-apprentice"), ("state",))
        await append(transaction, [event], actor="test", at=clock.now())

    await town.write(work)


async def test_export_holds_everything_about_the_person(town: Database, pair: Any) -> None:
    await fill(town, pair)
    found = await everything(town, "t:master")
    assert found is not None
    text = orjson.dumps(found, default=str).decode()
    for value in ("师一", "旧名", "焊工master", "柜w-master", "a-w-other", "e-one", "s-one"):
        assert value in text, value
    assert {r["properties"]["id"] for r in found["records"]} == {
        "job-w-master", "c-w-master", "a-w-apprentice", "a-w-other"
    }  # fmt: skip
    assert [e["verb"] for e in found["events"]] == ["pairing.signed"]
    assert [login["role"] for login in found["logins"]] == ["worker"]
    assert "徒一" not in text, "the other side's name is hers"
    assert await everything(town, "t:nobody") is None


@pytest.mark.policy("P02")
async def test_erasure_leaves_no_value_but_what_the_law_keeps(
    town: Database, pair: Any, ask: Any, viewer: Any
) -> None:
    await fill(town, pair)
    done = await erase(town, "t:master", clock.now(), actor="test")
    assert set(done.retained) == {"a-w-apprentice", "c-w-master"}
    assert (done.records, done.former_values) == (2, 1)
    text = Cypher("MATCH (n) UNWIND keys(n) AS k RETURN collect(toStringOrNull(n[k])) AS v")
    values = await town.value(text)
    for gone in ("师一", "旧名", "焊工master", "柜w-master", "t:master", "学师一", "job-w-master"):
        assert not any(gone in (value or "") for value in values), gone
    assert await logins(town) == []
    assert "w-master" not in names(await ask("{ workers { nodes { id name } } }", ADMINISTRATOR))
    data = await ask(
        "{ mentoringAgreements { nodes { id master { id } apprentice { id } } } }", ADMINISTRATOR
    )
    [agreement] = data["mentoringAgreements"]["nodes"]
    assert agreement == {
        "id": "a-w-apprentice", "master": None, "apprentice": {"id": "w-apprentice"}
    }  # fmt: skip
    left = await town.value(Cypher("MATCH (e:Erased) RETURN [e.id, e.key_digest, labels(e)]"))
    assert left[:2] == ["w-master", key_digest("t:master")]
    assert set(left[2]) == {"Node", "Erased"}


async def test_chains_of_events_still_verify(town: Database, pair: Any) -> None:
    await fill(town, pair)
    before = await verify(town)
    await erase(town, "t:master", clock.now(), actor="test")
    after = await verify(town, before.heads)
    assert (after.faults, after.events) == ((), before.events + 1)


async def test_nobody_is_erased_twice_or_by_mistake(town: Database) -> None:
    await erase(town, "t:master", clock.now(), actor="test")
    for key in ("t:master", "t:nobody", "t:one"):
        with pytest.raises(InvalidRequest):
            await erase(town, key, clock.now(), actor="test")


async def test_erased_person_does_not_come_back_by_a_load(town: Database, tmp_path: Path) -> None:
    await erase(town, "t:master", clock.now(), actor="test")
    path = tmp_path / "workers.csv"
    path.write_text("编号,姓名\nmaster,师一\nnew,新人\n", encoding="utf-8")
    rejects = RejectFile(tmp_path / "rejects.csv")
    parts = opened(path, declared_type("Worker"), "t").parts()
    report = await load(town, parts, title="w", fingerprint="w", rejects=rejects)
    assert report.files["workers.csv"] == Figures(rows=2, created=1, rejected=1)
    assert "this person was erased" in rejects.path.read_text(encoding="utf-8")
    assert await town.value(Cypher("MATCH (w:Worker {key: 't:master'}) RETURN count(w)")) == 0


async def test_what_the_law_kept_goes_when_its_period_ends(town: Database, pair: Any) -> None:
    await fill(town, pair)
    done = await erase(town, "t:master", clock.now(), actor="test")
    left = "MATCH (n:Node) WHERE n.id IN $ids OPTIONAL MATCH (n)-[r]-(:Erased) RETURN [n.id, r]"
    for days, kept in ((3 * 365 - 1, 2), (3 * 365 + 2, 0)):
        text = "MATCH (n) WHERE n:Erased OR n:Job SET n.erased_at = $then, n.due_at = $then"
        then = {"then": clock.now() - timedelta(days=days)}
        await town.run(Cypher(text, then))
        await work(town, retain.KINDS, asyncio.Event(), until_idle=True)
        rows = await town.rows(Cypher(f"{left} AS row", {"ids": list(done.retained)}))
        assert len([row for row in rows if row["row"][1] is not None]) == kept
    shared = [row["row"][0] for row in rows]
    assert shared == ["a-w-apprentice"], "the apprentice's own record stays with her"


def test_what_is_kept_names_its_law_and_its_period() -> None:
    assert all(kept.years > 0 and "art." in kept.law for kept in RETAINED)


@pytest.fixture
def cli(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(
        commands.database.Settings, "from_environment", classmethod(lambda *_: settings)
    )
    return CliRunner()


def test_command_writes_a_file_and_says_what_stays(
    town: Database, cli: CliRunner, tmp_path: Path
) -> None:
    assert town
    path = tmp_path / "person.json"
    done = cli.invoke(command, ["export", "t:master", "-o", str(path)], catch_exceptions=False)
    assert done.exit_code == 0
    assert json.loads(path.read_text())["person"]["name"] == "师一"
    assert path.stat().st_mode & 0o077 == 0
    erased = cli.invoke(command, ["erase", "t:master", "--yes"], catch_exceptions=False)
    assert "Consent, 3 years" in erased.output
