"""The order in which candidates are shown: what moves, and that nobody is lost."""

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.matching.candidates import Pool
from graph.matching.crowding import BALANCED, RESERVED, balanced, by_score, placement
from graph.matching.features import Scores, ranking
from graph.matching.mentoring import MENTOR


def pool(scores: list[float], prices: list[float], kept: list[bool]) -> Pool:
    ids = [f"m{n:02}" for n in range(len(scores))]
    totals = np.array(scores)
    columns: dict[str, Any] = {"price": prices, "kept": kept}
    empty = np.zeros((len(scores), 1))
    parts = Scores(empty, np.zeros(1), empty, totals)
    order = ranking(totals, ids).tolist()
    day = date(2026, 1, 1)
    return Pool("a", day, MENTOR.model, ids, columns, Counter(), None, parts, order)


CANDIDATES = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()), min_size=1, max_size=35
)


@given(CANDIDATES)
def test_everybody_is_shown_once_and_each_ten_holds_somebody_kept_while_there_are_any(
    rows: list[tuple[float, float, bool]],
) -> None:
    some = pool(*(list(column) for column in zip(*rows, strict=True)))
    places = balanced(some)
    assert sorted(p.row for p in places) == list(range(len(rows)))
    for start in range(0, len(places) - 9, 10):
        ten, rest = places[start : start + 10], places[start + 10 :]
        if any(rows[p.row][2] for p in rest):
            assert any(rows[p.row][2] for p in ten)
    moved = [p for p in places if p.reason == RESERVED]
    assert all(rows[p.row][2] for p in moved)
    left = [rows[p.row][0] - rows[p.row][1] for p in places if p.reason == BALANCED]
    if not moved:
        assert left == sorted(left, reverse=True)


def test_without_prices_the_order_is_by_score() -> None:
    some = pool([0.1, 0.9, 0.5], [0.0] * 3, [True] * 3)
    assert [p.row for p in balanced(some)] == [p.row for p in by_score(some)] == [1, 2, 0]


def test_the_reason_tells_rank_and_price() -> None:
    some = pool([0.9, 0.8], [0.3, 0.0], [False, False])
    first, second = balanced(some)
    assert (first.row, second.row) == (1, 0)
    told = placement(some, second, rank=1)
    assert (told.reason, told.price) == (BALANCED, 0.3)
    assert "第1位" in told.zh
    assert "0.300" in told.en
