"""A table of pairs that people have judged: who asked, who was shown, accepted or not."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import JiangpuError
from loaders.readers import RawRow, reader_for
from loaders.readers.table import is_blank, plain

COLUMNS = ("asking", "shown", "accepted", "day")
_SAID = {"1": True, "true": True, "yes": True, "是": True, "0": False, "false": False, "no": False, "否": False}  # fmt: skip  # noqa: E501
_MOST_NAMED = 20


class UnusablePairs(JiangpuError):
    """A table of judged pairs that cannot be used; the text names rows and remedy."""


def read_judged(path: Path, today: date) -> list[Mapping[str, Any]]:
    """Rows of asking, shown, accepted and day; raises UnusablePairs that names rows at fault.

    A column besides those is refused, so that nothing about persons can be learned from.
    """
    reader = reader_for(path)
    names = {c.strip().lower(): c for c in reader.columns}
    more, less = sorted(names.keys() - COLUMNS), [c for c in COLUMNS[:3] if c not in names]
    if more or less:
        raise UnusablePairs(
            f"{path.name} has the columns {', '.join(reader.columns)}; it must have "
            f"{', '.join(COLUMNS[:3])}, may have {COLUMNS[3]}, and nothing else"
        )
    rows: list[Mapping[str, Any]] = []
    faults: list[str] = []
    for row in reader.rows():
        if not isinstance(row, RawRow):
            faults.append(str(row))
            continue
        cells = {n: _text(row.cells.get(c)) for n, c in names.items()}
        try:
            rows.append(_row(cells, today))
        except (KeyError, ValueError):
            faults.append(f"row {row.place.line}: write accepted as 1 or 0, day as 2015-01-09")
    if faults or not rows:
        named = "\n  ".join(faults[:_MOST_NAMED]) or "it has no rows"
        raise UnusablePairs(f"{path.name} has {len(faults)} faults:\n  {named}")
    return rows


def _row(cells: Mapping[str, str], today: date) -> Mapping[str, Any]:
    day = cells.get("day")
    if not cells["asking"] or not cells["shown"]:
        raise ValueError("both sides must be named")
    return {
        "asking": cells["asking"],
        "shown": cells["shown"],
        "accepted": _SAID[cells["accepted"].lower()],
        "day": date.fromisoformat(day) if day else today,
    }


def _text(cell: Any) -> str:
    return "" if is_blank(cell) else plain(str(cell)).strip()
