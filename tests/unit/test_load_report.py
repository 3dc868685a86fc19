import csv
from pathlib import Path

import pytest

from graph.writes.provenance import Counts
from loaders.report import LONGEST_VALUE, LoadReport, RejectFile, UnwritableReport
from loaders.rows import Place, RejectedRow


def rejected(line: int, value: str = "v") -> RejectedRow:
    return RejectedRow(Place("w.csv", line), "姓名", value, "no value", "fill it")


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_no_rejects_leave_no_file(tmp_path: Path) -> None:
    assert RejectFile(tmp_path / "r.csv").write([], after=0) == 0
    assert not (tmp_path / "r.csv").exists()


def test_rejects_open_in_excel_with_all_there_is_to_know(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    RejectFile(path).write([rejected(2)], after=0)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(path) == [
        ["file", "line", "column", "value", "reason", "remedy"],
        ["w.csv", "2", "姓名", "v", "no value", "fill it"],
    ]


def test_a_batch_written_again_stands_in_the_file_once(tmp_path: Path) -> None:
    file = RejectFile(tmp_path / "r.csv")
    committed = file.write([rejected(2)], after=0)
    file.write([rejected(3), rejected(4)], after=committed)
    file.write([rejected(3)], after=committed)
    assert [row[1] for row in read(file.path)] == ["line", "2", "3"]


def test_values_are_cut_and_are_no_formulas(tmp_path: Path) -> None:
    file = RejectFile(tmp_path / "r.csv")
    file.write([rejected(2, "=cmd()"), rejected(3, "x" * 999)], after=0)
    values = [row[3] for row in read(file.path)[1:]]
    assert values == ["'=cmd()", "x" * LONGEST_VALUE]


def test_a_place_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UnwritableReport, match="--rejects"):
        RejectFile(tmp_path / "absent" / "r.csv").write([rejected(2)], after=0)


def test_figures_survive_as_text() -> None:
    report = LoadReport()
    report.file("w.csv").add(5, Counts(1, 1, 1), 2)
    report.named("Skill").add(1, Counts(1), 0)
    again = LoadReport.from_json(report.to_json())
    assert again == report
    assert (again.loaded, again.rejected) == (3, 2)
    assert LoadReport.from_json("") == LoadReport()
