"""What labelled job titles tell of others: the nearest ones, and a ridge classifier over grams.

Both are kept for the labelled titles themselves, too, as if each had been left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import get_lapack_funcs

from graph.matching.encoders import Encoder, Vectors
from loaders.titles import clean

Grid = NDArray[np.float32]

LONGEST = 4
RIDGE = 0.4
FEATURES = (
    "labelled_nearest",
    "labelled_mean",
    "labelled_ridge",
    "labelled_often",
    "labelled_meaning",
)


def _grams(text: str) -> list[str]:
    """Runs of 1 to 4 characters; the end is a character, for it tells most."""
    marked = f"{text}$"
    return [marked[n : n + k] for k in range(1, LONGEST + 1) for n in range(len(marked) - k + 1)]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Titles as written, each with the place of its occupation."""

    titles: Sequence[str]
    occupations: Sequence[int]


@dataclass(frozen=True)
class Examples:
    """Labelled titles, one for each that is left after cleaning, and the occupations' names.

    `answers` has a row for each title: the share of its labels that each occupation has. With an
    encoder the nearest in meaning are found, too.
    """

    titles: Sequence[str]
    answers: sparse.csr_array
    names: Sequence[str]
    of_name: Sequence[int]
    count: int
    encoder: Encoder | None = None

    @cached_property
    def _weights(self) -> Mapping[str, tuple[int, float]]:
        texts = (*self.titles, *self.names)
        holding = Counter(gram for text in texts for gram in set(_grams(text)))
        return {
            gram: (n, 1 + float(np.log((1 + len(texts)) / (1 + of_gram))))
            for n, (gram, of_gram) in enumerate(holding.items())
        }

    def _toward(self, texts: Sequence[str]) -> sparse.csr_array:
        known = [[w for g in _grams(text) if (w := self._weights.get(g))] for text in texts]
        starts = np.cumsum([0, *map(len, known)])
        entries = list(chain.from_iterable(known))
        indices = np.array([column for column, _ in entries], dtype=np.int64)
        data = np.array([weight for _, weight in entries], dtype=np.float64)
        rows = sparse.csr_array((data, indices, starts), shape=(len(texts), len(self._weights)))
        rows.sum_duplicates()
        lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
        return sparse.csr_array(rows / np.maximum(lengths, 1e-9)[:, None])

    @cached_property
    def _titles(self) -> sparse.csr_array:
        return self._toward(self.titles)

    @cached_property
    def _all(self) -> sparse.csr_array:
        return sparse.csr_array(sparse.vstack((self._titles, self._toward(self.names))))

    @cached_property
    def _labels(self) -> Grid:
        """A row for each title, then for each name."""
        names = np.zeros((len(self.names), self.count), dtype=np.float32)
        names[np.arange(len(self.names)), self.of_name] = 1
        return np.concatenate((self.answers.toarray().astype(np.float32), names))

    @cached_property
    def _inverse(self) -> Grid:
        """(K + ridge)^-1 of the cosines K of all titles and names, by Cholesky."""
        rows = self._all.astype(np.float32)
        kernel = (rows @ rows.T).toarray(order="F")
        kernel[np.diag_indices_from(kernel)] += RIDGE
        factored, inverted = get_lapack_funcs(("potrf", "potri"), (kernel,))
        factor, _ = factored(kernel, lower=1, overwrite_a=1)
        half, _ = inverted(factor, lower=1, overwrite_c=1)
        return np.tril(half) + np.tril(half, -1).T

    @cached_property
    def _dual(self) -> Grid:
        return self._inverse @ self._labels

    @cached_property
    def _meanings(self) -> Vectors | None:
        return self.encoder.vectors(self.titles) if self.encoder else None

    @cached_property
    def _often(self) -> NDArray[np.float64]:
        """How often each occupation was the label."""
        return np.asarray(self.answers.sum(axis=0)).ravel()

    def measure(self, titles: Sequence[str]) -> Grid:
        """Titles x occupations x FEATURES, for titles that are not among the labelled."""
        cleaned = [clean(title) for title in titles]
        rows = self._toward(cleaned)
        nearest, mean = self._near((rows @ self._titles.T).toarray())
        ridge = (rows @ self._all.T).toarray() @ self._dual
        often = np.broadcast_to(self._often, ridge.shape)
        meaning = np.zeros_like(nearest)
        if self.encoder and self._meanings:
            meaning = self._nearest(self.encoder.vectors(cleaned).likeness(self._meanings))
        return _stacked(nearest, mean, ridge, often, meaning)

    def measure_own(self) -> Grid:
        """The same for the labelled titles, each as if it had been left out."""
        count = len(self.titles)
        cosine = (self._titles @ self._titles.T).toarray()
        np.fill_diagonal(cosine, 0)
        nearest, mean = self._near(cosine)
        diagonal = np.diag(self._inverse)[:count, None]
        ridge = self._labels[:count] - self._dual[:count] / diagonal
        meaning = np.zeros_like(nearest)
        if self._meanings:
            likeness = self._meanings.likeness(self._meanings)
            np.fill_diagonal(likeness, 0)
            meaning = self._nearest(likeness)
        return _stacked(nearest, mean, ridge, self._often - self.answers.toarray(), meaning)

    def _near(self, cosine: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Of each occupation's labelled titles the nearest, and the sum of cubes to all."""
        return self._nearest(cosine), (cosine**3) @ self.answers

    def _nearest(self, likeness: NDArray[np.float64]) -> NDArray[np.float64]:
        nearest = np.zeros((len(likeness), self.count))
        labels = self.answers.tocsc()
        for occupation in np.flatnonzero(self._often):
            own = labels.indices[labels.indptr[occupation] : labels.indptr[occupation + 1]]
            nearest[:, occupation] = likeness[:, own].max(axis=1)
        return nearest


def _stacked(
    nearest: NDArray[np.float64],
    sums: NDArray[np.float64],
    ridge: NDArray[np.float32] | NDArray[np.float64],
    often: NDArray[np.float64],
    meaning: NDArray[np.float64],
) -> Grid:
    frequent = np.log1p(often) / np.log1p(1000)
    columns = (nearest, sums / (1 + sums), np.clip(ridge, 0, 1), frequent, meaning)
    return np.stack(columns, axis=2).astype(np.float32)


def examples(
    labelled: Labelled,
    names: Sequence[str],
    of_name: Sequence[int],
    count: int,
    encoder: Encoder | None = None,
) -> Examples:
    """Titles that are one after cleaning count once, with a share for each of their labels."""
    by_title: dict[str, Counter[int]] = {}
    for title, occupation in zip(labelled.titles, labelled.occupations, strict=True):
        by_title.setdefault(clean(title), Counter())[occupation] += 1
    answers = sparse.lil_array((len(by_title), count))
    for row, votes in enumerate(by_title.values()):
        for occupation, n in votes.items():
            answers[row, occupation] = n / votes.total()
    return Examples(list(by_title), sparse.csr_array(answers), names, of_name, count, encoder)
