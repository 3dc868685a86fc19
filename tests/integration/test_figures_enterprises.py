"""Figures of plans, funds and contracts, each on a graph that trips naive counting."""

from datetime import date

import pytest

from tests.facts import Facts
from tests.figures import DEC_31, EARLIER, JAN_1, Figure, listed


@pytest.mark.policy("H02", "N12")
async def test_a_plan_that_is_only_drafted_is_no_plan(figure: Figure) -> None:
    facts = Facts()
    planned, drafted, late = (facts.add("Union", type="DISTRICT_COUNTY") for _ in range(3))
    facts.add("Union", type="UNIVERSITY")
    facts.add("AnnualPlan", union=planned, year=2015, state="ADOPTED")
    facts.add("AnnualPlan", union=drafted, year=2015, state="DRAFT")
    facts.add("AnnualPlan", union=late, year=2016, state="ADOPTED")
    found = await figure("H02", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 3)
    assert listed(found) == {drafted, late}


@pytest.mark.policy("H04")
async def test_the_fund_is_accrued_in_full_or_listed(figure: Figure) -> None:
    facts = Facts()
    full, short = facts.add("Enterprise"), facts.add("Enterprise")
    wages = {"year": 2015, "wage_base": 1_000_000, "legal_rate": 0.015}
    facts.add("EducationFund", enterprise=full, accrued=15_000, **wages)
    facts.add("EducationFund", enterprise=short, accrued=14_999, **wages)
    facts.add("EducationFund", enterprise=short, accrued=15_000, **{**wages, "year": 2014})
    for silent in ({"year": 2014}, {"wage_base": 0}, {"legal_rate": 0.0}):
        facts.add("EducationFund", enterprise=facts.add("Enterprise"), **{**wages, **silent})
    found = await figure("H04", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {short}


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        pytest.param("E14", "skill_wage_clause", marks=pytest.mark.policy("E14")),
        pytest.param("E15", "parity_clause", marks=pytest.mark.policy("E15")),
        pytest.param("H06", "training_clause", marks=pytest.mark.policy("H06")),
    ],
)
async def test_a_clause_counts_while_its_contract_is_in_force(
    code: str, clause: str, figure: Figure
) -> None:
    facts = Facts()
    has, lacks, ended = (facts.add("Enterprise") for _ in range(3))
    facts.add("CollectiveContract", enterprise=has, **{clause: True})
    facts.add("CollectiveContract", enterprise=lacks, **{clause: False})
    for enterprise in (ended, lacks):
        facts.add("CollectiveContract", enterprise=enterprise, valid_to=DEC_31, **{clause: True})
    found = await figure(code, facts)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 2)
    assert listed(found) == {lacks}


@pytest.mark.policy("F06", "F07")
async def test_enterprises_with_funds_are_counted_by_kind(figure: Figure) -> None:
    facts = Facts()
    both, early, late = (facts.add("Enterprise") for _ in range(3))
    for kind in ("TALENT_DEVELOPMENT", "INNOVATION"):
        facts.add("Fund", enterprise=both, kind=kind, founded=JAN_1)
        facts.add("Fund", enterprise=both, kind=kind, founded=DEC_31)
        facts.add("Fund", enterprise=late, kind=kind, founded=date(2016, 1, 1))
    facts.add("Fund", enterprise=early, kind="INNOVATION", founded=JAN_1)
    talent = facts.add("Enterprise")
    facts.add("Fund", enterprise=talent, kind="TALENT_DEVELOPMENT", founded=JAN_1)
    assert (await figure("F06", facts))["count"]["done"] == 2
    assert (await figure("F07"))["count"]["done"] == 2


@pytest.mark.policy("P06")
async def test_an_enterprise_grows_by_what_it_adopts_and_solves_in_the_year(
    figure: Figure,
) -> None:
    facts = Facts()
    union = facts.add("Union")
    bought, solved, late, withdrawn, earlier = (
        facts.add("Enterprise", unions=[union]) for _ in range(5)
    )
    facts.add("Enterprise")
    facts.add("TechContract", number="1", buyer=bought, signed=DEC_31)
    facts.add("TechContract", number="2", buyer=late, signed=date(2016, 1, 1))
    for enterprise, state, day in (
        (solved, "SOLVED", JAN_1), (withdrawn, "WITHDRAWN", JAN_1), (earlier, "SOLVED", EARLIER),
    ):  # fmt: skip
        facts.add("TechnicalProblem", enterprise=enterprise, state=state, solved=day)
    found = await figure("P06", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (2, 5)
    assert listed(found) == {late, withdrawn, earlier}


@pytest.mark.policy("F03", "G07")
async def test_government_money_is_told_apart_in_the_budget(figure: Figure) -> None:
    facts = Facts()
    line = {"line": "TRAINING", "year": 2015}
    own = facts.add("BudgetLine", source_kind="FEDERATION", **line)
    facts.add("BudgetLine", source_kind="GOVERNMENT", **line)
    facts.add("BudgetLine", source_kind="GOVERNMENT", **{**line, "year": 2016})
    found = await figure("F03", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (1, 2, {own})
