"""Competitions from the call to the ranking, their results, and honours."""

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
from graph.model.funding import YEAR
from graph.model.studios import LEVEL
from graph.model.vocabularies import NAME, NAME_EN

MEDAL = ClosedList(
    "Medal",
    "奖牌",
    "Medals, best first.",
    (
        Choice("GOLD", "金牌", "Gold."),
        Choice("SILVER", "银牌", "Silver."),
        Choice("BRONZE", "铜牌", "Bronze."),
        Choice("EXCELLENCE", "优胜奖", "Medallion for Excellence."),
    ),
    ordered=True,
)

CATEGORY = ClosedList(
    "CompetitionCategory",
    "竞赛类别",
    "Labour emulation or skills competition (A01, A02).",
    (
        Choice("LABOUR", "劳动竞赛", "Labour emulation (A01)."),
        Choice("SKILLS", "技能竞赛", "Skills competition (A02)."),
    ),
    policy=("A01", "A02"),
)

SCOPE = ClosedList(
    "CompetitionScope",
    "竞赛范围",
    "For whom a competition is held (A09, A10, X04).",
    (
        Choice("MUNICIPAL_CLASS_TWO", "市级二类", "Municipal class II (A02)."),
        Choice("KEY_PROJECT", "重点工程、重大项目", "Key works and major projects (A09)."),
        Choice("INDUSTRY", "行业性", "Of an industry (A10)."),
        Choice("REGIONAL", "区域性", "Of a region (A10)."),
        Choice("INTERNATIONAL", "国际", "International (B11)."),
    ),
    policy=("X04", "A09", "A10"),
)

GRADE = ClosedList(
    "CompetitionGrade",
    "竞赛等级",
    "Class of a competition, lowest first, so that 二类以上 can be asked (A02, A14).",
    (
        Choice("CLASS_THREE", "三类", "Class III."),
        Choice("CLASS_TWO", "二类", "Class II."),
        Choice("CLASS_ONE", "一类", "Class I."),
    ),
    ordered=True,
    policy=("A02", "A14"),
)

COMPETITION_STATE = ClosedList(
    "CompetitionState",
    "竞赛状态",
    "States of a competition (W04).",
    (
        Choice("PLANNED", "筹备中", "Selected; workers may enter."),
        Choice("HELD", "已举办", "Held; results are recorded."),
        Choice("RANKED", "已公布名次", "The ranking is published."),
        Choice("CANCELLED", "已取消", "Not held."),
    ),
    policy=("W04",),
)

PROPOSAL_STATE = ClosedList(
    "CompetitionProposalState",
    "竞赛征集状态",
    "States of a proposal in the city-wide call (A05).",
    (
        Choice("PROPOSED", "已申报", "Put forward."),
        Choice("SELECTED", "已入选", "It will be held."),
        Choice("REJECTED", "未入选", "Not selected."),
    ),
    policy=("A05",),
)

ENTRY_STATE = ClosedList(
    "CompetitionEntryState",
    "参赛状态",
    "States of a worker's entry (A07).",
    (
        Choice("ENTERED", "已报名", "Takes part."),
        Choice("PLACED", "已有名次", "Has a result."),
    ),
    policy=("A07",),
)

STAGE = ClosedList(
    "CompetitionStage",
    "竞赛阶段",
    "How far an entry came, nearest to the start first (Z02).",
    (
        Choice("HEAT", "初赛", "Heats."),
        Choice("SEMI_FINAL", "复赛", "Semi-final."),
        Choice("FINAL", "决赛", "Final."),
    ),
    ordered=True,
    policy=("Z02",),
)

COMPETITION = NodeType(
    "Competition",
    "competitions",
    "技能竞赛",
    "A skills competition (A02, B11).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property("level", "Level.", Kind.CHOICE, zh="级别", choices=LEVEL, sortable=True),
        Property("year", "Year.", Kind.INTEGER, zh="年度", sortable=True, minimum=1900),
        Property("host", "Where it was held.", zh="举办地"),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=COMPETITION_STATE),
        Property("category", "Category.", Kind.CHOICE, zh="类别", choices=CATEGORY),
        Property("scope", "Scope.", Kind.CHOICE, zh="范围", choices=SCOPE, sortable=True),
        Property("grade", "Class.", Kind.CHOICE, zh="等级", choices=GRADE, sortable=True),
        Property("series", "Series, such as 职工技协杯.", zh="系列", searched=True),
        Property("held_from", "First day.", Kind.DATE, zh="开赛日期", sortable=True),
        Property("held_to", "Last day.", Kind.DATE, zh="结束日期"),
    ),
    aliases=("竞赛",),
    policy=("A02", "A09", "A10", "B11", "W04"),
)

COMPETITION_PROPOSAL = NodeType(
    "CompetitionProposal",
    "competitionProposals",
    "竞赛申报",
    "A competition that a union puts forward in the call of a year (征集, A05).",
    Public(),
    (
        NAME,
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=PROPOSAL_STATE, required=True,
                 sortable=True),
        YEAR,
        Property("category", "Category.", Kind.CHOICE, zh="类别", choices=CATEGORY, required=True),
        Property("scope", "Scope.", Kind.CHOICE, zh="范围", choices=SCOPE, required=True),
        Property("grade", "Class.", Kind.CHOICE, zh="等级", choices=GRADE),
        Property("series", "Series, such as 职工技协杯.", zh="系列"),
        Property("proposed", "Day.", Kind.DATE, zh="申报日期", sortable=True),
        Property("decided", "Day of the decision.", Kind.DATE, zh="决定日期"),
        Property("decision", "Reason of the decision.", Kind.TEXT, zh="决定理由"),
    ),
    policy=("A05", "W04"),
)  # fmt: skip

COMPETITION_ENTRY = NodeType(
    "CompetitionEntry",
    "competitionEntries",
    "参赛记录",
    "That a worker takes part in a competition in one occupation, and her place (A07).",
    Through(("worker",)),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=ENTRY_STATE, required=True,
                 sortable=True),
        Property("rank", "Place, 1 for the first.", Kind.INTEGER, zh="名次", minimum=1,
                 sortable=True),
        Property("stage_reached", "How far it came.", Kind.CHOICE, zh="晋级阶段", choices=STAGE),
        Property("score", "Score.", Kind.FLOAT, zh="成绩", minimum=0),
        Property("entered", "Day of entry.", Kind.DATE, zh="报名日期", sortable=True),
    ),
    aliases=("参赛",),
    policy=("A07", "A08", "A15", "Z02"),
)  # fmt: skip

MAJOR_PROJECT = NodeType(
    "MajorProject",
    "majorProjects",
    "重点工程、重大项目",
    "Key works or a major project, on which labour competitions are held (A09).",
    Public(),
    (
        NAME,
        Property("starts", "First day.", Kind.DATE, zh="开工日期"),
        Property("ends", "Last day.", Kind.DATE, zh="竣工日期"),
    ),
    policy=("A09",),
)

COMPETITION_RESULT = NodeType(
    "CompetitionResult",
    "competitionResults",
    "竞赛成绩",
    "What was won in one event of a competition; names no person.",
    Public(),
    (
        Property(
            "event",
            "Event, such as 数控车.",
            zh="项目",
            required=True,
            sortable=True,
            searched=True,
        ),
        Property("medal", "Medal.", Kind.CHOICE, zh="奖牌", choices=MEDAL, sortable=True),
        Property("country", "Country or region of the competitor.", zh="国家"),
        Property("reference", "Where it is published.", zh="出处"),
    ),
    policy=("B11",),
)

HONOUR = NodeType(
    "Honour",
    "honours",
    "荣誉",
    "A title or award of one edition, by the occupation it was given for (E01–E12).",
    Public(),
    (
        NAME,
        Property("edition", "Number of the edition.", Kind.INTEGER, zh="届次", minimum=1),
        Property("announced", "Day of the announcement.", Kind.DATE, zh="公布日期", sortable=True),
        Property("winners", "Winners in the edition.", Kind.INTEGER, zh="获奖人数", minimum=0),
        Property("reference", "Where it is published.", zh="出处"),
    ),
    policy=("E05",),
)

NODE_TYPES = (
    COMPETITION,
    COMPETITION_RESULT,
    HONOUR,
    COMPETITION_PROPOSAL,
    COMPETITION_ENTRY,
    MAJOR_PROJECT,
)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "PROPOSED_BY",
        "CompetitionProposal",
        "Union",
        End("union", "Union that put it forward.", many=False, zh="申报工会"),
        End("competitionProposals", "Competitions it has put forward.", zh="竞赛申报"),
    ),
    RelationshipType(
        "IN_OCCUPATION",
        "CompetitionProposal",
        "Occupation",
        End("occupations", "Occupations it covers.", zh="职业（工种）"),
        End("competitionProposals", "Competitions proposed for it.", zh="竞赛申报"),
    ),
    RelationshipType(
        "SELECTED_AS",
        "CompetitionProposal",
        "Competition",
        End("competition", "Competition it became.", many=False, zh="竞赛"),
        End("proposal", "Proposal it came of.", many=False, zh="申报"),
        policy=("A05",),
    ),
    RelationshipType(
        "COVERS",
        "Competition",
        "Occupation",
        End("occupations", "Occupations it is held in; each counts once a year (T02).", zh="工种"),
        End("competitions", "Competitions held in it.", zh="竞赛"),
        policy=("A06", "T02"),
    ),
    RelationshipType(
        "ORGANISED_BY",
        "Competition",
        "Union",
        End("organiser", "Union that holds it.", many=False, zh="主办工会"),
        End("competitions", "Competitions it holds.", zh="主办竞赛"),
        policy=("A10",),
    ),
    RelationshipType(
        "CO_ORGANISES",
        "PartnerOrganisation",
        "Competition",
        End("coOrganises", "Competitions it helps to hold (A13).", zh="协办竞赛"),
        End("coOrganisers", "Departments and associations that help (A13).", zh="协办单位"),
        policy=("A13",),
    ),
    RelationshipType(
        "GOVERNS",
        "PolicyDocument",
        "Competition",
        End("governs", "Competitions that it governs (A14).", zh="适用竞赛"),
        End("regulations", "Rules that govern it (A14).", zh="适用办法"),
        policy=("A14",),
    ),
    RelationshipType(
        "HELD_ON",
        "Competition",
        "MajorProject",
        End("majorProject", "Major project that it is held on (A09).", many=False, zh="重大项目"),
        End("competitions", "Competitions held on it.", zh="劳动竞赛"),
        policy=("A09",),
    ),
    RelationshipType(
        "ENTERED_BY",
        "CompetitionEntry",
        "Worker",
        End("worker", "Who takes part.", many=False, zh="参赛职工"),
        End("competitionEntries", "Competitions she took part in (A07).", zh="参赛记录"),
        policy=("A07",),
    ),
    RelationshipType(
        "IN_COMPETITION",
        "CompetitionEntry",
        "Competition",
        End("competition", "Competition.", many=False, zh="竞赛"),
        End("entries", "Who takes part (A07).", zh="参赛记录"),
        policy=("A07",),
    ),
    RelationshipType(
        "IN_OCCUPATION",
        "CompetitionEntry",
        "Occupation",
        End("occupation", "Occupation.", many=False, zh="工种"),
        End("competitionEntries", "Entries in it.", zh="参赛记录"),
    ),
    RelationshipType(
        "PROMOTED_BY",
        "SkillLevelRecord",
        "CompetitionEntry",
        End("competitionEntry", "Entry that it was reached by (A15).", many=False, zh="晋级竞赛"),
        End("promotions", "Levels reached by it (A08, A15).", zh="晋级"),
        policy=("A08", "A15"),
    ),
    RelationshipType(
        "WON_IN",
        "CompetitionResult",
        "Competition",
        End("competition", "Competition.", many=False, zh="竞赛"),
        End("results", "Its results.", zh="成绩"),
    ),
    RelationshipType(
        "IN_OCCUPATION",
        "CompetitionResult",
        "Occupation",
        End("occupation", "Occupation of the event.", many=False, zh="职业"),
        End("competitionResults", "Results in it.", zh="竞赛成绩"),
    ),
    RelationshipType(
        "GIVEN_FOR",
        "Honour",
        "Occupation",
        End("occupation", "Occupation it was given for.", many=False, zh="职业"),
        End("honours", "Honours given for it.", zh="荣誉"),
    ),
    RelationshipType(
        "GIVEN_AT",
        "Honour",
        "Enterprise",
        End("enterprise", "Employer of the winner.", many=False, zh="单位"),
        End("honours", "Honours of its workers.", zh="荣誉"),
    ),
)
