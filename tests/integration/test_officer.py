"""An officer's whole way: 300 apprentices in a spreadsheet in, pairs with reasons out."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from commands import main
from graph.database import Database
from graph.settings import Settings
from tests.planning import build_town

APPRENTICES = 300


@pytest.fixture
async def town(database: Database) -> Database:
    await build_town(database, apprentices=APPRENTICES, masters=60, places=6)
    return database


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """The officer's table; two apprentices say whom they want."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "姓名", "志愿"])
    for n in range(1, APPRENTICES + 1):
        sheet.append([f"a{n}", f"徒{n}", {5: "m3；m4", 6: "m8"}.get(n)])
    file = tmp_path / "apprentices.xlsx"
    book.save(file)
    return file


@pytest.mark.policy("M05", "M12")
def test_an_officer_plans_reviews_publishes_and_gets_the_reasons(
    town: Database,
    asked: Path,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("database_uri", "database_user", "database_password"):
        monkeypatch.setenv(f"JIANGPU_{name.upper()}", str(getattr(settings, name)))

    def run(*words: str) -> str:
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == 0, (words, result.output, result.exception)
        return result.output

    shown = run("plan", "create", str(asked), "--name", "九月方案", "--union", "东城")
    assert "in scope 300" in shown
    assert "PARTICIPATION" in shown
    run("plan", "leave-out", "九月方案", "a20")
    run("plan", "pin", "九月方案", "a21", "m5")
    run("plan", "rerun", "九月方案")
    run("plan", "publish", "九月方案", "--answer-by", "2999-10-31")
    result = tmp_path / "result.xlsx"
    run("plan", "export", "九月方案", "-o", str(result))
    head, *rows = load_workbook(result).active.iter_rows(values_only=True)
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert len(found) == APPRENTICES
    assert found["a20"]["state"] == "LEFT_OUT"
    assert found["a21"]["master_key"] == "m5"
    assert found["a5"]["master_key"] in {"m3", "m4"}
    paired = [row for row in found.values() if row["master_key"]]
    assert len(paired) > 250
    assert {row["state"] for row in paired} == {"PROPOSED"}
    assert {row["agreement"] for row in paired} == {"PROPOSED"}
    parts = ("gap_coverage", "occupation", "record", "place", "methods")
    for row in paired:
        assert row["score"] == pytest.approx(sum(row[p] for p in parts), abs=1e-3)
    assert sum(bool(row["reasons_zh"]) for row in paired) > 250
    proof = tmp_path / "plan.jsonl"
    run("plan", "certificate", "九月方案", "-o", str(proof))
    assert "the plan is right" in run("verify-plan", str(proof))


def test_a_table_at_fault_names_its_rows(
    town: Database, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("database_uri", "database_user", "database_password"):
        monkeypatch.setenv(f"JIANGPU_{name.upper()}", str(getattr(settings, name)))
    file = tmp_path / "apprentices.csv"
    file.write_text("key,wishes\na1,m1\nnobody,m2\na3,m999\n", "utf-8")
    words = ["plan", "create", str(file), "--name", "x", "--union", "east"]
    told = CliRunner().invoke(main, words).output
    assert "row 3: there is no worker 'nobody'" in told
    assert "row 4: there is no worker 'm999'" in told
    words = ["plan", "create", "--name", "x", "--union", "nowhere"]
    assert "there is no Union 'nowhere'" in CliRunner().invoke(main, words).output
