"""In which order candidates are shown: by score, or as all who ask can be served.

A score is never changed. What moves a candidate is said beside it: the price of a place that many
seek, or the one place of ten that is kept for somebody whom else nobody would be shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph.matching.candidates import Pool
from graph.matching.features import ranking, vector

RESERVED_EACH = 10
SCORE, BALANCED, RESERVED = "SCORE", "BALANCED", "RESERVED"


class Place(NamedTuple):
    """A row of the pool, and why it stands where it does."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Why a match stands at its position, which its score alone does not say."""

    reason: str
    price: float
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Load:
    """How sought a master is: places left, proposals that wait, lists in whose first ten she is.

    `shown_to` is of the last measurement, null before the first.
    """

    places_left: int
    waiting: int
    shown_to: int | None


def by_score(pool: Pool) -> list[Place]:
    """Best first."""
    return [Place(row, SCORE) for row in pool.order]


def balanced(pool: Pool) -> list[Place]:
    """By score less price, one of each ten places kept; needs the columns `price` and `kept`."""
    price = vector(pool.columns["price"])
    order = ranking(pool.scores.totals - price, pool.ids).tolist()
    kept = np.array([bool(k) for k in pool.columns["kept"]], dtype=np.bool_)
    return [*_with_kept(order, kept)]


def _with_kept(order: Sequence[int], kept: np.ndarray) -> Iterator[Place]:
    """The last of each ten goes to the next for whom it is kept, if none is among them yet."""
    left = list(order)
    while left:
        ten, rest = left[:RESERVED_EACH], left[RESERVED_EACH:]
        chosen = next((row for row in rest if kept[row]), None)
        if chosen is not None and not kept[ten].any():
            *ten, moved = ten
            rest.remove(chosen)
            rest.insert(0, moved)
            yield from (Place(row, BALANCED) for row in ten)
            yield Place(chosen, RESERVED)
        else:
            yield from (Place(row, BALANCED) for row in ten)
        left = rest


def placement(pool: Pool, place: Place, rank: int) -> Placement:
    """The reason in words; `rank` is by score."""
    known = pool.columns.get("price")
    price = float(known[place.row] or 0) if known is not None else 0.0
    if place.reason == SCORE:
        return Placement(SCORE, 0.0, "按得分排列", "By score")
    if place.reason == BALANCED:
        return Placement(
            BALANCED,
            price,
            f"得分居第{rank}位；求教者众，名额的紧俏程度相当于{price:.3f}分，按扣除后的顺序列出",
            f"By score at rank {rank}; so many seek a place that it is worth {price:.3f} of the "
            "score, and the order is by what remains",
        )
    return Placement(
        RESERVED,
        price,
        f"得分居第{rank}位；每十个位置留一个给尚无人看到的合格人选",
        f"By score at rank {rank}; one of ten places is kept for somebody eligible whom nobody "
        "else is shown",
    )


def load(pool: Pool, row: int) -> Load:
    """Needs the columns `left`, `waiting` and `shown_to`."""
    columns = pool.columns
    return Load(columns["left"][row], columns["waiting"][row], columns["shown_to"][row])
