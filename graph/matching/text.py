"""Similarity of documents: words and Han characters, alone and in pairs; TF-IDF cosine and BM25.

How much a gram weighs is frozen in frequencies.txt, so that two documents have one similarity,
whatever else they are compared with, and pages of one answer agree.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Matrix = NDArray[np.float64]

RAREST = 6.2  # weight of every gram in fewer than about one of 180 documents
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")


def grams(text: str) -> list[str]:
    """Lower-cased words in the singular and Han characters, then each pair of neighbours."""
    units = [_singular(run) for run in _RUN.findall(unicodedata.normalize("NFKC", text).casefold())]
    return [*units, *(f"{left} {right}" for left, right in pairwise(units))]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@cache
def gram_weights() -> Mapping[str, float]:
    """Gram -> 1 + ln(documents / documents that hold it), for all but rare ones."""
    lines = files("graph.matching").joinpath("frequencies.txt").read_text("utf-8").splitlines()
    weights: dict[str, float] = {}
    for line in lines:
        if not line.startswith("#"):
            weight, _, listed = line.partition("\t")
            weights.update(dict.fromkeys(listed.split("\t"), float(weight)))
    return weights


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents to compare with: a column for each gram, a row for each document."""

    columns: Mapping[str, int]
    counts: sparse.csr_array
    directions: sparse.csr_array

    def cosine(self, texts: Sequence[str]) -> Matrix:
        """TF-IDF cosine, 0 to 1: a row for each text, a column for each document."""
        asked = [Counter(grams(text)) for text in texts]
        return (_directions(asked, self.columns) @ self.directions.T).toarray()

    def bm25(self, texts: Sequence[str], *, k1: float = 1.2, b: float = 0.75) -> Matrix:
        """BM25 of each document for each text, a gram of a text counting once."""
        lengths = self.counts.sum(axis=1)
        entries = self.counts.tocoo()
        damping = k1 * (1 - b + b * lengths[entries.row] / (lengths.mean() or 1))
        saturated = entries.data * (k1 + 1) / (entries.data + damping)
        weighted = sparse.csr_array((saturated, (entries.row, entries.col)), self.counts.shape)
        weigh = gram_weights().get
        asked = sparse_rows(
            [{g: weigh(g, RAREST) for g in set(grams(text))} for text in texts], self.columns
        )
        return (asked @ weighted.T).toarray()


def corpus(texts: Iterable[str]) -> Corpus:
    """Index the documents."""
    counted = [Counter(grams(text)) for text in texts]
    columns = {gram: n for n, gram in enumerate(dict.fromkeys(g for c in counted for g in c))}
    return Corpus(columns, sparse_rows(counted, columns), _directions(counted, columns))


def _directions(counted: Sequence[Counter[str]], columns: Mapping[str, int]) -> sparse.csr_array:
    """Unit vectors of (1 + ln count) x weight; what has no column counts in the length only."""
    weigh = gram_weights().get
    rows: list[dict[str, float]] = []
    for counts in counted:
        row = {g: (1 + math.log(n)) * weigh(g, RAREST) for g, n in counts.items()}
        length = math.hypot(*row.values()) or 1.0
        rows.append({g: value / length for g, value in row.items()})
    return sparse_rows(rows, columns)


def sparse_rows(
    rows: Sequence[Mapping[str, float]], columns: Mapping[str, int]
) -> sparse.csr_array:
    """A matrix of the rows; what has no column is left out."""
    known = [[(columns[g], value) for g, value in row.items() if g in columns] for row in rows]
    ends = np.cumsum([0, *(len(row) for row in known)])
    indices = np.array([column for row in known for column, _ in row], dtype=np.int64)
    data = np.array([value for row in known for _, value in row], dtype=np.float64)
    return sparse.csr_array((data, indices, ends), shape=(len(rows), len(columns)))
