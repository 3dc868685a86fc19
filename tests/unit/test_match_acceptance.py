"""Weights out of acceptances: gates, what they may not do, and the report by group."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.matching import JOBS, acceptance
from graph.matching.acceptance import LOGISTIC, TREES, Learned, learn, ndcg, shares
from graph.matching.candidates import candidates, sight
from graph.matching.judged_pairs import PROTECTED, SOURCES, Judgement, Question
from graph.model.matching import MATCH_JOB
from graph.rules.matching import SHIPPED
from graph.viewer import ADMINISTRATOR
from loaders.judged_files import UnusablePairs, read_judged

DAY = date(2026, 1, 2)
GIVEN = {"told": 0.1, "noise": 0.9}


def questions(count: int, *, telling: bool = True) -> list[Question]:
    """Ten candidates each, four of them judged: accepted if the first feature is high."""
    random = np.random.default_rng(3)
    found: list[Question] = []
    for n in range(count):
        values = random.random((10, 2))
        rows = np.arange(4)
        by = values[rows, 0] if telling else random.random(4)
        said = [
            Judgement(f"a{n}", f"m{row}", DAY, bool(high > 0.5), {"age": "old" if n % 3 else "new"})
            for row, high in enumerate(by)
        ]
        found.append(Question(f"a{n}", values, rows, said))
    return found


@pytest.mark.policy("P02")
def test_below_300_judged_pairs_the_weights_stay() -> None:
    learned = learn(questions(74), GIVEN)
    assert (learned.judged, learned.weights, learned.figures) == (296, None, {})
    assert [g.judged for g in learned.groups] == [100, 196]


@pytest.mark.policy("P02")
def test_what_tells_acceptance_weighs_most_and_is_proposed_if_better_beyond_chance() -> None:
    learned = learn(questions(150), GIVEN)
    assert learned.weights is not None
    assert learned.weights["told"] > 0.8
    assert learned.figures[LOGISTIC].passes
    assert TREES not in learned.figures
    assert _better(learned)


def test_what_tells_nothing_is_not_proposed() -> None:
    assert learn(questions(150, telling=False), GIVEN).weights is None


def test_weights_that_rank_as_well_already_stay() -> None:
    assert learn(questions(150), {"told": 1.0, "noise": 0.0}).weights is None


def test_many_judged_pairs_are_also_tried_with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acceptance, "MANY", 400)
    learned = learn(questions(150), GIVEN)
    assert 0 < learned.figures[TREES].ndcg <= 1


def test_groups_of_few_are_left_out() -> None:
    some = questions(80)
    some[0] = Question("a0", some[0].values, some[0].rows[:1], some[0].judged[:1])
    rare = Judgement("a0", "m0", DAY, accepted=True, groups={"age": "rare"})
    some[0] = Question("a0", some[0].values, some[0].rows, [rare])
    assert {g.name for g in learn(some, GIVEN).groups} == {"new", "old"}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12).filter(lambda w: sum(w) > 0.1))
def test_shares_sum_to_1_and_none_is_below_0(weights: Sequence[float]) -> None:
    total = sum(weights)
    found = shares({str(n): w / total for n, w in enumerate(weights)})
    assert sum(found.values()) == pytest.approx(1, abs=1e-9)
    assert min(found.values()) >= 0


def test_a_scorer_of_nothing_but_zeros_gains_no_first_place() -> None:
    [question] = questions(1)
    assert ndcg(np.zeros(10), question) < 0.9


def test_no_feature_reads_what_is_protected() -> None:
    for job in JOBS.values():
        text = candidates(job, sight(ADMINISTRATOR))
        assert not [name for name in PROTECTED if f".{name}" in text], job.name


def test_every_job_ships_weights_under_its_name() -> None:
    assert JOBS.keys() == SHIPPED.keys() == {n.lower() for n in MATCH_JOB.stored}
    assert SOURCES.keys() <= JOBS.keys()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("asking,shown,accepted,birth_year\na,b,1,1990\n", "nothing else"),
        ("asking,shown,accepted\na,b,perhaps\n", "row 2"),
        ("asking,shown,accepted\n", "no rows"),
    ],
)
def test_a_table_that_cannot_be_learned_from_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "judged.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnusablePairs, match=said):
        read_judged(file, DAY)


def test_a_table_is_read(tmp_path: Path) -> None:
    file = tmp_path / "judged.csv"
    file.write_text("asking,shown,accepted,day\na,b,是,2015-03-02\nc,d,0,\n", encoding="utf-8")
    assert read_judged(file, DAY) == [
        {"asking": "a", "shown": "b", "accepted": True, "day": date(2015, 3, 2)},
        {"asking": "c", "shown": "d", "accepted": False, "day": DAY},
    ]


def _better(learned: Learned) -> bool:
    return learned.figures[LOGISTIC].ndcg > learned.figures[acceptance.FIXED].ndcg
