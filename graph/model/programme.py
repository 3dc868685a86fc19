"""Programmes, targets, yearly plans, inspections, and who is responsible for what."""

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
from graph.model.policy import STRENGTH
from graph.model.studios import LEVEL
from graph.model.vocabularies import NAME, NAME_EN

PLATFORM = ClosedList(
    "Platform",
    "平台",
    "The three platforms of the policy (T18, X02).",
    (
        Choice("SKILLS", "广阔平台", "Broad skill-raising platform (P12)."),
        Choice("INNOVATION", "助推平台", "Innovation support platform (P13)."),
        Choice("SERVICE", "服务管理平台", "Service and management platform (P14)."),
    ),
    policy=("X02", "T18", "P12"),
)

PLAN_STATE = ClosedList(
    "PlanState",
    "计划状态",
    "States of a yearly plan (W09).",
    (
        Choice("DRAFT", "草案", "Being drawn up."),
        Choice("ADOPTED", "已下达", "Adopted; progress is recorded."),
        Choice("ASSESSED", "已考核", "The year-end assessment is done (H01)."),
    ),
    policy=("W09",),
)

INSPECTION_KIND = ClosedList(
    "InspectionKind",
    "检查方式",
    "The three forms of H10.",
    (
        Choice("LAW_ENFORCEMENT", "执法检查", "Law-enforcement inspection."),
        Choice("SURVEY", "调研", "Survey."),
        Choice("SUPERVISION", "监督", "Supervision."),
    ),
    policy=("H10",),
)

INSPECTION_OCCASION = ClosedList(
    "InspectionOccasion",
    "检查事由",
    "What an inspection is part of.",
    (
        Choice("PLAN", "年度计划检查", "Check of the yearly plan (G05)."),
        Choice("YEAR_END", "年终考核", "Year-end assessment (H01)."),
        Choice("WORKERS_HOME", "职工之家考核", "Workers' Home assessment (H03)."),
        Choice("WORKERS_CONGRESS", "职工代表大会", "Workers' congress (H08)."),
        Choice("DISCLOSURE", "厂务公开", "Open factory affairs (H07)."),
        Choice("EDUCATION_FUND", "职工教育培训经费", "Use of the education fund (H09)."),
    ),
    policy=("H01", "H03", "H07"),
)

UNIT_KIND = ClosedList(
    "OrganisationUnitKind",
    "机构类型",
    "Kinds of units inside the federation (N11, G01–G03, G08).",
    (
        Choice("PARTY_GROUP", "党组", "Party Leadership Group (G01)."),
        Choice("OFFICE", "工作办公室", "Office (G02, G03)."),
        Choice("DEPARTMENT", "部门", "Department (G08)."),
        Choice("AFFILIATED_UNIT", "直属单位", "Affiliated unit, such as the university (G11)."),
    ),
    policy=("N11",),
)

PROGRAMME = NodeType(
    "Programme",
    "programmes",
    "项目计划",
    "A programme of the policy, by platform and level (P05, T18).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property("platform", "Platform.", Kind.CHOICE, zh="平台", choices=PLATFORM, sortable=True),
        Property("level", "Level (P05).", Kind.CHOICE, zh="级别", choices=LEVEL),
        Property("mode", "Way in which it works (P05).", zh="方式"),
        Property("starts", "First day.", Kind.DATE, zh="起始日期"),
        Property("ends", "Last day.", Kind.DATE, zh="结束日期"),
    ),
    policy=("P05", "P04", "G04", "T18"),
)

TARGET = NodeType(
    "TargetFigure",
    "targetFigures",
    "目标值",
    "The number that a figure should reach, from a day to a day (T01–T12, Z01).",
    Public(),
    (
        Property("figure", "Code of the figure, such as T01.", zh="指标", required=True,
                 sortable=True),
        Property("value", "What should be reached.", Kind.FLOAT, zh="目标值", required=True,
                 minimum=0),
        Property("band", "Share by which a stock may differ (左右, T05).", Kind.FLOAT, zh="浮动",
                 minimum=0),
        Property("strength", "Strength.", Kind.CHOICE, zh="措辞力度", choices=STRENGTH),
    ),
    dated=True,
    policy=("T05", "Z01"),
)  # fmt: skip

ANNUAL_PLAN = NodeType(
    "AnnualPlan",
    "annualPlans",
    "年度工作计划",
    "What a union means to do in a year (G05, H02).",
    Public(),
    (
        Property("year", "Year.", Kind.INTEGER, zh="年度", required=True, sortable=True,
                 minimum=1900),
        Property("title", "Title.", zh="标题", searched=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=PLAN_STATE, required=True),
        Property("adopted", "Day.", Kind.DATE, zh="下达日期", sortable=True),
    ),
    aliases=("工作计划",),
    policy=("G05", "H02", "W09"),
)  # fmt: skip

PLAN_ITEM = NodeType(
    "PlanItem",
    "planItems",
    "计划事项",
    "One thing that a plan sets out to do, with what has been done (G05).",
    Public(),
    (
        Property("title", "What.", zh="事项", required=True, searched=True),
        Property("figure", "Figure that counts it, such as T01.", zh="指标", sortable=True),
        Property("planned", "How many.", Kind.FLOAT, zh="计划数", minimum=0),
        Property("done", "How many by the latest report.", Kind.FLOAT, zh="完成数", minimum=0),
        Property("counted_in", "Unit of count.", zh="计量单位"),
        Property("due", "Last day.", Kind.DATE, zh="完成期限", sortable=True),
    ),
    policy=("G05",),
)

PROGRESS = NodeType(
    "ProgressRecord",
    "progressRecords",
    "进展记录",
    "What had been done of a plan item on a day (G05).",
    Public(),
    (
        Property("day", "Day.", Kind.DATE, zh="日期", required=True, sortable=True),
        Property("done", "How many by then.", Kind.FLOAT, zh="完成数", required=True, minimum=0),
        Property("note", "Remark.", Kind.TEXT, zh="说明"),
    ),
    policy=("G05",),
)

INSPECTION = NodeType(
    "Inspection",
    "inspections",
    "检查记录",
    "An inspection, assessment or disclosure and what it found (G05, H01, H03, H07–H10).",
    Public(),
    (
        Property("kind", "Form.", Kind.CHOICE, zh="方式", choices=INSPECTION_KIND),
        Property("occasion", "Occasion.", Kind.CHOICE, zh="事由", choices=INSPECTION_OCCASION,
                 sortable=True),
        Property("held", "Day.", Kind.DATE, zh="日期", required=True, sortable=True),
        Property("passed", "Whether it was passed.", Kind.BOOLEAN, zh="是否通过"),
        Property("score", "Mark, of 100.", Kind.FLOAT, zh="评分", minimum=0),
        Property("findings", "What was found.", Kind.TEXT, zh="结论", searched=True),
    ),
    policy=("G05", "H01", "H03", "H07", "H08", "H09", "H10", "W10"),
)  # fmt: skip

ORGANISATION_UNIT = NodeType(
    "OrganisationUnit",
    "organisationUnits",
    "内设机构",
    "An office, department or affiliated unit of a union (N11, G01–G03, G08, G11).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property("kind", "Kind.", Kind.CHOICE, zh="类型", choices=UNIT_KIND),
    ),
    interfaces=("Organisation",),
    policy=("N11", "G01", "G02", "G08"),
)

RESPONSIBILITY = NodeType(
    "Responsibility",
    "responsibilities",
    "职责分工",
    "That a unit, union or association answers for something (G09–G12).",
    Public(),
    (Property("duty", "What for.", Kind.TEXT, zh="职责", required=True, searched=True),),
    dated=True,
    aliases=("职责",),
    policy=("G09", "G10", "G11", "G12"),
)

SNAPSHOT = NodeType(
    "FigureSnapshot",
    "figureSnapshots",
    "指标快照",
    "A figure as it was counted over what a union answers for: with the query and the moment, so "
    "that it reproduces (K06).",
    Owned(),
    (
        Property("figure", "Code, such as T01.", zh="指标", required=True, sortable=True),
        Property("year", "Year.", Kind.INTEGER, zh="年度", required=True, sortable=True,
                 minimum=1949),
        Property("as_of", "Day for which it was counted.", Kind.DATE, zh="统计日", required=True),
        Property("known_at", "Moment up to which records were known.", Kind.DATETIME,
                 zh="登记截止", required=True, sortable=True),
        Property("done", "What was counted; of a share, those who meet it.", Kind.INTEGER,
                 zh="完成数"),
        Property("of", "Of how many; empty for a count.", Kind.INTEGER, zh="总数"),
        Property("planned", "Target at the time.", Kind.FLOAT, zh="目标值"),
        Property("query", "The Cypher that counted.", Kind.TEXT, zh="查询语句", required=True),
        Property("query_digest", "Hash of that text.", zh="查询摘要"),
        Property("digest", "Hash of the list behind the number.", zh="名单摘要"),
    ),
    policy=("K06",),
)  # fmt: skip

NODE_TYPES = (
    PROGRAMME, TARGET, ANNUAL_PLAN, PLAN_ITEM, PROGRESS, INSPECTION, ORGANISATION_UNIT,
    RESPONSIBILITY, SNAPSHOT,
)  # fmt: skip

_ANSWERING: tuple[tuple[LiteralString, LiteralString, str, str], ...] = (
    ("OrganisationUnit", "unit", "Unit that answers for it.", "责任部门"),
    ("Union", "union", "Union that answers for it.", "责任工会"),
    ("TechAssociation", "association", "Association that answers for it.", "责任技协"),
)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "BASED_ON",
        "Programme",
        "PolicyClause",
        End("clauses", "Clauses it rests on (N01).", zh="依据条款"),
        End("programmes", "Programmes that rest on it.", zh="项目计划"),
        policy=("N01",),
    ),
    RelationshipType(
        "RUN_BY",
        "Programme",
        "Union",
        End("union", "Union that runs it (P10).", many=False, zh="主办工会"),
        End("programmes", "Programmes that it runs.", zh="项目计划"),
        policy=("P10",),
    ),
    RelationshipType(
        "PARTICIPATES_IN",
        "PartnerOrganisation",
        "Programme",
        End("programmes", "Programmes it takes part in (P11).", zh="参与项目"),
        End("partners", "Partners who take part (P11).", zh="参与单位"),
        policy=("P11",),
    ),
    RelationshipType(
        "BASED_ON",
        "TargetFigure",
        "PolicyClause",
        End("clause", "Sentence that sets it.", many=False, zh="依据条款"),
        End("targets", "Targets that it sets.", zh="目标值"),
        policy=("N01",),
    ),
    RelationshipType(
        "PLAN_OF",
        "AnnualPlan",
        "Union",
        End("union", "Union whose plan it is.", many=False, zh="工会"),
        End("annualPlans", "Its yearly plans (H02).", zh="年度计划"),
        policy=("H02",),
    ),
    RelationshipType(
        "PART_OF",
        "PlanItem",
        "AnnualPlan",
        End("plan", "Plan it belongs to.", many=False, zh="年度计划"),
        End("items", "What it sets out to do.", zh="计划事项"),
    ),
    RelationshipType(
        "ASSIGNED_TO",
        "PlanItem",
        "OrganisationUnit",
        End("unit", "Unit that answers for it (G06, G12).", many=False, zh="责任部门"),
        End("planItems", "What it answers for.", zh="计划事项"),
        policy=("G06", "G12"),
    ),
    RelationshipType(
        "PROGRESS_OF",
        "ProgressRecord",
        "PlanItem",
        End("item", "Plan item.", many=False, zh="计划事项"),
        End("progress", "What had been done by when.", zh="进展记录"),
        policy=("G05",),
    ),
    RelationshipType(
        "INSPECTS",
        "Inspection",
        "AnnualPlan",
        End("plan", "Plan that was checked (G05).", many=False, zh="年度计划"),
        End("inspections", "Checks of it.", zh="检查记录"),
        policy=("G05",),
    ),
    RelationshipType(
        "INSPECTS",
        "Inspection",
        "Enterprise",
        End("enterprise", "Enterprise inspected (H07–H10).", many=False, zh="被检查企业"),
        End("inspections", "Inspections of it.", zh="检查记录"),
        policy=("H07", "H08", "H10"),
    ),
    RelationshipType(
        "INSPECTS",
        "Inspection",
        "Union",
        End("union", "Union assessed (H01, H03).", many=False, zh="被考核工会"),
        End("inspections", "Assessments of it.", zh="检查记录"),
        policy=("H01", "H03"),
    ),
    RelationshipType(
        "CONDUCTED_BY",
        "Inspection",
        "PartnerOrganisation",
        End("authorities", "Authorities that took part (H09).", zh="检查部门"),
        End("inspections", "Inspections it took part in.", zh="检查记录"),
        policy=("H09",),
    ),
    RelationshipType(
        "UNIT_OF",
        "OrganisationUnit",
        "Union",
        End("union", "Union it belongs to.", many=False, zh="所属工会"),
        End("units", "Its offices, departments and affiliated units (N11).", zh="内设机构"),
        policy=("N11",),
    ),
    RelationshipType(
        "MERGED_WITH",
        "OrganisationUnit",
        "OrganisationUnit",
        End("mergedWith", "Office it works as one with (G03).", zh="合署办公"),
        End("mergedFrom", "Office that works as one with it (G03).", zh="合署机构"),
        (Property("since", "Since when.", Kind.DATE, zh="起始日期"),),
        policy=("G03",),
    ),
    *(
        RelationshipType(
            "HELD_BY",
            "Responsibility",
            target,
            End(name, text, many=False, zh=zh),
            End("responsibilities", "What it answers for (G12).", zh="职责"),
            policy=("G09", "G12"),
        )
        for target, name, text, zh in _ANSWERING
    ),
    RelationshipType(
        "COUNTED_FOR",
        "FigureSnapshot",
        "Union",
        End("unions", "Union over whose people and things it was counted.", zh="统计工会"),
        End("figureSnapshots", "Figures that were counted for it (K06).", zh="指标快照"),
        policy=("K06",),
    ),
    RelationshipType(
        "RESPONSIBLE_FOR",
        "Responsibility",
        "Programme",
        End("programme", "Programme it is about.", many=False, zh="项目计划"),
        End("responsibilities", "Who answers for it (G12).", zh="职责分工"),
        policy=("G12",),
    ),
)
