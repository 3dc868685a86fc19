"""Money: planned by line, spent, and what enterprises accrue, spend and agree to (W10, F01–F07)."""

from graph.lifecycles.declare import Given, Operation, Reference
from graph.lifecycles.parties import answering, its
from graph.model.funding import BUDGET, COLLECTIVE_CONTRACT, EDUCATION_FUND, EXPENDITURE, FUND
from graph.rules import programme as rules

_SPENDER = answering("the union whose budget it is", "(line)-[:BUDGET_OF]->(answers:Union)")
_REPRESENTS = answering(
    "a union that represents the enterprise's workers",
    "(enterprise)<-[:REPRESENTS]-(answers:Union)",
)

OPERATIONS = (
    Operation(
        name="planBudget",
        subject=BUDGET,
        verb="budget.planned",
        description="Plan what a union spends on one of the eight lines in a year",
        by=(its("union"),),
        given=(
            Given(BUDGET.property("year"), required=True),
            Given(BUDGET.property("line"), required=True),
            Given(BUDGET.property("planned"), required=True),
            Given(BUDGET.property("source_kind")),
        ),
        references=(
            Reference("union", "Union", "Union whose money it is.", "union"),
            Reference("plan", "AnnualPlan", "Plan that it pays for.", "plan", required=False),
        ),
        same=("union_id", "year", "line", "source_kind"),
        policy=("F01", "F02", "F03", "F04", "F05"),
    ),
    Operation(
        name="recordExpenditure",
        subject=EXPENDITURE,
        verb="budget.spent",
        description="Record what was paid from a line, for what, and if services were purchased",
        by=(_SPENDER,),
        given=(
            Given(EXPENDITURE.property("amount"), required=True),
            Given(EXPENDITURE.property("paid"), required=True, not_after="today"),
            Given(EXPENDITURE.property("purpose"), required=True),
            Given(EXPENDITURE.property("purchase")),
        ),
        references=(
            Reference("line", "BudgetLine", "Line it was paid from.", "budgetLine"),
            Reference("project", "TrainingProject", "Training it pays for.", "trainingProject",
                      required=False),
            Reference("association", "TechAssociation", "Association that it supports.",
                      "techAssociation", required=False),
        ),
        same=("line_id", "paid", "purpose", "amount"),
        policy=("B16", "F04", "J18"),
    ),
    Operation(
        name="reportEducationFund",
        subject=EDUCATION_FUND,
        verb="education-fund.reported",
        description="Report what an enterprise accrued and spent on education in a year",
        by=(its("union"),),
        given=(
            Given(EDUCATION_FUND.property("year"), required=True),
            Given(EDUCATION_FUND.property("wage_base")),
            Given(EDUCATION_FUND.property("legal_rate")),
            Given(EDUCATION_FUND.property("accrued")),
            Given(EDUCATION_FUND.property("spent")),
            Given(EDUCATION_FUND.property("frontline_spent")),
        ),
        references=(
            Reference("enterprise", "Enterprise", "Enterprise.", "enterprise"),
            Reference("union", "Union", "Union it is reported to.", "unions"),
        ),
        same=("enterprise_id", "year"),
        rules=(rules.UNION_OF_ENTERPRISE, rules.SPENT_WITHIN_ACCRUED),
        policy=("H04", "H05", "W10"),
    ),
    Operation(
        name="setUpFund",
        subject=FUND,
        verb="fund.set-up",
        description="Record that an enterprise has set up a fund for talent or innovation",
        by=(_REPRESENTS,),
        given=(
            Given(FUND.property("kind"), required=True),
            Given(FUND.property("amount")),
            Given(FUND.property("founded"), required=True, not_after="today"),
        ),
        references=(Reference("enterprise", "Enterprise", "Enterprise.", "enterprise"),),
        same=("enterprise_id", "kind"),
        policy=("F06", "F07"),
    ),
    Operation(
        name="signCollectiveContract",
        subject=COLLECTIVE_CONTRACT,
        verb="contract.signed",
        description="Record a collective contract with its clauses on skills",
        by=(its("union"),),
        given=(
            Given(COLLECTIVE_CONTRACT.property("number"), required=True),
            Given(COLLECTIVE_CONTRACT.property("skill_wage_clause")),
            Given(COLLECTIVE_CONTRACT.property("training_clause")),
            Given(COLLECTIVE_CONTRACT.property("parity_clause")),
            Given(COLLECTIVE_CONTRACT.property("valid_from")),
            Given(COLLECTIVE_CONTRACT.property("valid_to"), after="valid_from"),
        ),
        references=(
            Reference("enterprise", "Enterprise", "The enterprise.", "enterprise"),
            Reference("union", "Union", "Union that signs for the workers.", "union"),
        ),
        same=("enterprise_id", "number"),
        rules=(rules.UNION_OF_ENTERPRISE,),
        policy=("E14", "E15", "H06"),
    ),
)  # fmt: skip
