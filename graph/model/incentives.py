"""激励: what a master is rewarded with when an apprentice gets on (M08, Z05)."""

from graph.model.declare import (
    End,
    Kind,
    NodeType,
    Property,
    Public,
    RelationshipType,
    Through,
)
from graph.model.funding import fen
from graph.model.mentoring import ALLOWANCE_STATE
from graph.model.people import SKILL_LEVEL
from graph.model.support import SUPPORT_BASIS
from graph.model.vocabularies import NAME

INCENTIVE_RULE = NodeType(
    "IncentiveRule",
    "incentiveRules",
    "带徒奖励办法",
    "What a union rewards masters for: an event of the apprentice within years of signing (Z05).",
    Public(),
    (
        NAME,
        Property("basis", "The apprentice's event.", Kind.CHOICE, zh="依据", required=True,
                 choices=SUPPORT_BASIS),
        Property("last_rank", "Last place that is rewarded; 10 if empty.", Kind.INTEGER,
                 zh="最后名次", minimum=1),
        Property("skill_level", "Skill level that must be reached.", Kind.CHOICE, zh="技能等级",
                 choices=SKILL_LEVEL),
        Property("within_years", "Years from signing within which it must fall.", Kind.INTEGER,
                 zh="签约后年限", required=True, minimum=1),
        fen("amount", "Paid once for one apprentice.", "奖励金额", required=True),
    ),
    dated=True,
    policy=("M08", "Z05"),
)  # fmt: skip

INCENTIVE = NodeType(
    "Incentive",
    "incentives",
    "带徒奖励",
    "A master's reward for one apprentice under one rule; over apprentices it sums (M08, Z05).",
    Through(("agreement",)),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=ALLOWANCE_STATE, required=True,
                 sortable=True),
        fen("amount", "Amount, by the rule.", "金额"),
        Property("approved", "Day of approval.", Kind.DATE, zh="核准日期", sortable=True),
        Property("paid", "Day of payment.", Kind.DATE, zh="发放日期", sortable=True),
    ),
    policy=("M08", "Z05"),
)  # fmt: skip

NODE_TYPES = (INCENTIVE_RULE, INCENTIVE)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "SET_BY",
        "IncentiveRule",
        "Union",
        End("union", "Union that set it.", many=False, zh="制定工会"),
        End("incentiveRules", "What it rewards masters for (Z05).", zh="带徒奖励办法"),
        policy=("Z05",),
    ),
    RelationshipType(
        "UNDER_AGREEMENT",
        "Incentive",
        "MentoringAgreement",
        End("agreement", "The agreement.", many=False, zh="协议"),
        End("incentives", "The master's rewards for this apprentice (M08).", zh="带徒奖励"),
        policy=("M08",),
    ),
    RelationshipType(
        "UNDER_RULE",
        "Incentive",
        "IncentiveRule",
        End("rule", "The rule.", many=False, zh="奖励办法"),
        End("incentives", "What was rewarded under it.", zh="带徒奖励"),
        policy=("Z05",),
    ),
    RelationshipType(
        "FOR_ENTRY",
        "Incentive",
        "CompetitionEntry",
        End("competitionEntry", "The apprentice's place.", many=False, zh="竞赛名次"),
        End("incentives", "Rewards of the master for it.", zh="带徒奖励"),
    ),
    RelationshipType(
        "FOR_LEVEL",
        "Incentive",
        "SkillLevelRecord",
        End("skillLevelRecord", "The level she reached.", many=False, zh="技能等级"),
        End("incentives", "Rewards of the master for it.", zh="带徒奖励"),
    ),
)
