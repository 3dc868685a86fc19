from typing import Any

from graph.viewer import Role, Viewer
from tests.stories.told import EAST, Call, Story

HERSELF = Viewer(frozenset({Role.WORKER}), person="learner")

WORLD = """
MATCH (east:Union {id: 'east'})
CREATE (learner:Node:Person:Worker {id: 'learner', key: 'learner', name: '徒', skill_level: 2,
  region_path: '/m/east/'})-[:MEMBER_OF]->(east)
CREATE (ended:Node:MentoringAgreement {id: 'ended', key: 'ended', state: 'TERMINATED'})
CREATE (ended)-[:HAS_APPRENTICE]->(learner)
FOREACH (id IN ['claim', 'other'] | CREATE (:Node:LoginClaim {id: id, key: id, state: 'OPEN',
  login: id})-[:CLAIMS_TO_BE]->(learner))
"""


def _asked(operation: str, name: str = "", **given: Any) -> Call:
    return Call(operation, {"worker_id": "learner", **given}, name, HERSELF)


STORY = Story(
    WORLD,
    (
        _asked("askHuman", "asked", words="为什么是我", match_id="m"),
        Call("answerCase", {"person_case_id": "$asked", "answer": "已复核"}, by=EAST),
        _asked("askForCorrection", "wrong", wrong="技能等级", words="我是三级工"),
        Call("withdrawCase", {"person_case_id": "$wrong"}, by=HERSELF),
        Call("refuseAutomatedDecisions", {"worker_id": "learner"}, by=HERSELF),
        Call("allowAutomatedDecisions", {"worker_id": "learner"}, by=EAST),
        _asked("askForCorrection", "title", wrong="岗位"),
        Call(
            "correctFacts",
            {"worker_id": "learner", "job_title": "焊工", "birth_year": 1990, "case_id": "$title"},
            by=EAST,
        ),
        _asked("giveConsent", "agreed", purpose="MATCHING", given_how="线上"),
        Call("withdrawConsent", {"consent_id": "$agreed"}, by=HERSELF),
        Call("approveLoginClaim", {"login_claim_id": "claim"}, by=EAST),
        Call("declineLoginClaim", {"login_claim_id": "other"}, by=EAST),
        _asked("saveSearch", "search", looks_for="MENTORS", asking_id="learner", least_score=0.1),
        Call("pauseSearch", {"saved_search_id": "$search"}, by=HERSELF),
        Call("resumeSearch", {"saved_search_id": "$search"}, by=HERSELF),
        _asked("submitExitSurvey", agreement_id="ended", rating=2, words="", wants_another=True),
    ),
)
