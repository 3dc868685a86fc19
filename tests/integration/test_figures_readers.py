"""What every figure owes its readers: what was known, who sees it, its query, its groups."""

from datetime import UTC, date, datetime

import pytest

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.viewer import ANYONE
from tests.facts import Facts
from tests.figures import DEC_31, EARLIER, JAN_1, Figure, grouped, listed, municipal, named, teaches
from tests.integration.conftest import Ask
from tests.stories.told import EAST


@pytest.mark.policy("K09")
async def test_a_corrected_record_counts_only_where_it_was_known(figure: Figure) -> None:
    facts = Facts()
    corrected = datetime(2015, 7, 1, tzinfo=UTC)
    municipal(
        facts,
        valid_from=date(2014, 1, 1),
        recorded_from=datetime(2014, 1, 1, tzinfo=UTC),
        recorded_to=corrected,
    )
    municipal(facts, valid_from=date(2014, 1, 1), recorded_from=corrected)
    municipal(facts, valid_from=date(2014, 1, 1), recorded_from=corrected)
    assert (await figure("T05", facts))["count"]["done"] == 2
    known = await figure("T05", knownAt="2015-06-30T00:00:00Z")
    assert known["count"]["done"] == 1


async def test_a_union_counts_its_own_and_the_public_nobody(figure: Figure) -> None:
    facts = Facts()
    ours = facts.add("Worker", region_path="/m/east/")
    theirs = facts.add("Worker", region_path="/m/west/")
    for worker in (ours, theirs):
        named(facts, "CHIEF_TECHNICIAN", worker=worker)
    municipal(facts)
    found = await figure("M19", facts, viewer=EAST)
    assert found["count"]["of"] == 1
    assert listed(found) == {ours}
    hidden = await figure("M19", viewer=ANYONE)
    assert (hidden["withheld"], hidden["count"], hidden["listed"]) == (True, None, [])
    assert (await figure("T05", viewer=ANYONE))["count"]["done"] == 1


async def test_the_query_that_is_shown_counts_the_same(figure: Figure, database: Database) -> None:
    facts = Facts()
    municipal(facts, valid_from=date(2014, 1, 1))
    found = await figure("T05", facts, back=0)
    periods = [{"year": 2015, "first": JAN_1, "day": DEC_31}]
    known = datetime(2030, 1, 1, tzinfo=UTC)
    parameters = {"periods": periods, "known": known, "definition": None}
    [row] = await database.rows(Cypher(literal(found["query"]), parameters))
    assert row["counts"] == [[2015, found["count"]["done"], None]]


@pytest.mark.policy("N01")
async def test_every_target_cites_its_sentence_and_how_strongly_it_asks(
    database: Database, ask: Ask
) -> None:
    found = (await ask("{ targets(year: 2015) { figure clause sentence strength } }"))["targets"]
    assert all(f["clause"] and f["sentence"] and f["strength"] for f in found)
    strengths = {f["figure"]: f["strength"] for f in found}
    assert (strengths["T01"], strengths["T08"]) == ("MUST", "STRIVE")


@pytest.mark.policy("N04", "K07")
async def test_a_figure_is_rolled_up_at_every_level(database: Database, ask: Ask) -> None:
    facts = Facts()
    city = facts.add("District", id="city")
    east = facts.add("District", id="east", parent=city)
    west = facts.add("District", id="west", parent=city)
    for home in (east, east, west):
        worker = named(facts, "CHIEF_TECHNICIAN", worker=facts.add("Worker", district=home))
        named(facts, "NATIONAL_EXPERT", worker=worker)
    teaches(facts, worker)
    await facts.write(database)
    found = await grouped(ask, "T09", "DISTRICT")
    assert found == {city: (1, 3), east: (0, 2), west: (1, 1)}


@pytest.mark.policy("N05", "N06", "N08")
async def test_a_stock_is_rolled_up_by_union_and_by_industry(database: Database, ask: Ask) -> None:
    facts = Facts()
    top = facts.add("Union", id="top", type="MUNICIPAL")
    zone = facts.add("Union", id="zone", type="DEV_ZONE", parent=top)
    group = facts.add("Union", id="group", type="GROUP_COMPANY", parent=top)
    chips = facts.add("Industry", id="chips")
    for union in (zone, group, group):
        enterprise = facts.add("Enterprise", unions=[union])
        studio = facts.add("Studio", enterprise=enterprise, industries=[chips])
        municipal(facts, studio, valid_from=date(2014, 1, 1))
    await facts.write(database)
    assert await grouped(ask, "T05", "UNION") == {
        top: (3, None), group: (2, None), zone: (1, None),
    }  # fmt: skip
    assert await grouped(ask, "T05", "INDUSTRY") == {chips: (3, None)}
    assert await grouped(ask, "T09", "UNION", ANYONE) is None


@pytest.mark.policy("T02", "T07", "V12")
async def test_occupations_visits_and_achievements_are_rolled_up_too(
    database: Database, ask: Ask
) -> None:
    facts = Facts()
    top = facts.add("Union", id="top", type="MUNICIPAL")
    east = facts.add("District", id="east")
    chips = facts.add("Industry", id="chips")
    union = facts.add("Union", id="u", parent=top, district=east, industries=[chips])
    welder = facts.add("Occupation")
    held = {"category": "SKILLS", "state": "HELD", "occupations": [welder]}
    facts.add("Competition", **held, held_from=JAN_1, organiser=union)
    facts.add("Competition", **held, held_from=EARLIER, organiser=facts.add("Union", parent=top))
    owner = facts.add("Enterprise", unions=[union], district=east, industries=[chips])
    studio = facts.add("Studio", enterprise=owner, district=east, industries=[chips])
    facts.add("ExpertVisitProject", state="CARRIED_OUT", visited=JAN_1, studio=studio)
    facts.add("Achievement", registered=JAN_1, studio=studio, enterprise=owner)
    facts.add("Achievement", registered=JAN_1, enterprise=owner)
    await facts.write(database)
    for code, found in (("T02", (1, None)), ("T07", (1, None)), ("V12", (0, 2))):
        assert await grouped(ask, code, "DISTRICT") == {east: found}
        assert await grouped(ask, code, "INDUSTRY") == {chips: found}
        assert await grouped(ask, code, "UNION") == {top: found, union: found}
