"""Figures of associations, and shortages, each on a graph that trips naive counting."""

from datetime import date
from typing import Any

import pytest

from graph.database import Database
from graph.viewer import ADMINISTRATOR, ANYONE, AUDITOR, Viewer
from tests.facts import EVER, Facts
from tests.figures import DEC_31, EARLIER, JAN_1, Figure, listed
from tests.integration.conftest import Ask
from tests.stories.told import EAST, NOW


@pytest.mark.policy("J06", "J14", "J18")
async def test_associations_members_and_titles_are_counted(figure: Figure) -> None:
    facts = Facts()
    has, lacks = (facts.add("Union", type="DISTRICT_COUNTY") for _ in range(2))
    association = facts.add("TechAssociation", union=has)
    worker = facts.add("Worker")
    facts.add("Membership", worker=worker, association=association, valid_to=JAN_1)
    facts.add("Membership", worker=worker, association=association, valid_from=JAN_1)
    left = facts.add("Worker")
    facts.add("Membership", worker=left, association=association, valid_to=JAN_1)
    facts.add("Union", type="UNIVERSITY")
    later = facts.add("TechAssociation", union=lacks, founded=date(2016, 1, 1))
    for named_one, title, day in (
        (association, "ADVANCED_ASSOCIATION", date(2015, 5, 1)),
        (association, "ADVANCED_ASSOCIATION", date(2015, 6, 1)),
        (later, "ADVANCED_ASSOCIATION", date(2016, 5, 1)),
        (later, "LABOUR_CERTIFICATE", date(2015, 5, 1)),
    ):
        facts.add("Designation", title=title, techAssociation=named_one, valid_from=day)
    assert (await figure("J06", facts))["count"]["done"] == 1
    found = await figure("J14")
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (1, 2, {lacks})
    named_once = await figure("J18")
    assert (named_once["count"]["done"], named_once["count"]["planned"]) == (1, None)


@pytest.mark.policy("J04")
async def test_committees_fit_industry_as_it_changes(figure: Figure) -> None:
    facts = Facts()
    for industry in ({"key_industry": True}, {"strategic_emerging": True}):
        facts.add("SpecialCommittee", industries=[facts.add("Industry", **industry)])
    plain = facts.add("SpecialCommittee", industries=[facts.add("Industry")], founded=DEC_31)
    facts.add("SpecialCommittee", founded=date(2016, 1, 1))
    found = await figure("J04", facts)
    assert (found["count"]["done"], found["count"]["of"], listed(found)) == (2, 3, {plain})


@pytest.mark.policy("J09", "K07")
async def test_shortages_are_places_less_workers_who_could_take_them(
    database: Database, ask: Ask
) -> None:
    facts = Facts()
    city = facts.add("District", id="city")
    home, away = (facts.add("District", parent=city) for _ in range(2))
    chips, trade = facts.add("Industry"), facts.add("Industry")
    maker = facts.add("Enterprise", district=home, industries=[chips])
    other = facts.add("Enterprise", district=away, industries=[trade])
    weld, turn = facts.add("Skill"), facts.add("Occupation")
    fitter = facts.add("Occupation")
    posted = {"places": 7, "state": "OPEN", "posted": JAN_1, "occupation": turn}
    facts.add("TalentDemand", **posted, enterprise=maker, skill_level="SENIOR", urgency="CRITICAL",
              skills=[weld])  # fmt: skip
    facts.add("TalentDemand", **{**posted, "state": "FILLED"}, enterprise=other,
              skill_level="TECHNICIAN")  # fmt: skip
    facts.add("TalentDemand", **{**posted, "occupation": fitter, "places": 1}, enterprise=maker)
    for change in ({"state": "WITHDRAWN"}, {"posted": EARLIER}, {"posted": date(2016, 1, 1)}):
        facts.add("TalentDemand", **{**posted, **change}, enterprise=maker)
    for level, district, union in (
        ("SENIOR", home, "/m/east/"), ("SENIOR", away, "/m/west/"), ("PRIMARY", home, "/m/east/"),
    ):  # fmt: skip
        worker = facts.add("Worker", skill_level=level, district=district, occupation=turn,
                           skills=[weld], region_path=union)  # fmt: skip
        facts.add("Employment", worker=worker, enterprise=maker, valid_to=date(2016, 1, 1))
    await facts.write(database)

    async def short(given: str, viewer: Viewer = ADMINISTRATOR) -> list[Any]:
        text = f"""{{ shortages(year: 2015, asOf: "2030-01-01", back: 1, {given}) {{
          node {{ id }} places open urgent workers gap trend {{ year places }} }} }}"""
        return [
            (row["node"]["id"], *(row[n] for n in ("places", "open", "urgent", "workers", "gap")),
             row["trend"][0]["places"])
            for row in (await ask(text, viewer))["shortages"]
        ]  # fmt: skip

    assert await short("by: OCCUPATION") == [
        (turn, 14, 7, 7, 2, 12, 7), (fitter, 1, 1, 0, 0, 1, 0),
    ]  # fmt: skip
    assert await short("by: SKILL") == [(weld, 7, 7, 7, 2, 5, 0)]
    assert await short("by: SKILL", EAST) == [(weld, 7, 7, 7, 1, 6, 0)]
    assert await short("by: SKILL", ANYONE) == [(weld, 7, 7, 7, None, None, 0)]
    assert await short(f'by: SKILL, districtId: "{city}"') == [(weld, 7, 7, 7, 2, 5, 0)]
    assert await short(f'by: OCCUPATION, districtId: "{away}"') == [(turn, 7, 0, 0, 0, 7, 0)]
    assert await short(f'by: SKILL, industryId: "{chips}"') == [(weld, 7, 7, 7, 2, 5, 0)]
    assert await short(f'by: SKILL, industryId: "{trade}"') == []


def add_careers(facts: Facts, maker: str, other: str, occupation: str) -> None:
    """Six who went from one to the other, one who came back too, and those who do not count."""

    def worker(union: str = "/m/east/", **more: Any) -> str:
        return facts.add("Worker", region_path=union, **more)

    def post(worker: str, at: str, start: date, end: date | None = None, **more: Any) -> None:
        dated = {"valid_from": start, **({"valid_to": end} if end else {}), **more}
        facts.add("Employment", worker=worker, enterprise=at, **dated)

    for n in range(6):
        moved = worker("/m/west/" if n == 0 else "/m/east/", occupation=occupation)
        post(moved, other, EVER, EARLIER)
        post(moved, maker, EARLIER, JAN_1)
        post(moved, other, JAN_1 if n else DEC_31)
    back = worker()
    post(back, maker, EARLIER, JAN_1)
    post(back, other, JAN_1, date(2015, 6, 1))
    post(back, maker, date(2015, 6, 1))
    for start in (date(2014, 12, 31), date(2016, 1, 1)):
        not_this_year = worker()
        post(not_this_year, maker, EARLIER, date(2014, 12, 30))
        post(not_this_year, other, start)
    two_posts, same, corrected = worker(), worker(), worker()
    post(two_posts, maker, EVER, EARLIER)
    post(two_posts, maker, EARLIER)
    post(two_posts, other, JAN_1)
    post(same, maker, EARLIER, JAN_1)
    post(same, maker, JAN_1)
    post(corrected, maker, EARLIER, JAN_1)
    post(corrected, other, JAN_1, recorded_to=NOW)


@pytest.mark.policy("K08")
async def test_flows_are_workers_who_changed_their_employer_between_places(
    database: Database, ask: Ask
) -> None:
    facts = Facts()
    home, away = facts.add("District"), facts.add("District")
    chips, trade = facts.add("Industry"), facts.add("Industry")
    maker = facts.add("Enterprise", district=home, industries=[chips])
    other = facts.add("Enterprise", district=away, industries=[trade, chips])
    turning = facts.add("Occupation")
    add_careers(facts, maker, other, facts.add("Occupation", parent=turning))
    await facts.write(database)

    async def flow(given: str, viewer: Viewer = ADMINISTRATOR) -> set[tuple[str, str, int]]:
        text = f"""{{ talentFlows(year: 2015, asOf: "2030-01-01", {given}) {{
          from {{ id }} to {{ id ... on District {{ name }} }} workers }} }}"""
        rows = (await ask(text, viewer))["talentFlows"]
        return {(row["from"]["id"], row["to"]["id"], row["workers"]) for row in rows}

    assert await flow("by: DISTRICT") == {(home, away, 7), (away, home, 1)}
    assert await flow("by: INDUSTRY") == {
        (chips, trade, 7), (chips, chips, 7), (trade, chips, 1),
    }  # fmt: skip
    assert await flow(f'by: DISTRICT, occupationId: "{turning}"') == {(home, away, 6)}
    assert await flow("by: DISTRICT", EAST) == {(home, away, 6), (away, home, 1)}
    assert await flow("by: DISTRICT", AUDITOR) == {(home, away, 7)}
    assert await flow("by: DISTRICT", ANYONE) == set()
