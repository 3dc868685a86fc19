"""Weights and trees learned from judged questions, and what they may not do."""

from dataclasses import replace

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
from loaders.title_examples import Examples, Labelled, examples

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


def test_given_weights_stay_unless_others_are_better_beyond_chance() -> None:
    telling, blind = judged(60, telling=0), np.array([0.0, 1.0])
    assert best_ranker(telling, blind, rerank=False) == "learned weights"
    assert best_ranker(telling, np.array([1.0, 0.0]), rerank=False) == "fixed weights"


def test_what_many_ask_for_does_not_decide_alone_which_ranking_is_best() -> None:
    """Fifty questions for one answer count as much as one question for another."""
    many = [replace(q, answer="big") for q in judged(50, telling=1)]
    few = [replace(q, answer=q.group) for q in judged(60, telling=0)]
    few = [replace(q, group=f"other {n}") for n, q in enumerate(few)]
    assert best_ranker([*many, *few], np.array([1.0, 0.0]), rerank=False) == "fixed weights"


def test_labelled_titles_are_measured_as_if_each_had_been_left_out() -> None:
    """The short way by one inverse gives what leaving each out in turn gives."""
    titles, names = ["电焊工", "气焊工", "数控车工", "车工学徒"], ["焊工", "车工"]
    known = examples(Labelled(titles, [0, 0, 1, 1]), names, [0, 1], 2)
    own = known.measure_own()
    for n, title in enumerate(titles):
        rest = [m for m in range(len(titles)) if m != n]
        less = Examples([titles[m] for m in rest], known.answers[rest], names, [0, 1], 2)
        less.__dict__["_weights"] = known.__dict__["_weights"]
        assert less.measure([title])[0] == pytest.approx(own[n], abs=1e-4)


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
    firm = likeness("北京海淀远航第4石化医药有限公司（合成）")
    assert firm("北京海淀瑞河第2石化医药有限公司（合成）") == 0  # only place, trade and form
    assert firm("上海远航建筑股份有限公司") > 0.3


def test_a_document_that_says_it_all_is_covered_most() -> None:
    found = coverage(["焊接变形", "焊接", "红烧肉"]).of(["焊接变形"])[0]
    assert found[0] > found[1] > found[2] == 0
    assert coverage(["焊接变形"]).of(["焊接变形"])[0, 0] == pytest.approx(found[0])
