"""The life of a mentoring plan: made, solved, reviewed, published, continued; and own lists."""

from collections.abc import Mapping
from typing import LiteralString

from graph.jobs.queue import adding
from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION, Party, answering
from graph.model.people import WORKER
from graph.model.plans import MENTORING_PLAN, PLANNED_PAIRING
from graph.rules import mentoring as pairs
from graph.rules import plans as of_plans
from graph.rules.rule import Rule
from graph.viewer import Role, Viewer

_FOR = answering("", "(answers:Union {id: union.id})")
_FROM = answering("", "(answers:Union {id: masters_union.id})")


def _answers_for_both(viewer: Viewer) -> LiteralString:
    return f"(({_FOR.stands(viewer)}) AND (masters_union IS NULL OR {_FROM.stands(viewer)}))"


_PLANNERS = Party(
    "a union at or above the one that the plan is for, and the one whose masters teach",
    frozenset({Role.UNION}),
    _answers_for_both,
)

_UNIONS: LiteralString = "[(subject)-[:PLANNED_FOR]->(u:Union) | u]"


def _work(kind: LiteralString) -> LiteralString:
    return adding(kind, "subject", _UNIONS)


CREATE = Operation(
    name="createMentoringPlan",
    subject=MENTORING_PLAN,
    verb="plan.created",
    description="Plan masters for the apprentices of a union: all of them, or those named, in the "
    "order in which they asked. It runs as a job; the plan is then reviewed",
    by=(_PLANNERS,),
    begins="SOLVING",
    given=(
        Given(MENTORING_PLAN.property("name"), required=True),
        Given(MENTORING_PLAN.property("objective"), required=True),
        Given(MENTORING_PLAN.property("list_length")),
        Given(MENTORING_PLAN.property("both_objectives")),
        Given(MENTORING_PLAN.property("answer_by"), not_before="today"),
        Given(MENTORING_PLAN.property("as_of")),
    ),
    references=(
        Reference("union", "Union", "Union whose apprentices are planned for.", "unions"),
        Reference(
            "masters_union",
            "Union",
            "Union whose masters teach; the same by default.",
            required=False,
        ),
        Reference("worker", "Worker", "only these workers.", required=False, many=True),
    ),
    sets={"created_at": Clock.NOW},
    same=("union_id", "name"),
    rules=(of_plans.LIST_LENGTH, of_plans.IN_SCOPE),
    effect="SET subject.named = $ids.worker, subject.masters_union = $ids.masters_union, "
    "subject.list_length = coalesce(subject.list_length, 50), "
    f"subject.as_of = coalesce(subject.as_of, $today) {_work('plan.solve')}",
    policy=("M09", "M12"),
)


def _step(
    name: LiteralString,
    verb: str,
    description: str,
    moves: Mapping[str, str],
    *given: Given,
    work: LiteralString = "",
    rules: tuple[Rule, ...] = (),
) -> Operation:
    return Operation(
        name=name,
        subject=MENTORING_PLAN,
        verb=verb,
        description=description,
        by=(ITS_UNION,),
        moves=moves,
        given=given,
        rules=rules,
        effect=_work(work) if work else "",
        policy=("M12",),
    )


_PLAN = Reference("plan", "MentoringPlan", "The plan.", "plan")
_APPRENTICE = Reference("worker", "Worker", "Who would learn.", "apprentice")
_MASTER = Reference("master", "Worker", "Who would teach.", "master")

_REPLACE: LiteralString = """
OPTIONAL MATCH (plan)<-[:IN_PLAN]-(other:PlannedPairing {state: 'SOLVED'})
  -[:PLANS_APPRENTICE]->(worker)
DETACH DELETE other
"""
_RULE_OUT: LiteralString = """
OPTIONAL MATCH (master)<-[:PLANS_MASTER]-(other:PlannedPairing {state: 'SOLVED'})
  -[:PLANS_APPRENTICE]->(worker)
WHERE EXISTS { (other)-[:IN_PLAN]->(plan) }
DETACH DELETE other
"""
_LEAVE_OUT: LiteralString = """
CREATE (subject)-[:LEAVES_OUT]->(worker)
WITH subject, worker
OPTIONAL MATCH (worker)<-[:PLANS_APPRENTICE|PLANS_MASTER]-(other:PlannedPairing {state: 'SOLVED'})
WHERE EXISTS { (other)-[:IN_PLAN]->(subject) }
DETACH DELETE other
"""
_TAKE_BACK: LiteralString = "MATCH (subject)-[left:LEAVES_OUT]->(worker) DELETE left"
_ACCEPT_ALL: LiteralString = """
MATCH (subject)<-[:IN_PLAN]-(pairing:PlannedPairing {state: 'SOLVED'})
SET pairing.state = 'ACCEPTED'
"""
_OWN_LIST: LiteralString = """
CALL (subject) { MATCH (subject)-[old:PREFERS]->(:Worker) DELETE old }
UNWIND range(0, size($ids.preferred) - 1) AS n
MATCH (other:Node:Worker {id: $ids.preferred[n]})
CREATE (subject)-[:PREFERS {place: n + 1, since: $today}]->(other)
"""

PIN = Operation(
    name="pinPairing",
    subject=PLANNED_PAIRING,
    verb="plan.pinned",
    description="Set a pair of a plan yourself; further runs keep it",
    by=(ITS_UNION,),
    begins="PINNED",
    references=(_PLAN, _APPRENTICE, _MASTER),
    locks=("plan",),
    rules=(
        of_plans.IN_REVIEW,
        pairs.TWO_PEOPLE,
        pairs.MASTER,
        pairs.BOTH_CONSENT,
        pairs.MASTER_ABOVE,
        pairs.NOT_PAIRED,
        of_plans.NOT_KEPT,
        of_plans.NOT_EXCLUDED,
        of_plans.PLACE_NOT_KEPT,
    ),
    effect=_REPLACE,
    policy=("M05", "M06", "M12"),
)

EXCLUDE = Operation(
    name="excludePairing",
    subject=PLANNED_PAIRING,
    verb="plan.excluded",
    description="Rule out a pair of a plan; further runs avoid it",
    by=(ITS_UNION,),
    begins="EXCLUDED",
    references=(_PLAN, _APPRENTICE, _MASTER),
    locks=("plan",),
    rules=(of_plans.IN_REVIEW, of_plans.NOT_EXCLUDED),
    effect=_RULE_OUT,
    policy=("M12",),
)


def _review(
    name: LiteralString, verb: str, description: str, moves: Mapping[str, str]
) -> Operation:
    return Operation(
        name=name,
        subject=PLANNED_PAIRING,
        verb=verb,
        description=description,
        by=(ITS_UNION,),
        moves=moves,
        reaches=("plan",),
        locks=("plan",),
        rules=(of_plans.IN_REVIEW,),
        policy=("M12",),
    )


def _edit(
    name: LiteralString, verb: str, description: str, rule: Rule, effect: LiteralString
) -> Operation:
    return Operation(
        name=name,
        subject=MENTORING_PLAN,
        verb=verb,
        description=description,
        by=(ITS_UNION,),
        moves={"REVIEW": "REVIEW"},
        references=(Reference("worker", "Worker", "The worker."),),
        rules=(rule,),
        effect=effect,
        policy=("M12",),
    )


OPERATIONS = (
    CREATE,
    PIN,
    EXCLUDE,
    _review(
        "acceptPairing",
        "plan.accepted",
        "Accept a pair of a plan; further runs keep it",
        {"SOLVED": "ACCEPTED"},
    ),
    _review(
        "releasePairing",
        "plan.released",
        "Take back a pin, an acceptance or an exclusion; the next run decides",
        dict.fromkeys(("PINNED", "ACCEPTED", "EXCLUDED"), "RELEASED"),
    ),
    Operation(
        name="acceptAllPairings",
        subject=MENTORING_PLAN,
        verb="plan.accepted-all",
        description="Accept every pair that the plan found",
        by=(ITS_UNION,),
        moves={"REVIEW": "REVIEW"},
        rules=(of_plans.SOMETHING_SOLVED,),
        effect=_ACCEPT_ALL,
        policy=("M12",),
    ),
    _edit(
        "leaveOutOfPlan",
        "plan.left-out",
        "Leave a worker out of a plan, as apprentice and as master",
        of_plans.NOT_LEFT_OUT,
        _LEAVE_OUT,
    ),
    _edit(
        "takeBackIntoPlan",
        "plan.taken-back",
        "Take a worker who was left out back into a plan; the next run considers her",
        of_plans.LEFT_OUT,
        _TAKE_BACK,
    ),
    _step(
        "rerunMentoringPlan",
        "plan.rerun",
        "Compute a plan again; what was pinned and accepted stays",
        {"REVIEW": "SOLVING"},
        Given(MENTORING_PLAN.property("objective")),
        work="plan.solve",
    ),
    _step(
        "publishMentoringPlan",
        "plan.published",
        "Propose the pairs of a plan to the people; two consents make a pair (M05)",
        {"REVIEW": "PUBLISHING"},
        Given(MENTORING_PLAN.property("answer_by"), not_before="today"),
        work="plan.publish",
        rules=(of_plans.HUMAN_DECIDED,),
    ),
    _step(
        "continueMentoringPlan",
        "plan.continued",
        "Plan on after answers: for those who are free again, with the places that are free again",
        {"PUBLISHED": "SOLVING"},
        work="plan.continue",
    ),
    _step(
        "discardMentoringPlan",
        "plan.discarded",
        "Give a plan up; nothing of it is proposed",
        dict.fromkeys(("SOLVING", "REVIEW"), "DISCARDED"),
    ),
    Operation(
        name="setOwnList",
        subject=WORKER,
        verb="worker.own-list",
        description="Record whom a worker wants, best first: masters, or as a master apprentices. "
        "In plans it goes before all scores",
        by=(ITS_UNION,),
        changes=True,
        references=(Reference("preferred", "Worker", "whom she wants, best first.", many=True),),
        rules=(of_plans.NEW_LIST,),
        effect=_OWN_LIST,
        policy=("M05",),
    ),
)
