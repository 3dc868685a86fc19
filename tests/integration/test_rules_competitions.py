"""Rules of competitions, promotion and support, from both sides."""

from datetime import date, timedelta
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.rules.support import eligible
from graph.viewer import ADMINISTRATOR, Role, Viewer
from tests.stories.competitions import (
    HOLD,
    PROPOSE,
    RANK,
    SELECT,
    WORLD,
    enter,
    place,
    ranked,
)
from tests.stories.support import apply, rule
from tests.stories.told import CITY, EAST, TODAY, WEST, Call, Teller

PROMOTE = Call("promoteByCompetition", {"entry_id": "$w1", "skill_level": "TECHNICIAN"}, by=CITY)
AFTER = timedelta(30)


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


@pytest.mark.policy("W04", "A05", "A07")
async def test_competition_goes_from_call_to_ranking_in_order(told: Teller) -> None:
    await told.tell(PROPOSE)
    select = {"competition_proposal_id": "$proposal"}
    assert await told.refusal(Call("selectCompetition", select, by=EAST)) == "FORBIDDEN"
    await told.tell(SELECT, enter("w1"))
    assert await told.refusal(place("w1", 1)) == "NOT_HELD"
    assert await told.refusal(RANK) == "WRONG_STATE"
    await told.tell(HOLD)
    assert await told.refusal(enter("w2")) == "ENTRIES_CLOSED"
    assert await told.refusal(RANK) == "NOBODY_PLACED"
    await told.tell(place("w1", 1), RANK)


@pytest.mark.policy("A10", "A09", "X04")
@pytest.mark.parametrize("scope", ["INDUSTRY", "REGIONAL", "KEY_PROJECT"])
async def test_union_selects_its_own_industry_regional_and_key_project_contests(
    told: Teller, scope: str
) -> None:
    await told.tell(Call("proposeCompetition", {**PROPOSE.given, "scope": scope}, "p", EAST))
    select = {"competition_proposal_id": "$p"}
    assert await told.refusal(Call("selectCompetition", select, by=WEST)) == "FORBIDDEN"
    await told.tell(Call("selectCompetition", select, by=EAST))
    assert await told.value("MATCH (c:Competition)-[:ORGANISED_BY]->(u) RETURN u.id") == "east"


@pytest.mark.policy("A01", "A02")
@pytest.mark.parametrize("category", ["LABOUR", "SKILLS"])
async def test_selected_competition_keeps_category_class_series_and_level(
    told: Teller, category: str
) -> None:
    await told.tell(Call(PROPOSE.operation, {**PROPOSE.given, "category": category}, "p", EAST))
    await told.tell(Call("selectCompetition", {"competition_proposal_id": "$p"}, by=CITY))
    text = "MATCH (c:Competition) RETURN [c.category, c.grade, c.series, c.level, c.state]"
    assert await told.value(text) == [category, 2, "职工技协杯", "MUNICIPAL", "PLANNED"]


@pytest.mark.policy("A13", "A14")
async def test_competition_is_held_with_partners_and_by_published_rules(told: Teller) -> None:
    await told.tell(PROPOSE, SELECT, HOLD)
    text = """MATCH (partner)-[:CO_ORGANISES]->(c:Competition)<-[:GOVERNS]-(rules:PolicyDocument)
              RETURN [partner.id, rules.id]"""
    assert await told.value(text) == ["partner", "measures"]


@pytest.mark.policy("A06")
async def test_worker_enters_in_an_occupation_that_the_competition_covers(told: Teller) -> None:
    await told.tell(PROPOSE, SELECT)
    assert await told.refusal(enter("w1"), occupation_id="miller") == "NOT_IN_THIS_OCCUPATION"
    herself = Viewer(frozenset({Role.WORKER}), person="w1")
    given = enter("w1").given
    await told.tell(Call("enterCompetition", given, by=herself))
    assert await told.refusal(enter("w1")) == "ALREADY_DONE"


@pytest.mark.policy("A08", "A15")
async def test_ranking_promotes_upwards_once_and_only_when_published(told: Teller) -> None:
    await told.tell(*ranked(w1=1)[:-1])
    assert await told.refusal(PROMOTE) == "NOT_RANKED"
    await told.tell(RANK)
    assert await told.refusal(PROMOTE, skill_level="SENIOR") == "NOT_HIGHER"
    await told.tell(PROMOTE)
    assert await told.refusal(PROMOTE, skill_level="SENIOR_TECHNICIAN") == "ALREADY_DONE"
    text = """MATCH (w:Worker {id: 'w1'})<-[:ABOUT_WORKER]-(r:SkillLevelRecord {via: 'COMPETITION'})
              RETURN [w.skill_level, r.skill_level]"""
    assert await told.value(text) == [4, 4]


@pytest.mark.policy("A11", "X05", "J07")
@pytest.mark.parametrize("kind", ["DRILL", "TRAINING", "CONTEST", "RENOVATION", "ENERGY_SAVING"])
async def test_five_kinds_of_mass_activity_are_recorded_for_the_unions_own(
    told: Teller, kind: str
) -> None:
    given = {"name": "活动", "type": kind, "day": TODAY, "union_id": "east"}
    assert await told.refusal(Call("recordMassActivity", given, by=WEST)) == "FORBIDDEN"
    await told.tell(Call("recordMassActivity", given, by=EAST))


async def reasons(told: Teller, worker: str, day: date = TODAY) -> list[tuple[str, Any]]:
    rows = await eligible(told.database, worker, day, ADMINISTRATOR) or []
    return [(row["rule"], row["facts"]) for row in rows]


@pytest.mark.policy("C02", "T11")
async def test_first_ten_of_a_class_two_contest_are_supported_with_the_path_as_reason(
    told: Teller,
) -> None:
    await told.tell(*ranked(w1=10, w2=11), rule("city"))
    assert await reasons(told, "w1") == [(told.known["city"], ["welder", 10, "职工技协杯焊工竞赛"])]
    assert await reasons(told, "w2") == []
    [row] = await eligible(told.database, "w1", TODAY, ADMINISTRATOR)
    entry, contest = told.known["w1"], told.known["proposal.competition"]
    assert row["path"] == ["w1", entry, contest, "welder", told.known["city"]]
    assert await told.refusal(apply("no", "city", "w2")) == "NOT_ELIGIBLE"
    await told.tell(apply("yes", "city"))


@pytest.mark.policy("C02", "T11")
@pytest.mark.parametrize(
    "change",
    [
        "MATCH (c:Competition) SET c.grade = 1",
        "MATCH (c:Competition) SET c.level = 'DISTRICT'",
        "MATCH (c:Competition) SET c.state = 'HELD'",
        "MATCH (o:Occupation) SET o.certificate_required = true",
        "MATCH (w:Worker) SET w.region_path = '/elsewhere/'",
    ],
)
async def test_class_level_ranking_occupation_and_union_each_decide(
    told: Teller, change: Any
) -> None:
    await told.tell(*ranked(w1=1), rule("city"))
    assert len(await reasons(told, "w1")) == 1
    await told.database.run(Cypher(change))
    assert await reasons(told, "w1") == []


@pytest.mark.policy("C03", "C06")
@pytest.mark.parametrize(("listed_from", "supported"), [(1, True), (0, False), (-9, False)])
async def test_list_of_the_day_of_the_contest_decides_whatever_is_listed_later(
    told: Teller, listed_from: int, supported: bool
) -> None:
    await told.tell(*ranked(w1=1), rule("city"))
    listing = {
        "occupation_id": "welder",
        "list": "CERTIFICATE",
        "valid_from": TODAY + timedelta(listed_from),
    }
    await told.tell(Call("listOccupation", listing, by=CITY))
    assert bool(await reasons(told, "w1", TODAY + AFTER)) is supported


@pytest.mark.policy("C03", "C06")
async def test_occupation_is_on_a_list_once_and_leaves_it_once(told: Teller) -> None:
    given = {"occupation_id": "miller", "list": "CERTIFICATE"}
    enter_list = Call("listOccupation", given, "listing", CITY)
    leave_list = Call("unlistOccupation", {"occupation_listing_id": "$listing"}, by=CITY)
    await told.tell(enter_list)
    assert await told.refusal(enter_list) == "ALREADY_LISTED"
    await told.tell(leave_list)
    assert await told.refusal(leave_list) == "NOT_IN_FORCE"
    await told.tell(enter_list)


@pytest.mark.policy("C06", "C04")
async def test_rule_that_ended_still_judges_what_happened_before(told: Teller) -> None:
    await told.tell(*ranked(w1=1), rule("city"))
    end = Call("endSupportRule", {"support_rule_id": "$city"}, by=CITY, later=AFTER)
    await told.tell(end)
    assert await told.refusal(end) == "NOT_IN_FORCE"
    assert len(await reasons(told, "w1", TODAY + AFTER)) == 1
    await told.tell(rule("later", valid_from=TODAY + timedelta(1)))
    assert len(await reasons(told, "w1", TODAY + AFTER)) == 1, "made after the contest"


@pytest.mark.policy("C04", "Z02")
async def test_pilot_supports_a_level_reached_in_the_occupations_it_names(told: Teller) -> None:
    pilot = rule(
        "pilot",
        basis="LEVEL_REACHED",
        skill_level="SENIOR",
        pilot=True,
        occupations_kind="CERTIFICATE",
        occupation_ids=["welder"],
        valid_from=date(2011, 1, 1),
    )
    assert await told.refusal(rule("x", basis="LEVEL_REACHED")) == "RULE_INCOMPLETE"
    await told.tell(pilot)
    assert await reasons(told, "w1") == []
    await told.database.run(Cypher("MATCH (o:Occupation) SET o.certificate_required = true"))
    assert await reasons(told, "w1") == [(told.known["pilot"], ["welder", 3])]
    by_level = apply("it", "pilot", entry_id=None, record_id="r1")
    await told.tell(by_level)
    assert await told.refusal(by_level) == "LEVEL_PAYS_ONCE"


@pytest.mark.policy("C05")
async def test_pilot_of_emerging_occupations_holds_for_those_only(told: Teller) -> None:
    await told.tell(*ranked(w1=1), rule("new", occupations_kind="EMERGING"))
    assert await reasons(told, "w1") == []
    await told.database.run(Cypher("MATCH (o:Occupation) SET o.emerging = true"))
    assert len(await reasons(told, "w1")) == 1


@pytest.mark.policy("C07", "C10")
async def test_several_levels_pay_for_one_event_and_each_level_once(told: Teller) -> None:
    own: dict[str, Any] = {"by": EAST, "union_id": "east", "level": "DISTRICT"}
    await told.tell(*ranked(w1=1), rule("city"), rule("east", **own), rule("other"))
    await told.tell(apply("a", "city"), apply("b", "east"))
    assert await told.refusal(apply("c", "other")) == "LEVEL_PAYS_ONCE"
    reject = {"support_grant_id": "$a", "decision": "材料不全"}
    await told.tell(Call("rejectSupport", reject, by=CITY), apply("c", "other"))


@pytest.mark.policy("C01")
async def test_support_is_applied_for_granted_and_paid_in_that_order(told: Teller) -> None:
    await told.tell(*ranked(w1=1), rule("city"), apply("a", "city"))
    grant = {"support_grant_id": "$a"}
    assert await told.refusal(Call("paySupport", grant, by=CITY)) == "WRONG_STATE"
    assert await told.refusal(Call("grantSupport", grant, by=EAST)) == "FORBIDDEN"
    await told.tell(Call("grantSupport", grant, by=CITY), Call("paySupport", grant, by=CITY))
    assert await told.refusal(apply("b", "city"), record_id="r1") == "ONE_EVENT"


@pytest.mark.policy("C08", "C09", "F05")
async def test_shares_of_a_grant_come_from_several_sources_and_stay_within_the_whole(
    told: Teller,
) -> None:
    await told.tell(*ranked(w1=1), rule("city"), apply("a", "city"))
    half = {"grant_id": "$a", "source_kind": "FEDERATION", "ratio": 0.5}
    await told.tell(Call("shareFunding", half, by=CITY))
    more = Call("shareFunding", {**half, "source_kind": "SOCIAL", "ratio": 0.6}, by=CITY)
    assert await told.refusal(more) == "SHARES"
    assert await told.refusal(more, ratio=0.0) == "SHARES"
    await told.perform(more, ratio=0.5)


@pytest.mark.policy("Z02")
async def test_rule_may_ask_for_the_stage_that_was_reached(told: Teller) -> None:
    await told.tell(*ranked(w1=1), rule("city", lowest_stage="FINAL"))
    assert len(await reasons(told, "w1")) == 1
    await told.database.run(Cypher("MATCH (e:CompetitionEntry) SET e.stage_reached = 2"))
    assert await reasons(told, "w1") == []


async def test_query_shows_rule_event_and_reason(told: Teller, ask: Any) -> None:
    await told.tell(*ranked(w1=3), rule("city"))
    text = """query ($worker: ID!) { eligibleForSupport(workerId: $worker, asOf: "2015-12-31") {
      rule { name } entry { rank } record { id } since amount reason path applied } }"""
    [row] = (await ask(text, worker="w1"))["eligibleForSupport"]
    merged = "MATCH (w:Worker {id: 'w1'}) CREATE (:Merged {id: 'old'})-[:MERGED_INTO]->(w)"
    await told.database.run(Cypher(merged))
    assert (await ask(text, worker="old"))["eligibleForSupport"] == [row]
    assert row["path"][0] == "w1"
    assert {name: row[name] for name in row if name != "path"} == {
        "rule": {"name": "city"},
        "entry": {"rank": 3},
        "record": None,
        "since": "2015-03-02",
        "amount": 100_000,
        "reason": "职工技协杯焊工竞赛（welder）第3名",
        "applied": False,
    }
