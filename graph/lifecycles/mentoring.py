"""The life of a mentoring agreement (W01): propose, two consents, sign, end."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import ITS_UNION
from graph.model.mentoring import MENTORING_AGREEMENT
from graph.rules import mentoring as rules

_BEFORE_SIGNING = ("PROPOSED", "ACCEPTED_BY_MASTER", "ACCEPTED_BY_APPRENTICE", "AGREED")
_SIDES: tuple[LiteralString, ...] = ("master", "apprentice")

_BEGIN_TEACHING: LiteralString = """
MERGE (master)-[mentors:MENTORS]->(apprentice)
SET mentors.since = coalesce(mentors.since, $today), mentors.until = null
"""
_END_TEACHING: LiteralString = """
MERGE (master)-[mentors:MENTORS]->(apprentice) SET mentors.until = $today
"""

PROPOSE = Operation(
    name="proposePairing",
    subject=MENTORING_AGREEMENT,
    verb="pairing.proposed",
    description="Propose that a worker learns from a master. Nothing binds before both agree",
    by=(ITS_UNION,),
    begins="PROPOSED",
    given=(
        Given(MENTORING_AGREEMENT.property("mode")),
        Given(MENTORING_AGREEMENT.property("answer_by"), not_before="today"),
    ),
    references=(
        Reference("worker", "Worker", "Worker who would learn.", "apprentice"),
        Reference("master", "Worker", "Master who would teach.", "master"),
    ),
    sets={"proposed_at": Clock.NOW},
    locks=("worker", "master"),
    rules=(
        rules.TWO_PEOPLE,
        rules.MASTER,
        rules.BOTH_CONSENT,
        rules.MASTER_ABOVE,
        rules.NOT_PAIRED,
        rules.PLACE_LEFT,
    ),
    policy=("M05", "M06"),
)


def _accept(side: LiteralString, name: LiteralString, other: str) -> Operation:
    accepted = f"ACCEPTED_BY_{side.upper()}"
    return Operation(
        name=name,
        subject=MENTORING_AGREEMENT,
        verb=f"pairing.accepted-by-{side}",
        description=f"Record that the {side} agrees (平等自愿)",
        by=(ITS_UNION,),
        moves={"PROPOSED": accepted, other: "AGREED"},
        reaches=_SIDES,
        locks=_SIDES,
        policy=("M05",),
    )


def _end(name: LiteralString, verb: str, moves: dict[str, str], description: str) -> Operation:
    signed = "ACTIVE" in moves
    return Operation(
        name=name,
        subject=MENTORING_AGREEMENT,
        verb=verb,
        description=description,
        by=(ITS_UNION,),
        moves=moves,
        sets={"ends": Clock.TODAY} if signed else {},
        reaches=_SIDES,
        locks=_SIDES,
        effect=_END_TEACHING if signed else "",
        policy=("M05",),
    )


SIGN = Operation(
    name="signAgreement",
    subject=MENTORING_AGREEMENT,
    verb="pairing.signed",
    description="Sign the agreement (签订名师带徒协议); takes one of the master's places",
    by=(ITS_UNION,),
    moves={"AGREED": "ACTIVE"},
    given=(Given(MENTORING_AGREEMENT.property("ends"), after="today"),),
    sets={"starts": Clock.TODAY},
    reaches=_SIDES,
    locks=_SIDES,
    rules=(rules.PLACE_LEFT,),
    effect=_BEGIN_TEACHING,
    policy=("M05", "M06"),
)

OPERATIONS = (
    PROPOSE,
    _accept("master", "acceptPairingAsMaster", "ACCEPTED_BY_APPRENTICE"),
    _accept("apprentice", "acceptPairingAsApprentice", "ACCEPTED_BY_MASTER"),
    _end(
        "declinePairing",
        "pairing.declined",
        dict.fromkeys(_BEFORE_SIGNING, "DECLINED"),
        "Decline a pairing; no reason is asked",
    ),
    SIGN,
    _end(
        "terminateAgreement",
        "pairing.terminated",
        {"ACTIVE": "TERMINATED"},
        "End an agreement before its time; no reason is asked",
    ),
    _end(
        "completeAgreement",
        "pairing.completed",
        {"ACTIVE": "COMPLETED"},
        "Close an agreement that ran to its end",
    ),
)
