"""助推计划: the rules of support as dated data, lists that change, applications, grants, money."""

from graph.model.competitions import GRADE, STAGE
from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Property,
    Public,
    RelationshipType,
    Through,
)
from graph.model.funding import FUNDING_SOURCE, fen
from graph.model.people import SKILL_LEVEL
from graph.model.studios import LEVEL
from graph.model.vocabularies import NAME

OCCUPATION_CATALOGUE = ClosedList(
    "OccupationCatalogue",
    "职业目录",
    "Lists of occupations that change by date (C03, C05).",
    (
        Choice("CERTIFICATE", "取证工种", "A certificate is required (C03)."),
        Choice("EMERGING", "新兴职业", "Emerging occupations (C05)."),
    ),
    policy=("C03", "C05"),
)

SUPPORT_BASIS = ClosedList(
    "SupportBasis",
    "助推依据",
    "What a rule of support rests on (C02, C04, Z02).",
    (
        Choice("CONTEST_PLACE", "竞赛名次", "A place in a contest (C02)."),
        Choice("LEVEL_REACHED", "技能晋级", "A skill level reached (C04, Z02)."),
    ),
    policy=("C02", "C04", "Z02"),
)

OCCUPATION_KIND = ClosedList(
    "SupportedOccupations",
    "助推工种",
    "In which occupations a rule holds, besides those it names (C02–C05).",
    (
        Choice("NON_CERTIFICATE", "非取证工种", "Only where no certificate is required (C02)."),
        Choice("CERTIFICATE", "取证工种", "Only certificate occupations (C04)."),
        Choice("EMERGING", "新兴职业", "Only emerging occupations (C05)."),
    ),
    policy=("C02", "C03", "C04", "C05"),
)

SUPPORT_STATE = ClosedList(
    "SupportGrantState",
    "助推状态",
    "States of an application for support (C01).",
    (
        Choice("APPLIED", "已申请", "Applied for."),
        Choice("GRANTED", "已批准", "Granted."),
        Choice("REJECTED", "未批准", "Not granted."),
        Choice("PAID", "已发放", "Paid."),
    ),
    policy=("C01",),
)

OCCUPATION_LISTING = NodeType(
    "OccupationListing",
    "occupationListings",
    "职业目录记录",
    "That an occupation is on a list from a day to a day; lists change (C03, C05).",
    Public(),
    (
        Property(
            "list", "List.", Kind.CHOICE, zh="目录", choices=OCCUPATION_CATALOGUE, required=True
        ),
        Property("reference", "Where it is published.", zh="出处"),
    ),
    dated=True,
    policy=("C03", "C05", "C06"),
)

SUPPORT_RULE = NodeType(
    "SupportRule",
    "supportRules",
    "助推规则",
    "What a union supports, from a day to a day (C04–C07); judged by the day of the event.",
    Public(),
    (
        NAME,
        Property("level", "Level of the union; each level pays once for an event (C10).",
                 Kind.CHOICE, zh="级别", choices=LEVEL, required=True, sortable=True),
        Property("basis", "What it rests on.", Kind.CHOICE, zh="依据", choices=SUPPORT_BASIS,
                 required=True),
        Property("pilot", "A pilot (试点).", Kind.BOOLEAN, zh="试点"),
        Property("occupations_kind", "In which occupations.", Kind.CHOICE, zh="工种范围",
                 choices=OCCUPATION_KIND),
        Property("lowest_grade", "Lowest class of contest (二类以上).", Kind.CHOICE,
                 zh="最低竞赛等级", choices=GRADE),
        Property("last_rank", "Last place that is supported, such as 10.", Kind.INTEGER,
                 zh="最后名次", minimum=1),
        Property("lowest_stage", "Stage that must be reached (Z02).", Kind.CHOICE,
                 zh="最低晋级阶段", choices=STAGE),
        Property("skill_level", "Skill level that must be reached (C04).", Kind.CHOICE,
                 zh="技能等级", choices=SKILL_LEVEL),
        fen("amount", "Paid for one event.", "助推金额", required=True),
    ),
    dated=True,
    policy=("C02", "C04", "C05", "C06", "C07", "C10", "T11"),
)  # fmt: skip

SUPPORT_GRANT = NodeType(
    "SupportGrant",
    "supportGrants",
    "职业发展助推",
    "Support for one event under one rule, from application to payment (C01).",
    Through(("worker",)),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=SUPPORT_STATE, required=True,
                 sortable=True),
        fen("amount", "Amount, by the rule.", "金额"),
        Property("applied", "Day of application.", Kind.DATE, zh="申请日期", sortable=True),
        Property("decided", "Day of the decision.", Kind.DATE, zh="决定日期", sortable=True),
        Property("paid", "Day of payment.", Kind.DATE, zh="发放日期", sortable=True),
        Property("decision", "Reason of the decision.", Kind.TEXT, zh="决定理由"),
    ),
    aliases=("助推",),
    policy=("C01", "C10"),
)  # fmt: skip

FUNDING_SHARE = NodeType(
    "FundingShare",
    "fundingShares",
    "资金配比",
    "Which share of a grant comes from which source (C08, C09).",
    Through(("grant",)),
    (
        Property("source_kind", "Source.", Kind.CHOICE, zh="资金来源", choices=FUNDING_SOURCE,
                 required=True),
        Property("ratio", "Share of the amount, above 0 and at most 1.", Kind.FLOAT,
                 zh="配比", minimum=0, required=True),
    ),
    policy=("C08", "C09", "F05"),
)  # fmt: skip

NODE_TYPES = (OCCUPATION_LISTING, SUPPORT_RULE, SUPPORT_GRANT, FUNDING_SHARE)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "LISTS",
        "OccupationListing",
        "Occupation",
        End("occupation", "The occupation.", many=False, zh="职业"),
        End("listings", "Lists it is or was on (C03, C05).", zh="目录记录"),
        policy=("C03",),
    ),
    RelationshipType(
        "SET_BY",
        "SupportRule",
        "Union",
        End("union", "Union that set it (C07).", many=False, zh="制定工会"),
        End("supportRules", "What it supports (C07).", zh="助推规则"),
        policy=("C07",),
    ),
    RelationshipType(
        "FOR_OCCUPATION",
        "SupportRule",
        "Occupation",
        End("occupations", "Only these occupations; all of its kind if none is named (C04).",
            zh="指定工种"),
        End("supportRules", "Rules that name it.", zh="助推规则"),
        policy=("C04",),
    ),
    RelationshipType(
        "GRANTED_TO",
        "SupportGrant",
        "Worker",
        End("worker", "Who is supported.", many=False, zh="职工"),
        End("supportGrants", "Support she applied for or received (C01).", zh="职业发展助推"),
        policy=("C01",),
    ),
    RelationshipType(
        "UNDER_RULE",
        "SupportGrant",
        "SupportRule",
        End("rule", "Rule.", many=False, zh="助推规则"),
        End("grants", "Grants under it.", zh="助推"),
    ),
    RelationshipType(
        "FOR_ENTRY",
        "SupportGrant",
        "CompetitionEntry",
        End("competitionEntry", "Place in a contest that it is for.", many=False, zh="竞赛名次"),
        End("supportGrants", "Support for it; one a level (C10).", zh="助推"),
        policy=("C02", "C10"),
    ),
    RelationshipType(
        "FOR_LEVEL",
        "SupportGrant",
        "SkillLevelRecord",
        End("skillLevelRecord", "Skill level that it is for.", many=False, zh="技能等级"),
        End("supportGrants", "Support for it; one a level of union (C10).", zh="助推"),
        policy=("C04", "C10"),
    ),
    RelationshipType(
        "CO_FUNDS",
        "FundingShare",
        "SupportGrant",
        End("grant", "Grant.", many=False, zh="助推"),
        End("fundingShares", "Where the money comes from (C08).", zh="资金配比"),
        policy=("C08",),
    ),
    RelationshipType(
        "FROM_UNION",
        "FundingShare",
        "Union",
        End("union", "Union that pays this share.", many=False, zh="配比工会"),
        End("fundingShares", "Shares it pays (C08).", zh="资金配比"),
        policy=("C08",),
    ),
)  # fmt: skip
