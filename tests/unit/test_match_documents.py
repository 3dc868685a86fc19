"""How near documents are, and how much each counts for its owner."""

import numpy as np
import pytest

from graph.matching.document_jobs import support
from graph.matching.documents import (
    Document,
    Origin,
    Reference,
    document_inputs,
    shelf,
    with_broader,
)
from graph.matching.research import MODEL

WELD = Document("Welding robot", "A robot that welds steel plates", ["B23K9/095"])
CUT = Document("Cutting torch", "A torch that cuts steel plates", ["B23K10/00"])
TEA = Document("Tea", "Leaves in hot water", ["A23F3/00"])


def test_a_symbol_comes_with_those_above_it() -> None:
    assert with_broader("B23K9/095") == {"B23K9/095", "B23K9/00", "B23K", "B23"}
    assert with_broader("B23K") == {"B23K", "B23"}


def test_the_nearest_document_asked_decides() -> None:
    near = shelf([WELD, TEA]).near([TEA, WELD], MODEL)
    assert near.asked.tolist() == [1, 0]
    assert near.text.tolist() == [pytest.approx(1), pytest.approx(1)]


def test_technology_is_nearer_the_deeper_the_common_class() -> None:
    field = shelf([WELD, CUT, TEA]).near([WELD], MODEL).field
    assert field[0] == pytest.approx(1)
    assert field[0] > field[1] > field[2] == 0


def test_the_nearest_document_counts_half_the_next_a_quarter() -> None:
    near = shelf([TEA, WELD, CUT]).near([WELD], MODEL)
    inputs = document_inputs(near, np.array([0, 0, 0]), 1, {})
    assert inputs.share.tolist() == [0.125, 0.5, 0.25]


def test_documents_of_others_do_not_count() -> None:
    near = shelf([WELD, WELD]).near([WELD], MODEL)
    alone = document_inputs(near, np.array([1, 0]), 3, {}).total(near.text)
    assert alone.tolist() == [pytest.approx(0.5), pytest.approx(0.5), 0]


def test_what_two_candidates_say_alike_each_says_as_the_one_document_it_is() -> None:
    alone = shelf([WELD, TEA]).near([WELD], MODEL).explains()
    twice = shelf([WELD, WELD, TEA]).near([WELD], MODEL).explains()
    assert twice.tolist() == [alone[0], *alone]
    assert alone[0] == pytest.approx(1 / 3)


def test_a_document_explains_less_beside_one_that_says_the_same_and_more() -> None:
    alone = shelf([CUT]).near([WELD], MODEL).explains()[0]
    beside = shelf([CUT, WELD]).near([WELD], MODEL).explains()
    assert 0 < beside[0] < alone < beside[1]


def test_no_candidate_and_no_document_is_no_error() -> None:
    near = shelf([]).near([WELD], MODEL)
    assert document_inputs(near, np.array([], dtype=np.intp), 0, {}).total(near.text).tolist() == []
    assert document_inputs(near, np.array([], dtype=np.intp), 2, {}).total(near.text).tolist() == [
        0,
        0,
    ]


def test_what_is_asked_for_and_found_in_no_document_is_a_gap() -> None:
    near = shelf([WELD]).near([WELD], MODEL)
    origin = Origin(
        [Reference("patent", False)],
        [Reference("studio", False)],
        [WELD.fields],
        [("welding", "B23K"), ("tea", "A23F")],
    )
    found = support(document_inputs(near, np.array([0]), 1, {}, origin), 0)
    assert found.drawn["near"] == [["patent", "studio", 1.0, 1.0, 1.0]]
    assert [lack.id for lack in found.lacks] == ["tea"]
