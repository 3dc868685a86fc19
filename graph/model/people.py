"""Workers, masters and scientists, and the dated records about them."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import LiteralString

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Interface,
    Kind,
    NodeType,
    Owned,
    Property,
    Public,
    RelationshipType,
    SortBy,
    Through,
)
from graph.model.vocabularies import NAME_EN

SKILL_LEVEL = ClosedList(
    "SkillLevel",
    "技能等级",
    "The skill ladder (C11), completed from the national system.",
    (
        Choice("PRIMARY", "初级工", "Primary worker, level five."),
        Choice("INTERMEDIATE", "中级工", "Intermediate worker, level four."),
        Choice("SENIOR", "高级工", "Senior worker, level three."),
        Choice("TECHNICIAN", "技师", "Technician, level two."),
        Choice("SENIOR_TECHNICIAN", "高级技师", "Senior technician, level one."),
        Choice("CHIEF_TECHNICIAN", "首席技师", "Chief technician."),
    ),
    ordered=True,
)

CONSENT_PURPOSE = ClosedList(
    "ConsentPurpose",
    "同意用途",
    "What a person has agreed to; nothing by default.",
    (
        Choice("MATCHING", "匹配", "May be proposed to others."),
        Choice("IDENTITY", "身份", "The name may be shown to the other side."),
        Choice("PUBLICATION", "宣传", "Deeds may be publicised (Y08)."),
        Choice("SHARING", "共享", "The record may be shared with departments (K09)."),
        Choice("PERSONALISATION", "个性化", "Suggestions may use the person's behaviour."),
    ),
)

PERSON = Interface("Person", "人员", "A worker or a scientist.", ("name", "name_en"))

PERSON_NAME = Property(
    "name",
    "Name.",
    zh="姓名",
    required=True,
    personal=True,
    pseudonym="职工",
    sortable=True,
    searched=True,
)

DEPTHS: tuple[LiteralString, ...] = ("1", "2", "3", "4")
ABOVE: Mapping[LiteralString, tuple[LiteralString, ...]] = MappingProxyType(
    {tree: tuple([f"{tree}_{depth}" for depth in DEPTHS]) for tree in ("region", "system")}
)
"""Tree of unions -> the properties of a worker that hold the union above her at each depth."""

WORKER = NodeType(
    "Worker",
    "workers",
    "职工",
    "A worker: the root of the graph (P03). A master (名师) is a worker with a role.",
    Owned(
        organisations=(("employments", "enterprise"), ("leads",), ("studios",)),
        partners=(("agreementsAsMaster", "apprentice"), ("agreementsAsApprentice", "master")),
    ),
    (
        PERSON_NAME,
        replace(NAME_EN, personal=True),
        Property(
            "is_master",
            "Takes apprentices (名师).",
            Kind.ROLE,
            zh="名师",
            label="Master",
            aliases=("师傅",),
        ),
        Property(
            "skill_level",
            "Highest level in force.",
            Kind.CHOICE,
            zh="技能等级",
            choices=SKILL_LEVEL,
            sortable=True,
        ),
        Property(
            "birth_year",
            "Year of birth.",
            Kind.INTEGER,
            zh="出生年份",
            personal=True,
            minimum=1900,
            sortable=True,
        ),
        Property(
            "human_decides",
            "Refuses to be decided about by computation alone.",
            Kind.BOOLEAN,
            zh="要求人工决定",
        ),
        Property("frontline", "Works at the front line (H05).", Kind.BOOLEAN, zh="一线职工"),
        Property(
            "motivation",
            "What she wants to learn, in her own words.",
            Kind.TEXT,
            zh="学习意愿",
            personal=True,
        ),
        Property(
            "job_title",
            "Title of the post as the employer writes it.",
            zh="岗位名称",
            aliases=("岗位", "职务"),
            searched=True,
        ),
        Property(
            "occupation_confidence",
            "How sure the mapping of the job title is, 0 to 1.",
            Kind.FLOAT,
            zh="职业匹配置信度",
        ),
        *(
            Property(name, f"Derived: id of the union at depth {depth} of her path.", internal=True)
            for names in ABOVE.values()
            for depth, name in zip(DEPTHS, names, strict=True)
        ),
    ),
    interfaces=("Person",),
    sort_by=(SortBy("OCCUPATION_CODE", "occupation", "code"),),
    aliases=("工人", "员工"),
    policy=("P03", "K01"),
)

SCIENTIST = NodeType(
    "Scientist",
    "scientists",
    "科学家（专家）",
    "An inventor or researcher in public bibliographic records (V06).",
    Public(),
    (
        Property(
            "name", "Name as published.", zh="姓名", required=True, sortable=True, searched=True
        ),
        NAME_EN,
        Property("city", "City given in the record.", zh="城市"),
        Property("country", "Country given in the record.", zh="国家"),
    ),
    interfaces=("Person",),
    aliases=("专家",),
    policy=("V06",),
)

EMPLOYMENT = NodeType(
    "Employment",
    "employments",
    "聘用记录",
    "That a worker is engaged by an enterprise, and at which level (在聘, M22).",
    Through(("worker",)),
    (
        Property("position", "Post.", zh="岗位"),
        Property(
            "engaged_level",
            "Level at which she is engaged, which may be below her certificate.",
            Kind.CHOICE,
            zh="聘任等级",
            choices=SKILL_LEVEL,
            sortable=True,
        ),
        Property("employer", "Derived: id of the enterprise.", internal=True),
        Property("worker_key", "Derived: key of the worker.", internal=True),
        Property("worker_name", "Derived: name of the worker.", internal=True),
    ),
    dated=True,
    aliases=("在聘",),
    policy=("M22", "E13", "K08"),
)

SKILL_LEVEL_RECORD = NodeType(
    "SkillLevelRecord",
    "skillLevelRecords",
    "技能等级记录",
    "That a worker holds a level in an occupation (C11, A15).",
    Through(("worker",)),
    (
        Property(
            "skill_level", "Level.", Kind.CHOICE, zh="技能等级", choices=SKILL_LEVEL, required=True,
            sortable=True,
        ),
        Property("via", "How it was reached, such as a competition (A15).", zh="取得方式"),
    ),
    dated=True,
    policy=("C11", "A15"),
)  # fmt: skip

CONSENT = NodeType(
    "Consent",
    "consents",
    "同意记录",
    "That a person has agreed to one purpose; without a record there is no consent.",
    Through(("worker",)),
    (
        Property(
            "purpose", "What for.", Kind.CHOICE, zh="用途", choices=CONSENT_PURPOSE, required=True
        ),
        Property("given_how", "On paper, online, by voice.", zh="方式"),
        Property("evidence", "Where the evidence is kept.", zh="凭证", personal=True),
        Property("recorded_by", "Who recorded it.", zh="登记人", personal=True),
    ),
    dated=True,
    policy=("P02",),
)

NODE_TYPES = (WORKER, SCIENTIST, EMPLOYMENT, SKILL_LEVEL_RECORD, CONSENT)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "MEMBER_OF",
        "Worker",
        "Union",
        End("unions", "Unions she belongs to, by region and by system (M09).", zh="所属工会"),
        End("members", "Workers who belong to it directly.", zh="会员"),
        policy=("M09",),
    ),
    RelationshipType(
        "LIVES_IN",
        "Worker",
        "District",
        End("district", "District she works from.", many=False, zh="所在区"),
        End("workers", "Workers in it.", zh="职工"),
    ),
    RelationshipType(
        "PRACTISES",
        "Worker",
        "Occupation",
        End("occupation", "Her occupation.", many=False, zh="职业"),
        End("workers", "Workers who practise it.", zh="职工"),
    ),
    RelationshipType(
        "TEACHES",
        "Worker",
        "Occupation",
        End("teaches", "Occupations she takes apprentices in.", zh="带徒职业"),
        End("masters", "Masters who take apprentices in it.", zh="名师"),
    ),
    RelationshipType(
        "HAS_SKILL",
        "Worker",
        "Skill",
        End("skills", "What she can do.", zh="技能"),
        End("workers", "Workers who can do it.", zh="职工"),
        (
            Property(
                "level",
                "From 1 (knows of it) to 5 (teaches it).",
                Kind.INTEGER,
                zh="水平",
                minimum=1,
                sortable=True,
            ),
            Property("since", "Since when.", Kind.DATE, zh="起始日期"),
        ),
    ),
    RelationshipType(
        "ABOUT_WORKER",
        "Employment",
        "Worker",
        End("worker", "Who is engaged.", many=False, zh="职工"),
        End("employments", "Where she is engaged.", zh="聘用记录"),
    ),
    RelationshipType(
        "AT_ENTERPRISE",
        "Employment",
        "Enterprise",
        End("enterprise", "Who engages.", many=False, zh="企业"),
        End("employments", "Whom it engages.", zh="聘用记录"),
    ),
    RelationshipType(
        "ABOUT_WORKER",
        "SkillLevelRecord",
        "Worker",
        End("worker", "Who holds it.", many=False, zh="职工"),
        End("skillLevelRecords", "Levels she holds.", zh="技能等级记录"),
    ),
    RelationshipType(
        "IN_OCCUPATION",
        "SkillLevelRecord",
        "Occupation",
        End("occupation", "In which occupation.", many=False, zh="职业"),
        End("skillLevelRecords", "Who holds which level in it.", zh="技能等级记录"),
    ),
    RelationshipType(
        "ABOUT_WORKER",
        "Consent",
        "Worker",
        End("worker", "Who agreed.", many=False, zh="职工"),
        End("consents", "What she has agreed to.", zh="同意记录"),
    ),
)
