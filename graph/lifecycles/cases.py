"""What a worker may ask and refuse, and what an officer must answer (P02)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION, person
from graph.model.cases import CASE, EXIT_SURVEY, LOGIN_CLAIM
from graph.model.people import WORKER
from graph.rules.rule import Rule

ANSWER_DAYS: LiteralString = "10"
HERSELF = person("the worker herself", "worker.id = $viewer_person")
SUBJECT_HERSELF = person("the worker herself", "subject.id = $viewer_person")

_WORKER = Reference("worker", "Worker", "Who asks.", "worker")
_DUE: LiteralString = f"SET subject.due_on = $today + duration({{days: {ANSWER_DAYS}}})"

_NOT_ASKED = Rule(
    "ALREADY_ASKED",
    "the same is open already; wait for the answer, or withdraw it first",
    "NOT EXISTS { (worker)<-[:ASKED_BY]-(c:PersonCase {state: 'OPEN'}) "
    "WHERE coalesce(c.match_id, '') = coalesce($given.match_id, '') "
    "AND coalesce(c.wrong, '') = coalesce($given.wrong, '') }",
)
_SIDE = Rule(
    "NOT_A_SIDE",
    "only the two sides of an agreement speak of it",
    "EXISTS { (agreement)-[:HAS_MASTER|HAS_APPRENTICE]->(worker) }",
    "worker_id",
)
_ENDED = Rule(
    "NOT_ENDED",
    "the agreement goes on; it is spoken of when it has ended",
    "agreement.state IN ['COMPLETED', 'TERMINATED', 'DECLINED', 'EXPIRED']",
    "agreement_id",
)
_OWN_RATING = Rule("TOO_LARGE", "a rating is from 1 to 5", "$given.rating <= 5", "rating")


def _refusal(name: LiteralString, verb: str, text: str, refuses: LiteralString) -> Operation:
    return Operation(
        name=name,
        subject=WORKER,
        verb=verb,
        description=text,
        by=(SUBJECT_HERSELF, ITS_UNION),
        changes=True,
        rules=(
            Rule(
                "ALREADY_DONE",
                "this is so already",
                f"coalesce(subject.human_decides, false) <> {refuses}",
            ),
        ),
        effect=f"SET subject.human_decides = {refuses}",
        policy=("P02",),
    )


def _decide(name: LiteralString, text: str, after: str, effect: LiteralString = "") -> Operation:
    return Operation(
        name=name,
        subject=LOGIN_CLAIM,
        verb=f"login.claim-{after.lower()}",
        description=text,
        by=(ITS_UNION,),
        moves={"OPEN": after},
        sets={"answered_at": Clock.NOW},
        reaches=("worker",),
        effect=effect,
        policy=("P02",),
    )


_BIND: LiteralString = """
MERGE (login:Login {digest: subject.login})
WITH * CALL (login) { MATCH (login)-[old:BOUND_TO]->() DELETE old }
CREATE (login)-[:BOUND_TO {role: 'worker', since: $now}]->(worker)"""


OPERATIONS = (
    _decide(
        "approveLoginClaim",
        "Let the login stand for the worker, once an officer knows that it is she",
        "APPROVED",
        _BIND,
    ),
    _decide("declineLoginClaim", "Say that the login is not the worker's", "DECLINED"),
    Operation(
        name="askHuman",
        subject=CASE,
        verb="case.human-asked",
        description=f"Ask that a person looks at a match; answered within {ANSWER_DAYS} days",
        by=(HERSELF, ITS_UNION),
        begins="OPEN",
        given=(Given(CASE.property("words")), Given(CASE.property("match_id"))),
        references=(_WORKER,),
        sets={"kind": "ASK_A_HUMAN", "opened_at": Clock.NOW},
        locks=("worker",),
        rules=(_NOT_ASKED,),
        effect=_DUE,
        policy=("P02",),
    ),
    Operation(
        name="askForCorrection",
        subject=CASE,
        verb="case.correction-asked",
        description=f"Say which fact is wrong; answered within {ANSWER_DAYS} days",
        by=(HERSELF, ITS_UNION),
        begins="OPEN",
        given=(Given(CASE.property("wrong"), required=True), Given(CASE.property("words"))),
        references=(_WORKER,),
        sets={"kind": "CORRECTION", "opened_at": Clock.NOW},
        locks=("worker",),
        rules=(_NOT_ASKED,),
        effect=_DUE,
        policy=("P02",),
    ),
    Operation(
        name="answerCase",
        subject=CASE,
        verb="case.answered",
        description="Answer a case, as a person",
        by=(ITS_UNION,),
        moves={"OPEN": "ANSWERED"},
        given=(Given(CASE.property("answer"), required=True),),
        sets={"answered_at": Clock.NOW},
        policy=("P02",),
    ),
    Operation(
        name="withdrawCase",
        subject=CASE,
        verb="case.withdrawn",
        description="Withdraw a case",
        by=(HERSELF, ITS_UNION),
        moves={"OPEN": "WITHDRAWN"},
        reaches=("worker",),
        policy=("P02",),
    ),
    _refusal(
        "refuseAutomatedDecisions",
        "worker.refused-automation",
        "Refuse to be decided about by computation alone: a person must accept each pair of a plan",
        "true",
    ),
    _refusal(
        "allowAutomatedDecisions",
        "worker.allowed-automation",
        "Take that refusal back",
        "false",
    ),
    Operation(
        name="submitExitSurvey",
        subject=EXIT_SURVEY,
        verb="survey.submitted",
        description="Say how an agreement was, once it has ended",
        by=(HERSELF, ITS_UNION),
        given=(
            Given(EXIT_SURVEY.property("rating"), required=True),
            Given(EXIT_SURVEY.property("words")),
            Given(EXIT_SURVEY.property("wants_another")),
        ),
        references=(
            _WORKER,
            Reference("agreement", "MentoringAgreement", "The agreement.", "agreement"),
        ),
        sets={"said_at": Clock.NOW},
        same=("worker_id", "agreement_id"),
        rules=(_OWN_RATING, _SIDE, _ENDED),
        policy=("M08",),
    ),
)
