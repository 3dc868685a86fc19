"""Prints docs/matching-quality.md from what --json wrote: python -m bench.quality.report FOLDER.

FOLDER holds one file for each run, NAME.json; NAME says what was asked.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HEAD = """\
# How well matches rank

Printed by `python -m bench.quality.report FOLDER` from what the jobs of `python -m bench.quality`
wrote with `--json FOLDER/NAME.json`; learned rows are of runs with `--train` on the cases, and
are cross-validated: five folds that keep equal titles, one firm's cases or one junior's cases
together. Brackets are 95 % intervals by bootstrap over those groups. "Fixed weights" ship with the
product and were set by hand while looking at these very cases, so their rows flatter a little. In
the last row the training cases alone chose between fixed weights, learned weights and trees over
them. "re-ranked" means that the optional trees (extra `learning`) were on. Equal scores share the
middle of their ranks. Candidates are blindly sorted by size in the first row.
"""


def sections(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.json")):
        found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        rows: Mapping[str, Mapping[str, Any]] = found["rows"]
        keys = [key for key in next(iter(rows.values())) if key != "intervals"]
        given = f", evidence {found['evidence']}" if "evidence" in found else ""
        given += ", Chinese cases" if found.get("cn_only") else ""
        cases = found.get("cases", found.get("people"))
        many = found.get("candidates", 0)
        left = ", ".join(f"{why}: {count}" for why, count in found["left_out"].items())
        yield f"\n## {found['job']}{given}\n"
        yield f"{cases} cases, {many:.0f} candidates each; left out: {left}.\n"
        yield f"| ranked by | {' | '.join(keys)} |\n|---|{'---|' * len(keys)}"
        for name, row in rows.items():
            cells = [_cell(row[key], row["intervals"].get(key)) for key in keys]
            yield f"| {name} | {' | '.join(cells)} |"


def _cell(figure: float, ends: list[float] | None) -> str:
    return f"{figure:.3f}" + (f" [{ends[0]:.3f}, {ends[1]:.3f}]" if ends else "")


if __name__ == "__main__":
    print(HEAD, *sections(Path(sys.argv[1])), sep="\n")
