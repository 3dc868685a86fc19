"""The first sheet of an Excel workbook. Formulas and merged cells are reported, not guessed at."""

import re
import warnings
from bisect import bisect_right
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils.cell import range_boundaries

from loaders.readers.table import RawRow, UnreadableFile, is_blank, plain
from loaders.rows import Place, RejectedRow

_LARGEST = 4 << 30
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_LONGEST_TAG = 256
_CHUNK = 1 << 20


class ExcelReader:
    """Rows of the first sheet, below the first row that is neither blank nor a merged title."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line = 0
        with _first_sheet(path) as sheet:
            self._last = max(sheet.max_row or 1, 1)
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            self._merged = _Merged(_merged_ranges(path, sheet))
            self._header_line, self.columns = self._header(sheet)

    @property
    def fraction(self) -> float:
        """How much of the sheet has been read, 0 to 1."""
        return min(self._line / self._last, 1.0)

    def rows(self) -> Iterator[RawRow | RejectedRow]:
        """Every row below the header that is not blank."""
        with _first_sheet(self._path) as sheet:
            sheet.reset_dimensions()
            for line, cells in enumerate(sheet.iter_rows(), start=1):
                self._line = line
                if line > self._header_line and any(not is_blank(c.value) for c in cells):
                    yield self._row(line, cells)

    def _header(self, sheet: Any) -> tuple[int, Sequence[str]]:
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            names = ["" if cell is None else str(cell).strip() for cell in cells]
            merged = self._merged.at(line)
            if not any(names) or (merged and sum(map(bool, names)) == 1):
                continue
            if merged:
                raise UnreadableFile(
                    f"{self._path.name}: the column names lie in merged cells ({merged}); "
                    "give each column its own name in one row"
                )
            return line, names[: max(n for n, name in enumerate(names, start=1) if name)]
        raise UnreadableFile(f"{self._path.name}: the first sheet holds no column names")

    def _row(self, line: int, cells: Sequence[Any]) -> RawRow | RejectedRow:
        place = Place(self._path.name, line)
        if merged := self._merged.at(line):
            remedy = "unmerge it and write the value into every cell"
            return RejectedRow(place, "", merged, "part of a merged cell", remedy)
        values: dict[str, Any] = {}
        for column, cell in zip(self.columns, cells, strict=False):
            if cell.data_type in _NO_VALUES:
                reason, remedy = _NO_VALUES[cell.data_type]
                text = str(getattr(cell.value, "text", cell.value))
                return RejectedRow(place, column, text, reason, remedy)
            values[column] = plain(cell.value) if isinstance(cell.value, str) else cell.value
        unnamed = [values.pop("", None), *(c.value for c in cells[len(self.columns) :])]
        if not all(map(is_blank, unnamed)):
            remedy = "name the column or clear the cell"
            return RejectedRow(place, "", "", "a cell stands in a column without a name", remedy)
        return RawRow(place, values, sum(len(v) for v in values.values() if isinstance(v, str)))


_NO_VALUES = {
    "f": ("a formula, not a value", "copy the column and paste it as values"),
    "e": ("an error value", "correct the cell"),
}


class _Merged:
    """Finds the merged range that covers a line, if any does."""

    def __init__(self, ranges: list[str]) -> None:
        bounds = [(range_boundaries(name), name) for name in ranges]
        self._ranges: list[tuple[int, int, str]] = []
        for first, last, name in sorted((b[1] or 0, b[3] or 0, name) for b, name in bounds):
            if not self._ranges or last > self._ranges[-1][1]:
                self._ranges.append((first, last, name))
        self._firsts = [first for first, _, _ in self._ranges]

    def at(self, line: int) -> str:
        found = bisect_right(self._firsts, line) - 1
        return self._ranges[found][2] if found >= 0 and line <= self._ranges[found][1] else ""


@contextmanager
def _first_sheet(path: Path) -> Generator[Any]:
    """The sheet in openpyxl's streaming mode, which leaves its cells untyped."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that hold no values
        try:
            with ZipFile(path) as archive:
                size = sum(entry.file_size for entry in archive.infolist())
            if size > _LARGEST:
                raise UnreadableFile(f"{path.name} unpacks to more than 4 GB; load it as CSV")
            workbook = openpyxl.load_workbook(path, read_only=True, keep_links=False)
        except (BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
            raise UnreadableFile(
                f"{path.name} is not a readable workbook; save it again as .xlsx"
            ) from error
    try:
        if not workbook.worksheets:
            raise UnreadableFile(f"{path.name} holds no sheet of cells")
        sheet: Any = workbook.worksheets[0]
        yield sheet
    finally:
        workbook.close()


def _merged_ranges(path: Path, sheet: Any) -> list[str]:
    """The merged cells, straight from the sheet's XML: streaming mode does not tell them."""
    found: dict[str, None] = {}
    tail = b""
    with ZipFile(path) as archive, archive.open(sheet._worksheet_path) as xml:
        while chunk := xml.read(_CHUNK):
            text = tail + chunk
            found.update((name.decode(), None) for name in _MERGED.findall(text))
            tail = text[-_LONGEST_TAG:]
    return list(found)
