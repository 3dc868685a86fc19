"""A second look at the best candidates by trees (LightGBM), which says what each feature added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import MissingExtra
from graph.matching.features import Vector
from graph.matching.learning import Judged, Values

BEST = 40
ROUNDS = 100
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


def reranker(questions: Sequence[Judged], weights: Vector) -> Reranker:
    """Learn the order of the best candidates of those questions whose answer is among them."""
    try:
        import lightgbm  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise MissingExtra("learning") from error
    rows, right, sizes = [np.empty((0, 0))], [np.empty(0)], list[int]()
    rows.clear()
    right.clear()
    for question in questions:
        linear = question.values @ weights
        best = np.argsort(-linear, kind="stable")[:BEST]
        if question.right in best:
            rows.append(np.column_stack((question.values[best], linear[best])))
            right.append(best == question.right)
            sizes.append(len(best))
    data = lightgbm.Dataset(np.concatenate(rows), np.concatenate(right), group=sizes)
    return Reranker(lightgbm.train(_SETTINGS, data, ROUNDS))
