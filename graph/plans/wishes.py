"""How well what an apprentice wants to learn, in her words, meets what a master does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph.matching.features import Vector
from graph.matching.text import corpus, directions_of, grams, is_han
from graph.plans import kernels
from graph.plans.people import Int32


@dataclass(frozen=True, slots=True)
class Wishes:
    """Unit vectors of distinct wishes, and of what masters do: whole, and their words alone."""

    wish: sparse.csr_array
    foreign: Int32
    whole: sparse.csr_array
    words: sparse.csr_array

    def cosine(self, wish: Int32, does: Int32) -> Vector:
        """The cosine of each pair of rows; 0 where an apprentice has no wish (-1)."""
        found = np.zeros(len(wish))
        if not len(self.foreign):
            return found
        for side, chosen in ((self.whole, 0), (self.words, 1)):
            kernels.cosines(
                *(self.wish.indptr, self.wish.indices, self.wish.data),
                *(side.indptr, side.indices, side.data),
                wish,
                does,
                self.foreign,
                chosen,
                found,
            )
        return found


def read_wishes(wishes: Sequence[str], does: Sequence[str]) -> Wishes:
    """Index the distinct texts of both sides, as a question of one master would."""
    index = corpus(wishes)
    counted = [Counter(grams(text)) for text in does]
    words = [Counter({g: n for g, n in c.items() if not is_han(g)}) for c in counted]
    sides = [_sorted(directions_of(c, index.columns)) for c in (counted, words)]
    return Wishes(_sorted(index.directions), index.foreign.astype(np.int32), *sides)


def _sorted(matrix: sparse.csr_array) -> sparse.csr_array:
    matrix.sort_indices()
    return matrix
