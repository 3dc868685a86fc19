"""The command line teaches, loads little, and never shows a stack trace."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import VERBS, main

ROOT = Path(__file__).parents[2]
HEAVY = "neo4j", "httpx", "rich", "numpy", "strawberry", "uvicorn", "starlette"


def test_help_names_every_verb_and_setting() -> None:
    text = CliRunner().invoke(main, ["--help"]).output
    assert all(verb in text for verbs in VERBS.values() for verb in verbs)
    assert "JIANGPU_DATA_DIR" in text
    assert "Try `jiangpu demo` first" in text


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from commands import main; main(['--help'], standalone_mode=False);"
        f"assert not set(sys.modules) & set({HEAVY!r})"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def test_every_module_of_a_verb_is_listed() -> None:
    listed = {verb for verbs in VERBS.values() for verb in verbs}
    exposing = {
        path.stem.replace("_", "-")
        for path in (ROOT / "commands").glob("*.py")
        if "\ndef command(" in path.read_text()
    }
    assert exposing <= listed


def test_an_error_of_ours_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGPU_DATABASE_URI", "bolt://elsewhere:7687")
    result = CliRunner().invoke(main, ["db", "status"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: JIANGPU_DATABASE_URI names a database")
    assert result.output.count("\n") == 1


def test_status_and_stop_of_an_unused_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANGPU_DATA_DIR", str(tmp_path / "data"))
    assert "not running" in CliRunner().invoke(main, ["db", "status"]).output
    assert "not running" in CliRunner().invoke(main, ["db", "stop"]).output
    assert CliRunner().invoke(main, ["db", "path"]).output.strip() == str(tmp_path / "data")
    assert not (tmp_path / "data").exists()
