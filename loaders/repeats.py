"""Which rows of a file stand in it again, in sixteen bytes a row, however long the file is."""

from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.int64]


class Verdict(Enum):
    """What a row is to the rows before it."""

    NEW = "new"
    SAME = "the same row again"
    OTHER = "another row for the same thing"


class Repeats:
    """Compares 64-bit hashes: at a million rows one chance in ten million to be wrong."""

    def __init__(self) -> None:
        self._identities = _Seen()
        self._wholes = _Seen()

    def verdicts(self, rows: Sequence[tuple[str, str]]) -> list[Verdict]:
        """One for each row, given as what it is about and as all that it says."""
        fresh = self._identities.fresh([hash(identity) for identity, _ in rows])
        unlike = self._wholes.fresh([hash(row) for row in rows])
        return [
            Verdict.NEW if new else Verdict.OTHER if other else Verdict.SAME
            for new, other in zip(fresh, unlike, strict=True)
        ]


class _Seen:
    """A set of hashes in sorted runs, merged when they grow alike."""

    def __init__(self) -> None:
        self._runs: list[Hashes] = []

    def fresh(self, hashes: Sequence[int]) -> list[bool]:
        """For each hash, whether it comes for the first time; they are known from then on."""
        asked = np.array(hashes, dtype=np.int64)
        run, first = np.unique(asked, return_index=True)
        fresh = np.zeros(len(asked), dtype=np.bool_)
        fresh[first] = True
        for known in self._runs:
            places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
            fresh &= known[places] != asked
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.union1d(self._runs.pop(), run)
        if len(run):
            self._runs.append(run)
        return fresh.tolist()
