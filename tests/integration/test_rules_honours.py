"""Rules of titles, associations and standards, from both sides."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.cypher import Cypher
from graph.database import Database
from tests.stories.honours import HIGHER, WORLD
from tests.stories.told import CITY, EAST, TODAY, Call, Teller

NARROW = {**HIGHER, "name": "创新标兵", "title": "CAPITAL_INNOVATION_PACESETTER", "places": 1}
ROUND = Call("openAwardRound", NARROW, "round", CITY)


def nominate(name: str, **given: str) -> Call:
    return Call("nominate", {"round_id": "$round", "union_id": "east", **given}, name, EAST)


def name(nomination: str) -> Call:
    return Call("nameNominee", {"nomination_id": f"${nomination}"}, f"named-{nomination}", CITY)


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


@pytest.mark.policy("E05", "E02", "E04")
async def test_nomination_names_exactly_one(told: Teller) -> None:
    await told.tell(ROUND)
    assert await told.refusal(nominate("none")) == "ONE_NOMINEE"
    assert await told.refusal(nominate("two", worker_id="w1", team_id="t1")) == "ONE_NOMINEE"
    await told.tell(nominate("team", team_id="t1"))


@pytest.mark.policy("E05")
async def test_nominations_are_taken_from_the_first_day_to_the_last(told: Teller) -> None:
    days = {"opens": TODAY + timedelta(1), "closes": TODAY + timedelta(2)}
    await told.tell(Call("openAwardRound", {**NARROW, **days}, "round", CITY))
    calls = [
        Call("nominate", {"round_id": "$round", "union_id": "east", "worker_id": w}, "", EAST, d)
        for w, d in (
            ("w1", timedelta(0)), ("w1", timedelta(1)), ("w2", timedelta(2)), ("w3", timedelta(3)),
        )
    ]  # fmt: skip
    found = [await told.refusal(call) for call in calls[:3]]
    assert found == ["ROUND_CLOSED", "", ""]
    late = Call("nominate", {**calls[0].given, "team_id": "t1"}, "", EAST, timedelta(3))
    assert await told.refusal(late, worker_id=None) == "ROUND_CLOSED"


@pytest.mark.policy("E05", "E03")
async def test_no_more_are_named_than_there_are_places(told: Teller) -> None:
    await told.tell(ROUND, nominate("w", worker_id="w1"), nominate("e", enterprise_id="e1"))
    await told.tell(name("w"))
    assert await told.refusal(name("e")) == "NO_PLACE_LEFT"
    text = "MATCH (:Worker {id: 'w1'})<-[:NAMES]-(d:Designation) RETURN collect(d.title)"
    assert await told.value(text) == [NARROW["title"]]


@pytest.mark.policy("E11", "E12")
async def test_titles_are_named_at_the_level_of_the_union_that_holds_the_round(
    told: Teller,
) -> None:
    """Special operation methods by the federation, chief workers by an enterprise's union."""
    await told.database.run(
        Cypher(
            "MATCH (east:Union {id: 'east'}) CREATE (:Node:Organisation:Union {id: 'works', "
            "key: 'works', name: '厂工会', type: 'DIRECT_GRASSROOTS', tree: 'REGION', "
            "path: '/m/east/works/'})-[:SUBORDINATE_TO]->(east)"
        )
    )
    for union, title, nominee in (
        ("m", "OPERATION_METHOD", {"achievement_id": "a1"}),
        ("works", "CHIEF_WORKER", {"worker_id": "w1"}),
        ("works", "INNOVATION_PACESETTER", {"worker_id": "w2"}),
        ("east", "CHIEF_TECHNICIAN", {"worker_id": "w2"}),
    ):
        given = {**NARROW, "union_id": union, "title": title}
        await told.tell(Call("openAwardRound", given, "round", CITY), nominate(title, **nominee))
        await told.tell(name(title))
    text = "MATCH (d:Designation) RETURN collect([d.title, d.level])"
    assert sorted(await told.value(text)) == [
        ["CHIEF_TECHNICIAN", "DISTRICT"], ["CHIEF_WORKER", "ENTERPRISE"],
        ["INNOVATION_PACESETTER", "ENTERPRISE"], ["OPERATION_METHOD", "MUNICIPAL"],
    ]  # fmt: skip


@pytest.mark.policy("E06", "E07", "E09")
async def test_preference_is_a_reason_that_is_shown(told: Teller) -> None:
    await told.database.run(
        Cypher(
            "MATCH (w {id: 'w1'}) CREATE (w)-[:LEADS]->(s:Node:Studio {id: 's', key: 's'}), "
            "(s)<-[:DESIGNATES]-(:Node:StudioDesignation {id: 'd', key: 'd', level: 'MUNICIPAL', "
            "valid_from: date('2012-01-01')}), (w)-[:CONTRIBUTED_TO]->(:Node:Achievement {id: 'x', "
            "key: 'x', title: 'x'})"
        )
    )
    await told.tell(ROUND, nominate("led", worker_id="w1"), nominate("plain", worker_id="w2"))
    text = "MATCH (n:Node {id: $id}) RETURN n.preferences"
    led = await told.value(text, id=told.known["led"])
    assert [reason[-4:-1] for reason in led] == ["E07", "E07"]
    assert await told.value(text, id=told.known["plain"]) == []


@pytest.mark.policy("E08")
async def test_bearer_is_recommended_once_and_while_the_title_is_borne(told: Teller) -> None:
    await told.tell(ROUND, nominate("w", worker_id="w1"), name("w"))
    await told.tell(Call("openAwardRound", HIGHER, "higher", CITY))
    recommend = Call(
        "recommendForHigherAward",
        {"designation_id": "$named-w.designation", "round_id": "$higher"},
        by=CITY,
    )
    end = "MATCH (d:Designation) SET d.valid_to = date($day)"
    await told.database.run(Cypher(end, {"day": TODAY.isoformat()}))
    assert await told.refusal(recommend) == "TITLE_ENDED"
    await told.database.run(Cypher(end, {"day": "2030-01-01"}))
    await told.tell(recommend)
    assert await told.refusal(replace(recommend, later=timedelta(seconds=1))) == "ALREADY_DONE"
    elsewhere = replace(recommend, given={**recommend.given, "round_id": "$round"})
    await told.tell(elsewhere)  # a second change at the same moment
    assert await told.value("MATCH (d:Designation) RETURN count(d.recorded_to)") == 2


JOIN = Call("joinAssociation", {"worker_id": "w1", "association_id": "ta"}, "member", EAST)


@pytest.mark.policy("J06", "J05")
async def test_a_member_joins_once_and_serves_on_a_committee_of_hers(told: Teller) -> None:
    await told.tell(JOIN)
    assert await told.refusal(JOIN) == "ALREADY_MEMBER"
    leave = Call("leaveAssociation", {"membership_id": "$member"}, by=EAST, later=timedelta(1))
    await told.tell(leave)
    assert await told.refusal(leave) == "NOT_A_MEMBER"
    await told.database.run(
        Cypher("CREATE (:Node:SpecialCommittee {id: 'foreign', key: 'foreign', name: '别家'})")
    )
    again = Call("joinAssociation", JOIN.given, by=EAST, later=timedelta(2))
    assert await told.refusal(again, committee_id="foreign") == "NOT_ITS_COMMITTEE"
    assert await told.refusal(again, committee_id="sc") == ""


DRAFT = Call(
    "draftStandard",
    {"name": "标准", "number": "JX-1", "occupation_id": "o1", "association_id": "ta"},
    "standard",
    EAST,
)
CERTIFY = Call(
    "certify", {"worker_id": "w1", "standard_id": "$standard", "skill_level": "SENIOR"}, "", EAST
)


@pytest.mark.policy("J11", "C03", "C05")
async def test_standards_are_for_non_certificate_and_emerging_occupations(told: Teller) -> None:
    text = "MATCH (o:Occupation) SET o.certificate_required = true, o.emerging = $emerging"
    await told.database.run(Cypher(text, {"emerging": False}))
    assert await told.refusal(DRAFT) == "CERTIFICATE_OCCUPATION"
    await told.database.run(Cypher(text, {"emerging": True}))
    await told.tell(DRAFT)


@pytest.mark.policy("J11", "J12", "J13")
async def test_certification_rests_on_a_published_standard_and_raises_the_level(
    told: Teller,
) -> None:
    await told.tell(DRAFT)
    assert await told.refusal(CERTIFY) == "STANDARD_NOT_PUBLISHED"
    await told.tell(Call("publishStandard", {"occupation_standard_id": "$standard"}, by=EAST))
    await told.tell(CERTIFY)
    text = """MATCH (w:Worker {id: 'w1'})<-[:ABOUT_WORKER]-(r:SkillLevelRecord)
      -[:CERTIFIED_BY]->(:OccupationStandard)-[:DEFINES]->(o)<-[:IN_OCCUPATION]-(r)
      RETURN [w.skill_level, r.skill_level, o.id]"""
    assert await told.value(text) == [3, 3, "o1"]
