"""Rewards of masters for what their apprentices reach (M08, Z05): set, approved, paid."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import answering, its
from graph.model.incentives import INCENTIVE, INCENTIVE_RULE
from graph.rules import incentives as rules
from graph.rules.support import ONE_EVENT, RULE_SAYS_WHAT

_OWNER: LiteralString = "(rule)-[:SET_BY]->(answers:Union)"
_RULE_UNION = answering("the union of the rule, or one above it", _OWNER)

OPERATIONS = (
    Operation(
        name="setIncentiveRule",
        subject=INCENTIVE_RULE,
        verb="incentive.rule-set",
        description="Set what masters are rewarded for, from a day (考核激励机制)",
        by=(its("union"),),
        given=(
            Given(INCENTIVE_RULE.property("name"), required=True),
            Given(INCENTIVE_RULE.property("basis"), required=True),
            Given(INCENTIVE_RULE.property("within_years"), required=True),
            Given(INCENTIVE_RULE.property("amount"), required=True),
            Given(INCENTIVE_RULE.property("last_rank")),
            Given(INCENTIVE_RULE.property("skill_level")),
            Given(INCENTIVE_RULE.property("valid_from")),
            Given(INCENTIVE_RULE.property("valid_to"), after="valid_from"),
        ),
        references=(Reference("union", "Union", "Union that sets it.", "union"),),
        same=("union_id", "name", "valid_from"),
        rules=(RULE_SAYS_WHAT,),
        policy=("M08", "Z05"),
    ),
    Operation(
        name="approveIncentive",
        subject=INCENTIVE,
        verb="incentive.approved",
        description="Approve a master's reward for one event of an apprentice",
        by=(_RULE_UNION,),
        begins="APPROVED",
        references=(
            Reference("agreement", "MentoringAgreement", "The agreement.", "agreement"),
            Reference("rule", "IncentiveRule", "Rule.", "rule"),
            Reference(
                "entry", "CompetitionEntry", "The apprentice's place.", "competitionEntry",
                required=False,
            ),
            Reference(
                "record", "SkillLevelRecord", "The level she reached.", "skillLevelRecord",
                required=False,
            ),
        ),
        sets={"approved": Clock.TODAY},
        locks=("agreement", "rule"),
        rules=(
            ONE_EVENT,
            rules.RULE_OF_MASTER,
            rules.EARNED,
            rules.ONCE_AN_APPRENTICE,
        ),
        effect="SET subject.amount = rule.amount",
        policy=("M08", "Z05"),
    ),
    Operation(
        name="payIncentive",
        subject=INCENTIVE,
        verb="incentive.paid",
        description="Record that an approved reward was paid",
        by=(_RULE_UNION,),
        moves={"APPROVED": "PAID"},
        sets={"paid": Clock.TODAY},
        reaches=("rule",),
        policy=("M08",),
    ),
)  # fmt: skip
