from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from commands import main
from graph.model import MODEL
from loaders.columns import node_columns
from loaders.export import UnwritableFile, columns_of, file_of, neutral
from loaders.readers import RawRow, reader_for
from loaders.readers.table import plain

ROWS: Sequence[Mapping[str, Any]] = (
    {"key": "hr:1", "name": "=1+1", "born": 1980, "tags": ["a", "b"], "ok": True},
    {"key": "hr:2", "name": "-2", "born": -5, "tags": [], "ok": None},
    {"key": "hr:3", "name": "张三", "born": None, "tags": ["@x"], "ok": False},
)
COLUMNS = ("key", "name", "born", "tags", "ok")


def written(path: Path) -> list[dict[str, Any]]:
    with file_of(path, COLUMNS) as write:
        write(ROWS[:2])
        write(ROWS[2:])
    return [dict(row.cells) for row in reader_for(path).rows() if isinstance(row, RawRow)]


def test_csv_opens_in_excel_and_reads_back(tmp_path: Path) -> None:
    rows = written(tmp_path / "w.csv")
    assert (tmp_path / "w.csv").read_bytes().startswith(b"\xef\xbb\xbfkey,name")
    assert [row["name"] for row in rows] == ["=1+1", "-2", "张三"]
    assert [row["born"] for row in rows] == ["1980", "-5", ""]
    assert [row["tags"] for row in rows] == ["a;b", "", "@x"]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    written(tmp_path / "w.csv")
    written(tmp_path / "w.xlsx")
    assert "'=1+1" in (tmp_path / "w.csv").read_text(encoding="utf-8-sig")
    sheet: Any = openpyxl.load_workbook(tmp_path / "w.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "b",
        "inlineStr",
    }


def test_excel_keeps_numbers_and_reads_back(tmp_path: Path) -> None:
    rows = written(tmp_path / "w.xlsx")
    assert [(row["name"], row["born"], row.get("ok")) for row in rows] == [
        ("=1+1", 1980, True),
        ("-2", -5, None),
        ("张三", None, False),
    ]


def test_what_excel_cannot_hold_is_left_out_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    with file_of(path, ("name",)) as write:
        write([{"name": "a\x0bb"}])
    assert [row.cells for row in reader_for(path).rows() if isinstance(row, RawRow)] == [
        {"name": "ab"}
    ]
    with pytest.raises(UnwritableFile, match="longer than Excel"), file_of(path, ("n",)) as write:
        write([{"n": "x" * 40_000}])


def test_json_lines_keep_lists_and_leave_out_what_is_empty(tmp_path: Path) -> None:
    rows = written(tmp_path / "w.jsonl")
    assert rows[0]["tags"] == ["a", "b"]
    assert rows[1] == {"key": "hr:2", "name": "-2", "born": -5}


@given(st.text(alphabet="'=+-@\t\rx", max_size=6))
def test_what_is_made_neutral_reads_back_as_it_was(cell: str) -> None:
    assert plain(neutral(cell)) == cell
    assert neutral(cell)[:1] not in set("=+-@\t\r")


def test_an_unfinished_file_is_never_there(tmp_path: Path) -> None:
    with suppress(AttributeError), file_of(tmp_path / "w.csv", COLUMNS) as write:
        write([*ROWS, 5])  # pyright: ignore[reportArgumentType]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match=r"\*\.csv or \*\.jsonl"), file_of(tmp_path / "w", ()):
        pass
    with pytest.raises(UnwritableFile, match="another file"), file_of(tmp_path / "a" / "w.csv", ()):
        pass


@pytest.mark.parametrize("node_type", MODEL.node_types, ids=lambda t: t.label)
@pytest.mark.parametrize("chinese", [False, True])
def test_every_list_has_columns_that_can_be_loaded(node_type: Any, chinese: bool) -> None:
    columns = columns_of(node_type, chinese=chinese)
    assert len(set(columns)) == len(columns)
    assert node_columns(node_type, columns).headers["key"] == "key"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Wizard", "-o", "x.csv"], "Wizard cannot be exported; name a node type"),
        (["HAS_SKILL", "-o", "x.csv"], "HAS_SKILL cannot be exported"),
    ],
)
def test_what_cannot_be_exported_is_named(
    arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from commands import export

    monkeypatch.setattr(export, "connected", lambda *_: pytest.fail("no database is needed"))
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exit_code == 1
    assert message in result.output
