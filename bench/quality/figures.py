"""Ranks and what is said of them: equal scores at mid-rank, intervals by resampled groups."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Indices = NDArray[np.intp]

RESAMPLES = 1000


def middle_rank(scores: Vector, right: int) -> float:
    """The rank of a score, from 1; equal scores share the middle of the ranks they take."""
    own = scores[right]
    return float((scores > own).sum() + ((scores == own).sum() + 1) / 2)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rank of the right answer of each case; cases of one group stand and fall together."""

    ranks: Vector
    answers: Indices
    groups: Indices
    largest: int


Measure = Callable[[Ranked, Vector], float]
"""A figure of the cases, each counted as often as its weight says."""


def top(k: int) -> Measure:
    """The share of cases whose answer is among the first k."""
    return lambda ranked, weight: _mean(ranked.ranks <= k, weight)


def reciprocal(ranked: Ranked, weight: Vector) -> float:
    """The mean of 1 / rank."""
    return _mean(1 / ranked.ranks, weight)


def macro(k: int) -> Measure:
    """The mean over answers of their share among the first k, so that each answer weighs one."""

    def measure(ranked: Ranked, weight: Vector) -> float:
        of_answer = np.bincount(ranked.answers, weight)
        hits = np.bincount(ranked.answers, weight * (ranked.ranks <= k))
        asked = of_answer > 0
        return float((hits[asked] / of_answer[asked]).mean()) if asked.any() else 0.0

    return measure


def without_largest(k: int) -> Measure:
    """As `top`, without the cases of the answer that has most."""

    def measure(ranked: Ranked, weight: Vector) -> float:
        return _mean(ranked.ranks <= k, weight * (ranked.answers != ranked.largest))

    return measure


def _mean(values: NDArray[np.generic], weight: Vector) -> float:
    return float((values * weight).sum() / max(weight.sum(), 1e-12))


ORGANISATIONS: Mapping[str, Measure] = {
    "hit_1": top(1),
    "hit_10": top(10),
    "mrr": reciprocal,
    "macro_hit_10": macro(10),
    "hit_10_without_largest": without_largest(10),
}
PLAIN: Mapping[str, Measure] = {"hit_1": top(1), "hit_10": top(10), "mrr": reciprocal}
TITLES: Mapping[str, Measure] = {"top_1": top(1), "top_5": top(5)}


def ranked(ranks: Sequence[float], answers: Sequence[str], groups: Sequence[str]) -> Ranked:
    """The cases as arrays."""
    names, at = np.unique(np.array(answers, dtype=np.str_), return_inverse=True)
    held = np.bincount(at, minlength=len(names))
    _, group = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)
    largest = int(held.argmax()) if len(held) else -1
    return Ranked(np.array(ranks, dtype=np.float64), at, group, largest)


def figures(measures: Mapping[str, Measure], cases: Ranked) -> dict[str, float]:
    """Every figure over all cases."""
    once = np.ones(len(cases.ranks))
    return {key: round(measure(cases, once), 4) for key, measure in measures.items()}


def intervals(measures: Mapping[str, Measure], cases: Ranked) -> dict[str, list[float]]:
    """For each figure what 95 of 100 samples of the groups lie between."""
    random = np.random.default_rng(2015)
    count = int(cases.groups.max()) + 1 if len(cases.groups) else 0
    found: dict[str, list[float]] = {key: [] for key in measures}
    for _ in range(RESAMPLES if count else 0):
        drawn = np.bincount(random.integers(count, size=count), minlength=count)
        weight = drawn[cases.groups].astype(np.float64)
        for key, measure in measures.items():
            found[key].append(measure(cases, weight))
    return {
        key: np.round(np.quantile(values, [0.025, 0.975]), 4).tolist()
        for key, values in found.items()
        if values
    }
