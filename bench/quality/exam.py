"""An exam: the product's features on every case, ranked by fixed weights or by learned ones."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np

from bench.quality.figures import Measure, Ranked, Vector, figures, intervals, middle_rank, ranked
from graph.matching.learning import Judged, folds
from graph.matching.reranking import best_ranker, learned_rankers

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
class Fold:
    """Cases (by place) that are ranked by what `train` teaches; `start` are weights to begin at."""

    places: Sequence[int]
    cases: Sequence[Judged]
    train: Sequence[Judged]
    start: Vector


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
    folds: Callable[[], Iterator[Fold]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


def evenly(cases: Sequence[Case]) -> list[Case]:
    """The same, with one answer of one group weighing the same however many cases ask for it."""
    many = Counter((c.judged.group, c.answer) for c in cases)
    return [
        replace(
            c,
            judged=replace(c.judged, weight=1 / many[c.judged.group, c.answer], answer=c.answer),
        )
        for c in cases
    ]


def grouped(cases: Sequence[Case], train: Sequence[Case], weights: Vector) -> Iterator[Fold]:
    """What to learn from for which cases: never from a case's own group.

    If no case is among the training cases there is one fold, and all of them are learned from.
    """
    shared = {c.key for c in train} & {c.key for c in cases}
    groups = [c.judged.group for c in (*train, *cases)]
    fold_of = folds(groups, FOLDS) if shared else dict.fromkeys(groups, 0)
    for fold in sorted({fold_of[c.judged.group] for c in cases}):
        places = [n for n, c in enumerate(cases) if fold_of[c.judged.group] == fold]
        teaching = [c.judged for c in train if not shared or fold_of[c.judged.group] != fold]
        yield Fold(places, [cases[n].judged for n in places], teaching, weights)


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
        row(exam, "blind: by size only", [c.size for c in exam.cases]),
        row(exam, f"fixed weights {exam.version}", [_totals(c, exam.weights) for c in exam.cases]),
    ]
    if exam.folds:
        found += _learned_rows(exam, exam.folds(), rerank=rerank)
    return found


def _totals(case: Case, weights: Vector) -> Vector:
    return case.judged.values @ weights


def row(exam: Exam, name: str, scores: Iterable[Vector]) -> Row:
    """A way of ranking by its scores for every case."""
    ranks = [middle_rank(s, c.judged.right) for s, c in zip(scores, exam.cases, strict=True)]
    cases: Ranked = ranked(
        ranks, [c.answer for c in exam.cases], [c.judged.group for c in exam.cases]
    )
    return Row(name, figures(exam.measures, cases), intervals(exam.measures, cases))


def _learned_rows(exam: Exam, folds: Iterator[Fold], *, rerank: bool) -> Iterator[Row]:
    """Learned weights, then trees over them, then what the training cases alone chose of these."""
    ways: dict[str, dict[int, Vector]] = {}
    chosen: dict[int, Vector] = {}
    choices = Counter[str]()
    for number, fold in enumerate(folds, 1):
        rankers = learned_rankers(fold.train, fold.start, rerank=rerank)
        choice = best_ranker(fold.train, fold.start, rerank=rerank)
        choices[choice] += 1
        say(f"fold {number}: learned from {len(fold.train)} cases; best on them: {choice}")
        for name, ranker in rankers.items():
            scores = [ranker(case.values) for case in fold.cases]
            ways.setdefault(name, {}).update(zip(fold.places, scores, strict=True))
        chosen.update({n: ways[choice][n] for n in fold.places})
    count = range(len(exam.cases))
    for name in ("learned weights", "learned weights, re-ranked"):
        if name in ways:
            yield row(exam, name, [ways[name][n] for n in count])
    told_of = ", ".join(f"{name} ({n})" for name, n in choices.most_common())
    yield row(exam, f"chosen in training: {told_of}", [chosen[n] for n in count])


def answer(exam: Exam, found: Sequence[Row]) -> dict[str, Any]:
    """What --json holds: the figures of the last row on top, then how they came about."""
    last = found[-1]
    return {
        **last.figures,
        "job": exam.job,
        "ranked_by": last.name,
        "reranker": "re-ranked" in last.name,
        "cases": len(exam.cases),
        "left_out": dict(exam.left_out),
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
        yield f"{row.name[:32]:32}" + "".join(f"{cell:>26}" for cell in cells)
    yield f"the figures of this run are those of the last row: {found[-1].name}"


def _between(ends: Sequence[float] | None) -> str:
    return f"[{ends[0]:.3f}, {ends[1]:.3f}]" if ends else ""
