"""Vocabularies: occupations, skills, technology, industries, districts, research topics."""

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

SKILL_TYPE = ClosedList(
    "SkillType",
    "技能类型",
    "The three kinds of competence that the Workers' University trains (G11, X11).",
    (
        Choice("GENERAL", "通用能力", "General competence."),
        Choice("INNOVATION", "创新能力", "Innovation competence."),
        Choice("POST", "岗位技能", "Post-specific skill."),
    ),
)

NAME = Property("name", "Name.", zh="名称", required=True, sortable=True, searched=True)
NAME_EN = Property("name_en", "English name.", zh="英文名称", searched=True)
ALIASES = Property("aliases", "Other names.", Kind.STRINGS, zh="别名", searched=True)
LEVEL = Property("level", "Depth in its tree, 1 at the top.", Kind.INTEGER, zh="层级", minimum=1)


def code(zh: str, description: str) -> Property:
    """The official code, which is also the external id."""
    return Property("code", description, zh=zh, required=True, sortable=True, searched=True)


DISTRICT = NodeType(
    "District",
    "districts",
    "行政区划",
    "An administrative division of China, down to Beijing's townships (N04).",
    Public(),
    (code("区划代码", "Twelve-digit division code."), NAME, LEVEL),
    identity="code",
    aliases=("行政区", "区县"),
    policy=("N04",),
)

STRATEGIC_TAG = ClosedList(
    "StrategicTag",
    "战略标签",
    "What the capital's growth is to be known for (P01).",
    (
        Choice("HIGH_PRECISION", "高精尖", "High-precision, advanced economy."),
        Choice("CREATED_IN_BEIJING", "北京创造", "Created in Beijing."),
        Choice("SERVED_BY_BEIJING", "北京服务", "Served by Beijing."),
    ),
)
STRATEGIC_TAGS = Property(
    "strategic_tags",
    "Brands of innovation-driven growth that it stands for (P01).",
    Kind.CHOICES,
    zh="战略标签",
    choices=STRATEGIC_TAG,
)

INDUSTRY = NodeType(
    "Industry",
    "industries",
    "行业",
    "An economic activity of ISIC Rev.4, on which GB/T 4754 builds (A03, A04, P07).",
    Public(),
    (
        code("行业代码", "ISIC Rev.4 code."),
        NAME,
        NAME_EN,
        LEVEL,
        Property(
            "key_industry", "A key industry of the capital (A03).", Kind.BOOLEAN, zh="重点发展产业"
        ),
        Property(
            "strategic_emerging",
            "A strategic emerging industry (A04).",
            Kind.BOOLEAN,
            zh="战略性新兴产业",
        ),
        STRATEGIC_TAGS,
    ),
    identity="code",
    aliases=("产业",),
    policy=("A03", "A04"),
)

OCCUPATION = NodeType(
    "Occupation",
    "occupations",
    "职业（工种）",
    "An occupation (trade) of the national dictionary of 2022, or a group of them (A06).",
    Public(),
    (
        code("职业编码", "Dictionary code such as 6-18-02-04."),
        NAME,
        ALIASES,
        LEVEL,
        Property(
            "definition", "Definition in the dictionary.", Kind.TEXT, zh="定义", searched=True
        ),
        Property("tasks", "Main tasks in the dictionary.", Kind.TEXT, zh="主要工作任务"),
        Property("digital", "A digital occupation (mark S).", Kind.BOOLEAN, zh="数字职业"),
        Property("green", "A green occupation (mark L).", Kind.BOOLEAN, zh="绿色职业"),
        Property(
            "certificate_required", "A certificate occupation (C03).", Kind.BOOLEAN, zh="取证工种"
        ),
        Property("emerging", "An emerging occupation (C05).", Kind.BOOLEAN, zh="新兴职业"),
    ),
    identity="code",
    aliases=("职业", "工种"),
    policy=("A06", "C03", "C05"),
)

SKILL = NodeType(
    "Skill",
    "skills",
    "技能",
    "Something a worker can do: mined from the occupation dictionary, or of ESCO and O*NET (G11).",
    Public(),
    (
        NAME,
        NAME_EN,
        ALIASES,
        Property("description", "What it means.", Kind.TEXT, zh="说明", searched=True),
        Property("type", "Kind of competence.", Kind.CHOICE, zh="技能类型", choices=SKILL_TYPE),
        Property("taxonomy", "List that it belongs to.", zh="分类体系", sortable=True),
    ),
    aliases=("技能名称",),
    policy=("G11", "B18", "B21"),
)

TECHNOLOGY_FIELD = NodeType(
    "TechnologyField",
    "technologyFields",
    "技术领域",
    "A class of the Cooperative Patent Classification, up to its section.",
    Public(),
    (code("分类号", "CPC symbol: section, class, subclass or group."), NAME, NAME_EN, LEVEL),
    identity="code",
    aliases=("专利分类",),
)

TOPIC = NodeType(
    "Topic",
    "topics",
    "研究主题",
    "A research topic of OpenAlex, or the subfield, field or domain above it.",
    Public(),
    (NAME, LEVEL),
    aliases=("主题",),
)

NODE_TYPES = (DISTRICT, INDUSTRY, OCCUPATION, SKILL, TECHNOLOGY_FIELD, TOPIC)


RELATIONSHIP_TYPES = (
    RelationshipType(
        "PART_OF",
        "District",
        "District",
        End("parent", "The division above.", many=False, zh="上级区划"),
        End("children", "The divisions below.", zh="下级区划"),
    ),
    RelationshipType(
        "BROADER",
        "Industry",
        "Industry",
        End("parent", "The broader activity.", many=False, zh="上级行业"),
        End("children", "The narrower activities.", zh="下级行业"),
    ),
    RelationshipType(
        "BROADER",
        "Occupation",
        "Occupation",
        End("parent", "The group above.", many=False, zh="上级类别"),
        End("children", "The occupations below.", zh="下级职业"),
    ),
    RelationshipType(
        "BROADER",
        "Skill",
        "Skill",
        End("broader", "Broader skills.", zh="上位技能"),
        End("narrower", "Narrower skills.", zh="下位技能"),
    ),
    RelationshipType(
        "BROADER",
        "TechnologyField",
        "TechnologyField",
        End("parent", "The class above.", many=False, zh="上级分类"),
        End("children", "The classes below.", zh="下级分类"),
    ),
    RelationshipType(
        "BROADER",
        "Topic",
        "Topic",
        End("parent", "The subfield, field or domain above.", many=False, zh="上级主题"),
        End("children", "What lies below.", zh="下级主题"),
    ),
    RelationshipType(
        "REQUIRES_SKILL",
        "Occupation",
        "Skill",
        End("skills", "Skills that its tasks ask for.", zh="所需技能"),
        End("occupations", "Occupations that ask for it.", zh="相关职业"),
        (
            Property(
                "weight",
                "Share of the occupation's tasks that ask for it, 0 to 1.",
                Kind.FLOAT,
                zh="权重",
                minimum=0,
            ),
        ),
    ),
    RelationshipType(
        "RELATED_SKILL",
        "Skill",
        "Skill",
        End("related", "Skills that help with it.", zh="相关技能"),
        End("relatedTo", "Skills that it helps with.", zh="被关联技能"),
        (Property("kind", "`essential` or `optional`.", zh="关系"),),
    ),
)
