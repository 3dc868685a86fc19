"""Weights and trees learned from judged questions, and what they may not do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidSetting
from graph.matching.encoders import Encoder, encoder
from graph.matching.learning import Judged, folds, learned_weights
from graph.matching.names import likeness
from graph.matching.reranking import best_ranker, reranker
from graph.matching.text import coverage

EVEN = np.array([1.0, 1.0])


def judged(count: int, *, telling: int) -> list[Judged]:
    """Questions whose right candidate has more of one feature, the other being noise."""
    random = np.random.default_rng(1)
    found: list[Judged] = []
    for n in range(count):
        values = random.random((20, 2)).astype(np.float32)
        right = int(random.integers(20))
        values[right, telling] += 1
        found.append(Judged(f"group {n}", values, right))
    return found


@pytest.mark.parametrize("telling", [0, 1])
def test_the_feature_that_tells_weighs_most_and_none_weighs_below_0(telling: int) -> None:
    weights = learned_weights(judged(40, telling=telling), EVEN)
    assert weights.argmax() == telling
    assert (weights >= 0).all()


def test_without_questions_weights_stay_as_given() -> None:
    assert learned_weights([], EVEN) is EVEN
    assert reranker([], EVEN) is None
    assert best_ranker([], EVEN, rerank=False) == "fixed weights"


def test_what_trees_add_is_shown_in_full() -> None:
    questions = judged(60, telling=0)
    trees = reranker(questions, EVEN)
    assert trees is not None
    values = questions[0].values
    linear = values @ EVEN
    parts = trees.contributions(values, linear)
    assert parts.sum(axis=1) == pytest.approx(
        trees.trees.predict(np.column_stack((values, linear))), abs=1e-9
    )
    assert trees.scores(values, linear).argmax() == questions[0].right


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.integers(1, 5))
def test_a_group_lies_in_one_fold(groups: list[str], count: int) -> None:
    found = folds(groups, count)
    assert set(found) == set(groups)
    assert all(0 <= fold < count for fold in found.values())


def test_vectors_of_two_encoders_are_never_compared() -> None:
    one, other = (Encoder(name, 0.0, 1.0, lambda texts: np.ones((len(texts), 2))) for name in "ab")
    assert one.vectors(["x"]).likeness(one.vectors(["y"])) == pytest.approx(1)
    with pytest.raises(ValueError, match="do not mix"):
        one.vectors(["x"]).likeness(other.vectors(["x"]))
    assert encoder("none") is None
    with pytest.raises(InvalidSetting, match="choose one of"):
        encoder("word2vec")


def test_names_are_alike_by_their_rare_words() -> None:
    like = likeness("State Grid Tianjin Electric Power Company")
    assert like("State Grid Corporation of China") > 0.3
    assert like("Beijing Technology Company") == 0
    assert likeness("国家电网公司")("国网电力科学研究院有限公司") < likeness("国家电网公司")(
        "国家电网"
    )


def test_a_document_that_says_it_all_is_covered_most() -> None:
    found = coverage(["焊接变形", "焊接", "红烧肉"]).of(["焊接变形"])[0]
    assert found[0] > found[1] > found[2] == 0
    assert coverage(["焊接变形"]).of(["焊接变形"])[0, 0] == pytest.approx(found[0])
