from datetime import date, timedelta
from typing import Any

from tests.stories.told import CITY, EAST, TODAY, Call, Story

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
  {id: 'second', key: 'second', name: '二徒', skill_level: 2, region_path: '/m/east/'}),
  (:Node:Industry {id: 'chips', key: 'chips', name: '集成电路', key_industry: true})
WITH [master, learner, second] AS people UNWIND people AS worker
CREATE (:Node:Consent {id: 'c-' + worker.id, key: 'c-' + worker.id, purpose: 'MATCHING',
  valid_from: date('2014-01-01')})-[:ABOUT_WORKER]->(worker)
"""


_YEAR = timedelta(366)


def _agreed(name: str, **given: Any) -> tuple[Call, ...]:
    step = {"mentoring_agreement_id": f"${name}"}
    return (
        Call("proposePairing", {"master_id": "master", **given}, name, EAST),
        Call("acceptPairingAsMaster", step, by=EAST),
        Call("acceptPairingAsApprentice", step, by=EAST),
    )


_ENDED = {"mentoring_agreement_id": "$ended"}
_COMPLETED = {"mentoring_agreement_id": "$completed"}
_PERIOD = {"agreement_id": "$completed", "period": "2015"}

STORY = Story(
    PEOPLE,
    (
        Call(
            "openMentoringProgramme",
            {"name": "东城名师带徒", "union_id": "east", "opens": TODAY, "closes": TODAY + _YEAR},
            "programme",
            EAST,
        ),
        Call("declareMentorPlaces", {"master_id": "master", "capacity": 2}, by=EAST),
        *_agreed("declined", worker_id="learner", answer_by=TODAY + timedelta(20)),
        Call(
            "remindOfPairing", {"mentoring_agreement_id": "$declined"}, by=EAST, later=timedelta(18)
        ),
        Call(
            "declinePairing",
            {"mentoring_agreement_id": "$declined", "decline_reason": "路太远"},
            by=EAST,
        ),
        *_agreed("expired", worker_id="learner", answer_by=TODAY),
        Call(
            "expirePairing",
            {"mentoring_agreement_id": "$expired"},
            by=EAST,
            later=timedelta(2),
        ),
        *_agreed("ended", worker_id="second", mode="PAIR"),
        Call("signAgreement", {**_ENDED, "ends": date(2018, 3, 1)}, by=EAST),
        Call("terminateAgreement", _ENDED, by=EAST),
        *_agreed("completed", worker_id="learner", programme_id="$programme"),
        Call("signAgreement", {**_COMPLETED, "ends": TODAY + timedelta(90)}, by=EAST),
        Call(
            "recordTeaching",
            {
                "agreement_id": "$completed",
                "day": TODAY,
                "content": "氩弧焊打底",
                "kind": "PASS_ON",
                "hours": 2.5,
            },
            by=EAST,
        ),
        Call(
            "openAllowanceScheme",
            {"name": "带教津贴", "union_id": "m", "amount": 120_000},
            "scheme",
            CITY,
        ),
        Call(
            "recordAssessment",
            {**_PERIOD, "result": "PASSED", "assessed": TODAY, "score": 88.0},
            by=EAST,
        ),
        Call("approveAllowance", {**_PERIOD, "scheme_id": "$scheme"}, "allowance", CITY),
        Call("payAllowance", {"allowance_payment_id": "$allowance"}, by=CITY),
        Call("completeAgreement", _COMPLETED, by=EAST, later=timedelta(90)),
        Call(
            "nameSkillMaster",
            {"worker_id": "master", "industry_id": "chips", "grounds": "带徒成绩突出"},
            by=CITY,
        ),
    ),
    {
        "more apprentices than places": """
            MATCH (m:Worker)<-[:HAS_MASTER]-(g:MentoringAgreement {state: 'ACTIVE'})
            WITH m, count(g) AS taught
            MATCH (m)<-[:DECLARED_BY]-(p:MentorProfile) WHERE p.valid_to IS NULL
            WITH m, taught, min(p.capacity) AS places WHERE taught > places RETURN m.id""",
        "in force without two consents": """
            MATCH (g:MentoringAgreement) WHERE g.starts IS NOT NULL
            AND size(COLLECT { MATCH (e:Event) WHERE g.id IN e.subjects
              AND e.verb STARTS WITH 'pairing.accepted' RETURN DISTINCT e.verb }) < 2
            RETURN g.id""",
        "two open agreements of a pair": """
            MATCH (m)<-[:HAS_MASTER]-(g:MentoringAgreement)-[:HAS_APPRENTICE]->(a)
            WHERE g.state = 'ACTIVE' OR g.answer_by IS NULL
              AND NOT g.state IN ['DECLINED', 'TERMINATED', 'COMPLETED', 'EXPIRED']
            WITH m, a, count(g) AS open WHERE open > 1 RETURN m.id""",
        "two allowances of a period": """
            MATCH (g:MentoringAgreement)<-[:UNDER_AGREEMENT]-(p:AllowancePayment)
            WITH g, p.period AS period, count(p) AS payments WHERE payments > 1 RETURN g.id""",
        "an allowance without a passed assessment": """
            MATCH (p:AllowancePayment)
            WHERE NOT EXISTS { (p)-[:RESTS_ON]->(:Assessment {result: 'PASSED', period: p.period}) }
            RETURN p.id""",
        "one helps one, and another": """
            MATCH (m)<-[:HAS_MASTER]-(g:MentoringAgreement {state: 'ACTIVE', mode: 'ONE_HELPS_ONE'})
            MATCH (m)<-[:HAS_MASTER]-(other:MentoringAgreement {state: 'ACTIVE'})
            WHERE other <> g RETURN m.id""",
    },
)
