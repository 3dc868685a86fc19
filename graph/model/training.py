"""Training: needs, projects, courses, who learnt what, and exchange with other countries."""

from graph.model.declare import (
    Choice,
    ClosedList,
    End,
    Kind,
    NodeType,
    Owned,
    Property,
    Public,
    RelationshipType,
    Through,
)
from graph.model.vocabularies import NAME, NAME_EN

TRAINING_VENUE = ClosedList(
    "TrainingVenue",
    "培训载体",
    "The five kinds of places that train (B15, X09), and the unions' own schools (P08, B04).",
    (
        Choice("ENTERPRISE", "企业", "Enterprise."),
        Choice("VOCATIONAL_SCHOOL", "职业学校", "Vocational school (B14)."),
        Choice("STUDIO", "职工创新工作室", "Workers' innovation studio (S16)."),
        Choice("SPECIAL_COMMITTEE", "技协专业委员会", "Committee of an association (J05)."),
        Choice("TRAINING_BASE", "职工技能实训基地", "Practical training base."),
        Choice("WORKERS_UNIVERSITY", "职工大学", "Workers' University (B04, G11)."),
        Choice("SOCIAL", "社会培训机构", "Other provider (B05)."),
    ),
    policy=("X09", "B15"),
)

TRAINING_MODE = ClosedList(
    "TrainingMode",
    "培训方式",
    "Ways of training (B06, B17, B19, X10).",
    (
        Choice("ORDER_BASED", "订单式", "To an enterprise's order (B17)."),
        Choice("PROJECT_BASED", "项目制", "As a project (B17)."),
        Choice("PROFESSIONAL", "职业化", "Professional (B17)."),
        Choice("HANDS_ON", "实操", "Hands-on (B06)."),
        Choice("ONLINE", "网络", "Online (B19)."),
    ),
    policy=("X10", "B17"),
)

TRAINING_ACTIVITY = ClosedList(
    "TrainingActivity",
    "培训活动",
    "Activities under which training is given.",
    (
        Choice("GRASSROOTS", "送技能培训进基层企业", "Skills training to the grass roots (B03)."),
        Choice("LECTURE_HALL", "技能大讲堂", "Skills Lecture Hall (B20)."),
        Choice("QUALITY_PROJECT", "首都职工素质建设工程", "Workers' Quality Project (G04)."),
        Choice("OTHER", "其他", "Other."),
    ),
    policy=("B03", "B20"),
)

NEED_STATE = ClosedList(
    "TrainingNeedState",
    "需求状态",
    "States of a training need (B01).",
    (
        Choice("OPEN", "待安排", "Nobody has it yet."),
        Choice("ORDERED", "已下单", "A project is ordered for it (B17)."),
        Choice("MET", "已满足", "Trained."),
        Choice("WITHDRAWN", "已撤回", "Withdrawn."),
    ),
)

PROJECT_STATE = ClosedList(
    "TrainingProjectState",
    "项目状态",
    "States of a training project.",
    (
        Choice("ORDERED", "已下单", "Ordered."),
        Choice("RUNNING", "进行中", "Under way."),
        Choice("DELIVERED", "已完成", "Delivered."),
        Choice("CANCELLED", "已取消", "Cancelled."),
    ),
)

TRAINING_RESULT = ClosedList(
    "TrainingResult",
    "培训结果",
    "How a training ended (B22).",
    (
        Choice("COMPLETED", "结业", "Completed."),
        Choice("FAILED", "不合格", "Not passed."),
        Choice("LEFT", "中途退出", "Left before its end."),
    ),
)

EXCHANGE_DIRECTION = ClosedList(
    "ExchangeDirection",
    "交流方向",
    "Which way an exchange goes (X12).",
    (
        Choice("IN", "请进来", "Brought in (B08)."),
        Choice("OUT", "走出去", "Gone out (B09)."),
    ),
    policy=("X12", "B08", "B09"),
)

EXCHANGE_KIND = ClosedList(
    "ExchangeKind",
    "交流形式",
    "Forms of exchange (B10–B13).",
    (
        Choice("TEACHING", "传授经验", "An expert teaches here (B10)."),
        Choice("CONTEST", "国际技能大赛", "A delegation to an international contest (B11)."),
        Choice("STUDY", "研修学习", "Study abroad (B12)."),
        Choice("BOUT", "技术比武", "Technical bout (B13)."),
    ),
    policy=("B10", "B12", "B13"),
)

TRAINING_PROVIDER = NodeType(
    "TrainingProvider",
    "trainingProviders",
    "培训机构",
    "Who trains: school, base, committee, studio, university or enterprise (B05, B15, P08).",
    Public(),
    (
        NAME,
        NAME_EN,
        Property(
            "kind", "Kind.", Kind.CHOICE, zh="载体", choices=TRAINING_VENUE, required=True,
            sortable=True,
        ),
    ),
    interfaces=("Organisation",),
    policy=("B05", "B15", "P08", "B04"),
)  # fmt: skip

TRAINING_NEED = NodeType(
    "TrainingNeed",
    "trainingNeeds",
    "培训需求",
    "What an enterprise wants its workers to learn (B01).",
    Owned(),
    (
        Property("title", "In short.", zh="标题", required=True, sortable=True, searched=True),
        Property("description", "What is wanted.", Kind.TEXT, zh="说明", searched=True),
        Property(
            "state", "State.", Kind.CHOICE, zh="状态", choices=NEED_STATE, required=True,
            sortable=True,
        ),
        Property("workers", "How many workers.", Kind.INTEGER, zh="人数", minimum=1),
        Property("raised", "Day.", Kind.DATE, zh="提出日期", sortable=True),
    ),
    aliases=("需求",),
    policy=("B01",),
)  # fmt: skip

TRAINING_PROJECT = NodeType(
    "TrainingProject",
    "trainingProjects",
    "培训项目",
    "A training that is ordered, purchased and delivered (B02, B03, B17).",
    Public(),
    (
        NAME,
        Property("activity", "Activity.", Kind.CHOICE, zh="培训活动", choices=TRAINING_ACTIVITY),
        Property("mode", "Way of training.", Kind.CHOICE, zh="方式", choices=TRAINING_MODE),
        Property("state", "State.", Kind.CHOICE, zh="状态", choices=PROJECT_STATE, sortable=True),
        Property("purchased", "Day of purchase (B16, T03).", Kind.DATE, zh="购买日期",
                 sortable=True),
        Property("places", "Places.", Kind.INTEGER, zh="名额", minimum=0),
    ),
    policy=("B02", "B03", "B17", "T03", "K03"),
)  # fmt: skip

COURSE = NodeType(
    "Course",
    "courses",
    "培训课程",
    "A course or lecture that workers can attend (B06, B19, B20, K03).",
    Public(),
    (
        NAME,
        Property("mode", "Way of training.", Kind.CHOICE, zh="方式", choices=TRAINING_MODE),
        Property("activity", "Activity.", Kind.CHOICE, zh="培训活动", choices=TRAINING_ACTIVITY),
        Property("summary", "What it teaches.", Kind.TEXT, zh="简介", searched=True),
        Property("hours", "Hours.", Kind.INTEGER, zh="学时", minimum=1, sortable=True),
        Property("url", "Where it is online (B19).", zh="网址"),
    ),
    aliases=("课程",),
    policy=("B06", "B19", "B20", "K03"),
)

TRAINING_RECORD = NodeType(
    "TrainingRecord",
    "trainingRecords",
    "培训记录",
    "That a worker was trained, with the result and her verdict (K03, B22).",
    Through(("worker",)),
    (
        Property("starts", "First day.", Kind.DATE, zh="起始日期", required=True, sortable=True),
        Property("ends", "Last day.", Kind.DATE, zh="结束日期"),
        Property("result", "How it ended.", Kind.CHOICE, zh="结果", choices=TRAINING_RESULT),
        Property("mark", "Mark in the test, of 100.", Kind.FLOAT, zh="成绩", minimum=0),
        Property("rating", "How fit she found it, 1 to 5 (B22).", Kind.INTEGER, zh="学员评价",
                 minimum=1),
    ),
    policy=("K03", "B22"),
)  # fmt: skip

EXCHANGE = NodeType(
    "Exchange",
    "exchanges",
    "技能交流",
    "An exchange with experts elsewhere, brought in or gone out (B07–B13).",
    Public(),
    (
        NAME,
        Property(
            "direction", "Direction.", Kind.CHOICE, zh="方向", choices=EXCHANGE_DIRECTION,
            required=True,
        ),
        Property("kind", "Form.", Kind.CHOICE, zh="形式", choices=EXCHANGE_KIND),
        Property("country", "Country of the other side (B07).", zh="国家", sortable=True),
        Property("starts", "First day.", Kind.DATE, zh="起始日期", sortable=True),
        Property("ends", "Last day.", Kind.DATE, zh="结束日期"),
    ),
    policy=("B07", "B08", "B09", "B10", "B12", "B13"),
)  # fmt: skip

NODE_TYPES = (
    TRAINING_PROVIDER, TRAINING_NEED, TRAINING_PROJECT, COURSE, TRAINING_RECORD, EXCHANGE,
)  # fmt: skip

RELATIONSHIP_TYPES = (
    RelationshipType(
        "RUN_BY",
        "TrainingProvider",
        "Enterprise",
        End("enterprise", "Enterprise that runs it.", many=False, zh="举办企业"),
        End("trainingProviders", "What it runs to train.", zh="培训机构"),
    ),
    RelationshipType(
        "RUN_BY",
        "TrainingProvider",
        "Studio",
        End("studio", "Studio that trains (S16).", many=False, zh="工作室"),
        End("trainingProviders", "Its role as a place that trains (S16).", zh="培训机构"),
        policy=("S16",),
    ),
    RelationshipType(
        "COOPERATES_WITH",
        "TrainingProvider",
        "Enterprise",
        End("partnerEnterprises", "Enterprises it works with (校企合作, B14).", zh="合作企业"),
        End("partnerSchools", "Schools it works with (校企合作, B14).", zh="合作院校"),
        (Property("since", "Since when.", Kind.DATE, zh="起始日期"),),
        policy=("B14",),
    ),
    RelationshipType(
        "RAISED_BY",
        "TrainingNeed",
        "Enterprise",
        End("enterprise", "Enterprise that raised it.", many=False, zh="提出企业"),
        End("trainingNeeds", "What it wants its workers to learn.", zh="培训需求"),
        policy=("B01",),
    ),
    RelationshipType(
        "REPORTED_TO",
        "TrainingNeed",
        "Union",
        End("unions", "Unions that it was reported to; they decide who sees it.", zh="受理工会"),
        End("trainingNeeds", "Training needs reported to it.", zh="培训需求"),
    ),
    RelationshipType(
        "IN_OCCUPATION",
        "TrainingNeed",
        "Occupation",
        End("occupation", "Occupation.", many=False, zh="职业"),
        End("trainingNeeds", "Needs in it.", zh="培训需求"),
    ),
    RelationshipType(
        "MEETS",
        "TrainingProject",
        "TrainingNeed",
        End("needs", "Needs that it meets (B17).", zh="培训需求"),
        End("projects", "Projects that meet it.", zh="培训项目"),
        policy=("B17",),
    ),
    RelationshipType(
        "DELIVERED_BY",
        "TrainingProject",
        "TrainingProvider",
        End("provider", "Who delivers it.", many=False, zh="培训机构"),
        End("projects", "Projects it delivers.", zh="培训项目"),
        policy=("B04",),
    ),
    RelationshipType(
        "DELIVERED_AT",
        "TrainingProject",
        "Enterprise",
        End("enterprises", "Enterprises it is brought to (B03).", zh="受训企业"),
        End("trainingProjects", "Training brought to it (B03).", zh="培训项目"),
        policy=("B03",),
    ),
    RelationshipType(
        "PURCHASED_BY",
        "TrainingProject",
        "Union",
        End("union", "Union that purchases it (B16).", many=False, zh="购买工会"),
        End("trainingProjects", "Training it has purchased (B16).", zh="购买项目"),
        policy=("B16",),
    ),
    RelationshipType(
        "TRAINS",
        "TrainingProject",
        "Occupation",
        End("occupations", "Occupations it trains.", zh="职业"),
        End("trainingProjects", "Projects that train it.", zh="培训项目"),
    ),
    RelationshipType(
        "PART_OF",
        "Course",
        "TrainingProject",
        End("project", "Project it belongs to.", many=False, zh="培训项目"),
        End("courses", "Its courses.", zh="课程"),
    ),
    RelationshipType(
        "OFFERED_BY",
        "Course",
        "TrainingProvider",
        End("provider", "Who offers it.", many=False, zh="培训机构"),
        End("courses", "Courses it offers.", zh="课程"),
        policy=("B05",),
    ),
    RelationshipType(
        "TEACHES_SKILL",
        "Course",
        "Skill",
        End("skills", "Skills that it teaches.", zh="技能"),
        End("courses", "Courses that teach it (B19).", zh="课程"),
        (
            Property(
                "level", "Level it leads to, 1 to 5.", Kind.INTEGER, zh="水平", minimum=1,
                sortable=True,
            ),
        ),
        policy=("B19",),
    ),
    RelationshipType(
        "ABOUT_WORKER",
        "TrainingRecord",
        "Worker",
        End("worker", "Who was trained.", many=False, zh="职工"),
        End("trainingRecords", "What she was trained in.", zh="培训记录"),
        policy=("K03",),
    ),
    RelationshipType(
        "IN_COURSE",
        "TrainingRecord",
        "Course",
        End("course", "Course.", many=False, zh="课程"),
        End("records", "Who was trained in it.", zh="培训记录"),
    ),
    RelationshipType(
        "IN_PROJECT",
        "TrainingRecord",
        "TrainingProject",
        End("project", "Project.", many=False, zh="培训项目"),
        End("records", "Who was trained in it.", zh="培训记录"),
    ),
    RelationshipType(
        "TOOK_PART_IN",
        "Worker",
        "Exchange",
        End("exchanges", "Exchanges she took part in (B11–B13).", zh="交流"),
        End("workers", "Workers who took part.", zh="参加职工"),
        policy=("B11", "B12"),
    ),
    RelationshipType(
        "TAUGHT_AT",
        "Scientist",
        "Exchange",
        End("exchanges", "Exchanges in which she taught (B10).", zh="交流"),
        End("experts", "Experts who taught (B10).", zh="专家"),
        policy=("B10",),
    ),
    RelationshipType(
        "IN_OCCUPATION",
        "Exchange",
        "Occupation",
        End("occupations", "Occupations it was about.", zh="职业"),
        End("exchanges", "Exchanges about it.", zh="交流"),
    ),
)  # fmt: skip
