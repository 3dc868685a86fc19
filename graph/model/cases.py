"""The person's side: cases that a person of the union must answer, and what people say at the end.

Nobody is decided about by computation alone: whoever was matched may ask a human, have a fact
corrected, and refuse (P02; Personal Information Protection Law, art. 24).
"""

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

CASE_KIND = ClosedList(
    "CaseKind",
    "事项类型",
    "What a person asks of the union.",
    (
        Choice("ASK_A_HUMAN", "人工复核", "A person shall look at a match or a plan."),
        Choice("CORRECTION", "信息更正", "A fact about her is wrong."),
    ),
)

CASE_STATE = ClosedList(
    "CaseState",
    "事项状态",
    "States of a case.",
    (
        Choice("OPEN", "待答复", "Waits for an officer."),
        Choice("ANSWERED", "已答复", "An officer has answered."),
        Choice("WITHDRAWN", "已撤回", "She withdrew it."),
    ),
)

CASE = NodeType(
    "PersonCase",
    "personCases",
    "个人申请",
    "What a worker asks a person of the union to look at; to be answered by a day (P02).",
    Through(("worker",)),
    (
        Property(
            "kind", "What is asked.", Kind.CHOICE, zh="事项类型", choices=CASE_KIND, required=True
        ),
        Property(
            "state",
            "State.",
            Kind.CHOICE,
            zh="状态",
            choices=CASE_STATE,
            required=True,
            sortable=True,
        ),
        Property("words", "In her own words.", Kind.TEXT, zh="说明", personal=True),
        Property("match_id", "The match it is about, if one.", zh="匹配编号"),
        Property("wrong", "The fact that is wrong.", zh="有误信息", personal=True),
        Property("opened_at", "When it was opened.", Kind.DATETIME, zh="提出时间", sortable=True),
        Property("due_on", "Day by which it is answered.", Kind.DATE, zh="答复期限", sortable=True),
        Property("answer", "What the officer answered.", Kind.TEXT, zh="答复", personal=True),
        Property("answered_at", "When it was answered.", Kind.DATETIME, zh="答复时间"),
    ),
    policy=("P02",),
)

EXIT_SURVEY = NodeType(
    "ExitSurvey",
    "exitSurveys",
    "结束反馈",
    "What one side says of an agreement that ended; a new match may follow.",
    Through(("worker",)),
    (
        Property("rating", "From 1 to 5.", Kind.INTEGER, zh="评分", minimum=1, required=True),
        Property("words", "In her own words.", Kind.TEXT, zh="说明", personal=True),
        Property("wants_another", "Wants to be matched anew.", Kind.BOOLEAN, zh="希望重新匹配"),
        Property("said_at", "When.", Kind.DATETIME, zh="填写时间", sortable=True),
    ),
    policy=("M08",),
)

CLAIM_STATE = ClosedList(
    "LoginClaimState",
    "认领状态",
    "States of the claim that a login is a worker's.",
    (
        Choice("OPEN", "待核实", "Waits for an officer."),
        Choice("APPROVED", "已核实", "The login stands for the worker."),
        Choice("DECLINED", "未通过", "It does not."),
    ),
)

LOGIN_CLAIM = NodeType(
    "LoginClaim",
    "loginClaims",
    "登录认领",
    "That somebody who signed in says she is this worker; an officer looks and decides.",
    Through(("worker",)),
    (
        Property(
            "state",
            "State.",
            Kind.CHOICE,
            zh="状态",
            choices=CLAIM_STATE,
            required=True,
            sortable=True,
        ),
        Property("words", "How the officer may know her.", Kind.TEXT, zh="说明", personal=True),
        Property("claimed_at", "When.", Kind.DATETIME, zh="认领时间", sortable=True),
        Property("answered_at", "When it was decided.", Kind.DATETIME, zh="核实时间"),
        Property("login", "Digest of the login.", internal=True),
    ),
    policy=("P02",),
)

NODE_TYPES = (CASE, EXIT_SURVEY, LOGIN_CLAIM)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "ASKED_BY",
        "PersonCase",
        "Worker",
        End("worker", "Who asks.", many=False, zh="职工"),
        End("personCases", "What she asked of the union.", zh="个人申请"),
        policy=("P02",),
    ),
    RelationshipType(
        "CLAIMS_TO_BE",
        "LoginClaim",
        "Worker",
        End("worker", "Who she says she is.", many=False, zh="职工"),
        End("loginClaims", "Logins that were said to be hers.", zh="登录认领"),
        policy=("P02",),
    ),
    RelationshipType(
        "SAID_BY",
        "ExitSurvey",
        "Worker",
        End("worker", "Who says it.", many=False, zh="职工"),
        End("exitSurveys", "What she said at the end of agreements.", zh="结束反馈"),
    ),
    RelationshipType(
        "SAID_OF",
        "ExitSurvey",
        "MentoringAgreement",
        End("agreement", "The agreement.", many=False, zh="协议"),
        End("exitSurveys", "What the two sides said of it.", zh="结束反馈"),
    ),
)
