"""名师带徒: masters' profiles, agreements, assessments, allowances, and who learnt from whom."""

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
from graph.model.funding import fen
from graph.model.vocabularies import NAME

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
        Choice("EXPIRED", "已过期", "Nobody answered in time."),
        Choice("TERMINATED", "已解除", "Ended before its time by either side."),
        Choice("COMPLETED", "已期满", "Ran to its end."),
    ),
)

TEACHING_KIND = ClosedList(
    "TeachingKind",
    "传帮带方式",
    "The three sides of teaching (传帮带, M03).",
    (
        Choice("PASS_ON", "传", "Pass on what one knows."),
        Choice("HELP", "帮", "Help with the work."),
        Choice("LEAD", "带", "Lead by example."),
    ),
)

ASSESSMENT_RESULT = ClosedList(
    "AssessmentResult",
    "考核结果",
    "What an assessment found; the policy sets no marks (M08).",
    (
        Choice("PASSED", "合格", "Passed: an allowance may follow."),
        Choice("FAILED", "不合格", "Not passed: no allowance for this period."),
    ),
)

ALLOWANCE_STATE = ClosedList(
    "AllowanceState",
    "津贴状态",
    "States of a teaching allowance (M07).",
    (
        Choice("APPROVED", "已核准", "Approved, not yet paid."),
        Choice("PAID", "已发放", "Paid."),
    ),
)

PERIOD = Property(
    "period",
    "A year, half-year or quarter, such as 2015, 2015-H1 or 2015-Q3.",
    zh="期间",
    required=True,
    sortable=True,
)

MENTORING_PROGRAMME = NodeType(
    "MentoringProgramme",
    "mentoringProgrammes",
    "名师带徒活动",
    "Mentoring as one union runs it in its region or system (M01, M09).",
    Public(),
    (
        NAME,
        Property("opens", "First day.", Kind.DATE, zh="开始日期", required=True, sortable=True),
        Property("closes", "Last day.", Kind.DATE, zh="结束日期"),
    ),
    policy=("M01", "M09"),
)

TEACHING_RECORD = NodeType(
    "TeachingRecord",
    "teachingRecords",
    "带教记录",
    "What was taught under an agreement on a day (M03, W01).",
    Through(("agreement",)),
    (
        Property("day", "Day.", Kind.DATE, zh="日期", required=True, sortable=True),
        Property("kind", "Side of teaching.", Kind.CHOICE, zh="方式", choices=TEACHING_KIND),
        Property("hours", "Hours.", Kind.FLOAT, zh="课时", minimum=0),
        Property("content", "What was taught.", Kind.TEXT, zh="内容", required=True),
    ),
    policy=("M03", "W01"),
)

ASSESSMENT = NodeType(
    "Assessment",
    "assessments",
    "带徒考核",
    "How an agreement was assessed for a period (M08); the allowance rests on it.",
    Through(("agreement",)),
    (
        PERIOD,
        Property("result", "Result.", Kind.CHOICE, zh="结果", choices=ASSESSMENT_RESULT,
                 required=True),
        Property("criteria", "What was looked at.", Kind.TEXT, zh="考核标准"),
        Property("score", "Mark, on the scale of who assesses.", Kind.FLOAT, zh="得分", minimum=0),
        Property("assessed", "Day.", Kind.DATE, zh="考核日期", required=True, sortable=True),
    ),
    policy=("M08",),
)  # fmt: skip

ALLOWANCE_SCHEME = NodeType(
    "AllowanceScheme",
    "allowanceSchemes",
    "带教津贴制度",
    "What a union pays for teaching, from when (M13); the amount is the union's own.",
    Public(),
    (NAME, fen("amount", "Paid for one agreement and period.", "津贴标准", required=True)),
    dated=True,
    policy=("M13",),
)

ALLOWANCE_PAYMENT = NodeType(
    "AllowancePayment",
    "allowancePayments",
    "带教津贴",
    "A teaching allowance for one agreement and period, as a purchase of services (M07).",
    Through(("agreement",)),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=ALLOWANCE_STATE, required=True,
                 sortable=True),
        PERIOD,
        fen("amount", "Amount, by the scheme.", "金额"),
        Property("approved", "Day of approval.", Kind.DATE, zh="核准日期", sortable=True),
        Property("paid", "Day of payment.", Kind.DATE, zh="发放日期", sortable=True),
    ),
    policy=("M07", "M08"),
)  # fmt: skip

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
        Property("reminded_at", "When both were reminded.", Kind.DATETIME, zh="提醒时间"),
        Property("decline_reason", "Why, if she wished to say.", Kind.TEXT, zh="谢绝原因"),
        Property("starts", "First day.", Kind.DATE, zh="起始日期", sortable=True),
        Property("ends", "Last day.", Kind.DATE, zh="终止日期", sortable=True),
    ),
    policy=("M05", "M10", "M11", "M12", "W01"),
)

NODE_TYPES = (
    MENTOR_PROFILE,
    MENTORING_AGREEMENT,
    MENTORING_PROGRAMME,
    TEACHING_RECORD,
    ASSESSMENT,
    ALLOWANCE_SCHEME,
    ALLOWANCE_PAYMENT,
)


def _of_agreement(
    source: LiteralString, name: LiteralString, text: str, zh: str
) -> RelationshipType:
    return RelationshipType(
        "UNDER_AGREEMENT",
        source,
        "MentoringAgreement",
        End("agreement", "The agreement.", many=False, zh="协议"),
        End(name, text, zh=zh),
    )


RELATIONSHIP_TYPES = (
    RelationshipType(
        "RUN_BY",
        "MentoringProgramme",
        "Union",
        End("union", "Union that runs it (M09).", many=False, zh="主办工会"),
        End("mentoringProgrammes", "Mentoring that it runs (M09).", zh="名师带徒活动"),
        policy=("M09",),
    ),
    RelationshipType(
        "PART_OF",
        "MentoringAgreement",
        "MentoringProgramme",
        End("programme", "Programme it belongs to.", many=False, zh="所属活动"),
        End("agreements", "Agreements in it.", zh="协议"),
        policy=("M01",),
    ),
    _of_agreement("TeachingRecord", "teachingRecords", "What was taught (M03).", "带教记录"),
    _of_agreement("Assessment", "assessments", "How it was assessed (M08).", "考核"),
    _of_agreement("AllowancePayment", "allowancePayments", "Allowances (M07).", "带教津贴"),
    RelationshipType(
        "RUN_BY",
        "AllowanceScheme",
        "Union",
        End("union", "Union that pays (M13).", many=False, zh="发放工会"),
        End("allowanceSchemes", "Its teaching allowances (M13).", zh="带教津贴制度"),
        policy=("M13",),
    ),
    RelationshipType(
        "BY_SCHEME",
        "AllowancePayment",
        "AllowanceScheme",
        End("scheme", "Scheme that sets the amount.", many=False, zh="津贴制度"),
        End("payments", "What was approved by it.", zh="津贴"),
    ),
    RelationshipType(
        "RESTS_ON",
        "AllowancePayment",
        "Assessment",
        End("assessment", "Assessment that it rests on (M08).", many=False, zh="依据的考核"),
        End("allowancePayments", "Allowances that rest on it.", zh="津贴"),
        policy=("M08",),
    ),
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
