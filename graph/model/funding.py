"""Money: budget lines and what was spent on them, funds, and collective contracts."""

from typing import LiteralString

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
)

BUDGET_LINE = ClosedList(
    "BudgetLineKind",
    "经费项目",
    "The eight lines of the support plan (F04, T19, X18).",
    (
        Choice("TRAINING", "技能培训", "Training."),
        Choice("COMPETITION", "技能竞赛", "Competitions."),
        Choice("PROMOTION", "技能晋级", "Promotion to a higher level."),
        Choice("MENTORING", "名师带徒", "Mentoring."),
        Choice("STUDIOS", "创新工作室", "Innovation studios."),
        Choice("CONVERSION", "创新成果转化", "Conversion of achievements."),
        Choice("EXCHANGE", "对外交流", "Foreign exchange."),
        Choice("NAMING", "评审命名", "Review and naming."),
    ),
    policy=("X18", "F04", "T19"),
)

FUNDING_SOURCE = ClosedList(
    "FundingSourceKind",
    "资金来源",
    "Where money comes from (F03, F05, G07, C09).",
    (
        Choice("FEDERATION", "市总工会", "Municipal federation (F01)."),
        Choice("GOVERNMENT", "政府部门", "Government departments (F03, G07)."),
        Choice("LOWER_UNION", "各级工会配比", "Matched by a lower union (F05, C08)."),
        Choice("ENTERPRISE", "企业", "Enterprise."),
        Choice("SOCIAL", "社会力量", "Others (C09)."),
    ),
    policy=("F03", "F05", "G07"),
)

FUND_KIND = ClosedList(
    "FundKind",
    "基金类型",
    "Funds that enterprises set up (F06, F07).",
    (
        Choice("TALENT_DEVELOPMENT", "技能人才发展基金", "Skilled-talent development fund (F06)."),
        Choice("INNOVATION", "创新基金", "Innovation fund (F07)."),
    ),
    policy=("F06", "F07"),
)


def fen(name: LiteralString, description: str, zh: str, *, required: bool = False) -> Property:
    """An amount of money."""
    return Property(
        name,
        f"{description} In fen.",
        Kind.LONG,
        zh=f"{zh}（分）",
        minimum=0,
        sortable=True,
        required=required,
    )


YEAR = Property(
    "year", "Year.", Kind.INTEGER, zh="年度", required=True, sortable=True, minimum=1900
)

BUDGET = NodeType(
    "BudgetLine",
    "budgetLines",
    "经费预算",
    "What a union has planned for one of the eight lines in a year (F01, F02, F04).",
    Public(),
    (
        YEAR,
        Property("line", "Line.", Kind.CHOICE, zh="经费项目", choices=BUDGET_LINE, required=True,
                 sortable=True),
        Property("source_kind", "Source of the money.", Kind.CHOICE, zh="资金来源",
                 choices=FUNDING_SOURCE),
        fen("planned", "Planned amount.", "预算金额", required=True),
    ),
    aliases=("预算",),
    policy=("F01", "F02", "F04", "J15"),
)  # fmt: skip

EXPENDITURE = NodeType(
    "Expenditure",
    "expenditures",
    "经费支出",
    "What was paid, on which day, and for what: purchase of services, grant, allowance (B16, M07).",
    Public(),
    (
        fen("amount", "Amount.", "金额", required=True),
        Property("paid", "Day.", Kind.DATE, zh="支付日期", required=True, sortable=True),
        Property("purchase", "A purchase of services (B16).", Kind.BOOLEAN, zh="购买服务"),
        Property("purpose", "What for.", zh="用途", searched=True),
    ),
    aliases=("支出",),
    policy=("F04", "B16"),
)

FUND = NodeType(
    "Fund",
    "funds",
    "企业基金",
    "A fund for talent or for innovation that an enterprise has set up (F06, F07).",
    Public(),
    (
        Property("kind", "Kind.", Kind.CHOICE, zh="基金类型", choices=FUND_KIND, required=True),
        fen("amount", "Amount.", "金额"),
        Property("founded", "Day.", Kind.DATE, zh="设立日期", sortable=True),
    ),
    aliases=("基金",),
    policy=("F06", "F07"),
)

EDUCATION_FUND = NodeType(
    "EducationFund",
    "educationFunds",
    "职工教育培训经费",
    "What an enterprise accrued and spent on its workers' education in a year (H04, H05, T12).",
    Owned(),
    (
        YEAR,
        fen("wage_base", "Wages on which it is reckoned.", "工资总额"),
        Property("legal_rate", "Share of wages that the law asks for in that year (H04).",
                 Kind.FLOAT, zh="法定比例", minimum=0),
        fen("accrued", "Accrued.", "提取金额"),
        fen("spent", "Spent.", "使用金额"),
        fen("frontline_spent", "Spent on front-line workers (H05).", "用于一线职工"),
    ),
    aliases=("教育经费",),
    policy=("H04", "H05", "T12", "W10"),
)  # fmt: skip

COLLECTIVE_CONTRACT = NodeType(
    "CollectiveContract",
    "collectiveContracts",
    "集体合同",
    "A contract between an enterprise and its workers, with the clauses on skills (E14, H06).",
    Public(),
    (
        Property("number", "Number.", zh="合同编号"),
        Property("skill_wage_clause", "Negotiates wages of skilled talent (E14).", Kind.BOOLEAN,
                 zh="技能人才工资专项协商"),
        Property("training_clause", "Covers training and its fund (H06).", Kind.BOOLEAN,
                 zh="技能培训条款"),
        Property(
            "parity_clause",
            "Treats engaged senior technicians and technicians as senior engineers and "
            "engineers (E15).",
            Kind.BOOLEAN,
            zh="同等待遇条款",
        ),
    ),
    dated=True,
    policy=("E14", "E15", "H06"),
)  # fmt: skip

NODE_TYPES = (BUDGET, EXPENDITURE, FUND, EDUCATION_FUND, COLLECTIVE_CONTRACT)

RELATIONSHIP_TYPES = (
    RelationshipType(
        "BUDGET_OF",
        "BudgetLine",
        "Union",
        End("union", "Union whose money it is.", many=False, zh="工会"),
        End("budgetLines", "What it has planned to spend (F05).", zh="经费预算"),
        policy=("F05",),
    ),
    RelationshipType(
        "UNDER_PLAN",
        "BudgetLine",
        "AnnualPlan",
        End("plan", "Plan that it pays for.", many=False, zh="年度计划"),
        End("budgetLines", "Money for it.", zh="经费预算"),
        policy=("F02",),
    ),
    RelationshipType(
        "CHARGED_TO",
        "Expenditure",
        "BudgetLine",
        End("budgetLine", "Line it was paid from.", many=False, zh="经费预算"),
        End("expenditures", "What was paid from it.", zh="支出"),
        policy=("F04",),
    ),
    RelationshipType(
        "PAYS_FOR",
        "Expenditure",
        "TrainingProject",
        End("trainingProject", "Training it pays for (B16).", many=False, zh="培训项目"),
        End("expenditures", "What was paid for it.", zh="支出"),
        policy=("B16",),
    ),
    RelationshipType(
        "PAYS_FOR",
        "Expenditure",
        "TechAssociation",
        End("techAssociation", "Association that it supports (J18).", many=False, zh="技协组织"),
        End("expenditures", "Earmarked funds it received (J18).", zh="专项经费"),
        policy=("J18",),
    ),
    RelationshipType(
        "SET_UP_BY",
        "Fund",
        "Enterprise",
        End("enterprise", "Enterprise that set it up.", many=False, zh="企业"),
        End("funds", "Funds it has set up (F06, F07).", zh="基金"),
        policy=("F06", "F07"),
    ),
    RelationshipType(
        "FUND_OF",
        "EducationFund",
        "Enterprise",
        End("enterprise", "Enterprise.", many=False, zh="企业"),
        End("educationFunds", "What it spent on education, by year (H04).", zh="教育培训经费"),
        policy=("H04",),
    ),
    RelationshipType(
        "REPORTED_TO",
        "EducationFund",
        "Union",
        End("unions", "Unions it was reported to; they decide who sees it.", zh="受理工会"),
        End("educationFunds", "Education funds reported to it.", zh="教育培训经费"),
        policy=("H04",),
    ),
    RelationshipType(
        "WITH_ENTERPRISE",
        "CollectiveContract",
        "Enterprise",
        End("enterprise", "The enterprise.", many=False, zh="企业"),
        End("collectiveContracts", "Its collective contracts (E14, H06).", zh="集体合同"),
        policy=("E14", "H06"),
    ),
    RelationshipType(
        "SIGNED_BY",
        "CollectiveContract",
        "Union",
        End("union", "Union that signed for the workers.", many=False, zh="工会"),
        End("collectiveContracts", "Contracts it has signed.", zh="集体合同"),
        policy=("E14",),
    ),
)
