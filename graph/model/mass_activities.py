"""Drill, training, contests, renovation and energy saving at the grass roots."""

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
from graph.model.vocabularies import NAME

MASS_ACTIVITY_TYPE = ClosedList(
    "MassActivityType",
    "群众性活动类型",
    "The five mass activities (A11, J07, X05).",
    (
        Choice("DRILL", "岗位练兵", "On-the-job drill."),
        Choice("TRAINING", "技术培训", "Technical training."),
        Choice("CONTEST", "技能比赛", "Skills contest."),
        Choice("RENOVATION", "技术革新", "Technical renovation."),
        Choice("ENERGY_SAVING", "节能减排", "Energy saving and lower emissions."),
    ),
    policy=("A11", "X05"),
)

MASS_ACTIVITY = NodeType(
    "MassActivity",
    "massActivities",
    "群众性技术活动",
    "Drill, training, contest, renovation or energy saving at the grass roots (A11, J07).",
    Public(),
    (
        NAME,
        Property("type", "Type.", Kind.CHOICE, zh="类型", choices=MASS_ACTIVITY_TYPE,
                 required=True, sortable=True),
        Property("day", "First day.", Kind.DATE, zh="日期", required=True, sortable=True),
        Property("participants", "How many took part.", Kind.INTEGER, zh="参加人数", minimum=0,
                 sortable=True),
        Property("outcome", "What came of it.", Kind.TEXT, zh="成效"),
    ),
    policy=("A11", "J07", "P18"),
)  # fmt: skip

NODE_TYPES = (MASS_ACTIVITY,)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "RUN_BY",
        "MassActivity",
        "Union",
        End("union", "Union that ran it.", many=False, zh="主办工会"),
        End("massActivities", "Mass activities it ran (A11).", zh="群众性技术活动"),
        policy=("A11",),
    ),
    RelationshipType(
        "TOOK_PART_IN",
        "Worker",
        "MassActivity",
        End("massActivities", "Mass activities she took part in (A12).", zh="群众性技术活动"),
        End("workers", "Workers known to have taken part.", zh="参加职工"),
        policy=("A11", "A12", "P18"),
    ),
)
