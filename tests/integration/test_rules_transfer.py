"""Rules of transfer, problems and research pairing, from both sides."""

from datetime import date, timedelta
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import Role, Viewer
from tests.stories.pairing import (
    AGREED,
    ANSWER,
    AS_INSTITUTE,
    AS_STUDIO,
    INSTITUTE,
    PROPOSE,
    RAISE,
    SOLVE,
    joint,
    visit,
)
from tests.stories.told import CITY, EAST, TODAY, WEST, Call, Teller
from tests.stories.transfer import (
    BENEFIT,
    CONCLUDE,
    DEFINE,
    END_DEFINITION,
    INTEREST,
    LIST,
    NAME,
    REGISTER,
    REVIEW,
    WORLD,
)

STEP = {"research_pairing_id": "$pair"}


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


def enterprise(name: str) -> Viewer:
    return Viewer(frozenset({Role.ENTERPRISE}), organisation=name)


@pytest.mark.policy("V01", "V02")
async def test_achievement_is_named_once_and_after_a_review_that_recommends_it(
    told: Teller,
) -> None:
    await told.tell(REGISTER)
    assert await told.refusal(NAME) == "NOT_RECOMMENDED"
    await told.perform(REVIEW, year=2014, verdict="NOT_RECOMMENDED")
    assert await told.refusal(NAME) == "NOT_RECOMMENDED"
    await told.tell(REVIEW)
    assert await told.refusal(Call("nameAchievement", NAME.given, by=EAST)) == "FORBIDDEN"
    await told.tell(NAME)
    assert await told.refusal(NAME) == "ALREADY_NAMED"


@pytest.mark.policy("V03", "V09", "X15")
@pytest.mark.parametrize("kind", ["PROCESS", "INVENTION", "OPERATION_METHOD", "RENOVATION"])
async def test_four_kinds_of_achievement_are_registered_with_their_makers(
    told: Teller, kind: str
) -> None:
    await told.perform(REGISTER, kind=kind)
    text = """MATCH (w:Worker)-[:CONTRIBUTED_TO]->(a:Achievement {kind: $kind})-[:MADE_BY]->(s)
              WHERE a.title STARTS WITH '免' RETURN [w.id, s.id, toString(a.registered)]"""
    assert await told.value(text, kind=kind) == ["w", "s", TODAY.isoformat()]
    stranger = Call("registerAchievement", REGISTER.given, by=WEST)
    assert await told.refusal(stranger, contributor_ids=[]) == "FORBIDDEN"


@pytest.mark.policy("V10", "V18")
async def test_listing_is_offered_once_until_it_is_sold_or_withdrawn(told: Teller) -> None:
    await told.tell(REGISTER, LIST)
    assert await told.refusal(LIST) == "ALREADY_LISTED"
    await told.tell(Call("withdrawListing", {"listing_id": "$l"}, by=enterprise("owner")))
    assert await told.refusal(INTEREST) == "NOT_OFFERED"
    await told.tell(LIST, INTEREST)
    assert await told.refusal(INTEREST) == "ALREADY_DONE"


@pytest.mark.policy("V10", "V11", "V21")
async def test_contract_closes_the_listing_it_came_of(told: Teller) -> None:
    await told.tell(REGISTER, LIST, CONCLUDE)
    assert await told.value("MATCH (l:Listing) RETURN l.state") == "SOLD"
    assert await told.refusal(CONCLUDE, number="二") == "OTHER_LISTING"
    assert await told.refusal(CONCLUDE, listing_id=None) == "ALREADY_DONE"
    text = "MATCH (c:TechContract)-[:BROKERED_BY]->(u) RETURN u.id"
    assert await told.value(text) == "east"


@pytest.mark.policy("V13", "Z04", "X16")
@pytest.mark.parametrize(
    ("kind", "one_of_four"),
    [
        pytest.param("DEVELOPMENT", True, marks=pytest.mark.policy("V14")),
        pytest.param("TRANSFER", True, marks=pytest.mark.policy("V15")),
        pytest.param("CONSULTING", True, marks=pytest.mark.policy("V16")),
        pytest.param("SERVICE", True, marks=pytest.mark.policy("V17")),
        ("LICENCE", False),
    ],
)
async def test_licence_is_a_contract_but_not_one_of_the_four(
    told: Teller, kind: str, one_of_four: bool
) -> None:
    await told.tell(REGISTER)
    await told.perform(CONCLUDE, listing_id=None, type=kind)
    assert await told.value("MATCH (c:TechContract) RETURN c.four_technologies") is one_of_four


@pytest.mark.policy("V11")
async def test_owner_needs_no_contract_and_strangers_conclude_none(told: Teller) -> None:
    await told.tell(REGISTER, LIST)
    assert await told.refusal(CONCLUDE, enterprise_id="owner") == "OWN_ACHIEVEMENT"
    stranger = Call("concludeContract", CONCLUDE.given, by=enterprise("buyer"))
    assert await told.refusal(stranger) == "FORBIDDEN"
    await told.tell(Call("concludeContract", CONCLUDE.given, by=enterprise("owner")))


@pytest.mark.policy("V20")
async def test_benefit_comes_of_use_and_is_recorded_once_a_year(told: Teller) -> None:
    await told.tell(REGISTER)
    assert await told.refusal(BENEFIT) == "DOES_NOT_USE_IT"
    await told.perform(BENEFIT, enterprise_id="owner")
    await told.tell(LIST, CONCLUDE)
    assert await told.refusal(BENEFIT, economic=None, social=None) == "NO_BENEFIT"
    await told.tell(BENEFIT)
    assert await told.refusal(BENEFIT, economic=1) == "ALREADY_DONE"
    await told.perform(BENEFIT, year=2016)


@pytest.mark.policy("W06", "S16")
async def test_achievement_goes_from_the_studio_to_the_benefit_in_one_lineage(
    told: Teller,
) -> None:
    await told.tell(REGISTER, REVIEW, NAME, LIST, INTEREST, CONCLUDE, BENEFIT)
    text = """MATCH (s:Studio)<-[:MADE_BY]-(a:Achievement)<-[:NAMES]-(d:Designation),
      (a)<-[:OFFERS]-(l:Listing)<-[:INTERESTED_IN]-(i:ListingInterest)-[:FROM_ENTERPRISE]->(buyer),
      (l)<-[:CAME_OF]-(c:TechContract)-[:WITH_BUYER]->(buyer)<-[:BENEFITED]-(b:BenefitRecord)
      RETURN [s.id, d.title, buyer.id, c.amount, b.economic]"""
    named = "CAPITAL_ACHIEVEMENT"
    assert await told.value(text) == ["s", named, "buyer", 900_000, 2_000_000]


@pytest.mark.policy("V04")
async def test_patent_is_subsidised_if_it_protects_an_achievement(told: Teller) -> None:
    given = {"patent_id": "patent", "union_id": "east", "amount": 1}
    apply = Call("applyPatentSubsidy", given, "x", EAST)
    await told.tell(apply)
    assert await told.refusal(apply) == "ALREADY_DONE"
    await told.database.run(Cypher("MATCH ({id: 'patent2'})-[r:PROTECTS]->() DELETE r"))
    assert await told.refusal(apply, patent_id="patent2") == "PROTECTS_NOTHING"
    decide = {"patent_subsidy_id": "$x"}
    assert await told.refusal(Call("grantPatentSubsidy", decide, by=WEST)) == "FORBIDDEN"
    await told.tell(Call("grantPatentSubsidy", decide, by=EAST))


@pytest.mark.policy("V19")
async def test_exhibition_shows_achievements(told: Teller) -> None:
    given = {"name": "展", "day": TODAY, "union_id": "east", "achievement_ids": ["made"]}
    await told.tell(Call("exhibitAchievements", given, by=EAST))
    text = "MATCH (:Exhibition)-[:SHOWS]->(a) RETURN a.id"
    assert await told.value(text) == "made"


@pytest.mark.policy("V12", "V13")
async def test_what_counts_as_converted_is_said_once_for_each_day_and_the_whole_city(
    told: Teller,
) -> None:
    assert await told.refusal(DEFINE, contract_types=["SALE"]) == "UNKNOWN_CONTRACT_TYPE"
    assert await told.refusal(DEFINE, union_id="east") == "NOT_THE_FEDERATION"
    await told.tell(DEFINE)
    other = {"name": "五类口径", "valid_to": None}
    for first, code in (
        (date(2014, 1, 1), "DEFINITIONS_OVERLAP"),
        (date(2019, 12, 31), "DEFINITIONS_OVERLAP"),
        (date(2020, 1, 1), ""),
    ):
        assert await told.refusal(DEFINE, **other, valid_from=first) == code
    await told.tell(END_DEFINITION)
    assert await told.refusal(END_DEFINITION) == "NOT_IN_FORCE"


@pytest.mark.policy("J08", "V22", "W07")
async def test_problem_is_raised_answered_and_solved_by_one_of_its_answers(told: Teller) -> None:
    await told.tell(RAISE)
    unanswered = Call("solveProblem", {"technical_problem_id": "$p", "answer_id": "none"}, by=EAST)
    assert await told.refusal(unanswered) == "NOT_FOUND"
    await told.tell(ANSWER)
    assert await told.value("MATCH (p:TechnicalProblem) RETURN p.state") == "MATCHED"
    other = Call("raiseProblem", {**RAISE.given, "title": "另一难题"}, "q", EAST)
    await told.tell(other, Call("answerProblem", {"problem_id": "$q", "text": "换料"}, "r", EAST))
    assert await told.refusal(SOLVE, answer_id=told.known["r"]) == "OTHER_PROBLEM"
    await told.tell(SOLVE)
    assert await told.refusal(ANSWER, text="再来") == "NOT_OPEN"


@pytest.mark.policy("J08")
async def test_expired_problem_takes_no_answer(told: Teller) -> None:
    await told.tell(RAISE)
    late = Call("answerProblem", ANSWER.given, by=EAST, later=timedelta(301))
    assert await told.refusal(late) == "NOT_OPEN"


@pytest.mark.policy("J08", "M09")
async def test_problem_is_seen_by_the_unions_it_was_reported_to(told: Teller) -> None:
    raised = Call("raiseProblem", RAISE.given, "p", by=enterprise("buyer"))
    await told.tell(raised)
    path = await told.value("MATCH (p:TechnicalProblem) RETURN p.region_path")
    assert path == "/m/east/"
    assert await told.refusal(Call("answerProblem", ANSWER.given, by=WEST)) == "NOT_FOUND"
    await told.tell(ANSWER)


@pytest.mark.policy("V05", "W05")
@pytest.mark.parametrize("only", [AS_STUDIO, AS_INSTITUTE])
async def test_one_side_alone_makes_no_research_pairing(told: Teller, only: Call) -> None:
    await told.tell(PROPOSE, only)
    assert await told.refusal(visit("v", "走进")) == "NOT_AGREED"
    assert await told.refusal(joint("j", "攻关")) == "NOT_AGREED"
    await told.tell(AS_STUDIO if only is AS_INSTITUTE else AS_INSTITUTE)
    await told.tell(visit("v", "走进"), joint("j", "攻关"))


@pytest.mark.policy("V05")
async def test_each_side_answers_for_itself(told: Teller) -> None:
    await told.tell(PROPOSE)
    swapped = Call("acceptResearchPairingAsStudio", STEP, by=INSTITUTE)
    assert await told.refusal(swapped) == "FORBIDDEN"
    for_institute = Call("acceptResearchPairingAsInstitute", STEP, by=CITY)
    assert await told.refusal(for_institute) == "FORBIDDEN"
    await told.tell(Call("declineResearchPairing", STEP, by=INSTITUTE))
    assert await told.refusal(AS_STUDIO) == "WRONG_STATE"


@pytest.mark.policy("V05")
async def test_only_research_units_in_beijing_are_paired_and_once(told: Teller) -> None:
    assert await told.refusal(PROPOSE, institute_id="far") == "NOT_IN_BEIJING"
    await told.tell(*AGREED)
    assert await told.refusal(PROPOSE) == "ALREADY_PAIRED"
    await told.tell(Call("endResearchPairing", STEP, by=INSTITUTE), PROPOSE)


@pytest.mark.policy("V06", "T07", "Z03")
async def test_visits_are_projects_of_a_pairing_counted_once_however_often_experts_come(
    told: Teller,
) -> None:
    await told.tell(*AGREED, visit("v", "走进"))
    assert await told.refusal(visit("v", "走进")) == "ALREADY_DONE"
    step: dict[str, Any] = {"expert_visit_project_id": "$v", "visited": TODAY}
    await told.tell(Call("carryOutVisitProject", step, by=INSTITUTE))
    assert await told.refusal(Call("carryOutVisitProject", step, by=EAST)) == "WRONG_STATE"
    text = """
    MATCH (v:ExpertVisitProject)-[:VISITS]->(s:Studio) RETURN collect([s.id, v.guidance_areas])
    """
    assert await told.value(text) == [["s", ["INNOVATION", "CONVERSION"]]]
    assert (
        await told.refusal(visit("w", "再走进"), guidance_areas=["VISION", "NONSENSE"]) == "UNKNOWN"
    )


@pytest.mark.policy("V07", "W05")
async def test_joint_project_ends_in_an_achievement(told: Teller) -> None:
    await told.tell(*AGREED, joint("j", "攻关"))
    finish = {"collaborative_project_id": "$j", "outcome": "成", "achievement_id": "made"}
    await told.tell(Call("finishCollaboration", finish, by=INSTITUTE))
    text = "MATCH (c:CollaborativeProject)-[:LED_TO]->(a) RETURN [c.state, a.id]"
    assert await told.value(text) == ["FINISHED", "made"]
