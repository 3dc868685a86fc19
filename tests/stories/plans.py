from datetime import timedelta
from typing import Any

from tests.stories.told import EAST, TODAY, Call, Story

PEOPLE = """
MATCH (east:Union {id: 'east'})
UNWIND range(1, 2) AS n
CREATE (master:Node:Person:Worker:Master {id: 'm' + n, key: 'm' + n, name: '师', skill_level: 5,
  region_path: '/m/east/'})-[:MEMBER_OF]->(east)
CREATE (:Node:MentorProfile {id: 'places' + n, key: 'places' + n, capacity: 2,
  valid_from: date('2014-01-01')})-[:DECLARED_BY]->(master)
CREATE (:Node:Employment {id: 'post' + n, key: 'post' + n, engaged_level: 5,
  valid_from: date('2010-01-01')})-[:ABOUT_WORKER]->(master)
CREATE (learner:Node:Person:Worker {id: 'a' + n, key: 'a' + n, name: '徒', skill_level: 2,
  region_path: '/m/east/'})-[:MEMBER_OF]->(east)
WITH [master, learner] AS people UNWIND people AS worker
CREATE (:Node:Consent {id: 'c-' + worker.id, key: 'c-' + worker.id, purpose: 'MATCHING',
  valid_from: date('2014-01-01')})-[:ABOUT_WORKER]->(worker)
WITH count(*) AS all
UNWIND [['reviewed', 'REVIEW'], ['rerun', 'REVIEW'], ['published', 'REVIEW'],
  ['continued', 'PUBLISHED'], ['discarded', 'SOLVING']] AS each
MATCH (east:Union {id: 'east'})
CREATE (plan:Node:MentoringPlan {id: each[0], key: each[0], name: each[0], state: each[1],
  objective: 'STABLE', region_path: '/m/east/'})-[:PLANNED_FOR]->(east)
WITH plan WHERE plan.id = 'reviewed'
UNWIND ['solved', 'other'] AS id
CREATE (:Node:PlannedPairing {id: id, key: id, state: 'SOLVED'})-[:IN_PLAN]->(plan)
"""


def _step(operation: str, plan: str, **given: Any) -> Call:
    return Call(operation, {"mentoring_plan_id": plan, **given}, by=EAST)


STORY = Story(
    PEOPLE,
    (
        Call(
            "createMentoringPlan",
            {
                "name": "九月方案",
                "objective": "STABLE",
                "union_id": "east",
                "masters_union_id": "east",
                "worker_ids": ["a2", "a1"],
                "list_length": 20,
                "both_objectives": True,
                "answer_by": TODAY + timedelta(20),
                "as_of": TODAY,
            },
            by=EAST,
        ),
        Call(
            "pinPairing",
            {"plan_id": "reviewed", "worker_id": "a1", "master_id": "m1"},
            "pinned",
            EAST,
        ),
        Call(
            "excludePairing",
            {"plan_id": "reviewed", "worker_id": "a2", "master_id": "m1"},
            by=EAST,
        ),
        Call("acceptPairing", {"planned_pairing_id": "solved"}, by=EAST),
        Call("releasePairing", {"planned_pairing_id": "$pinned"}, by=EAST),
        _step("acceptAllPairings", "reviewed"),
        _step("leaveOutOfPlan", "reviewed", worker_id="a2"),
        _step("takeBackIntoPlan", "reviewed", worker_id="a2"),
        _step("rerunMentoringPlan", "rerun", objective="PARTICIPATION"),
        _step("publishMentoringPlan", "published", answer_by=TODAY + timedelta(30)),
        _step("continueMentoringPlan", "continued"),
        _step("discardMentoringPlan", "discarded"),
        Call("setOwnList", {"worker_id": "a1", "preferred_ids": ["m2", "m1"]}, by=EAST),
    ),
)
