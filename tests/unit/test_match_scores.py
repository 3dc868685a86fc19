"""A score is the sum of its parts, whatever the candidates are."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from graph.matching import JOBS
from graph.matching.courses import CourseInputs
from graph.matching.documents import Document, DocumentInputs, Origin, document_inputs, shelf
from graph.matching.documents import Reference as Ref
from graph.matching.features import ranking, score
from graph.matching.flow import OptionInputs
from graph.matching.job import Job
from graph.matching.mentoring import MENTOR
from graph.matching.pairs import PairInputs, support
from graph.matching.research import RESEARCH
from graph.matching.transfer import ENTERPRISE_SOLUTION, SOLUTION, TRANSFER, suggested_contract

shares = st.floats(0, 1)


def pairs(**given: Any) -> PairInputs:
    """One pair of an apprentice and a master, with two skills; what is not given is empty."""
    one = np.zeros(1)
    values: dict[str, Any] = {
        "skills": ["turning", "milling"], "weight": np.array([0.75, 0.25]),
        "have": np.zeros((1, 2)), "can": np.zeros((1, 2)), "need": np.array([3.0]),
        "common": one, "depth": np.array([4.0]), "completed": one, "ended": one, "place": one,
        "methods": one, "apprentice_level": one, "master_level": one, "motivation": one,
    }  # fmt: skip
    return PairInputs(**values | given)


def value(job: Job[Any], inputs: Any, name: str) -> float:
    [at] = [n for n, f in enumerate(job.features) if f.name == name]
    return float(score(job.features, job.model, inputs).values[0, at])


@st.composite
def any_pairs(draw: st.DrawFn) -> PairInputs:
    count, skills = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    level = st.integers(0, 6).map(float)
    column = arrays(np.float64, count, elements=level)
    table = arrays(np.float64, (count, skills), elements=st.integers(0, 5).map(float))
    completed = draw(column)
    return PairInputs(
        skills=[str(n) for n in range(skills)],
        weight=draw(arrays(np.float64, skills, elements=shares)),
        have=draw(table),
        can=draw(table),
        need=draw(arrays(np.float64, count, elements=st.integers(2, 5).map(float))),
        common=draw(arrays(np.float64, count, elements=st.integers(0, 4).map(float))),
        depth=np.full(count, 4.0),
        completed=completed,
        ended=completed + draw(column),
        place=draw(arrays(np.float64, count, elements=st.integers(0, 2).map(float))),
        methods=draw(column),
        apprentice_level=draw(column),
        master_level=draw(column),
        motivation=draw(arrays(np.float64, count, elements=shares)),
    )


@st.composite
def any_courses(draw: st.DrawFn) -> CourseInputs:
    pair = draw(any_pairs())
    gap = {name: getattr(pair, name) for name in ("skills", "weight", "have", "can", "need")}
    return CourseInputs(**gap, rated=3 * pair.ended, ratings=pair.ended)


@st.composite
def any_options(draw: st.DrawFn) -> OptionInputs:
    pair = draw(any_pairs())
    return OptionInputs(
        skills=pair.skills,
        asked=pair.can,
        have=pair.have,
        common=pair.common,
        depth=pair.depth,
        moves=pair.completed,
        urgency=pair.place,
        place=pair.place / 2,
    )


OTHER_INPUTS: Mapping[str, st.SearchStrategy[Any]] = {
    "mentor": any_pairs(),
    "apprentice": any_pairs(),
    "course": any_courses(),
    "option": any_options(),
}

texts = st.text(alphabet="数控焊接 weld ", max_size=12)
documents = st.builds(
    Document, texts, texts, st.lists(st.sampled_from(["B23K9/00", "H01L", "G06F3/01"]))
)


@st.composite
def any_documents(draw: st.DrawFn, job: Job[Any]) -> DocumentInputs:
    candidates = draw(st.integers(0, 4))
    owner = draw(st.lists(st.integers(0, candidates - 1), max_size=6)) if candidates else []
    held = [draw(documents) for _ in owner]
    near = shelf(held).near(draw(st.lists(documents, min_size=1, max_size=3)), job.model)
    facts = {f.name: draw(arrays(np.float64, candidates, elements=shares)) for f in job.features}
    origin = Origin([Ref(str(n), draw(st.booleans())) for n in range(len(held))])
    at = np.array(sorted(owner), dtype=np.intp)
    return document_inputs(near, at, candidates, facts, origin)


@given(st.data())
@pytest.mark.parametrize("job", JOBS.values(), ids=list(JOBS))
def test_parts_sum_to_the_score_and_lie_between_0_and_1(job: Job[Any], data: st.DataObject) -> None:
    inputs = data.draw(OTHER_INPUTS[job.name] if job.name in OTHER_INPUTS else any_documents(job))
    scores = score(job.features, job.model, inputs)
    products = scores.values * [job.model.weights[f.name] for f in job.features]
    assert np.allclose(scores.contributions, products, rtol=0, atol=1e-12)
    assert np.allclose(scores.totals, scores.contributions.sum(axis=1), rtol=0, atol=1e-9)
    assert np.all((scores.values >= 0) & (scores.values <= 1 + 1e-9))


@pytest.mark.parametrize("job", JOBS.values(), ids=list(JOBS))
def test_weights_name_each_feature_of_the_job_and_sum_to_1(job: Job[Any]) -> None:
    assert set(job.model.weights) == {f.name for f in job.features}
    assert sum(job.model.weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("job", JOBS.values(), ids=list(JOBS))
def test_every_reason_has_one_name_and_every_feature_two(job: Job[Any]) -> None:
    reasons = [c.reason for c in job.all_conditions]
    assert len(set(reasons)) == len(reasons)
    assert all(f.zh and f.formula and f.description for f in job.features)
    assert {e.feature for e in job.evidence} <= {f.name for f in job.features}


def test_gap_coverage_is_the_weighed_share_of_the_way_that_the_master_can_lead() -> None:
    inputs = pairs(have=np.array([[1.0, 3.0]]), can=np.array([[2.0, 5.0]]))
    assert value(MENTOR, inputs, "gap_coverage") == pytest.approx(0.5)  # 1 of 2 steps in turning


def test_a_skill_that_the_master_lacks_weighs_against_her() -> None:
    inputs = pairs(can=np.array([[3.0, 0.0]]))
    assert value(MENTOR, inputs, "gap_coverage") == pytest.approx(0.75)


def test_who_lacks_nothing_has_no_gap_to_cover() -> None:
    inputs = pairs(have=np.full((1, 2), 5.0), can=np.full((1, 2), 5.0))
    assert value(MENTOR, inputs, "gap_coverage") == 0


def test_a_new_master_begins_at_the_prior_and_moves_slowly() -> None:
    assert value(MENTOR, pairs(), "record") == pytest.approx(0.7)
    bad = pairs(completed=np.array([0.0]), ended=np.array([1.0]))
    assert value(MENTOR, bad, "record") == pytest.approx(3.5 / 6)


def test_a_neighbouring_occupation_counts_less_than_the_same() -> None:
    assert value(MENTOR, pairs(common=np.array([4.0])), "occupation") == 1
    assert value(MENTOR, pairs(common=np.array([3.0])), "occupation") == 0.75


def test_a_pair_is_explained_by_its_heaviest_skills_and_gaps() -> None:
    found = support(pairs(have=np.array([[1.0, 0.0]]), can=np.array([[2.0, 0.0]])), 0)
    assert found.drawn["skills"] == ["turning"]
    assert [(k.id, k.need, k.have, k.offered) for k in found.lacks] == [
        ("turning", 3, 1, 2),
        ("milling", 3, 0, 0),
    ]


def test_only_an_open_problem_counts_as_a_problem() -> None:
    weld = Document("焊接变形", "焊接变形", ["B23K9/00"])
    near = shelf([weld, weld]).near([weld], TRANSFER.model)
    none = {f.name: np.zeros(2) for f in TRANSFER.features}
    origin = Origin([Ref("problem", True), Ref("patent", False)], [Ref("asked", False)], [[], []])
    inputs = document_inputs(near, np.array([0, 1]), 2, none, origin)
    scores = score(TRANSFER.features, TRANSFER.model, inputs)
    at = [f.name for f in TRANSFER.features].index("problem")
    assert scores.values[:, at].tolist() == [pytest.approx(1), 0]
    drawn = [TRANSFER.support(inputs, n).drawn["problem"] for n in (0, 1)]
    assert drawn == ["problem", None]


def test_equal_scores_are_ranked_by_id() -> None:
    assert ranking(np.array([0.5, 0.9, 0.5]), ["b", "c", "a"]).tolist() == [1, 2, 0]


@pytest.mark.parametrize(
    ("kind", "maturity", "contract"),
    [
        ("OPERATION_METHOD", 3, "SERVICE"),
        ("INVENTION", 1, "DEVELOPMENT"),
        ("PROCESS", 2, "TRANSFER"),
        (None, 3, "LICENCE"),
        (None, None, "CONSULTING"),
    ],
)
def test_the_contract_follows_from_how_far_an_achievement_has_come(
    kind: str | None, maturity: int | None, contract: str
) -> None:
    assert suggested_contract(kind, maturity) == contract


def test_both_directions_of_a_job_weigh_alike_where_they_share_features() -> None:
    assert SOLUTION.model is ENTERPRISE_SOLUTION.model
    assert RESEARCH.model.weights == JOBS["studio"].model.weights


@pytest.mark.parametrize("job", JOBS.values(), ids=list(JOBS))
def test_evidence_does_not_take_a_companion_for_a_variable_of_its_own(job: Job[Any]) -> None:
    for companion in job.companions:
        for evidence in job.evidence:
            assert f"({companion.name}" not in evidence.find(lambda label, variable: "true")
