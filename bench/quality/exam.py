"""An exam: the product's features on every case, ranked by fixed weights or by learned ones."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from bench.quality.figures import Measure, Ranked, Vector, figures, intervals, middle_rank, ranked
from graph.matching.learning import Judged, folds, learned_weights
from graph.matching.reranking import Reranker, reranker

FOLDS = 5
SECONDS_BETWEEN_NEWS = 10.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its right answer; `size` is all that the blind row knows of candidates."""

    key: str
    answer: str
    judged: Judged
    size: Vector


@dataclass(frozen=True, slots=True)
class Exam:
    """The cases of a job, with the features that were measured and the weights that ship."""

    job: str
    features: tuple[str, ...]
    version: str
    weights: Vector
    measures: Mapping[str, Measure]
    cases: Sequence[Case]
    left_out: Mapping[str, int]
    train: Sequence[Case] = ()
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Row:
    """One way of ranking and its figures."""

    name: str
    figures: Mapping[str, float]
    intervals: Mapping[str, Sequence[float]]


def told(items: Sequence[T], what: str) -> Iterator[T]:
    """The items, with news of the progress on standard error."""
    began = last = time.monotonic()
    for n, item in enumerate(items):
        now = time.monotonic()
        if now - last > SECONDS_BETWEEN_NEWS:
            last = now
            say(f"{what}: {n} of {len(items)}, {now - began:.0f} s")
        yield item
    say(f"{what}: {len(items)}, {time.monotonic() - began:.0f} s")


def say(news: str) -> None:
    print(news, file=sys.stderr, flush=True)


def rows(exam: Exam, *, rerank: bool) -> list[Row]:
    """Blind, fixed weights, and with training cases learned weights and re-ranked; best last."""
    found = [
        _row(exam, "blind: by size only", [c.size for c in exam.cases]),
        _row(exam, f"fixed weights {exam.version}", [_totals(c, exam.weights) for c in exam.cases]),
    ]
    if exam.train:
        linear, trees = _learned(exam, rerank=rerank)
        found.append(_row(exam, "learned weights", linear))
        if rerank:
            found.append(_row(exam, "learned weights, re-ranked", trees))
    return found


def _totals(case: Case, weights: Vector) -> Vector:
    return case.judged.values @ weights


def _row(exam: Exam, name: str, scores: Iterable[Vector]) -> Row:
    ranks = [middle_rank(s, c.judged.right) for s, c in zip(scores, exam.cases, strict=True)]
    cases: Ranked = ranked(
        ranks, [c.answer for c in exam.cases], [c.judged.group for c in exam.cases]
    )
    return Row(name, figures(exam.measures, cases), intervals(exam.measures, cases))


def _learned(exam: Exam, *, rerank: bool) -> tuple[list[Vector], list[Vector]]:
    """Scores of each case from training cases that are not of its fold.

    If no case is among the training cases there is one fold and all of them are learned from.
    """
    shared = {c.key for c in exam.train} & {c.key for c in exam.cases}
    groups = [c.judged.group for c in (*exam.train, *exam.cases)]
    fold_of = folds(groups, FOLDS) if shared else dict.fromkeys(groups, -1)
    linear: dict[int, Vector] = {}
    trees: dict[int, Vector] = {}
    for fold in told(sorted({fold_of[c.judged.group] for c in exam.cases}), "folds learned"):
        train = [c.judged for c in exam.train if fold < 0 or fold_of[c.judged.group] != fold]
        weights = learned_weights(train, exam.weights)
        second: Reranker | None = reranker(train, weights) if rerank else None
        for n, case in enumerate(exam.cases):
            if fold_of[case.judged.group] == fold:
                linear[n] = _totals(case, weights)
                trees[n] = second.scores(case.judged.values, linear[n]) if second else linear[n]
    count = range(len(exam.cases))
    return [linear[n] for n in count], [trees[n] for n in count]


def answer(exam: Exam, found: Sequence[Row], *, rerank: bool) -> dict[str, Any]:
    """What --json holds: the figures of the last row on top, then how they came about."""
    last = found[-1]
    return {
        **last.figures,
        "job": exam.job,
        "ranked_by": last.name,
        "reranker": bool(exam.train) and rerank,
        "cases": len(exam.cases),
        "left_out": dict(exam.left_out),
        "training_cases": len(exam.train),
        "features": list(exam.features),
        "model_version": exam.version,
        "candidates": float(np.mean([len(c.size) for c in exam.cases])) if exam.cases else 0.0,
        "intervals": {key: list(values) for key, values in last.intervals.items()},
        "rows": {row.name: {**row.figures, "intervals": dict(row.intervals)} for row in found},
        **exam.more,
    }


def table(exam: Exam, found: Sequence[Row]) -> Iterator[str]:
    """The rows to be read: each figure with its interval beside it."""
    keys = list(exam.measures)
    yield f"{exam.job}: {len(exam.cases)} cases; left out: {dict(exam.left_out) or 'none'}"
    yield f"{'':32}" + "".join(f"{key:>26}" for key in keys)
    for row in found:
        cells = [f"{row.figures[k]:.3f} {_between(row.intervals.get(k))}" for k in keys]
        yield f"{row.name:32}" + "".join(f"{cell:>26}" for cell in cells)


def _between(ends: Sequence[float] | None) -> str:
    return f"[{ends[0]:.3f}, {ends[1]:.3f}]" if ends else ""
