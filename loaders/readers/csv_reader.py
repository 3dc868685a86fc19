"""CSV with any usual delimiter. A row that cannot be read costs itself, never its neighbours."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from loaders.readers.lines import Line, encoding_of, lines
from loaders.readers.table import LONGEST_LINE, RawRow, UnreadableFile, is_blank, plain
from loaders.rows import Place, RejectedRow

_DELIMITERS = (",", ";", "\t", "|", "，", "；")
_REMEDY = "correct the line and load the file again"


class CsvReader:
    """Rows of a CSV file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoding = encoding_of(path)
        self._size = max(path.stat().st_size, 1)
        self._read = 0
        with path.open("rb") as file:
            header, self._delimiter = _header(path, lines(file, self._encoding))
        self.columns: Sequence[str] = header

    @property
    def fraction(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._read / self._size

    def rows(self) -> Iterator[RawRow | RejectedRow]:
        """Every row that is not blank; a record over several lines has the number of the first."""
        csv.field_size_limit(LONGEST_LINE)
        with self._path.open("rb") as file:
            feed = _Feed(lines(file, self._encoding))
            records = csv.reader(feed, delimiter=self._delimiter, strict=True)
            next(records)
            while True:
                feed.begin_record()
                try:
                    row = self._row(feed, next(records))
                except StopIteration:
                    return
                except (csv.Error, _UnusableLine) as error:
                    row = self._rejected(feed, str(error))
                    feed.repeat_all_but_first()
                if feed.first % 1000 == 0:
                    self._read = file.tell()
                if row is not None:
                    yield row

    def _row(self, feed: "_Feed", fields: list[str]) -> RawRow | RejectedRow | None:
        text = "".join(fields)
        if not text or text.isspace():
            return None
        if len(fields) != len(self.columns):
            reason = f"the row has {len(fields)} cells, the header {len(self.columns)}"
            return self._rejected(feed, reason)
        cells = dict(zip(self.columns, map(plain, fields) if "'" in text else fields, strict=True))
        cells.pop("", None)
        return RawRow(Place(self._path.name, feed.first), cells, len(text))

    def _rejected(self, feed: "_Feed", reason: str) -> RejectedRow:
        return RejectedRow(Place(self._path.name, feed.first), "", "", reason, _REMEDY)


class _UnusableLine(Exception):
    """A line without usable text."""


class _Feed:
    """Lines for the CSV parser, which can be given again when a record turns out to be broken."""

    def __init__(self, source: Iterator[Line]) -> None:
        self._source = source
        self._again: deque[Line] = deque()
        self._given: list[Line] = []

    @property
    def first(self) -> int:
        """The line on which the current record begins."""
        return self._given[0].number if self._given else 0

    def begin_record(self) -> None:
        self._given.clear()

    def repeat_all_but_first(self) -> None:
        """An open quote swallows good rows: give them again."""
        self._again.extendleft(reversed(self._given[1:]))

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._source)
        self._given.append(line)
        if line.fault:
            raise _UnusableLine(line.fault)
        return line.text


def _header(path: Path, source: Iterator[Line]) -> tuple[list[str], str]:
    line = next(source, None)
    if line is None or is_blank(line.text):
        reason = line.fault if line and line.fault else "its first line is empty"
        raise UnreadableFile(f"{path.name}: {reason}; write the column names on the first line")
    delimiter = max(_DELIMITERS, key=line.text.count)
    try:
        [fields] = csv.reader([line.text], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        raise UnreadableFile(
            f"{path.name}: the column names cannot be read; write them on one line"
        ) from None
    return [field.strip() for field in fields], delimiter
