"""Experts: a person's documents against items that the person judged, by weighted Kendall loss.

For each person and each pair of items with different ratings, the loss is the difference of the
ratings if the pair is in the wrong order, half of it for a tie; over the sum of all differences.
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bench.quality.exam import say
from bench.quality.figures import RESAMPLES, Vector
from bench.quality.reading import Unreadable, lines, table
from graph.matching.documents import Document
from graph.matching.similarity import affinity, nearness_of

Rated = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """People with what they wrote, items, and how people rated them."""

    people: Mapping[str, Sequence[Document]]
    items: Mapping[str, Document]
    ratings: Mapping[str, Rated]


def document(row: Mapping[str, Any]) -> Document:
    return Document(str(row.get("title") or ""), str(row.get("abstract") or ""))


def read_panel(given: argparse.Namespace) -> tuple[Panel, int]:
    """The panel, and how many ratings name an unknown person or item."""
    people = {
        str(row["id"]): [document(d) for d in row["documents"] or ()]
        for row in lines(given.people, "id", "documents")
    }
    items = {str(row["id"]): document(row) for row in lines(given.items, "id")}
    ratings = defaultdict[str, dict[str, float]](dict)
    unknown = 0
    for row in table(given.ratings, "person", "item", "score"):
        if people.get(row["person"]) and row["item"] in items:
            ratings[row["person"]][row["item"]] = _number(given.ratings, row["score"])
        else:
            unknown += 1
    return Panel(people, items, ratings), unknown


def _number(file: Path, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise Unreadable(f"{file}: {text!r} in column score is no number") from error


def wrong_and_all(rated: Rated, scores: Rated) -> tuple[float, float]:
    """The weight of the pairs in the wrong order, and of all pairs."""
    wrong = whole = 0.0
    for one, other in combinations(sorted(rated), 2):
        weight = rated[one] - rated[other]
        order = np.sign(scores[one] - scores[other]) * np.sign(weight)
        wrong += abs(weight) * (1 - order) / 2
        whole += abs(weight)
    return wrong, whole


def loss(parts: Vector) -> float:
    """Wrong weight over all weight; a row for each person."""
    return float(parts[:, 0].sum() / max(parts[:, 1].sum(), 1e-12))


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Prints the table; what --json is to hold."""
    panel, unknown = read_panel(given)
    if not panel.ratings:
        raise Unreadable(
            f"{given.ratings}: no rating names a person and an item of the other files"
        )
    persons = list(panel.ratings)
    items = list(panel.items)
    owner = [n for n, p in enumerate(persons) for _ in panel.people[p]]
    held = [d for p in persons for d in panel.people[p]]
    say(f"comparing {len(held)} documents of {len(persons)} people with {len(items)} items")
    grid = nearness_of([panel.items[i] for i in items], held, given.encoder)
    by_person = affinity(grid, np.array(owner), len(persons))
    ways: dict[str, dict[str, Rated]] = {
        "blind: by length of the item": {
            p: {i: float(len(panel.items[i].body)) for i in panel.ratings[p]} for p in persons
        },
        f"mean of the best 5, encoder {given.encoder}": {
            p: {i: float(by_person[items.index(i), n]) for i in panel.ratings[p]}
            for n, p in enumerate(persons)
        },
    }
    rows = {name: _row(panel, scores) for name, scores in ways.items()}
    print(f"experts: {len(persons)} people, {sum(map(len, panel.ratings.values()))} ratings; "
          f"left out: {unknown}")  # fmt: skip
    for name, row in rows.items():
        low, high = row["intervals"]["loss"]
        print(f"{name:60} loss {row['loss']:.3f} [{low:.3f}, {high:.3f}]")
    last = list(rows)[-1]
    return {
        **rows[last], "job": given.job, "ranked_by": last, "encoder": given.encoder,
        "reranker": False, "people": len(persons), "left_out": {"unknown": unknown}, "rows": rows,
    }  # fmt: skip


def _row(panel: Panel, scores: Mapping[str, Rated]) -> dict[str, Any]:
    parts = np.array([wrong_and_all(panel.ratings[p], scores[p]) for p in panel.ratings])
    random = np.random.default_rng(2015)
    drawn = random.integers(len(parts), size=(RESAMPLES, len(parts)))
    ends = np.quantile([loss(parts[rows]) for rows in drawn], [0.025, 0.975])
    return {"loss": round(loss(parts), 4), "intervals": {"loss": np.round(ends, 4).tolist()}}
