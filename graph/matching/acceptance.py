"""Weights learned from what people accepted and declined, behind gates, and reported by group.

Few judgements change nothing; more give non-negative weights by logistic regression; many also
trees (LightGBM), which are only reported: weights stay what everybody can read. Nothing is proposed
unless the order of candidates gets better beyond chance on people it was not learned from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from graph.errors import MissingExtra
from graph.matching.features import Vector
from graph.matching.judged_pairs import Question
from graph.matching.learning import folds

FEWEST = 300
MANY = 5000
MOST_FEATURES = 12
CHANCE = 0.05
FEWEST_IN_GROUP = 5
SHOWN = 10
RIDGE = 0.01
FOLDS = 5
SAMPLES = 2000
DIGITS = 4
FIXED, LOGISTIC, TREES = "weights in force", "logistic, non-negative", "trees, monotone"

Ranker = Callable[[NDArray[np.float64]], Vector]

_TREES = MappingProxyType(
    {
        "objective": "lambdarank", "num_leaves": 15, "min_data_in_leaf": 50, "learning_rate": 0.05,
        "seed": 1, "deterministic": True, "num_threads": 1, "verbose": -1,
    }
)  # fmt: skip
_ROUNDS = 150


@dataclass(frozen=True, slots=True)
class Figure:
    """How well a way of ranking does on questions it did not learn from.

    `chance` is the share of samples in which it is no better than the weights in force.
    """

    ndcg: float
    chance: float

    @property
    def passes(self) -> bool:
        """Whether it is better beyond chance."""
        return self.chance < CHANCE


@dataclass(frozen=True, slots=True)
class Group:
    """What became of the judged pairs of a group: accepted, and shown in the first ten."""

    grouping: str
    name: str
    judged: int
    accepted: float
    shown_before: float
    shown_after: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What the judgements say. `weights` are those worth proposing; None if the gates hold."""

    judged: int
    questions: int
    figures: Mapping[str, Figure]
    weights: Mapping[str, float] | None
    reason: str
    groups: tuple[Group, ...]


def learn(questions: Sequence[Question], given: Mapping[str, float]) -> Learned:
    """Weigh the judgements. `given` are the weights in force, by feature in the order of columns.

    Raises ValueError for more features than so few judgements can tell apart.
    """
    if len(given) > MOST_FEATURES:
        raise ValueError(f"{len(given)} features are more than {MOST_FEATURES}")
    now = np.array(list(given.values()))
    judged = sum(len(q.judged) for q in questions)
    if judged < FEWEST:
        reason = f"{judged} judged pairs are fewer than {FEWEST}: the weights stay as they are"
        return Learned(judged, len(questions), {}, None, reason, _groups(questions, now, now))
    figures = _figures(questions, now, trees=judged > MANY)
    weights = logistic_weights(questions, now)
    groups = _groups(questions, now, weights)
    if not figures[LOGISTIC].passes:
        reason = "the learned weights order candidates no better than those in force"
        return Learned(judged, len(questions), figures, None, reason, groups)
    reason = "the learned weights order candidates better than those in force"
    named = shares(dict(zip(given, weights.tolist(), strict=True)))
    return Learned(judged, len(questions), figures, named, reason, groups)


def logistic_weights(questions: Sequence[Question], given: Vector) -> Vector:
    """Ridge logistic regression of acceptance, no weight below 0; they sum to 1.

    The given weights stay where nothing tells acceptance from decline.
    """
    rows = np.concatenate([q.values[q.rows] for q in questions])
    sign = np.where(np.concatenate([q.accepted for q in questions]), 1.0, -1.0)

    def loss(weights: Vector) -> tuple[float, Vector]:
        margin = sign * (rows @ weights[:-1] + weights[-1])
        pull = -sign * expit(-margin) / len(sign)
        slope = np.append(rows.T @ pull + 2 * RIDGE * weights[:-1], pull.sum())
        value = np.logaddexp(0, -margin).mean() + RIDGE * (weights[:-1] @ weights[:-1])
        return float(value), slope

    bounds = [*[(0.0, None)] * rows.shape[1], (None, None)]
    start = np.append(given, 0.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x[:-1]
    total = found.sum()
    return found / total if total > 0 else given


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """The same with few digits; the largest takes what rounding leaves, so that they sum to 1."""
    rounded = {name: round(w, DIGITS) for name, w in weights.items()}
    largest = max(rounded, key=lambda name: rounded[name])
    rest = sum(w for name, w in rounded.items() if name != largest)
    return {**rounded, largest: round(1 - rest, DIGITS)}


def _figures(questions: Sequence[Question], now: Vector, *, trees: bool) -> dict[str, Figure]:
    """The mean nDCG@10 of each way of ranking on the askings of folds left out."""
    told = [q for q in questions if q.accepted.any()]
    fold_of = folds([q.asking for q in questions], FOLDS)
    gains = defaultdict[str, list[float]](list)
    order: list[str] = []
    for fold in sorted(set(fold_of.values())):
        held_out = [q for q in told if fold_of[q.asking] == fold]
        rest = [q for q in questions if fold_of[q.asking] != fold]
        if not held_out or not rest:
            continue
        for name, ranker in _rankers(rest, now, trees=trees):
            gains[name] += [ndcg(ranker(q.values), q) for q in held_out]
        order += [q.asking for q in held_out]
    return {name: _figure(order, gains[FIXED], found) for name, found in gains.items()}


def _rankers(
    questions: Sequence[Question], now: Vector, *, trees: bool
) -> Iterator[tuple[str, Ranker]]:
    weights = logistic_weights(questions, now)
    yield FIXED, lambda values: values @ now
    yield LOGISTIC, lambda values: values @ weights
    if trees:
        yield TREES, _trees(questions)


def _trees(questions: Sequence[Question]) -> Ranker:
    try:
        import lightgbm  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise MissingExtra("learning") from error
    labels = list[NDArray[np.float64]]()
    for question in questions:
        label = np.zeros(len(question.values))
        label[question.rows[question.accepted]] = 1
        labels.append(label)
    rows = np.concatenate([q.values for q in questions])
    sizes = [len(q.values) for q in questions]
    data = lightgbm.Dataset(rows, np.concatenate(labels), group=sizes)
    rising = {"monotone_constraints": [1] * rows.shape[1]}
    booster: Any = lightgbm.train({**_TREES, **rising}, data, _ROUNDS)
    return lambda values: np.asarray(booster.predict(values))


def ndcg(scores: Vector, question: Question) -> float:
    """nDCG@10 of the accepted; equal scores share the middle of their ranks."""
    accepted = question.rows[question.accepted]
    ranks = [(scores > scores[n]).sum() + ((scores == scores[n]).sum() + 1) / 2 for n in accepted]
    gain = sum(1 / np.log2(1 + rank) for rank in ranks if rank <= SHOWN)
    best = sum(1 / np.log2(2 + n) for n in range(min(len(accepted), SHOWN)))
    return min(1.0, float(gain / best))


def _figure(askings: Sequence[str], before: Sequence[float], after: Sequence[float]) -> Figure:
    """Paired bootstrap over those who ask."""
    _, asking = np.unique(askings, return_inverse=True)
    count = asking.max() + 1
    sums = np.bincount(asking, np.array(after) - np.array(before), count)
    random = np.random.default_rng(1)
    drawn = random.integers(count, size=(SAMPLES, count))
    rises = sums[drawn].sum(axis=1)
    return Figure(float(np.mean(after)), float((rises <= 0).mean()))


def _groups(questions: Sequence[Question], before: Vector, after: Vector) -> tuple[Group, ...]:
    """By group: who is accepted, and who is shown; groups of few are left out."""
    rows = defaultdict[tuple[str, str], list[tuple[bool, bool, bool]]](list)
    for q in questions:
        was, will_be = (_among_first(q.values @ weights) for weights in (before, after))
        for at, one in zip(q.rows.tolist(), q.judged, strict=True):
            for key in one.groups.items():
                rows[key].append((one.accepted, bool(was[at]), bool(will_be[at])))
    return tuple(
        Group(*key, len(found), *np.mean(found, axis=0).tolist())
        for key, found in sorted(rows.items())
        if len(found) >= FEWEST_IN_GROUP
    )


def _among_first(scores: Vector) -> NDArray[np.bool_]:
    shown = np.zeros(len(scores), dtype=np.bool_)
    shown[np.argsort(-scores, kind="stable")[:SHOWN]] = True
    return shown
