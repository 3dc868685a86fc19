"""Similarity of documents: TF-IDF cosine over words and Han characters, alone and in pairs.

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


def is_han(gram: str) -> bool:
    """Whether a gram begins with a Han character."""
    return "\u3400" <= gram < "\ua000" or "\uf900" <= gram < "\ufb00"


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
    """Documents to compare with: a column for each gram, a row for each document.

    `foreign` marks those written in words, not Han.
    """

    columns: Mapping[str, int]
    directions: sparse.csr_array
    foreign: NDArray[np.bool_]

    def cosine(self, texts: Sequence[str]) -> Matrix:
        """TF-IDF cosine, 0 to 1: a row for each text, a column for each document.

        A foreign document is compared with the words of a text alone, or the Han of a text in
        both languages would push it away.
        """
        asked = [Counter(grams(text)) for text in texts]
        words = [Counter({g: n for g, n in counts.items() if not is_han(g)}) for counts in asked]
        whole = directions_of(asked, self.columns) @ self.directions.T
        foreign = directions_of(words, self.columns) @ self.directions.T
        return np.where(self.foreign, foreign.toarray(), whole.toarray())


@dataclass(frozen=True, slots=True)
class Coverage:
    """BM25 with frozen weights, as a share of what a document would have that says all of a text.

    Every gram of a text counts once. Nothing depends on what else is in the corpus.
    """

    columns: Mapping[str, int]
    postings: sparse.csr_array

    def of(self, texts: Sequence[str]) -> Matrix:
        """0 to 1: a row for each text, a column for each document."""
        weigh = gram_weights().get
        asked = [{gram: weigh(gram, RAREST) for gram in grams(text)} for text in texts]
        whole = np.array([sum(row.values()) or 1.0 for row in asked])
        return (sparse_rows(asked, self.columns) @ self.postings.T).toarray() / whole[:, None]


K1, B, USUAL_LENGTH = 1.2, 0.75, 200


def coverage(texts: Iterable[str]) -> Coverage:
    """Index the documents."""
    counted = [Counter(grams(text)) for text in texts]
    columns = {gram: n for n, gram in enumerate(dict.fromkeys(g for c in counted for g in c))}
    rows: list[dict[str, float]] = []
    for counts in counted:
        norm = K1 * (1 - B + B * counts.total() / USUAL_LENGTH)
        rows.append({gram: n / (n + norm) for gram, n in counts.items()})
    return Coverage(columns, sparse_rows(rows, columns))


def corpus(texts: Iterable[str]) -> Corpus:
    """Index the documents."""
    counted = [Counter(grams(text)) for text in texts]
    columns = {gram: n for n, gram in enumerate(dict.fromkeys(g for c in counted for g in c))}
    foreign = [2 * sum(map(is_han, counts)) < len(counts) for counts in counted]
    return Corpus(
        columns,
        directions_of(counted, columns),
        np.array(foreign, dtype=np.bool_),
    )


def directions_of(counted: Sequence[Counter[str]], columns: Mapping[str, int]) -> sparse.csr_array:
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
