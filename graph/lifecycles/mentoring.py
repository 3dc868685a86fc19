"""Mentoring (W01): propose, two consents, sign, teach, assess, pay, end; and naming masters."""

from typing import LiteralString

from graph.lifecycles.dated import ending
from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import FEDERATION, ITS_UNION, answering, its, person
from graph.model.honours import DESIGNATION
from graph.model.mentoring import (
    ALLOWANCE_PAYMENT,
    ALLOWANCE_SCHEME,
    ASSESSMENT,
    MENTOR_PROFILE,
    MENTORING_AGREEMENT,
    MENTORING_PROGRAMME,
    TEACHING_RECORD,
)
from graph.rules import mentoring as rules
from graph.rules.rule import Rule

_BEFORE_SIGNING = ("PROPOSED", "ACCEPTED_BY_MASTER", "ACCEPTED_BY_APPRENTICE", "AGREED")
_SIDES: tuple[LiteralString, ...] = ("master", "apprentice")
_MASTER = person("the master herself", "master.id = $viewer_person")
_APPRENTICE = person("the apprentice herself", "apprentice.id = $viewer_person")
_TEACHER = person(
    "the master herself", "EXISTS { (agreement)-[:HAS_MASTER]->(:Worker {id: $viewer_person}) }"
)

_BEGIN_TEACHING: LiteralString = """
MERGE (master)-[mentors:MENTORS]->(apprentice)
SET mentors.since = coalesce(mentors.since, $today), mentors.until = null
"""
_END_TEACHING: LiteralString = """
SET subject.ends = CASE WHEN subject.ends < $today THEN subject.ends ELSE $today END
MERGE (master)-[mentors:MENTORS]->(apprentice) SET mentors.until = subject.ends
"""

_SCHEME_UNION: LiteralString = "(scheme)-[:RUN_BY]->(answers:Union)"

PROPOSE = Operation(
    name="proposePairing",
    subject=MENTORING_AGREEMENT,
    verb="pairing.proposed",
    description="Propose that a worker learns from a master. Nothing binds before both agree",
    by=(ITS_UNION, _MASTER, person("the worker herself", "worker.id = $viewer_person")),
    begins="PROPOSED",
    given=(
        Given(MENTORING_AGREEMENT.property("mode")),
        Given(MENTORING_AGREEMENT.property("answer_by"), not_before="today"),
    ),
    references=(
        Reference("worker", "Worker", "Worker who would learn.", "apprentice"),
        Reference("master", "Worker", "Master who would teach.", "master"),
        Reference(
            "programme",
            "MentoringProgramme",
            "Programme it belongs to.",
            "programme",
            required=False,
        ),
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
        rules.IN_PROGRAMME,
        rules.PROGRAMME_OPEN,
    ),
    policy=("M05", "M06", "M09", "M10", "M11", "M12"),
)


def _accept(side: LiteralString, name: LiteralString, other: str) -> Operation:
    accepted = f"ACCEPTED_BY_{side.upper()}"
    return Operation(
        name=name,
        subject=MENTORING_AGREEMENT,
        verb=f"pairing.accepted-by-{side}",
        description=f"Record that the {side} agrees (平等自愿)",
        by=(ITS_UNION, _MASTER if side == "master" else _APPRENTICE),
        moves={"PROPOSED": accepted, other: "AGREED"},
        reaches=_SIDES,
        locks=_SIDES,
        rules=(rules.IN_TIME,),
        policy=("M05",),
    )


def _end(
    name: LiteralString,
    verb: str,
    moves: dict[str, str],
    description: str,
    *more: Rule,
    given: tuple[Given, ...] = (),
) -> Operation:
    return Operation(
        name=name,
        subject=MENTORING_AGREEMENT,
        verb=verb,
        description=description,
        by=(ITS_UNION, _MASTER, _APPRENTICE),
        moves=moves,
        given=given,
        reaches=_SIDES,
        locks=_SIDES,
        rules=more,
        effect=_END_TEACHING if "ACTIVE" in moves else "",
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
    rules=(rules.PLACE_LEFT, rules.ONE_AT_A_TIME),
    effect=_BEGIN_TEACHING,
    policy=("M05", "M06", "M10"),
)

_AGREEMENT = Reference("agreement", "MentoringAgreement", "The agreement.", "agreement")

DECLARE_PLACES = Operation(
    name="declareMentorPlaces",
    subject=MENTOR_PROFILE,
    verb="mentoring.places-declared",
    description="Record how many apprentices a master will take from today; earlier words end",
    by=(ITS_UNION, _MASTER),
    given=(
        Given(MENTOR_PROFILE.property("capacity"), required=True),
        Given(MENTOR_PROFILE.property("mode")),
    ),
    references=(Reference("master", "Worker", "Who declares it.", "master"),),
    locks=("master",),
    rules=(rules.SAYS_SOMETHING_NEW,),
    effect=f"""
SET master:Master
WITH * MATCH (master)<-[:DECLARED_BY]-(earlier:MentorProfile)
WHERE earlier <> subject AND earlier.valid_to IS NULL
{ending(MENTOR_PROFILE, "earlier")}
""",
    policy=("M06",),
)

OPEN_PROGRAMME = Operation(
    name="openMentoringProgramme",
    subject=MENTORING_PROGRAMME,
    verb="mentoring.programme-opened",
    description="Open mentoring in a union's region or system (本地区、本系统)",
    by=(its("union"),),
    given=(
        Given(MENTORING_PROGRAMME.property("name"), required=True),
        Given(MENTORING_PROGRAMME.property("opens"), required=True),
        Given(MENTORING_PROGRAMME.property("closes"), not_before="opens"),
    ),
    references=(Reference("union", "Union", "Union that runs it.", "union"),),
    same=("name", "union_id"),
    policy=("M01", "M09"),
)

OPEN_SCHEME = Operation(
    name="openAllowanceScheme",
    subject=ALLOWANCE_SCHEME,
    verb="mentoring.scheme-opened",
    description="Set up a teaching allowance (带教津贴制); the amount is the union's own",
    by=(its("union"),),
    given=(
        Given(ALLOWANCE_SCHEME.property("name"), required=True),
        Given(ALLOWANCE_SCHEME.property("amount"), required=True),
        Given(ALLOWANCE_SCHEME.property("valid_from")),
        Given(ALLOWANCE_SCHEME.property("valid_to"), after="valid_from"),
    ),
    references=(Reference("union", "Union", "Union that pays.", "union"),),
    same=("name", "union_id"),
    policy=("M13",),
)

TEACH = Operation(
    name="recordTeaching",
    subject=TEACHING_RECORD,
    verb="mentoring.taught",
    description="Record what was taught on a day (传帮带)",
    by=(ITS_UNION, _TEACHER),
    given=(
        Given(TEACHING_RECORD.property("day"), required=True, not_after="today"),
        Given(TEACHING_RECORD.property("content"), required=True),
        Given(TEACHING_RECORD.property("kind")),
        Given(TEACHING_RECORD.property("hours")),
    ),
    references=(_AGREEMENT,),
    same=("agreement_id", "day", "content"),
    locks=("agreement",),
    rules=(rules.SIGNED_BY_THEN,),
    policy=("M03",),
)

ASSESS = Operation(
    name="recordAssessment",
    subject=ASSESSMENT,
    verb="mentoring.assessed",
    description="Record how an agreement was assessed for a period (考核); once a period",
    by=(ITS_UNION,),
    given=(
        Given(ASSESSMENT.property("period"), required=True),
        Given(ASSESSMENT.property("result"), required=True),
        Given(ASSESSMENT.property("assessed"), required=True, not_after="today"),
        Given(ASSESSMENT.property("criteria")),
        Given(ASSESSMENT.property("score")),
    ),
    references=(_AGREEMENT,),
    same=("agreement_id", "period"),
    locks=("agreement",),
    rules=(rules.PERIOD_FORM, rules.WAS_SIGNED),
    policy=("M08",),
)

APPROVE_ALLOWANCE = Operation(
    name="approveAllowance",
    subject=ALLOWANCE_PAYMENT,
    verb="mentoring.allowance-approved",
    description="Approve the allowance of an agreement for a period (带教津贴); once a period",
    by=(answering("the union of the scheme, or one above it", _SCHEME_UNION),),
    begins="APPROVED",
    given=(Given(ALLOWANCE_PAYMENT.property("period"), required=True),),
    references=(
        _AGREEMENT,
        Reference("scheme", "AllowanceScheme", "Scheme that sets the amount.", "scheme"),
    ),
    sets={"approved": Clock.TODAY},
    same=("agreement_id", "period"),
    locks=("agreement",),
    rules=(
        rules.PERIOD_FORM,
        rules.ASSESSED,
        rules.SCHEME_IN_FORCE,
        rules.SCHEME_OF_MASTER,
    ),
    effect="""
MATCH (agreement)<-[:UNDER_AGREEMENT]-(passed:Assessment {period: $given.period, result: 'PASSED'})
CREATE (subject)-[:RESTS_ON]->(passed) SET subject.amount = scheme.amount
""",
    policy=("M07", "M08"),
)

PAY_ALLOWANCE = Operation(
    name="payAllowance",
    subject=ALLOWANCE_PAYMENT,
    verb="mentoring.allowance-paid",
    description="Record that an approved allowance was paid (以购买服务方式)",
    by=(answering("the union of the scheme, or one above it", _SCHEME_UNION),),
    moves={"APPROVED": "PAID"},
    sets={"paid": Clock.TODAY},
    reaches=("scheme",),
    policy=("M07",),
)

NAME_MASTER = Operation(
    name="nameSkillMaster",
    subject=DESIGNATION,
    verb="mentoring.master-named",
    description="Name a skill master (技能名师) in a key industry of the capital",
    by=(FEDERATION,),
    given=(
        Given(DESIGNATION.property("grounds")),
        Given(DESIGNATION.property("meeting")),
        Given(DESIGNATION.property("reference")),
    ),
    references=(
        Reference("worker", "Worker", "Who is named.", "worker"),
        Reference("industry", "Industry", "Key industry she works in.", "industry"),
    ),
    sets={"title": "SKILL_MASTER", "level": "MUNICIPAL", "target": "PERSON"},
    locks=("worker",),
    rules=(rules.KEY_INDUSTRY, rules.NOT_NAMED_YET),
    effect="MATCH (city:Union {type: 'MUNICIPAL'}) CREATE (subject)-[:NAMED_BY]->(city)",
    policy=("M04", "T01"),
)

OPERATIONS = (
    PROPOSE,
    _accept("master", "acceptPairingAsMaster", "ACCEPTED_BY_APPRENTICE"),
    _accept("apprentice", "acceptPairingAsApprentice", "ACCEPTED_BY_MASTER"),
    _end(
        "declinePairing",
        "pairing.declined",
        dict.fromkeys(_BEFORE_SIGNING, "DECLINED"),
        "Decline a pairing; a reason may be given and is never asked",
        given=(Given(MENTORING_AGREEMENT.property("decline_reason")),),
    ),
    Operation(
        name="expirePairing",
        subject=MENTORING_AGREEMENT,
        verb="pairing.expired",
        description="Close a proposal that nobody answered in time; a job does it by itself",
        by=(ITS_UNION,),
        moves=dict.fromkeys(_BEFORE_SIGNING, "EXPIRED"),
        rules=(rules.OUT_OF_TIME,),
        policy=("M05",),
    ),
    Operation(
        name="remindOfPairing",
        subject=MENTORING_AGREEMENT,
        verb="pairing.reminded",
        description="Remind both sides of a proposal before its last day; a job does it by itself",
        by=(ITS_UNION,),
        changes=True,
        sets={"reminded_at": Clock.NOW},
        rules=(rules.SOON_OUT_OF_TIME,),
        policy=("M05",),
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
        rules.RAN_OUT,
    ),
    DECLARE_PLACES,
    OPEN_PROGRAMME,
    OPEN_SCHEME,
    TEACH,
    ASSESS,
    APPROVE_ALLOWANCE,
    PAY_ALLOWANCE,
    NAME_MASTER,
)
