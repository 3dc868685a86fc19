"""Studios and research: pairings by consent, expert visits, joint projects; answers to problems."""

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

PAIRING_STATE = ClosedList(
    "ResearchPairingState",
    "对接状态",
    "States of a pairing of a studio and an institute (W05): both sides must agree (V05).",
    (
        Choice("PROPOSED", "已提议", "Neither has answered."),
        Choice("ACCEPTED_BY_STUDIO", "工作室已同意", "The studio agrees."),
        Choice("ACCEPTED_BY_INSTITUTE", "科研单位已同意", "The institute agrees."),
        Choice("AGREED", "已对接", "Both agree."),
        Choice("DECLINED", "已谢绝", "One side declined; no reason is needed."),
        Choice("ENDED", "已结束", "Ended by either side."),
    ),
    policy=("V05", "W05"),
)

VISIT_STATE = ClosedList(
    "ExpertVisitState",
    "专家走进工作室状态",
    "States of an expert-visit project (V06).",
    (
        Choice("PLANNED", "已立项", "Planned."),
        Choice("CARRIED_OUT", "已开展", "Carried out."),
        Choice("CANCELLED", "已取消", "Not carried out."),
    ),
    policy=("V06",),
)

GUIDANCE_AREA = ClosedList(
    "GuidanceArea",
    "指导方向",
    "What experts guide (Z03).",
    (
        Choice("VISION", "愿景", "Vision."),
        Choice("TEAM_LEARNING", "团队学习", "Team learning."),
        Choice("INNOVATION", "创新", "Innovation."),
        Choice("CONVERSION", "成果转化", "Conversion of achievements."),
        Choice("STUDIO_BUILDING", "工作室建设", "Building the studio."),
    ),
    policy=("Z03",),
)

COLLABORATION_STATE = ClosedList(
    "CollaborationState",
    "协同创新状态",
    "States of a joint project (V07).",
    (
        Choice("RUNNING", "进行中", "Under way."),
        Choice("FINISHED", "已完成", "Finished."),
        Choice("STOPPED", "已中止", "Stopped."),
    ),
    policy=("V07",),
)

ANSWER_STATE = ClosedList(
    "ProblemAnswerState",
    "解答状态",
    "States of an answer to a problem (J08).",
    (
        Choice("OFFERED", "已提出", "Offered."),
        Choice("ACCEPTED", "已采纳", "It solved the problem."),
    ),
    policy=("J08", "W07"),
)

RESEARCH_PAIRING = NodeType(
    "ResearchPairing",
    "researchPairings",
    "工作室与科研单位对接",
    "A studio and a research unit in Beijing, brought together by consent of both (V05).",
    Public(),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=PAIRING_STATE, required=True,
                 sortable=True),
        Property("topic", "What about.", Kind.TEXT, zh="对接主题", required=True, searched=True),
        Property("proposed", "Day.", Kind.DATE, zh="提议日期", sortable=True),
        Property("agreed", "Day on which both had agreed.", Kind.DATE, zh="对接日期",
                 sortable=True),
        Property("ended", "Day on which it ended.", Kind.DATE, zh="结束日期"),
    ),
    policy=("V05", "W05"),
)  # fmt: skip

EXPERT_VISIT_PROJECT = NodeType(
    "ExpertVisitProject",
    "expertVisitProjects",
    "科学家（专家）走进职工创新工作室项目",
    "A project in which experts visit a studio (V06); projects are counted, not visits (T07).",
    Public(),
    (
        YEAR,
        Property("title", "Title.", zh="名称", required=True, searched=True, sortable=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=VISIT_STATE, required=True,
                 sortable=True),
        Property("guidance", "What is mainly guided (Z03).", Kind.CHOICE, zh="主要指导方向",
                 choices=GUIDANCE_AREA),
        Property("guidance_areas", "All that is guided (Z03).", Kind.CHOICES, zh="指导方向",
                 choices=GUIDANCE_AREA),
        Property("visited", "Day of the first visit.", Kind.DATE, zh="首次走进日期",
                 sortable=True),
        Property("outcome", "What came of it.", Kind.TEXT, zh="成效"),
    ),
    policy=("V06", "T07", "Z03"),
)  # fmt: skip

COLLABORATIVE_PROJECT = NodeType(
    "CollaborativeProject",
    "collaborativeProjects",
    "协同创新项目",
    "A joint project of a studio, an institute and perhaps an enterprise (V07).",
    Public(),
    (
        Property("title", "Title.", zh="名称", required=True, searched=True, sortable=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=COLLABORATION_STATE,
                 required=True, sortable=True),
        Property("goal", "What it is to achieve.", Kind.TEXT, zh="目标", searched=True),
        Property("starts", "First day.", Kind.DATE, zh="起始日期", sortable=True),
        Property("ended", "Day on which it ended.", Kind.DATE, zh="结束日期"),
        Property("outcome", "What came of it.", Kind.TEXT, zh="成效"),
    ),
    policy=("V07", "W05"),
)  # fmt: skip

PROBLEM_ANSWER = NodeType(
    "ProblemAnswer",
    "problemAnswers",
    "难题解答",
    "An answer to a technical problem, perhaps by an achievement (J08, V22).",
    Through(("problem",)),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=ANSWER_STATE, required=True),
        Property("text", "The answer.", Kind.TEXT, zh="解答", required=True, searched=True),
        Property("answered", "Day.", Kind.DATE, zh="解答日期", sortable=True),
    ),
    policy=("J08", "V22", "W07"),
)

NODE_TYPES = (RESEARCH_PAIRING, EXPERT_VISIT_PROJECT, COLLABORATIVE_PROJECT, PROBLEM_ANSWER)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "PAIRS_STUDIO", "ResearchPairing", "Studio",
        End("studio", "The studio.", many=False, zh="工作室"),
        End("researchPairings", "Research units it is or was paired with (V05).", zh="对接"),
        policy=("V05",),
    ),
    RelationshipType(
        "PAIRS_INSTITUTE", "ResearchPairing", "ResearchInstitute",
        End("institute", "The institute.", many=False, zh="科研单位"),
        End("researchPairings", "Studios it is or was paired with (V05).", zh="对接"),
        policy=("V05",),
    ),
    RelationshipType(
        "NAMES_EXPERT", "ResearchPairing", "Scientist",
        End("expert", "Expert it is about.", many=False, zh="专家"),
        End("researchPairings", "Pairings that name her.", zh="对接"),
    ),
    RelationshipType(
        "RESTS_ON", "ExpertVisitProject", "ResearchPairing",
        End("pairing", "Pairing that it rests on.", many=False, zh="对接"),
        End("visitProjects", "Visits that came of it.", zh="走进项目"),
    ),
    RelationshipType(
        "VISITS", "ExpertVisitProject", "Studio",
        End("studio", "Studio that is visited.", many=False, zh="工作室"),
        End("visitProjects", "Projects in which experts visit it (V06).", zh="走进项目"),
        policy=("V06",),
    ),
    RelationshipType(
        "VISITED_BY", "ExpertVisitProject", "Scientist",
        End("experts", "Experts who visit.", zh="专家"),
        End("visitProjects", "Projects in which she visits studios (V06).", zh="走进项目"),
        policy=("V06",),
    ),
    RelationshipType(
        "ADDRESSES", "ExpertVisitProject", "TechnicalProblem",
        End("problem", "Problem it is about (Z03).", many=False, zh="技术难题"),
        End("visitProjects", "Visits about it.", zh="走进项目"),
        policy=("V06", "Z03"),
    ),
    RelationshipType(
        "RESTS_ON", "CollaborativeProject", "ResearchPairing",
        End("pairing", "Pairing that it rests on.", many=False, zh="对接"),
        End("collaborations", "Joint projects that came of it (V07).", zh="协同创新项目"),
        policy=("V07",),
    ),
    RelationshipType(
        "WITH_ENTERPRISE", "CollaborativeProject", "Enterprise",
        End("enterprise", "Enterprise that takes part.", many=False, zh="企业"),
        End("collaborations", "Joint projects it takes part in (V07).", zh="协同创新项目"),
        policy=("V07",),
    ),
    RelationshipType(
        "LED_TO", "CollaborativeProject", "Achievement",
        End("achievement", "Achievement that came of it.", many=False, zh="成果"),
        End("collaborations", "Joint projects it came of.", zh="协同创新项目"),
        policy=("W05",),
    ),
    RelationshipType(
        "ANSWERS", "ProblemAnswer", "TechnicalProblem",
        End("problem", "The problem.", many=False, zh="技术难题"),
        End("answers", "Answers offered (J08).", zh="解答"),
        policy=("J08",),
    ),
    RelationshipType(
        "USES", "ProblemAnswer", "Achievement",
        End("achievement", "Achievement that would solve it (V22).", many=False, zh="成果"),
        End("answers", "Problems it was offered for (V22).", zh="解答"),
        policy=("V22",),
    ),
    RelationshipType(
        "OFFERED_BY", "ProblemAnswer", "Studio",
        End("studio", "Studio that offers it.", many=False, zh="工作室"),
        End("answers", "Problems it offered to solve.", zh="解答"),
    ),
    RelationshipType(
        "OFFERED_BY", "ProblemAnswer", "TechAssociation",
        End("association", "Association that offers it.", many=False, zh="技协组织"),
        End("answers", "Problems it offered to solve (J08).", zh="解答"),
    ),
)  # fmt: skip
