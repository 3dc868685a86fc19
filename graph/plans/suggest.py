"""Suggestions that do not crowd: shown by what the market as a whole can bear, not by score alone.

A master whom many would be shown has a price: what her places are worth where everybody seeks the
best (Choo and Siow's transferable utility, solved by IPFP over the listed pairs, the apprentices'
own scores being the surplus), as if there were one place for each apprentice: with more of them
nothing would be scarce, and the best known would be shown to all. Suggestions are ordered by score
less price, so that each master is sought in proportion to her places. One of ten places is kept for
a master whom else nobody would be shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.matching.crowding import RESERVED_EACH
from graph.matching.features import Vector
from graph.plans import kernels
from graph.plans.lists import UNIT, Lists
from graph.plans.people import NONE, Int32
from graph.plans.solve import gini

BETA = 0.035
SHOWN = RESERVED_EACH
_ROUNDS, _TOLERANCE = 100, 1e-6
_LEAST = 1e-200  # of a master without places, who so goes behind all others
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Exposure:
    """How evenly masters with places are shown in the first places of all lists, at what score.

    `counts` tells how often each master is shown.
    """

    gini: float
    never_shown: int
    mean_score: float
    counts: NDArray[np.int64]


def prices(lists: Lists, places: Int32) -> Vector:
    """What each master's share is worth, in scores: 0 for who is sought least for her places."""
    pull = np.where(lists.master == NONE, 0.0, np.exp(_wish(lists) / BETA))
    seeking = int((pull > 0).any(axis=1).sum())
    share = np.maximum(places, 0) * (seeking / max(int(np.maximum(places, 0).sum()), 1))
    alone, vacant = np.empty(len(lists)), np.empty(len(places))
    kernels.balance(lists.master, pull, share, _ROUNDS, _TOLERANCE, alone, vacant)
    worth = -BETA * np.log(np.maximum(vacant, _LEAST))
    return worth - worth.min() if len(worth) else worth


def ordered(lists: Lists, price: Vector) -> NDArray[np.intp]:
    """For each apprentice the places of her list in the order in which to show them."""
    value = np.where(lists.master == NONE, -np.inf, _wish(lists) - price[lists.master])
    return np.argsort(-value, axis=1, kind="stable")


def exposure(
    lists: Lists,
    places: Int32,
    price: Vector,
    *,
    shown: int = SHOWN,
    kept_for: NDArray[np.bool_] | None = None,
) -> Exposure:
    """What showing the first so many of each list does; the last of them is `kept_for` some."""
    counts, total = np.zeros(len(places), dtype=np.int64), 0.0
    for part in _parts(lists):
        order = ordered(part, price)
        if kept_for is not None:
            order = _with_kept(part, order, kept_for, shown)
        first = order[:, :shown]
        masters = np.take_along_axis(part.master, first, axis=1)
        there = masters != NONE
        counts += np.bincount(masters[there], minlength=len(places))
        total += float(np.take_along_axis(_wish(part), first, axis=1)[there].sum())
    willing = counts[places > 0]
    mean = total / counts.sum() if counts.sum() else 0.0
    return Exposure(gini(willing), int((willing == 0).sum()), mean, counts)


def _with_kept(
    lists: Lists, order: NDArray[np.intp], kept_for: NDArray[np.bool_], shown: int
) -> NDArray[np.intp]:
    """The last place shown goes to the best further back for whom it is kept."""
    masters = np.take_along_axis(lists.master, order, axis=1)
    kept = kept_for[masters] & (masters != NONE)
    further = kept[:, shown:]
    rows = np.flatnonzero(further.any(axis=1) & ~kept[:, :shown].any(axis=1))
    found = order.copy()
    at = further[rows].argmax(axis=1) + shown
    found[rows, shown - 1], found[rows, at] = order[rows, at], order[rows, shown - 1]
    return found


def _parts(lists: Lists) -> Iterator[Lists]:
    for start in range(0, len(lists), _AT_ONCE):
        yield Lists(*(column[start : start + _AT_ONCE] for column in lists.columns))


def _wish(lists: Lists) -> NDArray[np.float64]:
    """Scores; whom a person put on her own list counts as 1."""
    return np.minimum(lists.wish, UNIT) / UNIT
