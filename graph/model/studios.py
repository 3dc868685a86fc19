"""Workers' innovation studios and what they need."""

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
from graph.model.vocabularies import NAME, NAME_EN

LEVEL = ClosedList(
    "ProgrammeLevel",
    "级别",
    "The level at which something is named or held (X03).",
    (
        Choice("ENTERPRISE", "企业", "Enterprise."),
        Choice("INDUSTRY", "产业/行业", "Industry."),
        Choice("DISTRICT", "区县", "District or county."),
        Choice("MUNICIPAL", "市级", "Municipal."),
        Choice("NATIONAL", "国家", "National."),
        Choice("INTERNATIONAL", "国际", "International."),
    ),
)

DESIGNATION_KIND = ClosedList(
    "DesignationKind",
    "命名类型",
    "Whether a designation is the first or a renewal (T04).",
    (
        Choice("NEW", "新命名", "Named for the first time."),
        Choice("RENEWAL", "复评", "Borne before, and given again."),
    ),
)

STUDIO = NodeType(
    "Studio",
    "studios",
    "职工创新工作室",
    "A workers' innovation studio (S01): trains talent and makes achievements (S16).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property(
            "level",
            "Level at which it is named.",
            Kind.CHOICE,
            zh="级别",
            choices=LEVEL,
            sortable=True,
        ),
        Property("focus", "What it works on.", Kind.TEXT, zh="研究方向", searched=True),
        Property("needs", "What it seeks from research.", Kind.TEXT, zh="对接需求", searched=True),
    ),
    aliases=("工作室", "创新工作室"),
    policy=("S01", "S02", "S12", "S16"),
)

STUDIO_DESIGNATION = NodeType(
    "StudioDesignation",
    "studioDesignations",
    "工作室命名",
    "That a studio bears its title from a day to a day (S03, T04, T05).",
    Public(),
    (
        Property("level", "Level.", Kind.CHOICE, zh="级别", choices=LEVEL, required=True),
        Property("kind", "New or renewal.", Kind.CHOICE, zh="命名类型", choices=DESIGNATION_KIND),
        Property("ended_because", "Why it was withdrawn.", Kind.TEXT, zh="撤销原因"),
    ),
    dated=True,
    policy=("S03", "T04", "T05"),
)

NODE_TYPES = (STUDIO, STUDIO_DESIGNATION)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "BELONGS_TO",
        "Studio",
        "Enterprise",
        End("enterprise", "Enterprise that it is part of.", many=False, zh="所属企业"),
        End("studios", "Its studios.", zh="工作室"),
        policy=("S01",),
    ),
    RelationshipType(
        "IN_INDUSTRY",
        "Studio",
        "Industry",
        End("industries", "Industries it works in.", zh="所属行业"),
        End("studios", "Studios in it.", zh="工作室"),
        policy=("S01",),
    ),
    RelationshipType(
        "LOCATED_IN",
        "Studio",
        "District",
        End("district", "Where it is.", many=False, zh="所在区"),
        End("studios", "Studios in it.", zh="工作室"),
    ),
    RelationshipType(
        "LEADS",
        "Worker",
        "Studio",
        End("leads", "Studios that she leads (领军人物, S04).", zh="领衔工作室"),
        End("leader", "Its leader (S04).", many=False, zh="领军人物"),
        policy=("S04",),
    ),
    RelationshipType(
        "KEY_MEMBER_OF",
        "Worker",
        "Studio",
        End("studios", "Studios of which she is a key member (骨干, S08).", zh="参与工作室"),
        End("keyMembers", "Its key members (S08).", zh="骨干"),
        policy=("S08",),
    ),
    RelationshipType(
        "FOCUSES_ON",
        "Studio",
        "TechnologyField",
        End("technologyFields", "Technology it works on.", zh="技术领域"),
        End("studios", "Studios that work on it.", zh="工作室"),
    ),
    RelationshipType(
        "USES_SKILL",
        "Studio",
        "Skill",
        End("skills", "Skills at work in it.", zh="技能"),
        End("studios", "Studios where it is at work.", zh="工作室"),
    ),
    RelationshipType(
        "DESIGNATES",
        "StudioDesignation",
        "Studio",
        End("studio", "The studio named.", many=False, zh="工作室"),
        End("designations", "Its titles.", zh="命名"),
    ),
)
