"""A second look at the best candidates by trees (LightGBM), which says what each feature added."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import MissingExtra
from graph.matching.features import Vector
from graph.matching.learning import Judged, Values, folds, learned_weights

BEST = 40
ROUNDS = 100
INNER_FOLDS = 3
SAMPLES = 400
FIXED, LEARNED, TREES = "fixed weights", "learned weights", "learned weights, re-ranked"

Ranker = Callable[[Values], Vector]
"""Features of a question's candidates -> their scores."""

_SETTINGS = {
    "objective": "lambdarank", "num_leaves": 7, "min_data_in_leaf": 50, "learning_rate": 0.05,
    "feature_fraction": 0.8, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 1,
    "deterministic": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reranker:
    """Trees over the features and the linear score, for the first BEST candidates."""

    trees: Any

    def scores(self, values: Values, linear: Vector) -> Vector:
        """The linear scores, with the best in the order of the trees above all others."""
        best = np.argsort(-linear, kind="stable")[:BEST]
        scores = linear.copy()
        parts = self.contributions(values[best], linear[best])
        scores[best] = linear.max() + 1 + parts.sum(axis=1) - parts.sum(axis=1).min()
        return scores

    def contributions(self, values: Values, linear: Vector) -> NDArray[np.float64]:
        """What each feature, the linear score and the constant add; a row sums to the score."""
        return self.trees.predict(np.column_stack((values, linear)), pred_contrib=True)


def reranker(questions: Sequence[Judged], weights: Vector) -> Reranker | None:
    """Learn the order of the best candidates of those questions whose answer is among them.

    None if there is no such question.
    """
    try:
        import lightgbm  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise MissingExtra("learning") from error
    rows, right = list[NDArray[Any]](), list[NDArray[np.bool_]]()
    sizes, weigh = list[int](), list[float]()
    for question in questions:
        linear = question.values @ weights
        best = np.argsort(-linear, kind="stable")[:BEST]
        if question.right in best:
            rows.append(np.column_stack((question.values[best], linear[best])))
            right.append(best == question.right)
            sizes.append(len(best))
            weigh.append(question.weight)
    if not rows:
        return None
    data = lightgbm.Dataset(
        np.concatenate(rows),
        np.concatenate(right),
        group=sizes,
        weight=np.repeat(weigh, sizes),
    )
    return Reranker(lightgbm.train(_SETTINGS, data, ROUNDS))


def learned_rankers(
    questions: Sequence[Judged], given: Vector, *, rerank: bool
) -> dict[str, Ranker]:
    """The given weights, weights learned from the questions, and trees over those."""
    weights = learned_weights(questions, given)
    rankers: dict[str, Ranker] = {
        FIXED: lambda values: values @ given,
        LEARNED: lambda values: values @ weights,
    }
    if rerank:
        trees = reranker(questions, weights)
        rankers[TREES] = (
            (lambda values: trees.scores(values, values @ weights)) if trees else rankers[LEARNED]
        )
    return rankers


def best_ranker(questions: Sequence[Judged], given: Vector, *, rerank: bool) -> str:
    """Which of them has the highest nDCG@10 on questions of groups that it did not learn from.

    Every answer weighs the same, however many ask for it. The given weights stay unless another
    is better in 95 of 100 samples of the groups.
    """
    fold_of = folds([q.group for q in questions], INNER_FOLDS)
    gains = defaultdict[str, list[float]](list)
    judged = list[Judged]()
    for fold in sorted(set(fold_of.values())):
        held_out = [q for q in questions if fold_of[q.group] == fold]
        rest = [q for q in questions if fold_of[q.group] != fold]
        for name, ranker in learned_rankers(rest, given, rerank=rerank).items():
            gains[name] += [_gain(ranker(q.values), q.right) for q in held_out]
        judged += held_out
    if not judged:
        return FIXED
    samples = _means(judged, np.array(list(gains.values())))
    ahead = np.quantile(samples - samples[:, [0]], 0.05, axis=0)
    means = samples.mean(axis=0)
    allowed = [n for n, least in enumerate(ahead) if n == 0 or least > 0]
    return list(gains)[max(allowed, key=lambda n: means[n])]


def _means(questions: Sequence[Judged], gains: NDArray[np.float64]) -> NDArray[np.float64]:
    """SAMPLES of the groups x ways of ranking: the mean over answers of their mean gain."""
    _, group = np.unique([q.group for q in questions], return_inverse=True)
    _, answer = np.unique([q.answer for q in questions], return_inverse=True)
    weight = np.array([q.weight for q in questions])
    random = np.random.default_rng(1)
    count = group.max() + 1
    found = list[NDArray[np.float64]]()
    for _ in range(SAMPLES):
        drawn = np.bincount(random.integers(count, size=count), minlength=count)[group] * weight
        asked = np.bincount(answer, drawn)
        there = asked > 0
        sums = [np.bincount(answer, drawn * gain)[there] / asked[there] for gain in gains]
        found.append(np.mean(sums, axis=1))
    return np.array(found)


def _gain(scores: Vector, right: int) -> float:
    """nDCG@10 of the one right answer."""
    rank = (scores > scores[right]).sum() + ((scores == scores[right]).sum() + 1) / 2
    return float(1 / np.log2(1 + rank)) if rank <= 10 else 0.0
