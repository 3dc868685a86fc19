"""Apprentices and masters of a plan as flat arrays, and the occupations that join them.

A population of a million fits in a few hundred megabytes: no object per person. Apprentices stand
in the order in which they asked, masters by the day of their declaration, then by id: where two
are equal, who stands first comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float = NDArray[np.float64]

MOST_SKILLS = 16
NONE = -1


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lists end to end: the entries of row n are `values[begin[n]:begin[n + 1]]`."""

    begin: Int64
    values: Int32

    def of(self, row: int) -> Int32:
        """The entries of one row."""
        return self.values[self.begin[row] : self.begin[row + 1]]


@dataclass(frozen=True, slots=True)
class Held:
    """Skills that each person holds, ascending within a person, and how well, 1 to 5."""

    begin: Int64
    skill: Int32
    level: Int8


@dataclass(frozen=True, slots=True)
class Required:
    """Skills asked for, MOST_SKILLS columns, ascending, NONE first, and their weights."""

    skill: Int32
    weight: Float


@dataclass(frozen=True, slots=True)
class Occupations:
    """A row an occupation: its depth in the tree, what stands above it, and what it asks for."""

    depth: Int32
    group: Int32
    group_depth: Int32
    required: Required


@dataclass(frozen=True, slots=True)
class Apprentices:
    """A row an apprentice, in the order in which they asked. `wish` is a row of `wishes`."""

    ids: Sequence[str]
    occupation: Int32
    level: Int8
    district: Int32
    held: Held
    wish: Int32

    def __len__(self) -> int:
        return len(self.level)

    def those(self, rows: Int32) -> "Apprentices":
        """Some of them, in the same order."""
        counts = np.diff(self.held.begin)[rows]
        begin = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        entries = np.repeat(self.held.begin[rows] - begin[:-1], counts) + np.arange(begin[-1])
        return Apprentices(
            [self.ids[n] for n in map(int, rows)] if self.ids else (),
            self.occupation[rows],
            self.level[rows],
            self.district[rows],
            Held(begin, self.held.skill[entries], self.held.level[entries]),
            self.wish[rows],
        )


@dataclass(frozen=True, slots=True)
class Masters:
    """A row a master. `engaged` is the level in post, `places` how many more she takes.

    `does` is a row of the texts about what masters do.
    """

    ids: Sequence[str]
    engaged: Int8
    places: Int32
    district: Int32
    held: Held
    teaches: Ragged
    completed: Int32
    ended: Int32
    methods: Int32
    does: Int32

    def __len__(self) -> int:
        return len(self.places)


Pairs = Mapping[int, Sequence[int]]
"""Apprentice -> masters, by row."""


@dataclass(frozen=True, slots=True)
class People:
    """All that the lists of a plan are made from.

    `near[a, b]` is 2 within one district, 1 between districts of one city, else 0. `barred` pairs
    may not meet. `chosen` and `choosing` are lists that people wrote themselves, best first:
    apprentice -> masters, and master -> apprentices. `wishes` and `does` are distinct texts.
    """

    occupations: Occupations
    apprentices: Apprentices
    masters: Masters
    near: Int8
    barred: Pairs = field(default_factory=dict[int, Sequence[int]])
    chosen: Pairs = field(default_factory=dict[int, Sequence[int]])
    choosing: Pairs = field(default_factory=dict[int, Sequence[int]])
    wishes: Sequence[str] = ()
    does: Sequence[str] = ()
