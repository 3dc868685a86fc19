"""Suggestions that do not crowd: shown by what the market as a whole can bear, not by score alone.

Each side's scores add up to a joint score; at the prices that balance the market (Choo and Siow's
transferable utility, solved by IPFP over the listed pairs) every master is sought about as often
as she has places. Suggestions are ordered by how likely a pair is at those prices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.matching.features import Vector
from graph.plans import kernels
from graph.plans.lists import UNIT, Lists
from graph.plans.people import NONE, Int32
from graph.plans.solve import gini

BETA = 0.1
SHOWN = 10
_ROUNDS, _TOLERANCE = 100, 1e-6


@dataclass(frozen=True, slots=True)
class Exposure:
    """How evenly masters with places are shown in the first places of all lists, at what score."""

    gini: float
    never_shown: int
    mean_score: float


def balanced(lists: Lists, places: Int32) -> NDArray[np.intp]:
    """For each apprentice the places of her list in the order in which to show them."""
    joint = (lists.wish.astype(np.float64) + lists.favour) / UNIT
    pull = np.where(lists.master == NONE, 0.0, np.exp(np.minimum(joint, 2.0) / (2 * BETA)))
    alone, vacant = np.empty(len(lists)), np.empty(len(places))
    kernels.balance(lists.master, pull, places, _ROUNDS, _TOLERANCE, alone, vacant)
    likely = pull * vacant[lists.master]
    return np.argsort(-likely, axis=1, kind="stable")


def by_score(lists: Lists) -> NDArray[np.intp]:
    """The lists as they are: by the apprentice's own score."""
    return np.broadcast_to(np.arange(lists.master.shape[1]), lists.master.shape)


def exposure(lists: Lists, places: Int32, order: NDArray[np.intp], shown: int = SHOWN) -> Exposure:
    """What showing the first so many of each list in an order does."""
    first = order[:, :shown]
    masters = np.take_along_axis(lists.master, first, axis=1)
    scores = np.take_along_axis(lists.wish, first, axis=1)[masters != NONE]
    counts = np.bincount(masters[masters != NONE], minlength=len(places))[places > 0]
    mean: Vector = np.minimum(scores, UNIT) / UNIT
    return Exposure(
        gini(counts), int((counts == 0).sum()), float(mean.mean()) if len(mean) else 0.0
    )
