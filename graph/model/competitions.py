"""Competitions, their results, and honours."""

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
    ),
    aliases=("竞赛",),
    policy=("A02", "B11"),
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

NODE_TYPES = (COMPETITION, COMPETITION_RESULT, HONOUR)

RELATIONSHIP_TYPES = (
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
