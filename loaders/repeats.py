"""Which rows of a file stand in it again, in sixteen bytes a row, however long the file is."""

from collections.abc import Iterable, Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.int64]
Flags = NDArray[np.bool_]


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
        fresh = self._identities.fresh(_hashes(identity for identity, _ in rows))
        wholes = _hashes(rows)
        self._wholes.fresh(wholes[fresh])  # what a rejected row says is not said
        same = self._wholes.holds(wholes)
        return [
            Verdict.NEW if new else Verdict.SAME if repeated else Verdict.OTHER
            for new, repeated in zip(fresh.tolist(), same.tolist(), strict=True)
        ]


def _hashes(things: Iterable[object]) -> Hashes:
    return np.array([hash(thing) for thing in things], dtype=np.int64)


class _Seen:
    """A set of hashes in sorted runs, merged when they grow alike."""

    def __init__(self) -> None:
        self._runs: list[Hashes] = []

    def holds(self, hashes: Hashes) -> Flags:
        """For each hash, whether it is known."""
        held = np.zeros(len(hashes), dtype=np.bool_)
        for known in self._runs:
            places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
            held |= known[places] == hashes
        return held

    def fresh(self, hashes: Hashes) -> Flags:
        """For each hash, whether it comes for the first time; all are known from then on."""
        run, first = np.unique(hashes, return_index=True)
        fresh = np.zeros(len(hashes), dtype=np.bool_)
        fresh[first] = True
        fresh &= ~self.holds(hashes)
        run = run[fresh[first]]
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.concatenate([self._runs.pop(), run])
            run.sort()
        if len(run):
            self._runs.append(run)
        return fresh
