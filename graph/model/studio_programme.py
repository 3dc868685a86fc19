"""What the programme does with studios: nomination, review, projects, grants, exchange, rules."""

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
from graph.model.funding import YEAR, fen
from graph.model.studios import LEVEL
from graph.model.vocabularies import NAME

STUDIO_NOMINATION_STATE = ClosedList(
    "StudioNominationState",
    "推荐状态",
    "States of a studio's nomination (W02).",
    (
        Choice("NOMINATED", "已推荐", "Put forward."),
        Choice("NAMED", "已命名", "Named."),
        Choice("REJECTED", "未入选", "Not named this time."),
        Choice("WITHDRAWN", "已撤回", "Withdrawn by the union that put it forward."),
    ),
)

REVIEW_RESULT = ClosedList(
    "ReviewResult",
    "评审结果",
    "What the yearly review of a studio decides (动态评审, S06).",
    (
        Choice("KEEP", "保留", "Keeps its title."),
        Choice("WARN", "警示", "Keeps it with a warning."),
        Choice("WITHDRAW", "撤销", "Loses it from this day."),
    ),
    policy=("S06",),
)

STUDIO_PROJECT_TYPE = ClosedList(
    "StudioProjectType",
    "工作室项目类型",
    "The two kinds of studio projects (S10, X17).",
    (
        Choice("TECH_INNOVATION", "技术创新", "Technical innovation."),
        Choice("TALENT_TRAINING", "人才培养", "Talent training."),
    ),
    policy=("S10", "X17"),
)

STUDIO_PROJECT_STATE = ClosedList(
    "StudioProjectState",
    "工作室项目状态",
    "Three steps by three roles (S09, W03): the studio applies, its union submits, the federation "
    "selects.",
    (
        Choice("APPLIED", "已申请", "The studio has applied."),
        Choice("SUBMITTED", "已申报", "A district or industry union has submitted it."),
        Choice("SELECTED", "已入选", "Selected, and partly funded."),
        Choice("REJECTED", "未入选", "Not submitted, or not selected."),
        Choice("COMPLETED", "已完成", "Carried out."),
    ),
    policy=("S09", "W03"),
)

STUDIO_RULE_KIND = ClosedList(
    "StudioRuleKind",
    "工作室制度类型",
    "The four rules that an organisation should have for its studios (S13).",
    (
        Choice("CREATION", "创建", "How studios are created."),
        Choice("MANAGEMENT", "管理", "How they are managed."),
        Choice("REVIEW", "评审", "How they are reviewed."),
        Choice("INCENTIVE", "激励", "How they are rewarded."),
    ),
    policy=("S13",),
)

STUDIO_NOMINATION = NodeType(
    "StudioNomination",
    "studioNominations",
    "工作室推荐",
    "That a studio is put forward for a level, and what became of it (S03, S04, W02).",
    Public(),
    (
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=STUDIO_NOMINATION_STATE,
                 required=True, sortable=True),
        Property("level", "Level.", Kind.CHOICE, zh="级别", choices=LEVEL, required=True),
        Property("grounds", "Why.", Kind.TEXT, zh="推荐理由"),
        Property(
            "leader_statuses",
            "What qualifies its leader: titles borne, or HIGH_SKILLED (S04).",
            Kind.STRINGS,
            zh="领军人物资格",
        ),
        Property("submitted", "Day.", Kind.DATE, zh="推荐日期", sortable=True),
        Property("decided", "Day of the decision.", Kind.DATE, zh="决定日期", sortable=True),
        Property("decision", "Reason of the decision.", Kind.TEXT, zh="决定理由"),
    ),
    policy=("S03", "S04", "W02"),
)  # fmt: skip

STUDIO_REVIEW = NodeType(
    "StudioReview",
    "studioReviews",
    "工作室评审",
    "What a yearly review decided about a studio's title (S06); nothing is overwritten.",
    Public(),
    (
        YEAR,
        Property("result", "Result.", Kind.CHOICE, zh="评审结果", choices=REVIEW_RESULT,
                 required=True),
        Property("grounds", "Why.", Kind.TEXT, zh="评审意见"),
        Property("reviewed", "Day.", Kind.DATE, zh="评审日期", sortable=True),
    ),
    policy=("S06", "W02"),
)  # fmt: skip

STUDIO_PROJECT_CALL = NodeType(
    "StudioProjectCall",
    "studioProjectCalls",
    "工作室项目征集",
    "One year's call for studio projects; 20 are selected unless it says otherwise (S09, T06).",
    Public(),
    (
        YEAR,
        Property("places", "How many are selected (T06).", Kind.INTEGER, zh="名额", minimum=1),
        Property("closes", "Last day for applications.", Kind.DATE, zh="截止日期"),
    ),
    policy=("S09", "T06"),
)

STUDIO_PROJECT = NodeType(
    "StudioProject",
    "studioProjects",
    "工作室项目",
    "A project that a municipal studio applies with; selected ones are partly funded (S09–S11).",
    Public(),
    (
        Property("title", "Title.", zh="名称", required=True, sortable=True, searched=True),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=STUDIO_PROJECT_STATE,
                 required=True, sortable=True),
        Property("type", "Type.", Kind.CHOICE, zh="类型", choices=STUDIO_PROJECT_TYPE,
                 required=True, sortable=True),
        Property("goal", "What it is to achieve.", Kind.TEXT, zh="目标", searched=True),
        fen("budget", "What it costs.", "预算", required=True),
        fen("granted", "What is paid towards it; less than it costs (S11).", "资助金额"),
        Property("ratio", "Share of the cost that is paid, below 1 (S11).", Kind.FLOAT,
                 zh="资助比例"),
        Property("applied", "Day of application.", Kind.DATE, zh="申请日期", sortable=True),
        Property("submitted", "Day of submission.", Kind.DATE, zh="申报日期"),
        Property("decided", "Day of the decision.", Kind.DATE, zh="决定日期", sortable=True),
        Property("decision", "Reason of the decision.", Kind.TEXT, zh="决定理由"),
        Property("outcome", "What came of it.", Kind.TEXT, zh="成效"),
    ),
    policy=("S09", "S10", "S11", "T06", "W03"),
)  # fmt: skip

STUDIO_GRANT = NodeType(
    "StudioGrant",
    "studioGrants",
    "工作室经费支持",
    "Money that a union gives a studio, for one year or several (S05, S14).",
    Public(),
    (
        fen("amount", "Amount a year.", "年度金额", required=True),
        Property("first_year", "First year.", Kind.INTEGER, zh="起始年度", required=True,
                 minimum=1900, sortable=True),
        Property("last_year", "Last year.", Kind.INTEGER, zh="终止年度", minimum=1900),
        Property("purpose", "What for.", Kind.TEXT, zh="用途"),
        Property("granted", "Day.", Kind.DATE, zh="批准日期", sortable=True),
    ),
    policy=("S05", "S14"),
)  # fmt: skip

STUDIO_EXCHANGE = NodeType(
    "StudioExchange",
    "studioExchanges",
    "工作室交流活动",
    "A meeting of studios' leaders and key members (切磋交流, S08).",
    Public(),
    (
        NAME,
        Property("day", "Day.", Kind.DATE, zh="日期", required=True, sortable=True),
        Property("topic", "What about.", Kind.TEXT, zh="主题", searched=True),
    ),
    policy=("S08",),
)

STUDIO_RULE = NodeType(
    "StudioRule",
    "studioRules",
    "工作室制度",
    "A rule that a union or enterprise has set for studios (S13).",
    Public(),
    (
        Property("kind", "Kind.", Kind.CHOICE, zh="类型", choices=STUDIO_RULE_KIND, required=True),
        Property("title", "Title.", zh="名称", required=True, searched=True),
        Property("issued", "Day.", Kind.DATE, zh="发布日期", required=True, sortable=True),
    ),
    policy=("S13",),
)

NODE_TYPES = (
    STUDIO_NOMINATION,
    STUDIO_REVIEW,
    STUDIO_PROJECT_CALL,
    STUDIO_PROJECT,
    STUDIO_GRANT,
    STUDIO_EXCHANGE,
    STUDIO_RULE,
)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "NOMINATES",
        "StudioNomination",
        "Studio",
        End("studio", "The studio.", many=False, zh="工作室"),
        End("nominations", "Nominations for titles.", zh="推荐"),
    ),
    RelationshipType(
        "SUBMITTED_BY",
        "StudioNomination",
        "Union",
        End("submittedBy", "Union that put it forward.", many=False, zh="推荐工会"),
        End("studioNominations", "Studios it has put forward.", zh="推荐的工作室"),
    ),
    RelationshipType(
        "LED_TO",
        "StudioNomination",
        "StudioDesignation",
        End("designation", "Title that came of it.", many=False, zh="命名"),
        End("nomination", "Nomination that it came of.", many=False, zh="推荐"),
    ),
    RelationshipType(
        "REVIEWS",
        "StudioReview",
        "StudioDesignation",
        End("designation", "Title that was reviewed.", many=False, zh="命名"),
        End("reviews", "Reviews of it (S06).", zh="评审"),
        policy=("S06",),
    ),
    RelationshipType(
        "IN_CALL",
        "StudioProject",
        "StudioProjectCall",
        End("call", "Call it was applied in.", many=False, zh="征集"),
        End("projects", "Projects applied with.", zh="项目"),
    ),
    RelationshipType(
        "APPLIED_BY",
        "StudioProject",
        "Studio",
        End("studio", "Studio that applied.", many=False, zh="申请工作室"),
        End("projects", "Projects it applied with (S09).", zh="项目"),
        policy=("S09",),
    ),
    RelationshipType(
        "SUBMITTED_BY",
        "StudioProject",
        "Union",
        End("submittedBy", "Union that submitted it.", many=False, zh="申报工会"),
        End("studioProjects", "Studio projects it submitted (S09).", zh="申报的工作室项目"),
        policy=("S09",),
    ),
    RelationshipType(
        "GRANTED_TO",
        "StudioGrant",
        "Studio",
        End("studio", "Studio.", many=False, zh="工作室"),
        End("grants", "Money it was given (S05).", zh="经费支持"),
        policy=("S05",),
    ),
    RelationshipType(
        "PAID_BY",
        "StudioGrant",
        "Union",
        End("union", "Union that pays.", many=False, zh="出资工会"),
        End("studioGrants", "What it gives studios.", zh="工作室经费支持"),
    ),
    RelationshipType(
        "GATHERS",
        "StudioExchange",
        "Studio",
        End("studios", "Studios that met (S08).", zh="参加工作室"),
        End("exchanges", "Meetings it took part in (S08).", zh="交流活动"),
        policy=("S08",),
    ),
    RelationshipType(
        "HELD_BY",
        "StudioExchange",
        "Union",
        End("union", "Union that held it.", many=False, zh="主办工会"),
        End("studioExchanges", "Meetings of studios it held.", zh="工作室交流活动"),
    ),
    RelationshipType(
        "SET_BY",
        "StudioRule",
        "Union",
        End("union", "Union that set it.", many=False, zh="制定工会"),
        End("studioRules", "Rules for studios (S13).", zh="工作室制度"),
        policy=("S13",),
    ),
)
