import tracemalloc
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from loaders.readers import RawRow, UnreadableFile, reader_for
from loaders.readers.table import LONGEST_LINE
from loaders.rows import RejectedRow


def write(path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def cells(path: Path) -> list[dict[str, Any]]:
    return [dict(row.cells) for row in reader_for(path).rows() if isinstance(row, RawRow)]


def outcome(path: Path) -> list[tuple[int, str]]:
    """Line and, of rejected rows, the reason."""
    return [
        (row.place.line, row.reason if isinstance(row, RejectedRow) else "")
        for row in reader_for(path).rows()
    ]


def workbook(path: Path, *rows: list[Any], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_whatever_its_encoding_and_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = delimiter.join(("工号", "姓名")) + "\r\n" + delimiter.join(("W1", "张三")) + "\r\n"
    assert cells(write(tmp_path / "w.csv", text, encoding)) == [{"工号": "W1", "姓名": "张三"}]


def test_gb18030_is_detected_after_a_megabyte_of_ascii(tmp_path: Path) -> None:
    text = "id,name\n" + "1,a\n" * 300_000 + "2,张三\n"
    assert cells(write(tmp_path / "w.csv", text, "gb18030"))[-1] == {"id": "2", "name": "张三"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("id,name\n1,张三\n".encode("utf-16"), "UTF-16"),
        ("id,name\n1,Müller, Zoë, café, señor\n".encode("latin-1"), "neither UTF-8 nor GB18030"),
        (("名\n" * 50).encode("big5") + b"\xff\xfe\xfa" * 200, "neither UTF-8 nor GB18030"),
        (b"id,name\r1,a\r2,b\r", "CR alone"),
        (b"", "first line is empty"),
        (b"\n1,2\n", "first line is empty"),
        (b'id,"na\nme"\n', "cannot be read"),
        (b"x" * (LONGEST_LINE + 9), "longer than"),
    ],
)
def test_unreadable_file_is_refused_with_a_remedy(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        reader_for(write(tmp_path / "w.csv", content))


def test_file_of_an_unknown_kind_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"\.xls is no format.*\.xlsx"):
        reader_for(write(tmp_path / "old.xls", b"\xd0\xcf"))
    with pytest.raises(UnreadableFile, match="is not a file"):
        reader_for(tmp_path / "absent.csv")


def test_lines_are_numbered_as_a_person_counts(tmp_path: Path) -> None:
    text = 'id,name\n1,"two\nlines"\n\n ,\n2,b\n'
    assert outcome(write(tmp_path / "w.csv", text)) == [(2, ""), (6, "")]


def test_a_damaged_line_costs_only_itself(tmp_path: Path) -> None:
    good = "".join(f"{n},张三\n" for n in range(20)).encode()
    path = write(tmp_path / "w.csv", b"id,name\n" + good + b"20,\xff\xfe\n" + "21,李四\n".encode())
    assert outcome(path)[-2:] == [(22, "byte 4 of the line is not UTF-8"), (23, "")]


def test_an_open_quote_costs_only_its_own_line(tmp_path: Path) -> None:
    text = 'id,name\n1,"open\n2,b\n3,c\n4,"fi"ne\n5,e\n'
    lines = outcome(write(tmp_path / "w.csv", text))
    assert [line for line, reason in lines if reason] == [2, 5]
    assert [line for line, reason in lines if not reason] == [3, 4, 6]


def test_a_row_with_another_number_of_cells_is_rejected(tmp_path: Path) -> None:
    lines = outcome(write(tmp_path / "w.csv", "id,name\n1\n2,b,c\n3,c\n"))
    assert lines == [
        (2, "the row has 1 cells, the header 2"),
        (3, "the row has 3 cells, the header 2"),
        (4, ""),
    ]


def test_a_line_of_200_megabytes_is_rejected_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    with path.open("wb") as file:
        file.write(b"id,name\n1,a\n")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"\n2,b\n")
    tracemalloc.start()
    lines = outcome(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == [(2, ""), (3, f"the line is longer than {LONGEST_LINE:,} bytes"), (4, "")]
    assert peak < 20 * LONGEST_LINE


def test_the_apostrophe_that_guards_a_formula_is_taken_off(tmp_path: Path) -> None:
    [row] = cells(write(tmp_path / "w.csv", "id,name\n'=1,'tis\n"))
    assert row == {"id": "=1", "name": "'tis"}


def test_fraction_reaches_the_end(tmp_path: Path) -> None:
    reader = reader_for(write(tmp_path / "w.csv", "id\n" + "12345678\n" * 50_000))
    assert reader.fraction == 0
    seen = [reader.fraction for _ in reader.rows()]
    assert seen == sorted(seen)
    assert 0.9 < seen[-1] <= 1


def test_json_lines_keep_their_types_and_bad_ones_cost_themselves(tmp_path: Path) -> None:
    text = '{"id": 1, "tags": ["a"]}\n\nnot json\n[1]\n{"id": 2}\n'
    path = write(tmp_path / "w.jsonl", text)
    assert cells(path) == [{"id": 1, "tags": ["a"]}, {"id": 2}]
    assert [line for line, reason in outcome(path) if reason] == [3, 4]
    assert reader_for(path).columns == ["id", "tags"]


def test_a_file_without_a_json_object_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no line holds a JSON object"):
        reader_for(write(tmp_path / "w.jsonl", "1\n2\n"))


def test_workbook_gives_typed_cells_below_a_merged_title(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "w.xlsx",
        ["职工名册", None],
        [],
        ["工号", "生日"],
        [7.0, datetime(1990, 5, 1)],
        [None, None],
        ["W8", "'+1"],
        merge="A1:B1",
    )
    assert cells(path) == [{"工号": 7, "生日": datetime(1990, 5, 1)}, {"工号": "W8", "生日": "+1"}]
    assert [line for line, _ in outcome(path)] == [4, 6]


def test_formulas_and_error_values_are_rejected(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "w.xlsx",
        ["id", "n"],
        ["a", "=1+1"],
        ["b", "#N/A"],
        ["c", ArrayFormula("B4", "=SUM(1)")],
        ["d", 4],
    )
    rows = list(reader_for(path).rows())
    rejected = [(r.place.line, r.column, r.value) for r in rows if isinstance(r, RejectedRow)]
    assert rejected == [(2, "n", "=1+1"), (3, "n", "#N/A"), (4, "n", "=SUM(1)")]
    assert len(rows) == 4


def test_rows_of_a_merged_cell_are_rejected(tmp_path: Path) -> None:
    rows = [["id", "n"], ["a", "x"], ["b", None], ["c", "z"]]
    path = workbook(tmp_path / "w.xlsx", *rows, merge="B2:B3")
    reason = "part of a merged cell"
    assert outcome(path) == [(2, reason), (3, reason), (4, "")]


def test_column_names_in_merged_cells_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", ["id", "n", "m"], ["a", 1, 2], merge="B1:B2")
    with pytest.raises(UnreadableFile, match="merged cells"):
        reader_for(path)


def test_a_cell_outside_the_named_columns_is_rejected(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", ["id", "n"], ["a", 1, "astray"], ["b", 2])
    assert outcome(path) == [(2, "a cell stands in a column without a name"), (3, "")]


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a zip", b"plain", b""])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="not a readable workbook"):
        reader_for(write(tmp_path / "w.xlsx", content))


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no column names"):
        reader_for(workbook(tmp_path / "w.xlsx"))
