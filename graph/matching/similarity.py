"""Nearness of any documents to others, words and meaning together, with nothing of a question.

BM25 and TF-IDF share their frozen weights of grams; an encoder adds what words do not say. Each
part is between 0 and 1, so that the sum means the same in every question.
"""

from collections.abc import Sequence

import numpy as np

from graph.matching.documents import Document
from graph.matching.encoders import best_mean, encoder, sentence
from graph.matching.text import Matrix, corpus, coverage

VERSION = "similarity-2026.1"
WORDS, COVERED, TITLE, MEANING = 0.25, 0.3, 0.05, 0.4
BEST = 5


def nearness_of(
    asked: Sequence[Document], documents: Sequence[Document], encoder_name: str
) -> Matrix:
    """0 to 1: a row for each asked, a column for each document."""
    wholes = [f"{d.title} {d.body}" for d in documents]
    questions = [f"{d.title} {d.body}" for d in asked]
    found = WORDS * corpus(wholes).cosine(questions)
    found += COVERED * coverage(wholes).of(questions)
    found += TITLE * corpus(d.title for d in documents).cosine([d.title for d in asked])
    if by_meaning := encoder(encoder_name):
        here = by_meaning.vectors([sentence(d.title, d.body) for d in documents])
        there = by_meaning.vectors([sentence(d.title, d.body) for d in asked])
        found += MEANING * there.likeness(here)
    return found


def affinity(grid: Matrix, owner: np.ndarray, count: int) -> Matrix:
    """For each asked (row) and owner (column) the mean of the owner's nearest documents."""
    return np.array(
        [[best_mean(row[owner == person], BEST) for person in range(count)] for row in grid]
    )
