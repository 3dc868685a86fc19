"""Lists of both sides, made over arrays by the very functions that score a question.

First the best masters of each apprentice by what the features declare, tabulated; then the
features themselves on the pairs found, for either side. Scores are kept in billionths, so that
two are equal or not on every machine.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.matching.features import Model, Vector, score
from graph.matching.mentoring import APPRENTICE, HIGHEST_SKILL, MENTOR
from graph.matching.pairs import PairInputs
from graph.plans import kernels
from graph.plans.people import (
    NONE,
    Int8,
    Int32,
    Masters,
    People,
    Required,
)
from graph.plans.requirements import held_levels, masters_by_group, required_of
from graph.plans.wishes import read_wishes

UNIT = 1_000_000_000
LEVELS = 8
_CHUNK = 512
_TAIL = 0.4  # of a list, for those who would go without
_OWN = 2 * UNIT


@dataclass(frozen=True, slots=True)
class Lists:
    """A row an apprentice, best master first, then NONE; what she and the master give each other.

    Scores are in billionths; above UNIT the person wrote the list and scores do not count.
    """

    master: Int32
    wish: Int32
    favour: Int32

    def __len__(self) -> int:
        return len(self.master)

    def forget(self, apprentice: int, masters: Sequence[int]) -> None:
        """Take masters off a list."""
        gone = np.isin(self.master[apprentice], masters)
        for column in self.columns:
            column[apprentice, gone] = NONE
        in_order(self.row(apprentice))

    def row(self, apprentice: int) -> "Lists":
        """One row, which changes with the whole."""
        return Lists(*(column[apprentice : apprentice + 1] for column in self.columns))

    @property
    def columns(self) -> tuple[Int32, Int32, Int32]:
        """Masters, and both scores."""
        return self.master, self.wish, self.favour


def in_order(lists: Lists) -> None:
    """Sort each row: by score, then by the master's place in line; what is empty goes last."""
    key = (-lists.wish.astype(np.int64) << 32) + lists.master
    order = np.argsort(key, axis=1)
    for column in lists.columns:
        column[:] = np.take_along_axis(column, order, axis=1)


@dataclass(frozen=True, slots=True)
class Weights:
    """The models of the two sides, frozen with a plan."""

    mentor: Model = MENTOR.model
    apprentice: Model = APPRENTICE.model

    @property
    def text(self) -> str:
        """As it is kept with a plan."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_text(cls, text: str) -> "Weights":
        """As it was kept with a plan."""
        kept = orjson.loads(text)
        return cls(Model(**kept["mentor"]), Model(**kept["apprentice"]))


Tell = Callable[[float], None]
_NOBODY = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))


def make_lists(
    people: People, weights: Weights, *, most: int, tell: Tell = lambda _: None
) -> Lists:
    """The lists of everyone; `tell` hears the share done, and may raise to end the work."""
    count = len(people.apprentices)
    lists = Lists(*(np.full((count, most), NONE, dtype=np.int32) for _ in range(3)))
    work = _Work(people, weights, lists)
    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        try:
            for rows in threads.map(lambda chunk: chunk(), work.chunks()):
                done += rows
                tell(done / max(count, 1))
        except BaseException:
            threads.shutdown(wait=True, cancel_futures=True)
            raise
    work.obey()
    return lists


def lengthen(people: People, weights: Weights, lists: Lists, assigned: Int32, left: Int32) -> int:
    """Give those who go without the masters who have places left, at the end of their lists.

    A full list of one who got nobody ends in masters who will not have her: its last part is given
    to the best of those with places left. `assigned` is the master of each or NONE, `left` the
    places left. How many lists changed.
    """
    full = (assigned == NONE) & (lists.master[:, -1] != NONE)
    rows = np.flatnonzero(full).astype(np.int32)
    tail = int(lists.master.shape[1] * _TAIL)
    if not len(rows) or not tail:
        return 0
    some = replace(
        people,
        apprentices=people.apprentices.those(rows),
        masters=replace(people.masters, places=np.maximum(left, 0)),
        barred={n: people.barred[r] for n, r in enumerate(rows.tolist()) if r in people.barred},
        chosen={},
        choosing={},
    )
    more = make_lists(some, weights, most=tail)
    found = rows[more.master[:, 0] != NONE]
    for column, added in zip(lists.columns, more.columns, strict=True):
        column[found, -tail:] = added[more.master[:, 0] != NONE]
    return len(found)


class _Work:
    """The parts of the work, an occupation after the other, a bounded number of pairs at once."""

    def __init__(self, people: People, weights: Weights, lists: Lists) -> None:
        self._people, self._weights, self._lists = people, weights, lists
        self._own = required_of(people.occupations, people.masters)
        self._closing = closing_table()
        self._lead = (self._closing * weights.mentor.weights["gap_coverage"]).astype(np.float32)
        steps = weights.mentor.constants["steps_ahead"]
        self._asked = np.minimum(np.arange(LEVELS) + steps, HIGHEST_SKILL).astype(np.int8)
        self._wishes = read_wishes(people.wishes, people.does)
        self._groups = masters_by_group(people.occupations, people.masters)

    def chunks(self) -> Iterator[Callable[[], int]]:
        apprentices, occupations = self._people.apprentices, self._people.occupations
        order = np.argsort(apprentices.occupation, kind="stable").astype(np.int32)
        ends = np.searchsorted(apprentices.occupation[order], np.arange(len(occupations.depth) + 1))
        for occupation in range(len(occupations.depth)):
            rows = order[ends[occupation] : ends[occupation + 1]]
            teaching, _ = self._groups.get(int(occupations.group[occupation]), _NOBODY)
            chosen = np.unique(teaching)
            chosen = chosen[self._people.masters.places[chosen] > 0]
            if len(rows) and len(chosen):
                side = self._side(occupation, chosen)
                for start in range(0, len(rows), _CHUNK):
                    part = rows[start : start + _CHUNK]
                    yield lambda part=part, side=side: self._fill(part, side)

    def _side(self, occupation: int, chosen: Int32) -> "_Side":
        """Masters as they stand to an occupation: they teach it, one of its group, or neither."""
        occupations, masters = self._people.occupations, self._people.masters
        closeness = np.zeros(len(chosen), dtype=np.int32)
        teaching, taught = self._groups.get(int(occupations.group[occupation]), _NOBODY)
        closeness[np.isin(chosen, teaching)] = occupations.group_depth[occupation]
        exact = teaching[taught == occupation]
        closeness[np.isin(chosen, exact)] = occupations.depth[occupation]
        required = Required(
            occupations.required.skill[occupation][None], occupations.required.weight[occupation]
        )
        can = held_levels(masters.held, chosen, required.skill)
        depth = int(occupations.depth[occupation])
        base = _base(masters, chosen, closeness, depth, self._weights.mentor)
        return _Side(chosen, closeness, depth, required, can, base)

    def obey(self) -> None:
        """Take out pairs that may not meet, and put first whom people chose themselves."""
        for apprentice, masters in self._people.barred.items():
            self._lists.forget(apprentice, masters)
        for apprentice, masters in self._people.chosen.items():
            self._choose(apprentice, masters)
        for master, apprentices in self._people.choosing.items():
            for place, apprentice in enumerate(apprentices):
                listed = self._lists.master[apprentice] == master
                self._lists.favour[apprentice, listed] = _OWN - place

    def _choose(self, apprentice: int, masters: Sequence[int]) -> None:
        people, row = self._people, self._lists.row(apprentice)
        level = people.apprentices.level[apprentice]
        barred = people.barred.get(apprentice, ())
        for place, master in enumerate(masters):
            if people.masters.engaged[master] <= level or master in barred:
                continue
            at = np.flatnonzero(row.master[0] == master)
            if not len(at):
                at = np.array([row.master.shape[1] - 1])
                row.master[0, at], row.favour[0, at] = master, self._gives(master, apprentice)
            row.wish[0, at] = _OWN - place
            in_order(row)

    def _gives(self, master: int, apprentice: int) -> Int32:
        """What a master gives to an apprentice who may be of any occupation."""
        occupation = int(self._people.apprentices.occupation[apprentice])
        side = self._side(occupation, np.array([master], dtype=np.int32))
        one, zero = np.array([apprentice], dtype=np.int32), np.zeros(1, dtype=np.int32)
        return _billionths(self._favour(_Pairs(one, zero, zero.astype(np.intp)), side))

    def _fill(self, rows: Int32, side: "_Side") -> int:
        apprentices, masters = self._people.apprentices, self._people.masters
        have = held_levels(apprentices.held, rows, side.required.skill)
        found = np.empty((len(rows), self._lists.master.shape[1]), dtype=np.int32)
        kernels.best_masters(
            apprentices.level[rows],
            apprentices.district[rows],
            have,
            self._lead,
            side.required.weight,
            self._asked,
            masters.engaged[side.masters],
            masters.district[side.masters],
            side.can,
            side.base,
            self._people.near,
            found,
        )
        row, place = np.nonzero(found >= 0)
        pair = _Pairs(rows[row], found[row, place], row)
        part = Lists(*(np.full(found.shape, NONE, dtype=np.int32) for _ in range(3)))
        part.master[row, place] = side.masters[found[row, place]]
        part.wish[row, place] = _billionths(self._wish(pair, side, have))
        part.favour[row, place] = _billionths(self._favour(pair, side))
        in_order(part)
        for whole, chunk in zip(self._lists.columns, part.columns, strict=True):
            whole[rows] = chunk
        return len(rows)

    def _wish(self, pair: "_Pairs", side: "_Side", have: Int8) -> Vector:
        """What the apprentices of the pairs give to the masters."""
        inputs = self._inputs(
            pair, side, side.required.weight, have[pair.row], side.can[pair.master]
        )
        return score(MENTOR.features, self._weights.mentor, inputs).totals

    def _favour(self, pair: "_Pairs", side: "_Side") -> Vector:
        """What the masters of the pairs give to the apprentices."""
        master = side.masters[pair.master]
        required = self._own.skill[master]
        have = held_levels(self._people.apprentices.held, pair.apprentice, required)
        can = held_levels(self._people.masters.held, master, required)
        inputs = replace(
            self._inputs(pair, side, self._own.weight[master], have, can),
            motivation=self._wishes.cosine(
                self._people.apprentices.wish[pair.apprentice], self._people.masters.does[master]
            ),
        )
        return score(APPRENTICE.features, self._weights.apprentice, inputs).totals

    def _inputs(
        self, pair: "_Pairs", side: "_Side", weight: Vector, have: Int8, can: Int8
    ) -> "_Tabulated":
        apprentices, masters = self._people.apprentices, self._people.masters
        master = side.masters[pair.master]
        level = apprentices.level[pair.apprentice]
        need = self._asked[level]
        closed, short = np.empty(len(master)), np.empty(len(master))
        kernels.gaps(have, need, can, self._closing, np.atleast_2d(weight), closed, short)
        near = self._people.near[apprentices.district[pair.apprentice], masters.district[master]]
        return replace(
            _nothing(len(master)),
            closed=closed[:, None],
            short=short[:, None],
            common=side.closeness[pair.master].astype(np.float64),
            depth=np.full(len(master), float(side.depth)),
            completed=masters.completed[master].astype(np.float64),
            ended=masters.ended[master].astype(np.float64),
            place=near.astype(np.float64),
            methods=masters.methods[master].astype(np.float64),
            apprentice_level=level.astype(np.float64),
            master_level=masters.engaged[master].astype(np.float64),
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """The masters for one occupation, by row of the plan, and how they answer to it."""

    masters: Int32
    closeness: Int32
    depth: int
    required: Required
    can: Int8
    base: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs found: row of the apprentice, number of the master on her side, row in the chunk."""

    apprentice: Int32
    master: Int32
    row: NDArray[np.intp]


def closing_table() -> Vector:
    """What the declared gap says for one skill: by level held, needed and offered, 0 to 5 each."""
    have, need, can = np.indices((6, 6, 6)).reshape(3, -1).astype(np.float64)
    rest = [np.zeros(len(have))] * 9
    skill = PairInputs((), np.ones(1), have[:, None], can[:, None], need, *rest)
    return skill.closable.reshape(6, 6, 6)


def _base(
    masters: Masters, chosen: Int32, closeness: NDArray[np.int32], depth: int, model: Model
) -> NDArray[np.float32]:
    """What the features other than the gap contribute, by master and nearness 0, 1, 2."""
    count = len(chosen)
    columns = []
    for near in range(3):
        inputs = replace(
            _nothing(count),
            common=closeness.astype(np.float64),
            depth=np.full(count, float(depth)),
            completed=masters.completed[chosen].astype(np.float64),
            ended=masters.ended[chosen].astype(np.float64),
            methods=masters.methods[chosen].astype(np.float64),
            master_level=masters.engaged[chosen].astype(np.float64),
            place=np.full(count, float(near)),
        )
        columns.append(score(MENTOR.features, model, inputs).totals)
    return np.stack(columns, axis=1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Tabulated(PairInputs):
    """Pairs whose skills are summed already: one column stands for all of them."""

    closed: Vector
    short: Vector

    @property
    def closable(self) -> Vector:
        return self.closed

    @property
    def missing(self) -> Vector:
        return self.short


def _nothing(count: int) -> _Tabulated:
    """Inputs that are all zero."""
    zero, grid = np.zeros(count), np.zeros((count, 1))
    return _Tabulated((), zero, grid, grid, *([zero] * 10), closed=grid, short=grid)


def _billionths(totals: Vector) -> Int32:
    return np.rint(totals * UNIT).astype(np.int32)
