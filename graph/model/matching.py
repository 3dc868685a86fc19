"""How matches are weighed, under versions people decide on, and what they do to those shown."""

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

MATCH_JOB = ClosedList(
    "MatchJob",
    "匹配任务",
    "Questions of matchmaking whose scores are weighed.",
    (
        Choice("MENTOR", "师傅推荐", "Masters for a worker."),
        Choice("APPRENTICE", "徒弟推荐", "Workers for a master."),
        Choice("RESEARCH", "科研单位推荐", "Research institutes for a studio."),
        Choice("STUDIO", "工作室推荐", "Studios for a research institute."),
        Choice("TRANSFER", "成果转化推荐", "Enterprises for an achievement."),
        Choice("SOLUTION", "难题解决方案推荐", "Achievements for a technical problem."),
        Choice("ENTERPRISE_SOLUTION", "企业适用成果推荐", "Achievements for an enterprise."),
        Choice("STUDIO_PEER", "相似工作室推荐", "Studios that work on the same (S08)."),
        Choice("STUDIO_COMPLEMENT", "互补工作室推荐", "Studios that made what one needs (S08)."),
        Choice("COURSE", "培训课程推荐", "Courses for a worker (B19)."),
        Choice("OPTION", "人才流动推荐", "Offered places for a worker (K08)."),
    ),
)

WEIGHTS_STATE = ClosedList(
    "WeightsState",
    "权重状态",
    "States of weights.",
    (
        Choice("PROPOSED", "待启用", "Proposed; matches can be tried with it by its version."),
        Choice("ACTIVE", "使用中", "In force: matches are weighed by it."),
        Choice("RETIRED", "已停用", "No longer in force; old matches can be computed with it."),
    ),
)

WEIGHTS = NodeType(
    "WeightsVersion",
    "weightsVersions",
    "匹配权重版本",
    "Weights of the parts of a match's score, as configuration (P02). Where none is in force, "
    "those that ship are.",
    Public(),
    (
        Property(
            "job",
            "Matches that it weighs.",
            Kind.CHOICE,
            zh="匹配任务",
            choices=MATCH_JOB,
            required=True,
            sortable=True,
        ),
        Property(
            "name",
            "Name of the version, which every match tells.",
            zh="版本名称",
            required=True,
            sortable=True,
        ),
        Property(
            "state",
            "State.",
            Kind.CHOICE,
            zh="状态",
            choices=WEIGHTS_STATE,
            required=True,
            sortable=True,
        ),
        Property(
            "weights",
            "Each part with its weight, such as `place=0.1`; they sum to 1.",
            Kind.STRINGS,
            zh="权重",
            required=True,
        ),
        Property("grounds", "Why: what it was learned from, or who decided.", Kind.TEXT, zh="依据"),
        Property("proposed_at", "When it was proposed.", Kind.DATETIME, zh="提出时间"),
        Property(
            "activated_at",
            "When it came into force.",
            Kind.DATETIME,
            zh="启用时间",
            sortable=True,
        ),
        Property("retired_at", "When it went out of force.", Kind.DATETIME, zh="停用时间"),
    ),
    policy=("P02",),
)

EXPOSURE = NodeType(
    "MasterExposure",
    "masterExposures",
    "师傅曝光与负荷",
    "How sought a master with places is, if every apprentice asked today. Derived; measured daily.",
    Through(("master",)),
    (
        Property(
            "shown_by_score",
            "Apprentices who would be shown her among the first ten, by score alone.",
            Kind.INTEGER,
            zh="按得分推荐次数",
            sortable=True,
        ),
        Property(
            "shown_to",
            "Apprentices who are shown her among the first ten where suggestions are balanced.",
            Kind.INTEGER,
            zh="均衡推荐次数",
            sortable=True,
        ),
        Property(
            "price",
            "What one of her places is worth, in scores: balanced suggestions take it off.",
            Kind.FLOAT,
            zh="名额紧俏程度",
        ),
        Property(
            "place_kept",
            "One of ten shown places is kept for her, as else nobody would be shown her.",
            Kind.BOOLEAN,
            zh="保留展示位",
        ),
        Property(
            "measured_at", "When it was measured.", Kind.DATETIME, zh="测算时间", sortable=True
        ),
        Property("weights_version", "Version of the weights it was measured by.", zh="权重版本"),
    ),
    policy=("M06",),
)

NODE_TYPES = (WEIGHTS, EXPOSURE)
RELATIONSHIP_TYPES = (
    RelationshipType(
        "EXPOSURE_OF",
        "MasterExposure",
        "Worker",
        End("master", "The master.", many=False, zh="师傅"),
        End("exposures", "How sought she is as a master.", zh="曝光与负荷"),
        derived=True,
        policy=("M06",),
    ),
)
