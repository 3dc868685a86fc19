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
middle of their ranks. Candidates are blindly sorted by size in the first row, and the last rows
say what we want of a row, and whether it is reached.
"""
NOTES = Path(__file__).with_name("notes.md")
FIXED, LAST = "fixed weights", ""
# Job, evidence -> beginning of a row's name (nothing: the last row) -> key -> the least wanted.
WANTED: Mapping[tuple[str, str | None], Mapping[str, Mapping[str, float]]] = {
    ("occupation", None): {
        FIXED: {"top_1": 0.52, "top_5": 0.80},
        LAST: {"top_1": 0.70, "top_5": 0.90},
    },
    ("research", "text"): {LAST: {"hit_10_without_largest": 0.55, "macro_hit_10": 0.45}},
    ("research", "all"): {LAST: {"hit_1": 0.65, "hit_10": 0.83, "macro_hit_10": 0.73}},
    ("adoption", "text"): {LAST: {"hit_1": 0.52, "hit_10": 0.78}},
    ("transfer", None): {LAST: {"hit_10": 0.40, "mrr": 0.20}},
    ("mentor", "text"): {LAST: {"hit_1": 0.32, "hit_10": 0.75}},
    ("mentor", "all"): {LAST: {"hit_1": 0.75, "mrr": 0.85}},
}


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
        for row_name, wanted in WANTED.get((found["job"], found.get("evidence")), {}).items():
            row = next(row for name, row in reversed(rows.items()) if name.startswith(row_name))
            cells = [_wanted(row[key], wanted.get(key)) for key in keys]
            yield f"| *wanted of {row_name or 'the last row'}* | {' | '.join(cells)} |"


def _cell(figure: float, ends: list[float] | None) -> str:
    return f"{figure:.3f}" + (f" [{ends[0]:.3f}, {ends[1]:.3f}]" if ends else "")


def _wanted(figure: float, least: float | None) -> str:
    return "" if least is None else f"≥ {least:.2f} {'✓' if figure >= least else '✗'}"


if __name__ == "__main__":
    print(HEAD, *sections(Path(sys.argv[1])), "", NOTES.read_text("utf-8").rstrip(), sep="\n")
