"""Which institute co-owns a patent: python -m bench.research [--data DIR] [--json FILE].

The Chinese cases of `python -m bench.quality research` with all evidence and the weights that ship,
beside two other ways of ranking: the blind row sorts institutes by how many patents they have left,
TF-IDF (scikit-learn) by the mean cosine of the three patents nearest to the question.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.measure import machine, told
from bench.quality.coownership import Pair, Side, exam, read_pairs, side
from bench.quality.exam import Exam, Row, answer, row, rows, table
from bench.quality.figures import Vector
from bench.quality.patents import read_library
from graph.matching.documents import Document

DATA = Path(__file__).parents[2] / "shared" / "data" / "patentsview-cn"
CASES = "company_research_coownership.csv"
NEAREST = 3


def tf_idf(given: argparse.Namespace, examined: Exam) -> Row:
    """The row of TF-IDF over the same cases and candidates."""
    library = read_library(given.data)
    institutes = side(library, lambda p: p.institutes)
    vectors: Any = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    held: Any = vectors.fit_transform(_text(d) for d in institutes.stock.documents)
    pairs = {p.key: p for p in read_pairs(given.cases, cn_only=True, for_research=True)}

    def scores() -> Iterator[Vector]:
        for case in examined.cases:
            pair = pairs[case.key]
            document = library.patents[library.row[pair.patent]].document
            cosines = held @ vectors.transform([_text(document)]).T
            yield _nearest(institutes, pair, cosines.toarray()[:, 0])

    return row(examined, "TF-IDF, three nearest patents", scores())


def _text(document: Document) -> str:
    return f"{document.title} {document.body}"


def _nearest(institutes: Side, pair: Pair, cosine: Vector) -> Vector:
    """Of everybody with a patent left, in the order of the names."""
    left = institutes.left(pair)
    competing, owner = np.unique(institutes.stock.owner[left], return_inverse=True)
    order = np.lexsort((-cosine[left], owner))
    place = np.arange(len(order)) - np.searchsorted(owner[order], owner[order])
    best = order[place < NEAREST]
    return np.bincount(owner[best], cosine[left][best], len(competing)) / NEAREST


def measured(given: argparse.Namespace) -> Mapping[str, Any]:
    """Prints the three rows; what --json is to hold."""
    examined = exam(given)
    blind, product = rows(examined, rerank=False)
    found = [blind, tf_idf(given, examined), product]
    print(*table(examined, found), sep="\n", flush=True)
    institutes = Counter(case.answer for case in examined.cases)
    print(f"{len(institutes)} institutes; the largest has {max(institutes.values())} cases")
    return {**answer(examined, found), "machine": machine()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the patents")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    given = parser.parse_args()
    told(
        measured(
            argparse.Namespace(
                job="research", data=[given.data], cases=given.data / CASES, train=None,
                cn_only=True, evidence="all",
            )
        ),
        given,
    )  # fmt: skip


if __name__ == "__main__":
    main()
