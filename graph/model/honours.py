"""Titles and awards: rounds, nominations, and who bears which title from when."""

from typing import LiteralString

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
from graph.model.studios import LEVEL
from graph.model.vocabularies import NAME, NAME_EN

TITLE = ClosedList(
    "Title",
    "称号",
    "Titles and awards that the policy names (X14, M16–M21, E01–E12).",
    (
        Choice("SKILL_MASTER", "技能名师", "Skill Master (M04)."),
        Choice("CHINA_SKILLS_AWARD", "中华技能大奖", "China Skills Grand Award (M16)."),
        Choice("NATIONAL_EXPERT", "全国技术能手", "National Technical Expert (M17)."),
        Choice("BEIJING_EXPERT", "北京技术能手", "Beijing Technical Expert (M18)."),
        Choice("CHIEF_TECHNICIAN", "首席技师", "Chief Technician (M19, E12)."),
        Choice("CHIEF_WORKER", "首席职工", "Chief Worker (E12)."),
        Choice("INNOVATION_PACESETTER", "创新标兵", "Innovation Pacesetter (E12)."),
        Choice("NATIONAL_MODEL_WORKER", "全国劳动模范", "National Model Worker (M20, E01)."),
        Choice("CAPITAL_MODEL_WORKER", "首都劳动模范", "Capital Model Worker (M21, E01)."),
        Choice("LABOUR_MEDAL", "劳动奖章", "Labour Medal, for a person (E02)."),
        Choice("LABOUR_CERTIFICATE", "劳动奖状", "Labour Certificate, for an organisation (E03)."),
        Choice("WORKERS_VANGUARD", "工人先锋号", "Workers' Vanguard, for a team (E04)."),
        Choice(
            "CAPITAL_INNOVATION_PACESETTER",
            "首都职工技术创新标兵",
            "Capital Workers' Technical Innovation Pacesetter (E09).",
        ),
        Choice("UNIQUE_SKILL", "绝技绝活", "Unique skill (E10)."),
        Choice("OPERATION_METHOD", "特殊操作法", "Special operation method (E11)."),
        Choice(
            "CAPITAL_ACHIEVEMENT",
            "首都职工优秀自主创新成果",
            "Capital Workers' Outstanding Independent Innovation Achievement (V01).",
        ),
        Choice("ADVANCED_ASSOCIATION", "先进基层技协组织", "Advanced association (J18)."),
        Choice("MUNICIPAL_STUDIO", "市级职工创新工作室", "Municipal innovation studio (S03)."),
    ),
    policy=("X14",),
)

AWARD_TARGET = ClosedList(
    "AwardTarget",
    "表彰对象",
    "Who an award may go to (X13).",
    (
        Choice("PERSON", "个人", "A person."),
        Choice("TEAM", "团队", "A team (E04)."),
        Choice("ORGANISATION", "单位", "An organisation (E03)."),
    ),
    policy=("X13",),
)

NOMINATION_STATE = ClosedList(
    "NominationState",
    "推荐状态",
    "States of a nomination (E05).",
    (
        Choice("NOMINATED", "已推荐", "Put forward."),
        Choice("NAMED", "已命名", "Won the title."),
        Choice("NOT_NAMED", "未入选", "Did not win it this time."),
        Choice("WITHDRAWN", "已撤回", "Withdrawn by who put it forward or by who was nominated."),
    ),
)

TEAM = NodeType(
    "Team",
    "teams",
    "班组",
    "A team of workers, as awards know it (E04).",
    Public(),
    (NAME, NAME_EN),
    aliases=("团队",),
    policy=("E04",),
)

UNIQUE_SKILL = NodeType(
    "UniqueSkill",
    "uniqueSkills",
    "绝技绝活",
    "What one worker can do and hardly another (E10).",
    Through(("worker",)),
    (NAME, Property("description", "What it is.", Kind.TEXT, zh="说明", searched=True)),
    aliases=("绝技", "绝活"),
    policy=("E10",),
)

DESIGNATION = NodeType(
    "Designation",
    "designations",
    "命名表彰",
    "That a person, team, organisation or achievement bears a title from a day (M04, E01–E12).",
    Through(("worker", "uniqueSkill", "team", "achievement", "enterprise", "techAssociation")),
    (
        Property(
            "title", "Title.", Kind.CHOICE, zh="称号", choices=TITLE, required=True, sortable=True
        ),
        Property("level", "Level.", Kind.CHOICE, zh="级别", choices=LEVEL),
        Property("target", "Whom it goes to.", Kind.CHOICE, zh="对象", choices=AWARD_TARGET),
        Property("edition", "Number of the edition.", Kind.INTEGER, zh="届次", minimum=1),
        Property("grounds", "What it was given for.", Kind.TEXT, zh="事迹"),
        Property("meeting", "Meeting that approved it (N03).", zh="审议会议"),
        Property("reference", "Where it is published.", zh="出处"),
    ),
    dated=True,
    aliases=("称号", "荣誉称号"),
    policy=("M04", "E01", "E02", "E03", "E09", "E12", "M16", "M17", "M18", "M19", "M20", "M21"),
)

AWARD_ROUND = NodeType(
    "AwardRound",
    "awardRounds",
    "评选批次",
    "One call for a title: who holds it, how many places, how preference is given (E05, E06).",
    Public(),
    (
        NAME,
        Property("title", "Title.", Kind.CHOICE, zh="称号", choices=TITLE, required=True),
        Property("year", "Year.", Kind.INTEGER, zh="年度", sortable=True, minimum=1900),
        Property("places", "How many may be named.", Kind.INTEGER, zh="名额", minimum=0),
        Property("opens", "First day for nominations.", Kind.DATE, zh="开始日期"),
        Property("closes", "Last day for nominations.", Kind.DATE, zh="截止日期"),
        Property(
            "preference",
            "To whom preference is given (E06, E07): shown as a reason, never part of a score.",
            Kind.TEXT,
            zh="倾斜政策",
        ),
    ),
    policy=("E05", "E06"),
)

NOMINATION = NodeType(
    "Nomination",
    "nominations",
    "推荐",
    "That someone or something is put forward for a title, and what became of it (E05, E08).",
    Through(("worker", "team", "achievement", "enterprise", "techAssociation")),
    (
        Property(
            "state",
            "State.",
            Kind.CHOICE,
            zh="状态",
            choices=NOMINATION_STATE,
            required=True,
            sortable=True,
        ),
        Property("grounds", "Why.", Kind.TEXT, zh="推荐理由"),
        Property(
            "preferences", "Preferences that apply, by policy row.", Kind.STRINGS, zh="倾斜情形"
        ),
        Property("submitted", "Day.", Kind.DATE, zh="推荐日期", sortable=True),
        Property("decided", "Day of the decision.", Kind.DATE, zh="决定日期"),
        Property("decision", "Reason of the decision.", Kind.TEXT, zh="决定理由"),
    ),
    policy=("E05", "E06", "E08"),
)

NODE_TYPES = (TEAM, UNIQUE_SKILL, DESIGNATION, AWARD_ROUND, NOMINATION)

_NAMED: tuple[tuple[LiteralString, LiteralString, str, str], ...] = (
    ("Worker", "worker", "The worker.", "职工"),
    ("UniqueSkill", "uniqueSkill", "The unique skill.", "绝技绝活"),
    ("Team", "team", "The team.", "班组"),
    ("Achievement", "achievement", "The achievement.", "成果"),
    ("Enterprise", "enterprise", "The enterprise.", "企业"),
    ("TechAssociation", "techAssociation", "The association.", "技协组织"),
)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "PART_OF",
        "Team",
        "Enterprise",
        End("enterprise", "Enterprise it works in.", many=False, zh="所属企业"),
        End("teams", "Its teams.", zh="班组"),
    ),
    RelationshipType(
        "IN_TEAM",
        "Worker",
        "Team",
        End("teams", "Teams she works in.", zh="班组"),
        End("members", "Who works in it.", zh="成员"),
        policy=("E04",),
    ),
    RelationshipType(
        "HELD_BY",
        "UniqueSkill",
        "Worker",
        End("worker", "Who can do it.", many=False, zh="职工"),
        End("uniqueSkills", "What she can do and hardly another (E10).", zh="绝技绝活"),
        policy=("E10",),
    ),
    *(
        RelationshipType(
            "NAMES",
            "Designation",
            target,
            End(name, text, many=False, zh=zh),
            End("titles", "Titles borne.", zh="称号"),
        )
        for target, name, text, zh in _NAMED
    ),
    RelationshipType(
        "NAMED_BY",
        "Designation",
        "Union",
        End("namedBy", "Union that named.", many=False, zh="命名单位"),
        End("named", "Titles it has given.", zh="命名"),
        policy=("M04",),
    ),
    RelationshipType(
        "IN_INDUSTRY",
        "Designation",
        "Industry",
        End("industry", "Industry it was given in; a key one for T01.", many=False, zh="行业"),
        End("designations", "Titles given in it.", zh="命名"),
        policy=("T01",),
    ),
    RelationshipType(
        "FROM_ROUND",
        "Designation",
        "AwardRound",
        End("round", "Round in which it was given.", many=False, zh="评选批次"),
        End("designations", "Titles given in it.", zh="命名"),
    ),
    RelationshipType(
        "HELD_BY",
        "AwardRound",
        "Union",
        End("union", "Union that holds it.", many=False, zh="主办工会"),
        End("awardRounds", "Rounds it holds.", zh="评选批次"),
    ),
    RelationshipType(
        "IN_ROUND",
        "Nomination",
        "AwardRound",
        End("round", "Round it is for.", many=False, zh="评选批次"),
        End("nominations", "Nominations in it.", zh="推荐"),
        policy=("E05",),
    ),
    *(
        RelationshipType(
            "NOMINATES",
            "Nomination",
            target,
            End(name, text, many=False, zh=zh),
            End("nominations", "Nominations for titles.", zh="推荐"),
        )
        for target, name, text, zh in _NAMED
        if target != "UniqueSkill"
    ),
    RelationshipType(
        "LED_TO",
        "Nomination",
        "Designation",
        End("designation", "Title that it led to.", many=False, zh="命名"),
        End("nomination", "Nomination that led to it.", many=False, zh="推荐"),
    ),
    RelationshipType(
        "SUBMITTED_BY",
        "Nomination",
        "Union",
        End("submittedBy", "Union that put it forward.", many=False, zh="推荐工会"),
        End("nominations", "Nominations it has put forward.", zh="推荐"),
    ),
    RelationshipType(
        "RECOMMENDED_FOR",
        "Designation",
        "AwardRound",
        End("recommendedFor", "Higher awards it is recommended for first (E08).", zh="优先推荐"),
        End("recommended", "Bearers of lower titles recommended for it (E08).", zh="优先推荐对象"),
        policy=("E08",),
    ),
)
