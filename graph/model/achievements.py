"""Achievements, patents, technical problems and research awards."""

from typing import LiteralString

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Owned,
    Property,
    Public,
    RelationshipType,
)
from graph.model.vocabularies import NAME_EN, STRATEGIC_TAGS

ACHIEVEMENT_KIND = ClosedList(
    "AchievementKind",
    "成果类别",
    "Kinds of workers' achievements (V03, X15).",
    (
        Choice("PROCESS", "新工艺", "New process."),
        Choice("INVENTION", "新发明", "New invention."),
        Choice("OPERATION_METHOD", "特殊操作法", "Special operation method (E11)."),
        Choice("RENOVATION", "技术革新", "Technical renovation (A11)."),
    ),
)

MATURITY = ClosedList(
    "Maturity",
    "成熟度",
    "How far an achievement has come; it decides which contract fits.",
    (
        Choice("IDEA", "构想", "To be developed."),
        Choice("PROTOTYPE", "样机", "Shown to work."),
        Choice("IN_USE", "已应用", "In use where it was made."),
    ),
    ordered=True,
)

TECH_CONTRACT_TYPE = ClosedList(
    "TechContractType",
    "技术合同类型",
    "The four technology contracts (四技, X16, T17, V13–V17), and licence, later set apart (Z04).",
    (
        Choice("DEVELOPMENT", "技术开发", "Technology development (V14)."),
        Choice("TRANSFER", "技术转让", "Technology transfer (V15)."),
        Choice("CONSULTING", "技术咨询", "Technical consulting (V16)."),
        Choice("SERVICE", "技术服务", "Technical service (V17)."),
        Choice("LICENCE", "技术许可", "Technology licence (Z04)."),
    ),
)

PROBLEM_STATE = ClosedList(
    "ProblemState",
    "难题状态",
    "States of a technical problem (J08, W07).",
    (
        Choice("OPEN", "待解决", "Nobody has it yet."),
        Choice("MATCHED", "已对接", "Someone works on it."),
        Choice("SOLVED", "已解决", "Solved."),
        Choice("WITHDRAWN", "已撤回", "Taken back by who raised it."),
    ),
)

TITLE = Property(
    "title", "Title.", zh="标题", required=True, sortable=True, searched=True, aliases=("名称",)
)
ABSTRACT = Property("abstract", "Abstract.", Kind.TEXT, zh="摘要", searched=True)

ACHIEVEMENT = NodeType(
    "Achievement",
    "achievements",
    "职工创新成果",
    "A new process, invention, method or renovation made by workers (V01, V03).",
    Public(),
    (
        TITLE,
        NAME_EN,
        ABSTRACT,
        Property(
            "kind", "Kind.", Kind.CHOICE, zh="成果类别", choices=ACHIEVEMENT_KIND, sortable=True
        ),
        Property("maturity", "How far it has come.", Kind.CHOICE, zh="成熟度", choices=MATURITY),
        Property("registered", "Day of registration.", Kind.DATE, zh="登记日期", sortable=True),
        Property("keywords", "Keywords.", Kind.STRINGS, zh="关键词", searched=True),
        STRATEGIC_TAGS,
    ),
    aliases=("成果", "创新成果"),
    policy=("V01", "V03", "V09", "K02"),
)

PATENT = NodeType(
    "Patent",
    "patents",
    "专利",
    "A granted patent (V04).",
    Public(),
    (
        Property(
            "number", "Patent number.", zh="专利号", required=True, sortable=True, searched=True
        ),
        TITLE,
        ABSTRACT,
        Property("filed", "Day of filing.", Kind.DATE, zh="申请日", sortable=True),
        Property("granted", "Day of grant.", Kind.DATE, zh="授权日", sortable=True),
        Property(
            "claims", "Number of claims.", Kind.INTEGER, zh="权利要求数", minimum=0, sortable=True
        ),
    ),
    identity="number",
    policy=("V04",),
)

TECHNICAL_PROBLEM = NodeType(
    "TechnicalProblem",
    "technicalProblems",
    "技术难题",
    "A technical problem that an enterprise has raised (J08, V22).",
    Owned(organisations=(("enterprise",),)),
    (
        TITLE,
        ABSTRACT,
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=PROBLEM_STATE, sortable=True),
        Property("raised", "Day on which it was raised.", Kind.DATE, zh="提出日期", sortable=True),
        Property("expires", "Day from which it no longer counts.", Kind.DATE, zh="有效期至"),
        Property("solved", "Day on which it was solved.", Kind.DATE, zh="解决日期", sortable=True),
    ),
    aliases=("难题",),
    policy=("J08", "V22"),
)

RESEARCH_AWARD = NodeType(
    "ResearchAward",
    "researchAwards",
    "研发资助项目",
    "A public award for research and development that a firm won, alone or with an institute.",
    Public(),
    (
        TITLE,
        ABSTRACT,
        Property("programme", "Programme, such as SBIR or STTR.", zh="计划", sortable=True),
        Property("agency", "Agency that pays.", zh="资助机构", sortable=True),
        Property("phase", "Phase.", zh="阶段"),
        Property(
            "year", "Year of the award.", Kind.INTEGER, zh="年度", sortable=True, minimum=1900
        ),
        Property(
            "amount",
            "Amount in hundredths of the currency.",
            Kind.LONG,
            zh="金额（分）",
            minimum=0,
            sortable=True,
        ),
        Property("currency", "ISO 4217 code.", zh="币种"),
        Property("keywords", "Keywords.", Kind.STRINGS, zh="关键词", searched=True),
    ),
    policy=("V07",),
)

NODE_TYPES = (ACHIEVEMENT, PATENT, TECHNICAL_PROBLEM, RESEARCH_AWARD)

_SIMILAR = (
    Property("score", "How alike, from 0 to 1.", Kind.FLOAT, zh="相似度", sortable=True),
    Property("version", "Version of the comparison.", zh="比较版本"),
    Property("compared_at", "When they were compared.", Kind.DATETIME, zh="比较时间"),
)
_ALIKE: tuple[tuple[LiteralString, LiteralString, LiteralString, str, str], ...] = (
    ("Studio", "Studio", "similarStudios", "Studios alike.", "相似工作室"),
    ("Studio", "Patent", "similarPatents", "Patents like its work and needs.", "相近专利"),
    ("Achievement", "Achievement", "similarAchievements", "Achievements alike.", "相似成果"),
    ("Achievement", "Patent", "similarPatents", "Patents alike.", "相近专利"),
    ("TechnicalProblem", "TechnicalProblem", "similarProblems", "Problems alike.", "相似难题"),
    ("TechnicalProblem", "Achievement", "similarAchievements", "Achievements near.", "相近成果"),
    ("TechnicalProblem", "Patent", "similarPatents", "Patents near to it.", "相近专利"),
)
SIMILAR_PAIRS = frozenset((source, target) for source, target, *_ in _ALIKE)

RELATIONSHIP_TYPES = (
    *(
        RelationshipType(
            "SIMILAR",
            source,
            target,
            End(name, f"{text} By their words.", zh=zh),
            properties=_SIMILAR,
            derived=True,
        )
        for source, target, name, text, zh in _ALIKE
    ),
    RelationshipType(
        "MADE_BY",
        "Achievement",
        "Studio",
        End("studio", "Studio that made it.", many=False, zh="完成工作室"),
        End("achievements", "What it has made.", zh="成果"),
        policy=("S16",),
    ),
    RelationshipType(
        "CONTRIBUTED_TO",
        "Worker",
        "Achievement",
        End("achievements", "Achievements she had a part in.", zh="成果"),
        End("contributors", "Workers who had a part in it.", zh="完成人"),
    ),
    RelationshipType(
        "OWNED_BY",
        "Achievement",
        "Enterprise",
        End("enterprise", "Enterprise that owns it.", many=False, zh="权属企业"),
        End("achievements", "Achievements it owns.", zh="成果"),
    ),
    RelationshipType(
        "IN_FIELD",
        "Achievement",
        "TechnologyField",
        End("technologyFields", "Its technology.", zh="技术领域"),
        End("achievements", "Achievements in it.", zh="成果"),
    ),
    RelationshipType(
        "USES_SKILL",
        "Achievement",
        "Skill",
        End("skills", "Skills it builds on.", zh="技能"),
        End("achievements", "Achievements that build on it.", zh="成果"),
    ),
    RelationshipType(
        "PROTECTS",
        "Patent",
        "Achievement",
        End("achievements", "Achievements it protects.", zh="保护的成果"),
        End("patents", "Patents that protect it.", zh="专利"),
        policy=("V04",),
    ),
    RelationshipType(
        "ASSIGNED_TO",
        "Patent",
        "Enterprise",
        End("enterprises", "Enterprises that own it.", zh="企业权利人"),
        End("patents", "Its patents.", zh="专利"),
    ),
    RelationshipType(
        "ASSIGNED_TO",
        "Patent",
        "ResearchInstitute",
        End("researchInstitutes", "Institutes that own it.", zh="科研权利人"),
        End("patents", "Its patents.", zh="专利"),
    ),
    RelationshipType(
        "INVENTED_BY",
        "Patent",
        "Scientist",
        End("inventors", "Inventors.", zh="发明人"),
        End("patents", "Patents she invented.", zh="专利"),
        (
            Property(
                "sequence",
                "Place in the list of inventors, from 0.",
                Kind.INTEGER,
                zh="序号",
                minimum=0,
                sortable=True,
            ),
        ),
    ),
    RelationshipType(
        "IN_FIELD",
        "Patent",
        "TechnologyField",
        End("technologyFields", "Its classes.", zh="技术领域"),
        End("patents", "Patents in it.", zh="专利"),
        (
            Property(
                "inventive",
                "True for inventive, false for additional classes.",
                Kind.BOOLEAN,
                zh="发明信息",
            ),
        ),
    ),
    RelationshipType(
        "AFFILIATED_WITH",
        "Scientist",
        "ResearchInstitute",
        End("researchInstitutes", "Institutes she worked for, by her patents.", zh="科研单位"),
        End("scientists", "Scientists who worked for it, by their patents.", zh="科学家"),
        derived=True,
    ),
    RelationshipType(
        "RAISED_BY",
        "TechnicalProblem",
        "Enterprise",
        End("enterprise", "Enterprise that raised it.", many=False, zh="提出企业"),
        End("technicalProblems", "Problems it has raised.", zh="技术难题"),
        policy=("J08", "V22"),
    ),
    RelationshipType(
        "IN_FIELD",
        "TechnicalProblem",
        "TechnologyField",
        End("technologyFields", "Its technology.", zh="技术领域"),
        End("technicalProblems", "Problems in it.", zh="技术难题"),
    ),
    RelationshipType(
        "REPORTED_TO",
        "TechnicalProblem",
        "Union",
        End("unions", "Unions that it was reported to; they decide who sees it.", zh="受理工会"),
        End("technicalProblems", "Problems reported to it.", zh="技术难题"),
    ),
    RelationshipType(
        "AWARDED_TO",
        "ResearchAward",
        "Enterprise",
        End("enterprise", "Firm that won it.", many=False, zh="获资助企业"),
        End("researchAwards", "Awards it has won.", zh="研发资助"),
    ),
    RelationshipType(
        "PARTNERED_BY",
        "ResearchAward",
        "ResearchInstitute",
        End("researchInstitutes", "Research partners.", zh="合作科研单位"),
        End("researchAwards", "Awards it was partner in.", zh="合作研发资助"),
    ),
)
