"""What became of each row: figures by file, and the rejects as a CSV that Excel opens."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

from graph.errors import JiangpuError
from graph.writes.provenance import Counts
from loaders.export import neutral
from loaders.rows import RejectedRow

HEADER = ("file", "line", "column", "value", "reason", "remedy")
LONGEST_VALUE = 200


@dataclass(slots=True)
class Figures:
    """Of `rows`, so many were created, updated, unchanged or rejected: the four add up."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def add(self, rows: int, counts: Counts, rejected: int = 0) -> None:
        """Count more rows."""
        self.rows += rows
        self.created += counts.created
        self.updated += counts.updated
        self.unchanged += counts.unchanged
        self.rejected += rejected


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Figures of the files, and of what their rows name in passing: firms, links and so on."""

    files: dict[str, Figures] = field(default_factory=dict[str, Figures])
    passing: dict[str, Figures] = field(default_factory=dict[str, Figures])

    def file(self, name: str) -> Figures:
        """The figures of a file."""
        return self.files.setdefault(name, Figures())

    def named(self, what: str) -> Figures:
        """The figures of a label or relationship type that rows name in passing."""
        return self.passing.setdefault(what, Figures())

    @property
    def loaded(self) -> int:
        """How much was created or updated."""
        return sum(f.created + f.updated for f in (*self.files.values(), *self.passing.values()))

    @property
    def rejected(self) -> int:
        """How many rows the reject file has."""
        return sum(f.rejected for f in (*self.files.values(), *self.passing.values()))

    def to_json(self) -> str:
        """The figures as text."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str) -> "LoadReport":
        """The report that `to_json` wrote; an empty one for an empty text."""
        if not text:
            return cls()
        kept: Mapping[str, Mapping[str, Mapping[str, int]]] = orjson.loads(text)
        files, passing = (
            {name: Figures(**figures) for name, figures in kept[part].items()}
            for part in ("files", "passing")
        )
        return cls(files, passing)


class UnwritableReport(JiangpuError):
    """The reject report has nowhere to go; the text says what to do."""


class RejectFile:
    """Rejected rows, appended after a known length, so that a repeated batch stands in it once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, rejected: Iterable[RejectedRow], *, after: int) -> int:
        """Append the rows after the first `after` bytes; returns the new length."""
        buffer = io.StringIO(newline="")
        rows = csv.writer(buffer)
        for r in sorted(rejected, key=lambda r: r.place.line):
            cells = (r.column, r.value[:LONGEST_VALUE], r.reason, r.remedy)
            rows.writerow((r.place.file, r.place.line, *map(neutral, cells)))
        text = buffer.getvalue()
        if not text:
            return after
        body = text.encode() if after else "".join([_BOM, ",".join(HEADER), "\r\n", text]).encode()
        try:
            with self.path.open("r+b" if after else "wb") as file:
                file.truncate(after)
                file.seek(after)
                file.write(body)
        except OSError as error:
            raise UnwritableReport(
                f"cannot write {self.path} ({error.strerror}); name another file with --rejects"
            ) from error
        return after + len(body)

    def clear(self) -> None:
        """Remove what an earlier load left."""
        self.path.unlink(missing_ok=True)


_BOM = "\ufeff"
