"""JSON Lines: one object a line."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from loaders.readers.lines import Line, encoding_of, lines
from loaders.readers.table import RawRow, UnreadableFile
from loaders.rows import Place, RejectedRow

_LINES_THAT_TELL = 1000
_REMEDY = "write one JSON object with plain values on each line"


class JsonlReader:
    """Rows of a JSON Lines file; its columns are the names on its first thousand lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoding = encoding_of(path)
        self._size = max(path.stat().st_size, 1)
        self._read = 0
        first = [r for r in islice(self.rows(), _LINES_THAT_TELL) if isinstance(r, RawRow)]
        if not first:
            raise UnreadableFile(f"{path.name}: no line holds a JSON object; {_REMEDY}")
        self.columns: Sequence[str] = list(dict.fromkeys(c for row in first for c in row.cells))

    @property
    def fraction(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._read / self._size

    def rows(self) -> Iterator[RawRow | RejectedRow]:
        """Every line that is not blank."""
        with self._path.open("rb") as file:
            for line in lines(file, self._encoding):
                if line.number % 1000 == 0:
                    self._read = file.tell()
                if line.fault or line.text.strip():
                    yield self._row(line)

    def _row(self, line: Line) -> RawRow | RejectedRow:
        place = Place(self._path.name, line.number)
        reason = line.fault
        cells: Any = None
        try:
            cells = orjson.loads(line.text) if not reason else None
        except orjson.JSONDecodeError as error:
            reason = f"not JSON: {error.msg}"
        if reason or not isinstance(cells, dict):
            return RejectedRow(place, "", "", reason or "not a JSON object", _REMEDY)
        named = {str(name).strip(): cell for name, cell in cells.items()}
        return RawRow(place, named, len(line.text))
