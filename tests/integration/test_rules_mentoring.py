"""Rules of mentoring, from both sides."""

from datetime import date, timedelta
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import Role, Viewer
from tests.stories.mentoring import PEOPLE
from tests.stories.told import CITY, EAST, TODAY, WEST, Call, Teller

PROPOSE = Call("proposePairing", {"worker_id": "learner", "master_id": "master"}, "g", EAST)
STEP: dict[str, Any] = {"mentoring_agreement_id": "$g"}
MASTER_ACCEPTS = Call("acceptPairingAsMaster", STEP, by=EAST)
APPRENTICE_ACCEPTS = Call("acceptPairingAsApprentice", STEP, by=EAST)
DECLINE = Call("declinePairing", STEP, by=EAST)
SIGN = Call("signAgreement", STEP, by=EAST)
SIGNED = (PROPOSE, MASTER_ACCEPTS, APPRENTICE_ACCEPTS, SIGN)
PLACES = Call("declareMentorPlaces", {"master_id": "master", "capacity": 2}, by=EAST)
SCHEME = Call(
    "openAllowanceScheme", {"name": "津贴", "union_id": "m", "amount": 100_000}, "scheme", CITY
)
ASSESS = Call(
    "recordAssessment",
    {"agreement_id": "$g", "period": "2015", "result": "PASSED", "assessed": TODAY},
    by=EAST,
)
APPROVE = Call(
    "approveAllowance",
    {"agreement_id": "$g", "period": "2015", "scheme_id": "$scheme"},
    "allowance",
    CITY,
)


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(PEOPLE)
    return teller


@pytest.mark.policy("M05", "W01")
@pytest.mark.parametrize("only", [MASTER_ACCEPTS, APPRENTICE_ACCEPTS])
async def test_one_consent_makes_no_pair_and_two_do(told: Teller, only: Call) -> None:
    await told.tell(PROPOSE, only)
    assert await told.refusal(SIGN) == "WRONG_STATE"
    assert await told.refusal(only) == "WRONG_STATE"
    await told.tell(APPRENTICE_ACCEPTS if only is MASTER_ACCEPTS else MASTER_ACCEPTS, SIGN)
    assert await told.value("MATCH (:Worker {id: 'master'})-[m:MENTORS]->(w) RETURN w.id") == (
        "learner"
    )


@pytest.mark.policy("M05")
@pytest.mark.parametrize("steps", range(4))
async def test_either_declines_at_every_step_before_signing_without_a_reason(
    told: Teller, steps: int
) -> None:
    await told.tell(*SIGNED[: max(1, steps)], DECLINE)
    assert await told.refusal(SIGN) == "WRONG_STATE"


def herself(worker: str) -> Viewer:
    return Viewer(frozenset({Role.WORKER, Role.MASTER}), person=worker)


@pytest.mark.policy("M05")
async def test_each_side_answers_for_herself_only_and_may_leave(told: Teller) -> None:
    await told.tell(PROPOSE)
    for_master = Call("acceptPairingAsMaster", STEP, by=herself("learner"))
    assert await told.refusal(for_master) == "FORBIDDEN"
    stranger = Call("declinePairing", STEP, by=herself("second"))
    assert await told.refusal(stranger) in {"FORBIDDEN", "NOT_FOUND"}
    await told.tell(
        Call("acceptPairingAsApprentice", STEP, by=herself("learner")),
        Call("acceptPairingAsMaster", STEP, by=herself("master")),
        SIGN,
        Call("terminateAgreement", STEP, by=herself("learner")),
    )


@pytest.mark.policy("M05")
async def test_signed_agreement_is_terminated_not_declined(told: Teller) -> None:
    await told.tell(*SIGNED)
    assert await told.refusal(DECLINE) == "WRONG_STATE"
    await told.tell(Call("terminateAgreement", STEP, by=EAST))


@pytest.mark.policy("M05")
async def test_who_has_not_agreed_to_be_matched_is_not_proposed(told: Teller) -> None:
    consents = await told.database.run(_end_of_consent("learner"))
    assert len(consents) == 1
    assert await told.refusal(PROPOSE) == "NO_CONSENT"


@pytest.mark.policy("M05", "M06")
async def test_a_master_is_another_than_the_apprentice_and_teaches(told: Teller) -> None:
    assert await told.refusal(PROPOSE, master_id="learner") == "SAME_PERSON"
    assert await told.refusal(PROPOSE, master_id="second") == "NOT_A_MASTER"
    await told.tell(PROPOSE)


@pytest.mark.policy("M05")
async def test_a_pair_has_one_open_agreement(told: Teller) -> None:
    await told.tell(PROPOSE)
    assert await told.refusal(PROPOSE) == "ALREADY_PAIRED"
    await told.tell(DECLINE, PROPOSE)


@pytest.mark.policy("M22", "C11")
async def test_a_master_is_in_post_above_the_apprentice(told: Teller) -> None:
    post = "MATCH (e:Employment) SET e.engaged_level = $level"
    for level, code in ((2, "LEVEL_TOO_LOW"), (3, "")):
        await told.database.run(Cypher(post, {"level": level}))
        assert await told.refusal(PROPOSE) == code


@pytest.mark.policy("M05")
async def test_a_proposal_is_recalled_once_and_expires_after_its_last_day(told: Teller) -> None:
    last = TODAY + timedelta(9)
    await told.tell(Call("proposePairing", {**PROPOSE.given, "answer_by": last}, "g", EAST))
    for operation, days, code in (
        ("remindOfPairing", 5, "NOT_DUE"), ("remindOfPairing", 6, ""),
        ("remindOfPairing", 7, "NOT_DUE"), ("expirePairing", 9, "NOT_EXPIRED"),
        ("remindOfPairing", 10, "NOT_DUE"), ("expirePairing", 10, ""),
    ):  # fmt: skip
        assert await told.refusal(Call(operation, STEP, by=EAST, later=timedelta(days))) == code


@pytest.mark.policy("M06")
async def test_places_are_declared_when_they_are_others(told: Teller) -> None:
    assert await told.refusal(PLACES, capacity=1) == "NOTHING_NEW"
    await told.tell(PLACES)
    assert await told.refusal(PLACES) == "NOTHING_NEW"
    await told.perform(PLACES, mode="PAIR")


@pytest.mark.policy("M05")
async def test_answer_after_the_last_day_is_too_late(told: Teller) -> None:
    await told.tell(Call("proposePairing", {**PROPOSE.given, "answer_by": TODAY}, "g", EAST))
    late = Call("acceptPairingAsMaster", STEP, by=EAST, later=timedelta(1))
    assert await told.refusal(late) == "ANSWERED_TOO_LATE"
    await told.tell(MASTER_ACCEPTS)


@pytest.mark.policy("M06")
async def test_no_more_are_signed_than_the_master_has_places(told: Teller) -> None:
    second = Call("proposePairing", {**PROPOSE.given, "worker_id": "second"}, "g", EAST)
    await told.tell(*SIGNED)
    assert await told.refusal(second) == "CAPACITY_FULL"
    await told.tell(PLACES, second, MASTER_ACCEPTS, APPRENTICE_ACCEPTS, SIGN)


@pytest.mark.policy("M06")
async def test_place_is_taken_by_signing_not_by_agreeing(told: Teller) -> None:
    await told.tell(PROPOSE, MASTER_ACCEPTS, APPRENTICE_ACCEPTS)
    first = told.known["g"]
    second = Call("proposePairing", {**PROPOSE.given, "worker_id": "second"}, "g", EAST)
    await told.tell(second, MASTER_ACCEPTS, APPRENTICE_ACCEPTS, SIGN)
    assert await told.refusal(SIGN, mentoring_agreement_id=first) == "CAPACITY_FULL"


@pytest.mark.policy("M10", "X07")
async def test_one_helps_one_leaves_no_room_for_another(told: Teller) -> None:
    alone = Call("proposePairing", {**PROPOSE.given, "mode": "ONE_HELPS_ONE"}, "g", EAST)
    await told.tell(PLACES, alone, MASTER_ACCEPTS, APPRENTICE_ACCEPTS, SIGN)
    second = Call("proposePairing", {**PROPOSE.given, "worker_id": "second"}, "g", EAST)
    await told.tell(second, MASTER_ACCEPTS, APPRENTICE_ACCEPTS)
    assert await told.refusal(SIGN) == "ONE_HELPS_ONE"


@pytest.mark.policy("M11", "M12")
async def test_pairs_and_several_apprentices_of_one_master_are_signed(told: Teller) -> None:
    paired = Call("proposePairing", {**PROPOSE.given, "mode": "PAIR"}, "g", EAST)
    await told.tell(PLACES, paired, MASTER_ACCEPTS, APPRENTICE_ACCEPTS, SIGN)
    many = {**PROPOSE.given, "worker_id": "second", "mode": "MASTER_APPRENTICE"}
    await told.tell(
        Call("proposePairing", many, "g", EAST), MASTER_ACCEPTS, APPRENTICE_ACCEPTS, SIGN
    )
    text = "MATCH (g:MentoringAgreement {state: 'ACTIVE'}) RETURN collect(g.mode)"
    assert sorted(await told.value(text)) == ["MASTER_APPRENTICE", "PAIR"]


@pytest.mark.policy("M07", "M08")
async def test_allowance_rests_on_a_passed_assessment_and_is_paid_once(told: Teller) -> None:
    await told.tell(*SIGNED, SCHEME)
    assert await told.refusal(APPROVE) == "NOT_ASSESSED"
    await told.tell(ASSESS, APPROVE)
    assert await told.refusal(APPROVE) == "ALREADY_DONE"
    pay = Call("payAllowance", {"allowance_payment_id": "$allowance"}, by=CITY)
    await told.tell(pay)
    assert await told.refusal(pay) == "WRONG_STATE"
    text = "MATCH (p:AllowancePayment) RETURN collect([p.state, p.amount, p.period])"
    assert await told.value(text) == [["PAID", 100_000, "2015"]]


@pytest.mark.policy("M08")
async def test_failed_assessment_brings_no_allowance(told: Teller) -> None:
    await told.tell(*SIGNED, SCHEME)
    await told.perform(ASSESS, result="FAILED")
    assert await told.refusal(APPROVE) == "NOT_ASSESSED"


@pytest.mark.policy("M08", "M07")
async def test_period_is_assessed_once_and_only_when_signed(told: Teller) -> None:
    await told.tell(*SIGNED[:3])
    assert await told.refusal(ASSESS) == "NOT_SIGNED"
    await told.tell(SIGN, ASSESS)
    assert await told.refusal(ASSESS, result="FAILED") == "ALREADY_DONE"
    assert await told.refusal(ASSESS, period="this year") == "PERIOD_FORM"
    await told.perform(ASSESS, period="2015-Q2")


@pytest.mark.policy("M09", "M01")
async def test_programme_is_for_its_own_region_or_system(told: Teller) -> None:
    programme = Call(
        "openMentoringProgramme", {"name": "师带徒", "union_id": "west", "opens": TODAY}, "p", WEST
    )
    await told.tell(programme)
    assert await told.refusal(PROPOSE, programme_id=told.known["p"]) == "OUTSIDE_PROGRAMME"
    await told.perform(PROPOSE, programme_id=await told.perform(programme_of("m")))
    assert await told.refusal(programme_of("m")) == "ALREADY_DONE"
    assert await told.refusal(programme_of("west", by=EAST)) == "FORBIDDEN"


def programme_of(union: str, by: Any = CITY) -> Call:
    given = {"name": "师带徒", "union_id": union, "opens": TODAY}
    return Call("openMentoringProgramme", given, by=by)


@pytest.mark.policy("M01")
async def test_programme_takes_pairings_from_its_first_to_its_last_day(told: Teller) -> None:
    opens = TODAY + timedelta(1)
    given = {"name": "师带徒", "union_id": "m", "opens": opens, "closes": opens}
    programme = await told.tell(Call("openMentoringProgramme", given, by=CITY))
    for day, code in ((0, "PROGRAMME_CLOSED"), (2, "PROGRAMME_CLOSED"), (1, "")):
        call = Call("proposePairing", PROPOSE.given, by=EAST, later=timedelta(day))
        assert await told.refusal(call, programme_id=programme) == code


@pytest.mark.policy("M13")
async def test_schemes_stand_side_by_side_and_pay_their_own_amount_while_in_force(
    told: Teller,
) -> None:
    east = {
        "name": "东城津贴",
        "union_id": "east",
        "amount": 80_000,
        "valid_from": date(2016, 1, 1),
    }
    await told.tell(*SIGNED, ASSESS, SCHEME, Call("openAllowanceScheme", east, "east", EAST))
    own = {**APPROVE.given, "scheme_id": "$east"}
    assert await told.refusal(Call("approveAllowance", own, by=EAST)) == "SCHEME_NOT_IN_FORCE"
    await told.tell(Call("approveAllowance", own, by=EAST, later=timedelta(366)))
    assert await told.value("MATCH (p:AllowancePayment) RETURN p.amount") == 80_000


@pytest.mark.policy("M13", "M09")
async def test_union_pays_for_masters_of_its_own(told: Teller) -> None:
    west = {"name": "西城津贴", "union_id": "west", "amount": 80_000}
    await told.tell(*SIGNED, ASSESS, Call("openAllowanceScheme", west, "scheme", WEST))
    assert await told.refusal(Call("approveAllowance", APPROVE.given, by=CITY)) == "OUTSIDE_SCHEME"


@pytest.mark.policy("M04", "T01")
async def test_skill_masters_are_named_in_key_industries_by_the_federation(told: Teller) -> None:
    given = {"worker_id": "master", "industry_id": "chips"}
    name = Call("nameSkillMaster", given, by=CITY)
    assert await told.refusal(Call("nameSkillMaster", given, by=EAST)) == "FORBIDDEN"
    await told.database.run(_industry("old"))
    assert await told.refusal(name, industry_id="old") == "NOT_A_KEY_INDUSTRY"
    await told.tell(name)
    assert await told.refusal(name) == "ALREADY_NAMED"
    text = "MATCH (d:Designation)-[:NAMED_BY]->(u) RETURN [d.title, d.level, u.id]"
    assert await told.value(text) == ["SKILL_MASTER", "MUNICIPAL", "m"]


@pytest.mark.policy("M03")
async def test_teaching_is_recorded_for_days_on_which_the_agreement_was_in_force(
    told: Teller,
) -> None:
    given = {"agreement_id": "$g", "day": TODAY, "content": "刀具刃磨", "kind": "LEAD"}
    teach = Call("recordTeaching", given, by=EAST)
    await told.tell(*SIGNED[:3])
    assert await told.refusal(teach) == "NOT_SIGNED"
    await told.tell(SIGN, teach)
    assert await told.refusal(teach, day=TODAY - timedelta(1)) == "NOT_SIGNED"


@pytest.mark.policy("M05")
async def test_agreement_is_completed_when_its_last_day_has_come(told: Teller) -> None:
    await told.tell(*SIGNED[:3])
    await told.perform(SIGN, ends=TODAY + timedelta(30))
    assert await told.refusal(Call("completeAgreement", STEP, by=EAST)) == "NOT_OVER"
    await told.tell(Call("completeAgreement", STEP, by=EAST, later=timedelta(40)))
    text = "MATCH (g:MentoringAgreement) RETURN g.ends = date($day)"
    assert await told.value(text, day=(TODAY + timedelta(30)).isoformat())


def _end_of_consent(worker: str) -> Any:
    return Cypher(
        "MATCH (c:Consent)-[:ABOUT_WORKER]->({id: $id}) SET c.valid_to = date('2015-01-01') "
        "RETURN c.id",
        {"id": worker},
    )


def _industry(name: str) -> Any:
    return Cypher("CREATE (:Node:Industry {id: $id, key: $id, name: $id})", {"id": name})
