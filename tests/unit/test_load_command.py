from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands import load, main


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "connected", lambda *_: pytest.fail("no database is needed"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["load", *map(str, arguments)])


def test_a_dry_run_reports_every_reject_without_a_database(tmp_path: Path) -> None:
    path = tmp_path / "职工.csv"
    rows = ("工号,姓名,出生年份", "1,张三,1980", "1,李四,", "2,,", "3,王五,1800")
    path.write_text("\n".join(rows), encoding="utf-8")
    result = run(path, "--as", "职工", "--dry-run")
    assert result.exit_code == 0
    assert ["职工.csv", "4", "1", "3"] in [line.split() for line in result.output.splitlines()]
    rejects = (tmp_path / "职工.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[1:3] for line in rejects[1:]] == [
        ["3", "工号"],
        ["4", "姓名"],
        ["5", "出生年份"],
    ]


def test_a_dry_run_without_rejects_takes_an_old_reject_file_away(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("工号,姓名\n1,\n", encoding="utf-8")
    run(path, "--as", "职工", "--dry-run")
    path.write_text("工号,姓名\n1,张三\n", encoding="utf-8")
    run(path, "--as", "职工", "--dry-run")
    assert not (tmp_path / "w.rejects.csv").exists()


def test_a_public_source_is_checked_whole(tmp_path: Path) -> None:
    folder = tmp_path / "isic4"
    folder.mkdir()
    rows = ("code,level,parent,title", "A,section,,Land", "1,division,A,Rice", "1,division,A,Tea")
    text = "\n".join(rows)
    (folder / "isic_rev4.csv").write_text(text, encoding="utf-8")
    rejects = tmp_path / "r.csv"
    result = run(tmp_path, "--source", "isic4", "--dry-run", "--rejects", rejects)
    assert result.exit_code == 0, result.output
    assert ["isic_rev4.csv", "3", "2", "1"] in [x.split() for x in result.output.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((".",), "say what the rows are with --as TYPE, or name a public source"),
        ((".", "--source", "nowhere"), "isic4"),
        (("a.csv", "--source", "csco"), "--source csco needs one folder"),
        (("absent.csv", "--as", "Worker"), "absent.csv is not a file"),
        (("absent.csv", "--as", "Wizard"), "Wizard is no type"),
        (("absent.csv", "--as", "Worker", "--source", "a:b"), "a name without a colon"),
        ((".", "--source", "all", "--rejects", "r.csv"), "one input at a time"),
    ],
)
def test_what_cannot_be_loaded_is_said_in_one_line(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


def test_a_reject_file_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("工号,姓名\n1,\n", encoding="utf-8")
    result = run(path, "--as", "职工", "--dry-run", "--rejects", tmp_path / "absent" / "r.csv")
    assert result.exit_code == 1
    assert "--rejects" in result.output
