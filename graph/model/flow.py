"""Talent flow: what enterprises need, so that workers can see where they are needed."""

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Property,
    Public,
    RelationshipType,
)
from graph.model.people import SKILL_LEVEL

URGENCY = ClosedList(
    "Urgency",
    "紧缺程度",
    "How urgently talent is needed (J09).",
    (
        Choice("NORMAL", "一般", "Needed."),
        Choice("HIGH", "紧缺", "Hard to find."),
        Choice("CRITICAL", "急需", "Urgently needed (急需人才)."),
    ),
    ordered=True,
    policy=("J09",),
)

DEMAND_STATE = ClosedList(
    "DemandState",
    "需求状态",
    "States of a demand for talent.",
    (
        Choice("OPEN", "招聘中", "Places are open."),
        Choice("FILLED", "已满足", "All places are filled."),
        Choice("WITHDRAWN", "已撤回", "Withdrawn."),
    ),
)

TALENT_DEMAND = NodeType(
    "TalentDemand",
    "talentDemands",
    "人才需求",
    "Places that an enterprise has for an occupation and a level (J09, K08).",
    Public(),
    (
        Property("title", "Post.", zh="岗位", required=True, sortable=True, searched=True),
        Property("skill_level", "Least level asked for.", Kind.CHOICE, zh="技能等级",
                 choices=SKILL_LEVEL),
        Property("places", "Places.", Kind.INTEGER, zh="需求人数", minimum=1, required=True),
        Property("urgency", "Urgency.", Kind.CHOICE, zh="紧缺程度", choices=URGENCY,
                 sortable=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=DEMAND_STATE, required=True),
        Property("posted", "First day.", Kind.DATE, zh="发布日期", sortable=True),
        Property("closes", "Last day.", Kind.DATE, zh="截止日期"),
    ),
    aliases=("岗位需求",),
    policy=("J09", "K08", "W08"),
)  # fmt: skip

NODE_TYPES = (TALENT_DEMAND,)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "AT_ENTERPRISE",
        "TalentDemand",
        "Enterprise",
        End("enterprise", "Enterprise that needs it.", many=False, zh="企业"),
        End("talentDemands", "Places it has (K08).", zh="人才需求"),
        policy=("K08",),
    ),
    RelationshipType(
        "IN_OCCUPATION",
        "TalentDemand",
        "Occupation",
        End("occupation", "Occupation.", many=False, zh="职业"),
        End("talentDemands", "Demand for it (J09).", zh="人才需求"),
        policy=("J09",),
    ),
    RelationshipType(
        "DEMANDS_SKILL",
        "TalentDemand",
        "Skill",
        End("skills", "Skills asked for.", zh="技能"),
        End(
            "talentDemands",
            "Demand for it, which `shortages` sets against supply (K07).",
            zh="人才需求",
        ),
        (
            Property(
                "level", "Least level, 1 to 5.", Kind.INTEGER, zh="水平", minimum=1, sortable=True
            ),
        ),
    ),
)
