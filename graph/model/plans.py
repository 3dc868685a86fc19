"""Mentoring plans (名师带徒方案): proposals for many at once, to be reviewed and published."""

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Owned,
    Property,
    RelationshipType,
    Through,
)

PLAN_OBJECTIVE = ClosedList(
    "PlanObjective",
    "方案目标",
    "What a plan is best at; the price of the other is shown beside it.",
    (
        Choice(
            "STABLE",
            "稳定",
            "No apprentice and master would rather have each other than whom they got.",
        ),
        Choice(
            "PARTICIPATION",
            "参与最多",
            "As many pairs as the places allow, and of those the highest joint score.",
        ),
    ),
)

PLAN_STATE = ClosedList(
    "MentoringPlanState",
    "方案状态",
    "States of a plan. It proposes; two consents make a pair (M05).",
    (
        Choice("SOLVING", "计算中", "Being computed; its job shows how far."),
        Choice("REVIEW", "审核中", "Computed; an officer reviews it."),
        Choice("PUBLISHING", "发布中", "Its pairings are being proposed to the people."),
        Choice("PUBLISHED", "已发布", "Its pairings have been proposed to the people."),
        Choice("DISCARDED", "已废弃", "Given up; nothing of it is proposed."),
    ),
)

PLANNED_STATE = ClosedList(
    "PlannedPairingState",
    "拟结对状态",
    "What became of a pair of a plan.",
    (
        Choice("SOLVED", "计算得出", "Found by the plan; the next run may change it."),
        Choice("ACCEPTED", "审核通过", "Accepted by an officer; further runs keep it."),
        Choice("PINNED", "指定", "Set by an officer; further runs keep it."),
        Choice("EXCLUDED", "排除", "Ruled out by an officer; further runs avoid it."),
        Choice("PROPOSED", "已提议", "Proposed to the two; see the agreement."),
        Choice("REFUSED", "未能提议", "Could not be proposed any more; `refusal` says why."),
        Choice("RELEASED", "撤销", "Taken back by an officer; the next run decides."),
    ),
)

MENTORING_PLAN = NodeType(
    "MentoringPlan",
    "mentoringPlans",
    "名师带徒方案",
    "A plan that gives the apprentices of a union masters (M09, M12).",
    Owned(),
    (
        Property("name", "Name.", zh="方案名称", required=True, sortable=True, searched=True),
        Property(
            "objective",
            "What it is best at.",
            Kind.CHOICE,
            zh="方案目标",
            choices=PLAN_OBJECTIVE,
            required=True,
        ),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=PLAN_STATE, required=True),
        Property("created_at", "When it was made.", Kind.DATETIME, zh="创建时间", sortable=True),
        Property("as_of", "Day for which it holds.", Kind.DATE, zh="方案日期"),
        Property(
            "list_length", "Masters on a list at most (K).", Kind.INTEGER, zh="志愿数", minimum=1
        ),
        Property("answer_by", "Last day for an answer.", Kind.DATE, zh="答复期限"),
        Property("considered", "Apprentices in scope.", Kind.INTEGER, zh="在范围内人数"),
        Property(
            "without_consent",
            "Of those, who has not agreed to be matched (M05).",
            Kind.INTEGER,
            zh="未同意匹配人数",
        ),
        Property(
            "already_paired",
            "Of those, who has an agreement or answers one.",
            Kind.INTEGER,
            zh="已结对人数",
        ),
        Property("left_out", "Of those, whom an officer left out.", Kind.INTEGER, zh="排除人数"),
        Property("apprentices", "Apprentices planned for.", Kind.INTEGER, zh="参与徒弟数"),
        Property("masters", "Masters with places.", Kind.INTEGER, zh="参与师傅数"),
        Property(
            "exposure_by_score",
            "Gini of how often each master is in the first ten of the lists by score.",
            Kind.FLOAT,
            zh="按得分推荐的曝光基尼系数",
        ),
        Property(
            "exposure_balanced",
            "The same where the first ten are shown as the places can bear it.",
            Kind.FLOAT,
            zh="均衡推荐的曝光基尼系数",
        ),
        Property(
            "balance_costs",
            "Share of the mean score of those shown that balancing costs.",
            Kind.FLOAT,
            zh="均衡推荐的得分损失",
        ),
        Property("mentor_model", "Version of the apprentices' scores.", zh="徒弟评分版本"),
        Property("apprentice_model", "Version of the masters' scores.", zh="师傅评分版本"),
        Property("tie_rule", "Who comes first where scores are equal.", zh="同分规则"),
        Property(
            "certificate_digest",
            "SHA-256 with which the certificate last written ends; who holds the file compares it.",
            zh="证书摘要",
        ),
        Property(
            "both_objectives",
            "Whether the other objective is computed too, however many there are.",
            Kind.BOOLEAN,
            zh="同时计算两种目标",
        ),
        Property("named", "Ids of the workers named, as they asked.", Kind.STRINGS, internal=True),
        Property("masters_union", "Id of the union whose masters teach.", internal=True),
        Property("pseudonym_key", "Key of the pseudonyms of its certificate.", internal=True),
    ),
    policy=("M05", "M06", "M09", "M12"),
)

PLAN_PRICE = NodeType(
    "PlanPrice",
    "planPrices",
    "方案代价",
    "What a plan is worth under one objective, beside the other.",
    Through(("plan",)),
    (
        Property(
            "objective",
            "Objective.",
            Kind.CHOICE,
            zh="方案目标",
            choices=PLAN_OBJECTIVE,
            required=True,
        ),
        Property("apprentices", "Apprentices planned for.", Kind.INTEGER, zh="徒弟数"),
        Property("matched", "How many get a master.", Kind.INTEGER, zh="结对数"),
        Property("matched_share", "The same as a share.", Kind.FLOAT, zh="结对率"),
        Property(
            "blocking_pairs", "Pairs who would rather have each other.", Kind.INTEGER, zh="阻塞对"
        ),
        Property(
            "capacity_breaches", "Masters beyond their places (M06).", Kind.INTEGER, zh="超额师傅数"
        ),
        Property(
            "mean_rank",
            "Mean place of the master on the apprentice's list.",
            Kind.FLOAT,
            zh="平均志愿位次",
        ),
        Property("joint_score", "Sum of both sides' scores.", Kind.FLOAT, zh="双方得分之和"),
        Property(
            "exposure_gini",
            "How unevenly proposals fall on masters: 0 alike, 1 on one.",
            Kind.FLOAT,
            zh="曝光基尼系数",
        ),
        Property(
            "never_shown", "Masters whom nobody is proposed to.", Kind.INTEGER, zh="未获推荐师傅数"
        ),
        Property("seconds", "Time that the solution took.", Kind.FLOAT, zh="求解秒数"),
    ),
    policy=("M12",),
)

PLANNED_PAIRING = NodeType(
    "PlannedPairing",
    "plannedPairings",
    "拟结对",
    "A pair of a plan. A proposal: people decide (M05).",
    Through(("plan",)),
    (
        Property(
            "state",
            "State.",
            Kind.CHOICE,
            zh="状态",
            choices=PLANNED_STATE,
            required=True,
            sortable=True,
        ),
        Property(
            "rank_of_master",
            "The master's place on the apprentice's list.",
            Kind.INTEGER,
            zh="师傅位次",
        ),
        Property(
            "rank_of_apprentice",
            "The apprentice's place on the master's list.",
            Kind.INTEGER,
            zh="徒弟位次",
        ),
        Property("score", "What the apprentice's side gives to the master.", Kind.FLOAT, zh="得分"),
        Property(
            "favour", "What the master's side gives to the apprentice.", Kind.FLOAT, zh="师傅评分"
        ),
        Property("kept", "An officer had pinned or accepted it.", Kind.BOOLEAN, zh="人工确定"),
        Property("refusal", "Why it could not be proposed.", zh="未能提议原因"),
    ),
    policy=("M05", "M12"),
)

NODE_TYPES = (MENTORING_PLAN, PLAN_PRICE, PLANNED_PAIRING)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "PLANNED_FOR",
        "MentoringPlan",
        "Union",
        End("unions", "Unions whose apprentices it plans for.", zh="所属工会"),
        End("mentoringPlans", "Plans for its apprentices.", zh="名师带徒方案"),
        policy=("M09",),
    ),
    RelationshipType(
        "SOLVED_BY",
        "MentoringPlan",
        "Job",
        End("jobs", "Long work on it.", zh="任务"),
        End("plan", "The plan it works on.", many=False, zh="方案"),
    ),
    RelationshipType(
        "LEAVES_OUT",
        "MentoringPlan",
        "Worker",
        End(
            "leftOutWorkers",
            "Workers whom an officer left out, as apprentice and as master.",
            zh="排除人员",
        ),
    ),
    RelationshipType(
        "PRICE_OF",
        "PlanPrice",
        "MentoringPlan",
        End("plan", "The plan.", many=False, zh="方案"),
        End("prices", "What each objective is worth.", zh="方案代价"),
    ),
    RelationshipType(
        "IN_PLAN",
        "PlannedPairing",
        "MentoringPlan",
        End("plan", "The plan.", many=False, zh="方案"),
        End("pairings", "Its pairs.", zh="拟结对"),
    ),
    RelationshipType(
        "PLANS_APPRENTICE",
        "PlannedPairing",
        "Worker",
        End("apprentice", "Who would learn.", many=False, zh="徒弟"),
    ),
    RelationshipType(
        "PLANS_MASTER",
        "PlannedPairing",
        "Worker",
        End("master", "Who would teach.", many=False, zh="师傅"),
    ),
    RelationshipType(
        "LED_TO",
        "PlannedPairing",
        "MentoringAgreement",
        End("agreement", "The agreement that was proposed.", many=False, zh="协议"),
    ),
    RelationshipType(
        "PREFERS",
        "Worker",
        "Worker",
        End("ownList", "Whom she put on her own list; it goes before scores.", zh="本人志愿"),
        properties=(
            Property(
                "place", "Place, from 1.", Kind.INTEGER, zh="志愿位次", minimum=1, sortable=True
            ),
            Property("since", "Since when.", Kind.DATE, zh="填报日期"),
        ),
    ),
)
