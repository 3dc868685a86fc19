"""Weights learned from judged questions: never negative, so that they read like given ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from graph.matching.features import Vector

Values = NDArray[np.float32]

HARDEST = 100  # candidates of each question that are learned from, the right one besides
RIDGE = 0.003
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Judged:
    """The features of a question's candidates, a row each, and the row of the right one.

    Questions of one `group` tell much of each other: one title, one firm, one person. `answer`
    names the right candidate where some are right for many questions.
    """

    group: str
    values: Values
    right: int
    weight: float = 1.0
    answer: str = ""


def folds(groups: Sequence[str], count: int) -> Mapping[str, int]:
    """Group -> fold, so that folds have about as many questions each."""
    held = [0] * count
    found: dict[str, int] = {}
    for group, size in sorted(Counter(groups).items(), key=lambda entry: (-entry[1], entry[0])):
        found[group] = held.index(min(held))
        held[found[group]] += size
    return found


def learned_weights(questions: Sequence[Judged], given: Vector) -> Vector:
    """Non-negative weights under which the right answers are likeliest (listwise softmax).

    `given` weights say which candidates are hard to tell from the right one; without questions
    they stay as they are.
    """
    if not questions:
        return given
    kept = [_hardest(q, given) for q in questions]
    rows = np.concatenate([values for values, _ in kept]).astype(np.float64)
    starts = np.cumsum([0, *(len(values) for values, _ in kept)])[:-1]
    right = starts + np.array([at for _, at in kept])
    weight = np.array([q.weight for q in questions], dtype=np.float64)
    weight /= weight.sum()
    of_row = np.repeat(np.arange(len(kept)), [len(values) for values, _ in kept])

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = rows @ weights
        most = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - most[of_row])
        total = np.add.reduceat(odds, starts)
        likelihood = weight @ (np.log(total) + most - scores[right])
        slope = rows.T @ (odds / total[of_row] * weight[of_row]) - rows[right].T @ weight
        return likelihood + RIDGE * (weights @ weights), slope + 2 * RIDGE * weights

    bounds = [(0.0, None)] * rows.shape[1]
    start = np.ones(rows.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds,
                     options={"maxiter": ROUNDS})  # fmt: skip
    return found.x


def _hardest(question: Judged, given: Vector) -> tuple[Values, int]:
    """The candidates that come nearest, with the right one last."""
    scores = question.values @ given
    scores[question.right] = -np.inf
    hardest = np.argsort(-scores, kind="stable")[: min(HARDEST, len(scores) - 1)]
    return question.values[[*hardest.tolist(), question.right]], len(hardest)
