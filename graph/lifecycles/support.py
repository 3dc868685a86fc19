"""Support of workers' careers (C01–C10): lists, rules, applications, grants and their money."""

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import FEDERATION, ITS_UNION, answering, its, person
from graph.model.support import (
    FUNDING_SHARE,
    OCCUPATION_LISTING,
    SUPPORT_GRANT,
    SUPPORT_RULE,
)
from graph.rules import support as rules

_RULE_UNION = answering(
    "the union of the rule, or one above it",
    "(subject)-[:UNDER_RULE]->(:SupportRule)-[:SET_BY]->(answers:Union)",
)
_DECISION = Given(SUPPORT_GRANT.property("decision"))

RULES = (
    Operation(
        name="listOccupation",
        subject=OCCUPATION_LISTING,
        verb="support.occupation-listed",
        description="Put an occupation on a list from a day: certificate or emerging occupations",
        by=(FEDERATION,),
        given=(
            Given(OCCUPATION_LISTING.property("list"), required=True),
            Given(OCCUPATION_LISTING.property("valid_from")),
            Given(OCCUPATION_LISTING.property("reference")),
        ),
        references=(Reference("occupation", "Occupation", "The occupation.", "occupation"),),
        locks=("occupation",),
        rules=(rules.NOT_LISTED_YET,),
        policy=("C03", "C05"),
    ),
    Operation(
        name="unlistOccupation",
        subject=OCCUPATION_LISTING,
        verb="support.occupation-unlisted",
        description="Take an occupation off a list from today; that it was on it stays on record",
        by=(FEDERATION,),
        changes=True,
        sets={"valid_to": Clock.TODAY},
        rules=(rules.IS_LISTED,),
        policy=("C03", "C06"),
    ),
    Operation(
        name="setSupportRule",
        subject=SUPPORT_RULE,
        verb="support.rule-set",
        description="Set what a union supports, from a day (各级工会自主制定助推政策)",
        by=(its("union"),),
        given=(
            Given(SUPPORT_RULE.property("name"), required=True),
            Given(SUPPORT_RULE.property("level"), required=True),
            Given(SUPPORT_RULE.property("basis"), required=True),
            Given(SUPPORT_RULE.property("amount"), required=True),
            Given(SUPPORT_RULE.property("pilot")),
            Given(SUPPORT_RULE.property("occupations_kind")),
            Given(SUPPORT_RULE.property("lowest_grade")),
            Given(SUPPORT_RULE.property("last_rank")),
            Given(SUPPORT_RULE.property("lowest_stage")),
            Given(SUPPORT_RULE.property("skill_level")),
            Given(SUPPORT_RULE.property("valid_from")),
            Given(SUPPORT_RULE.property("valid_to"), after="valid_from"),
        ),
        references=(
            Reference("union", "Union", "Union that sets it.", "union"),
            Reference(
                "occupations", "Occupation", "Only these occupations.", "occupations",
                required=False, many=True,
            ),
        ),
        same=("union_id", "name", "valid_from"),
        rules=(rules.RULE_SAYS_WHAT,),
        policy=("C04", "C05", "C06", "C07"),
    ),
    Operation(
        name="endSupportRule",
        subject=SUPPORT_RULE,
        verb="support.rule-ended",
        description="End a rule from today; events before today are still judged by it",
        by=(answering("its union, or one above it", "(subject)-[:SET_BY]->(answers:Union)"),),
        changes=True,
        sets={"valid_to": Clock.TODAY},
        rules=(rules.RULE_STANDS,),
        policy=("C06",),
    ),
)  # fmt: skip

GRANTS = (
    Operation(
        name="applySupport",
        subject=SUPPORT_GRANT,
        verb="support.applied",
        description="Apply for support under one rule for one event of a worker",
        by=(ITS_UNION, person("the worker herself", "worker.id = $viewer_person")),
        begins="APPLIED",
        references=(
            Reference("worker", "Worker", "Who is to be supported.", "worker"),
            Reference("rule", "SupportRule", "Rule.", "rule"),
            Reference(
                "entry", "CompetitionEntry", "Place in a contest.", "competitionEntry",
                required=False,
            ),
            Reference(
                "record", "SkillLevelRecord", "Skill level reached.", "skillLevelRecord",
                required=False,
            ),
        ),
        sets={"applied": Clock.TODAY},
        locks=("worker",),
        rules=(rules.ONE_EVENT, rules.ELIGIBLE, rules.ONCE_A_LEVEL),
        effect="SET subject.amount = rule.amount",
        policy=("C01", "C02", "C10"),
    ),
    Operation(
        name="grantSupport",
        subject=SUPPORT_GRANT,
        verb="support.granted",
        description="Grant support that was applied for",
        by=(_RULE_UNION,),
        moves={"APPLIED": "GRANTED"},
        given=(_DECISION,),
        sets={"decided": Clock.TODAY},
        policy=("C01",),
    ),
    Operation(
        name="rejectSupport",
        subject=SUPPORT_GRANT,
        verb="support.rejected",
        description="Decide that support is not granted, and why",
        by=(_RULE_UNION,),
        moves={"APPLIED": "REJECTED"},
        given=(Given(SUPPORT_GRANT.property("decision"), required=True),),
        sets={"decided": Clock.TODAY},
        policy=("C01",),
    ),
    Operation(
        name="paySupport",
        subject=SUPPORT_GRANT,
        verb="support.paid",
        description="Record that granted support was paid",
        by=(_RULE_UNION,),
        moves={"GRANTED": "PAID"},
        sets={"paid": Clock.TODAY},
        policy=("C01",),
    ),
    Operation(
        name="shareFunding",
        subject=FUNDING_SHARE,
        verb="support.funding-shared",
        description="Record which share of a grant comes from which source (配比)",
        by=(
            answering(
                "the union of the rule, or one above it",
                "(grant)-[:UNDER_RULE]->(:SupportRule)-[:SET_BY]->(answers:Union)",
            ),
        ),
        given=(
            Given(FUNDING_SHARE.property("source_kind"), required=True),
            Given(FUNDING_SHARE.property("ratio"), required=True),
        ),
        references=(
            Reference("grant", "SupportGrant", "The grant.", "grant"),
            Reference("union", "Union", "Union that pays the share.", "union", required=False),
        ),
        same=("grant_id", "source_kind", "union_id"),
        locks=("grant",),
        rules=(rules.SHARES_WITHIN_ONE,),
        policy=("C08", "C09"),
    ),
)  # fmt: skip

OPERATIONS = (*RULES, *GRANTS)
