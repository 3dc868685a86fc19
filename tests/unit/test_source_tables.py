from pathlib import Path

import pytest

from loaders.sources.tables import UnusableSource, table


def test_a_row_knows_the_line_on_which_it_begins(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('﻿a,b\n1,"x\ny"\n2,z\n', "utf-8")
    rows = [(place.line, row) for place, row in table(tmp_path, "t.csv", "a")]
    assert rows == [(2, {"a": "1", "b": "x\ny"}), (4, {"a": "2", "b": "z"})]


def test_a_missing_file_is_named_with_the_folder(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource, match=r"t\.csv is not in .*; name the folder"):
        list(table(tmp_path, "t.csv"))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n1\n", "utf-8")
    with pytest.raises(UnusableSource, match="lacks the column 'b'"):
        list(table(tmp_path, "t.csv", "a", "b"))
