"""名师带徒: masters' profiles, mentoring agreements, and who learnt from whom."""

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Property,
    RelationshipType,
    Through,
)

MENTORING_MODE = ClosedList(
    "MentoringMode",
    "带徒形式",
    "The three forms of mentoring (M10–M12, X07).",
    (
        Choice("ONE_HELPS_ONE", "一帮一", "One helps one (M10)."),
        Choice("PAIR", "结对子", "Pairing-up (M11)."),
        Choice("MASTER_APPRENTICE", "师带徒", "A master leads apprentices (M12)."),
    ),
)

AGREEMENT_STATE = ClosedList(
    "AgreementState",
    "协议状态",
    "States of a mentoring agreement (W01): nothing binds before both have signed (M05).",
    (
        Choice("PROPOSED", "已提议", "Proposed; neither has answered."),
        Choice(
            "ACCEPTED_BY_MASTER",
            "师傅已同意",
            "The master agrees, the apprentice has not answered.",
        ),
        Choice(
            "ACCEPTED_BY_APPRENTICE",
            "徒弟已同意",
            "The apprentice agrees, the master has not answered.",
        ),
        Choice("AGREED", "双方已同意", "Both agree (平等自愿); ready to sign."),
        Choice("ACTIVE", "履行中", "Signed and in force."),
        Choice("DECLINED", "已谢绝", "One side declined; no reason is needed."),
        Choice("TERMINATED", "已解除", "Ended before its time by either side."),
        Choice("COMPLETED", "已期满", "Ran to its end."),
    ),
)

MENTOR_PROFILE = NodeType(
    "MentorProfile",
    "mentorProfiles",
    "带徒意愿",
    "How many apprentices a master declares to take (M06).",
    Through(("master",)),
    (
        Property(
            "capacity",
            "Apprentices at once (M06).",
            Kind.INTEGER,
            zh="带徒名额",
            minimum=0,
            required=True,
        ),
        Property("mode", "Form of mentoring.", Kind.CHOICE, zh="带徒形式", choices=MENTORING_MODE),
    ),
    dated=True,
    policy=("M06",),
)

MENTORING_AGREEMENT = NodeType(
    "MentoringAgreement",
    "mentoringAgreements",
    "名师带徒协议",
    "An agreement between a master and an apprentice, equal and voluntary (M05).",
    Through(("master", "apprentice")),
    (
        Property(
            "state",
            "State.",
            Kind.CHOICE,
            zh="状态",
            choices=AGREEMENT_STATE,
            required=True,
            sortable=True,
        ),
        Property("mode", "Form of mentoring.", Kind.CHOICE, zh="带徒形式", choices=MENTORING_MODE),
        Property(
            "proposed_at", "When it was proposed.", Kind.DATETIME, zh="提议时间", sortable=True
        ),
        Property("answer_by", "Last day for an answer.", Kind.DATE, zh="答复期限"),
        Property("starts", "First day.", Kind.DATE, zh="起始日期", sortable=True),
        Property("ends", "Last day.", Kind.DATE, zh="终止日期", sortable=True),
    ),
    policy=("M05", "M10", "M11", "M12", "W01"),
)

NODE_TYPES = (MENTOR_PROFILE, MENTORING_AGREEMENT)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "DECLARED_BY",
        "MentorProfile",
        "Worker",
        End("master", "The master.", many=False, zh="师傅"),
        End("mentorProfiles", "Places she has declared.", zh="带徒意愿"),
    ),
    RelationshipType(
        "HAS_MASTER",
        "MentoringAgreement",
        "Worker",
        End("master", "The master.", many=False, zh="师傅"),
        End("agreementsAsMaster", "Agreements in which she teaches.", zh="带徒协议"),
    ),
    RelationshipType(
        "HAS_APPRENTICE",
        "MentoringAgreement",
        "Worker",
        End("apprentice", "The apprentice.", many=False, zh="徒弟"),
        End("agreementsAsApprentice", "Agreements in which she learns.", zh="学徒协议"),
    ),
    RelationshipType(
        "MENTORS",
        "Worker",
        "Worker",
        End("apprentices", "Workers she has taught, now or before.", zh="徒弟", walk="lineageDown"),
        End("masters", "Masters she has learnt from.", zh="师傅", walk="lineageUp"),
        (
            Property("since", "First day.", Kind.DATE, zh="起始日期", sortable=True),
            Property("until", "Last day.", Kind.DATE, zh="终止日期"),
        ),
        derived=True,
        policy=("M03", "P09"),
    ),
)
