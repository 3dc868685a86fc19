"""How well job titles are mapped to occupations: python -m bench.titles [--data DIR].

Over the labelled titles that have an occupation of the lowest level; the labels are silver, about
one in six is wrong. Prints hit@1, hit@5, and for each band of confidence how often it was right.
"""

import argparse
import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from loaders.sources import csco
from loaders.titles import LOGIT, Occupation, TitleMap, lead

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "csco"
MARKS = re.compile(r"[SL/]+$")
LOWEST_LEVEL = 4


def occupations(folder: Path) -> Iterator[Occupation]:
    """Those of the lowest level, as the loader reads them."""
    seen: set[str] = set()
    for row in next(iter(csco.read(folder))).rows:
        values: Mapping[str, Any] = getattr(row, "values", {})
        if values.get("level") == LOWEST_LEVEL and values["code"] not in seen:
            seen.add(values["code"])
            names = [values["name"], *values.get("aliases", ())]
            text = f"{values.get('definition', '')} {values.get('tasks', '')}"
            yield Occupation(MARKS.sub("", values["code"]), names, text)


def labelled(folder: Path, codes: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    with (folder / "job_title_to_csco.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = MARKS.sub("", row["expected_code"]).strip()
            if code in codes:
                yield row["job_name"], codes[code]


def measure(folder: Path) -> dict[str, Any]:
    titles = TitleMap(list(occupations(folder)))
    codes = {o.key: n for n, o in enumerate(titles.occupations)}
    asked, expected = zip(*labelled(folder, codes), strict=True)
    score, likeness = titles.scores(asked)
    order = np.argsort(-score, axis=1, kind="stable")[:, :5]
    hits = order == np.array(expected)[:, None]
    facts = np.column_stack(
        (np.ones(len(asked)), likeness[np.arange(len(asked)), order[:, 0]], lead(score))
    )
    confidence = 1 / (1 + np.exp(-facts @ np.array(LOGIT)))
    return {
        "titles": len(asked),
        "occupations": len(codes),
        "hit@1": round(float(hits[:, 0].mean()), 3),
        "hit@5": round(float(hits.any(axis=1).mean()), 3),
        "fitted": [round(float(x), 2) for x in _fit(facts, hits[:, 0])],
        "confidence": list(_bands(confidence, hits[:, 0])),
    }


def _fit(facts: np.ndarray, right: np.ndarray) -> Sequence[float]:
    """Weights of the confidence, by likelihood."""
    sign = 2 * right - 1
    return minimize(lambda w: np.logaddexp(0, -sign * (facts @ w)).mean(), np.zeros(3)).x


def _bands(confidence: np.ndarray, right: np.ndarray) -> Iterator[dict[str, float]]:
    for low in np.arange(0, 1, 0.1):
        held = (confidence >= low) & (confidence < low + 0.1)
        if held.any():
            yield {
                "from": round(float(low), 1),
                "titles": int(held.sum()),
                "confidence": round(float(confidence[held].mean()), 2),
                "right": round(float(right[held].mean()), 2),
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    arguments = parser.parse_args()
    figures = measure(arguments.data)
    print(json.dumps(figures, indent=2))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
