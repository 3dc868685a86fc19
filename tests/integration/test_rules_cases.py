"""Rules of what a worker may ask and refuse, from both sides."""

from dataclasses import replace

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import ADMINISTRATOR
from tests.stories.cases import HERSELF, WORLD
from tests.stories.told import EAST, Call, Teller


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


@pytest.mark.policy("P02")
async def test_what_is_asked_or_refused_already_is_not_asked_again(told: Teller) -> None:
    asked = Call("askHuman", {"worker_id": "learner", "match_id": "m"}, by=HERSELF)
    await told.tell(asked)
    assert await told.refusal(asked) == "ALREADY_ASKED"
    assert await told.refusal(asked, match_id="n") == ""
    for name in ("refuseAutomatedDecisions", "allowAutomatedDecisions"):
        call = Call(name, {"worker_id": "learner"}, by=EAST)
        await told.tell(call)
        assert await told.refusal(call) == "ALREADY_DONE"


@pytest.mark.policy("P02", "M08")
async def test_only_a_side_rates_what_has_ended_from_one_to_five(told: Teller) -> None:
    given = {"worker_id": "learner", "agreement_id": "ended", "rating": 6, "wants_another": True}
    survey = Call("submitExitSurvey", given, by=HERSELF)
    assert await told.refusal(survey) == "TOO_LARGE"
    state = "MATCH (g:MentoringAgreement) SET g.state = $state"
    await told.database.run(Cypher(state, {"state": "ACTIVE"}))
    assert await told.refusal(survey, rating=5) == "NOT_ENDED"
    await told.database.run(Cypher(state, {"state": "COMPLETED"}))
    await told.database.run(Cypher("MATCH (:MentoringAgreement)-[r]->() DELETE r"))
    stranger = replace(survey, by=ADMINISTRATOR)
    assert await told.refusal(stranger, rating=5) == "NOT_A_SIDE"


@pytest.mark.policy("P02")
async def test_consent_is_given_once_and_withdrawn_once(told: Teller) -> None:
    given = {"worker_id": "learner", "purpose": "MATCHING"}
    give = Call("giveConsent", given, "agreed", HERSELF)
    await told.tell(give)
    assert await told.refusal(give) == "ALREADY_GIVEN"
    withdraw = Call("withdrawConsent", {"consent_id": "$agreed"}, by=HERSELF)
    await told.tell(withdraw)
    assert await told.refusal(withdraw) == "NOT_IN_FORCE"
    await told.tell(give)


@pytest.mark.policy("P02", "K09")
async def test_correction_says_something_new_and_answers_her_own_open_question(
    told: Teller,
) -> None:
    asked = Call("askForCorrection", {"worker_id": "learner", "wrong": "岗位"}, "wrong", HERSELF)
    human = Call("askHuman", {"worker_id": "learner", "match_id": "m"}, "human", HERSELF)
    await told.tell(asked, human)
    correct = Call("correctFacts", {"worker_id": "learner", "job_title": "焊工"}, by=EAST)
    assert await told.refusal(correct, case_id=told.known["human"]) == "OTHER_CASE"
    await told.perform(correct, case_id=told.known["wrong"])
    assert await told.refusal(correct) == "NOTHING_NEW"
    again = {"job_title": "电焊工", "case_id": told.known["wrong"]}
    assert await told.refusal(correct, **again) == "OTHER_CASE"


@pytest.mark.policy("K05")
async def test_search_is_saved_for_one_and_asked_by_who_could_ask(told: Teller) -> None:
    save = Call("saveSearch", {"looks_for": "MENTORS", "asking_id": "learner"})
    assert await told.refusal(save) == "ONE_OWNER"
    assert await told.refusal(save, worker_id="learner", union_id="east") == "ONE_OWNER"
    assert await told.refusal(save, worker_id="learner", looks_for="STUDIOS") == "CANNOT_ASK"
    assert await told.refusal(save, worker_id="learner") == ""
