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
