"""What a score is made of: features declared once, and a model that weighs them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Inputs = TypeVar("Inputs")


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of a job's features and the constants of their formulas, under one version."""

    version: str
    weights: Mapping[str, float]
    constants: Mapping[str, float] = field(default_factory=dict[str, float])

    def weighed(self, version: str, weights: Sequence[str]) -> "Model":
        """The same formulas under other weights, each `feature=weight`."""
        pairs = [entry.split("=") for entry in weights]
        return replace(self, version=version, weights={name: float(w) for name, w in pairs})


@dataclass(frozen=True, slots=True)
class Feature(Generic[Inputs]):
    """One part of a score: a value from 0 to 1 for each candidate, weighed by the model."""

    name: str
    zh: str
    description: str
    formula: str
    value: Callable[[Inputs, Model], Vector]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Values and contributions: a row for each candidate, a column for each feature."""

    values: NDArray[np.float64]
    weights: Vector
    contributions: NDArray[np.float64]
    totals: Vector


def score(features: Sequence[Feature[Inputs]], model: Model, inputs: Inputs) -> Scores:
    """Weigh every feature; the totals are the sums of the contributions and nothing else.

    A feature that weights of an earlier day do not name counts for nothing.
    """
    values = np.stack([f.value(inputs, model) for f in features], axis=1)
    weights = np.array([model.weights.get(f.name, 0.0) for f in features])
    contributions = values * weights
    return Scores(values, weights, contributions, contributions.sum(axis=1))


def ranking(totals: Vector, ids: Sequence[str]) -> NDArray[np.intp]:
    """Candidates from best to worst; equal scores by id, so that pages agree."""
    return np.lexsort((np.array(ids, dtype=np.str_), -totals))


def vector(values: Sequence[Any]) -> Vector:
    """Numbers, with 0 for null."""
    return np.array([value or 0 for value in values], dtype=np.float64)
