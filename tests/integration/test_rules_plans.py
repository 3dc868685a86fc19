"""Rules of plans under review, from both sides; no plan is computed here."""

from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from tests.stories.plans import PEOPLE, STORY
from tests.stories.told import CITY, EAST, Call, Teller

CREATE, PIN, EXCLUDE, *_ = STORY.calls
PLAN: dict[str, Any] = {"mentoring_plan_id": "reviewed"}
PUBLISH = Call("publishMentoringPlan", PLAN, by=EAST)


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(PEOPLE)
    return teller


@pytest.mark.policy("M09", "M12")
async def test_plan_is_for_workers_of_its_union_with_lists_that_end(told: Teller) -> None:
    assert await told.refusal(CREATE, list_length=101) == "LIST_TOO_LONG"
    elsewhere = Call(CREATE.operation, {**CREATE.given, "union_id": "west"}, by=CITY)
    assert await told.refusal(elsewhere) == "OUTSIDE_SCOPE"
    assert await told.refusal(CREATE, list_length=100) == ""


@pytest.mark.policy("M12")
@pytest.mark.parametrize("change", [PIN, EXCLUDE])
async def test_plan_is_changed_while_it_is_reviewed(told: Teller, change: Call) -> None:
    assert await told.refusal(change, plan_id="discarded") == "NOT_IN_REVIEW"
    assert await told.refusal(change) == ""


@pytest.mark.policy("M05", "M12")
async def test_worker_is_kept_once_and_not_in_a_pair_that_is_ruled_out(told: Teller) -> None:
    await told.tell(PIN, EXCLUDE)
    assert await told.refusal(PIN, master_id="m2") == "ALREADY_KEPT"
    assert await told.refusal(EXCLUDE) == "ALREADY_EXCLUDED"
    assert await told.refusal(PIN, worker_id="a2") == "ALREADY_EXCLUDED"
    assert await told.refusal(PIN, worker_id="a2", master_id="m2") == ""


@pytest.mark.policy("M06")
async def test_kept_pairs_take_the_places_of_a_master(told: Teller) -> None:
    await told.database.run(Cypher("MATCH (p:MentorProfile) SET p.capacity = 1"))
    await told.tell(PIN)
    assert await told.refusal(PIN, worker_id="a2") == "CAPACITY_FULL"
    assert await told.refusal(PIN, worker_id="a2", master_id="m2") == ""


@pytest.mark.policy("M12")
async def test_only_what_was_found_is_accepted_at_once(told: Teller) -> None:
    accept = Call("acceptAllPairings", PLAN, by=EAST)
    assert await told.refusal(accept, mentoring_plan_id="rerun") == "NOTHING_TO_ACCEPT"
    assert await told.refusal(accept) == ""
    assert await told.refusal(accept) == "NOTHING_TO_ACCEPT"


@pytest.mark.policy("M12")
async def test_who_is_left_out_is_taken_back_once(told: Teller) -> None:
    leave, take = (
        Call(name, {**PLAN, "worker_id": "a2"}, by=EAST)
        for name in ("leaveOutOfPlan", "takeBackIntoPlan")
    )
    assert await told.refusal(take) == "NOT_LEFT_OUT"
    await told.tell(leave)
    assert await told.refusal(leave) == "ALREADY_LEFT_OUT"
    await told.tell(take)


@pytest.mark.policy("P02")
@pytest.mark.parametrize("side", ["PLANS_APPRENTICE", "PLANS_MASTER"])
async def test_who_refuses_automation_is_not_published_unseen(told: Teller, side: str) -> None:
    text = f"""MATCH (p:PlannedPairing {{id: 'solved'}}), (w:Worker {{id: 'a1'}})
      CREATE (p)-[:{side}]->(w) SET w.human_decides = true"""
    await told.database.run(Cypher(text))  # pyright: ignore[reportArgumentType]
    assert await told.refusal(PUBLISH) == "HUMAN_NEEDED"
    await told.tell(Call("acceptPairing", {"planned_pairing_id": "solved"}, by=EAST))
    assert await told.refusal(PUBLISH) == ""


@pytest.mark.policy("M05")
async def test_own_list_is_told_when_it_is_another(told: Teller) -> None:
    wanted = Call("setOwnList", {"worker_id": "a1", "preferred_ids": ["m2", "m1"]}, by=EAST)
    await told.tell(wanted)
    assert await told.refusal(wanted) == "SAME_LIST"
    assert await told.refusal(wanted, preferred_ids=["m1", "m2"]) == ""
