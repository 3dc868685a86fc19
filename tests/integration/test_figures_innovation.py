"""Figures of studios, achievements and visits, each on a graph that trips naive counting."""

from datetime import date
from typing import Any

import pytest

from tests.facts import Facts
from tests.figures import DEC_31, EARLIER, JAN_1, LATER, Figure, listed, municipal
from tests.integration.conftest import Ask


@pytest.mark.policy("P07", "A04")
async def test_studios_in_key_or_emerging_industries_are_a_share(figure: Figure) -> None:
    facts = Facts()
    key = facts.add("Industry", key_industry=True)
    emerging = facts.add("Industry", strategic_emerging=True)
    plain = facts.add("Industry")
    for industries in ([key], [emerging, key], [plain], []):
        municipal(facts, facts.add("Studio", industries=industries), valid_from=EARLIER)
    lower = facts.add("Studio", industries=[key])
    municipal(facts, lower, valid_from=EARLIER, level="DISTRICT")
    municipal(facts, valid_from=EARLIER, valid_to=DEC_31)
    assert (await figure("P07", facts))["count"] | {"gap": None} == {
        **(await figure("P07"))["count"], "done": 2, "of": 4, "planned": None,
    }  # fmt: skip


@pytest.mark.policy("V12")
async def test_conversion_is_of_the_cohort_and_up_to_the_day_of_asking(figure: Figure) -> None:
    facts = Facts()
    later = date(2018, 5, 1)
    sold, ended, used, shelved = (
        facts.add("Achievement", registered=day) for day in (JAN_1, DEC_31, JAN_1, JAN_1)
    )
    other = facts.add("Achievement", registered=EARLIER)
    facts.add("Achievement")
    signed = {"state": "SIGNED", "signed": later}
    for n, achievement in enumerate([sold, sold, other]):
        facts.add("TechContract", number=f"n{n}", achievement=achievement, **signed)
    facts.add(
        "TechContract", achievement=ended, state="TERMINATED", signed=JAN_1, ended=later
    )  # fmt: skip
    facts.add("BenefitRecord", achievement=used, recorded=later)
    facts.add("BenefitRecord", achievement=sold, recorded=later)
    found = await figure("V12", facts, back=1)
    assert (found["count"]["done"], found["count"]["of"]) == (2, 4)
    assert listed(found) == {ended, shelved}
    assert [(t["year"], t["done"]) for t in found["trend"]] == [(2014, 1)]
    before = await figure("V12", asOf="2018-04-30")
    assert (before["count"]["done"], before["count"]["of"]) == (1, 4)
    assert listed(before) == {sold, used, shelved}


@pytest.mark.policy("V12", "Z04")
async def test_cohorts_are_judged_by_the_definition_of_their_date_or_by_a_named_one(
    figure: Figure, ask: Ask
) -> None:
    facts = Facts()
    licensed, sold, used, early = (
        facts.add("Achievement", registered=day) for day in (JAN_1, JAN_1, DEC_31, EARLIER)
    )
    contracts = (("LICENCE", licensed), ("TRANSFER", sold), ("LICENCE", early))
    for kind, achievement in contracts:
        signed = {"state": "SIGNED", "signed": DEC_31, "type": kind, "number": achievement}
        facts.add("TechContract", achievement=achievement, **signed)
    facts.add("BenefitRecord", achievement=used, recorded=DEC_31)
    four = {"contract_types": ["TRANSFER", "SERVICE"], "benefits": False}
    five = {"contract_types": ["TRANSFER", "LICENCE"], "benefits": True}
    facts.add("ConversionDefinition", name="四技", **four, valid_from=JAN_1, valid_to=LATER)
    facts.add("ConversionDefinition", name="五类", **five, valid_from=LATER)
    found = await figure("V12", facts, back=1)
    assert (found["count"]["done"], found["count"]["of"]) == (1, 3)
    assert listed(found) == {licensed, used}
    assert [(t["year"], t["done"]) for t in found["trend"]] == [(2014, 1)]
    named = await figure("V12", conversionDefinition="五类")
    assert (named["count"]["done"], named["count"]["of"]) == (3, 3)
    strict = await figure("V12", conversionDefinition="四技", back=1)
    assert ([t["done"] for t in strict["trend"]], listed(strict)) == ([0], {licensed, used})
    with pytest.raises(AssertionError, match="no conversion definition has this name"):
        await figure("V12", conversionDefinition="无")


@pytest.mark.policy("P01")
async def test_a_tag_is_the_achievements_own_or_of_its_studios_industry(figure: Figure) -> None:
    facts = Facts()
    plain, tagged = facts.add("Industry"), facts.add("Industry", strategic_tags=["HIGH_PRECISION"])
    own, of_studio, none = (
        facts.add("Achievement", registered=JAN_1, studio=facts.add("Studio", industries=[i]), **t)
        for i, t in (
            (plain, {"strategic_tags": ["CREATED_IN_BEIJING"]}), (tagged, {}), (plain, {}),
        )
    )  # fmt: skip
    facts.add("Achievement", registered=date(2016, 1, 1), strategic_tags=["HIGH_PRECISION"])
    found = await figure("P01", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (2, 3, {none})
    assert {own, of_studio}.isdisjoint(listed(found))


@pytest.mark.policy("V08")
async def test_a_visit_is_judged_by_the_year_after_it_against_the_year_before(
    figure: Figure,
) -> None:
    facts = Facts()
    visited = date(2015, 6, 1)

    def studio(*days: date, patents: tuple[date, ...] = (), **visit: Any) -> str:
        made = facts.add("Studio")
        for day in days:
            facts.add("Achievement", studio=made, registered=day)
        for n, day in enumerate(patents):
            old = facts.add("Achievement", studio=made, registered=date(2001, 1, 1))
            facts.add("Patent", number=f"{made}-{n}", filed=day, achievements=[old])
        given = {"state": "CARRIED_OUT", "visited": visited, "year": 2015, **visit}
        facts.add("ExpertVisitProject", studio=made, **given)
        return made

    studio(date(2015, 7, 1))
    studio(date(2015, 1, 1), patents=(date(2015, 8, 1), date(2016, 6, 1)))
    even = studio(date(2014, 6, 2), visited)
    late = studio(date(2016, 6, 2))
    gone = studio(date(2015, 7, 1), state="CANCELLED")
    facts.add("ExpertVisitProject", studio=gone, state="CARRIED_OUT", visited=DEC_31, year=2015)
    other = studio(date(2017, 1, 1), visited=date(2016, 6, 1))
    facts.add("ExpertVisitProject", studio=other, state="CARRIED_OUT", visited=JAN_1, year=2015)
    for visit in ({"state": "PLANNED"}, {"visited": date(2016, 6, 1)}):
        studio(date(2015, 7, 1), **visit)
    found = await figure("V08", facts)
    assert (found["count"]["done"], found["count"]["of"]) == (2, 6)
    assert listed(found) == {even, late, gone, other}
