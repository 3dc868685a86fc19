"""Suggestions that do not crowd: the same lists, shown as the market can bear them."""

import numpy as np
import pytest

from graph.plans.lists import UNIT, Lists, in_order
from graph.plans.suggest import exposure, ordered, prices

APPRENTICES, MASTERS, LISTED, PLACES = 3000, 200, 40, 15


@pytest.fixture(scope="module")
def crowded() -> Lists:
    """Everybody lists some of the masters; the better known are wanted more by all."""
    random = np.random.Generator(np.random.PCG64(7))
    known = random.beta(2, 2, MASTERS)
    listed = np.stack(
        [random.choice(MASTERS, LISTED, replace=False) for _ in range(APPRENTICES)]
    ).astype(np.int32)
    wish = 0.5 * known[listed] + 0.5 * random.random(listed.shape)
    lists = Lists(
        listed,
        (wish * UNIT).astype(np.int32),
        (random.random(listed.shape) * UNIT).astype(np.int32),
    )
    in_order(lists)
    return lists


@pytest.mark.parametrize("each", [PLACES // 2, PLACES, 4 * PLACES])
def test_exposure_is_spread_where_scores_alone_crowd(crowded: Lists, each: int) -> None:
    places = np.full(MASTERS, each, dtype=np.int32)
    alone = exposure(crowded, places, np.zeros(MASTERS), shown=5)
    together = exposure(crowded, places, prices(crowded, places), shown=5)
    assert alone.gini > 0.5
    assert together.gini <= 0.35
    assert together.never_shown <= alone.never_shown
    assert together.mean_score > 0.9 * alone.mean_score


def test_every_list_keeps_its_masters_and_who_has_no_place_goes_last(crowded: Lists) -> None:
    places = np.full(MASTERS, PLACES, dtype=np.int32)
    places[:3] = 0
    order = ordered(crowded, prices(crowded, places))
    shown = np.take_along_axis(crowded.master, order, axis=1)
    assert np.array_equal(np.sort(shown, axis=1), np.sort(crowded.master, axis=1))
    full = shown < 3
    assert not (full[:, :-1] & ~full[:, 1:]).any()


def test_among_masters_who_are_wanted_alike_who_is_sought_more_costs_more() -> None:
    seekers = np.repeat(np.arange(4, dtype=np.int32), [10, 1_000, 30_000, 300_000])
    lists = Lists(
        seekers[:, None],
        np.full((len(seekers), 1), UNIT, dtype=np.int32),
        np.full((len(seekers), 1), UNIT, dtype=np.int32),
    )
    worth = prices(lists, np.full(4, 5, dtype=np.int32))
    assert (np.diff(worth) > 0).all()
