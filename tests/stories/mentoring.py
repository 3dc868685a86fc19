from datetime import date, timedelta
from typing import Any

from tests.stories.told import EAST, TODAY, Call, Story

PEOPLE = """
CREATE (master:Node:Person:Worker:Master
  {id: 'master', key: 'master', name: '师', skill_level: 5, region_path: '/m/east/'}),
  (:Node:MentorProfile {id: 'places', key: 'places', capacity: 1, valid_from: date('2014-01-01')})
    -[:DECLARED_BY]->(master),
  (:Node:Employment {id: 'post', key: 'post', engaged_level: 5, valid_from: date('2010-01-01')})
    -[:ABOUT_WORKER]->(master),
  (learner:Node:Person:Worker
  {id: 'learner', key: 'learner', name: '徒', skill_level: 2, region_path: '/m/east/'}),
  (second:Node:Person:Worker
  {id: 'second', key: 'second', name: '二徒', skill_level: 2, region_path: '/m/east/'})
WITH [master, learner, second] AS people UNWIND people AS worker
CREATE (:Node:Consent {id: 'c-' + worker.id, key: 'c-' + worker.id, purpose: 'MATCHING',
  valid_from: date('2014-01-01')})-[:ABOUT_WORKER]->(worker)
"""


def _agreed(name: str, **given: Any) -> tuple[Call, ...]:
    step = {"mentoring_agreement_id": f"${name}"}
    return (
        Call("proposePairing", {"master_id": "master", **given}, name, EAST),
        Call("acceptPairingAsMaster", step, by=EAST),
        Call("acceptPairingAsApprentice", step, by=EAST),
    )


STORY = Story(
    PEOPLE,
    (
        *_agreed("declined", worker_id="learner", answer_by=TODAY + timedelta(20)),
        Call("declinePairing", {"mentoring_agreement_id": "$declined"}, by=EAST),
        *_agreed("ended", worker_id="learner", mode="PAIR"),
        Call(
            "signAgreement",
            {"mentoring_agreement_id": "$ended", "ends": date(2018, 3, 1)},
            by=EAST,
        ),
        Call("terminateAgreement", {"mentoring_agreement_id": "$ended"}, by=EAST),
        *_agreed("completed", worker_id="learner"),
        Call("signAgreement", {"mentoring_agreement_id": "$completed"}, by=EAST),
        Call("completeAgreement", {"mentoring_agreement_id": "$completed"}, by=EAST),
    ),
)
