"""What the policy asks of plans, money and the education fund (G05, H01, H04, F04)."""

from typing import LiteralString

from graph.projection.dated import in_force
from graph.rules.figures import FIGURES
from graph.rules.figures.declare import Period
from graph.rules.rule import Rule

_CODES: list[LiteralString] = [
    f"'{figure.code}'" for figure in FIGURES.values() if figure.period is not Period.NOW
]
_AT_ANY_DAY: LiteralString = ", ".join(_CODES)

PLAN_NOT_ASSESSED = Rule(
    "PLAN_ASSESSED",
    "the year is assessed; its plan takes no more items",
    "plan.state <> 'ASSESSED'",
    "plan_id",
    policy=("H01",),
)

PLAN_ADOPTED = Rule(
    "PLAN_NOT_ADOPTED",
    "progress is recorded while the plan is adopted; adopt it first",
    "EXISTS { (item)-[:PART_OF]->(:AnnualPlan {state: 'ADOPTED'}) }",
    "item_id",
    policy=("G05",),
)

HAS_ITEMS = Rule(
    "PLAN_EMPTY",
    "a plan without items plans nothing; add one",
    "EXISTS { (subject)<-[:PART_OF]-(:PlanItem) }",
    "annual_plan_id",
    policy=("G05",),
)

INSPECTED = Rule(
    "NOT_INSPECTED",
    "record the year-end inspection of this plan first",
    "EXISTS { (subject)<-[:INSPECTS]-(:Inspection {occasion: 'YEAR_END'}) }",
    "annual_plan_id",
    policy=("H01",),
)

ONE_INSPECTED = Rule(
    "ONE_INSPECTED",
    "name exactly one: a plan, an enterprise or a union",
    "size([one IN [plan, enterprise, assessed] WHERE one IS NOT NULL]) = 1",
    "plan_id",
    policy=("H08", "H10"),
)

ONE_ANSWERS = Rule(
    "ONE_ANSWERS",
    "name exactly one that answers for it: a unit, a union or an association",
    "size([one IN [unit, answering, association] WHERE one IS NOT NULL]) = 1",
    "unit_id",
    policy=("G12",),
)

SPENT_WITHIN_ACCRUED = Rule(
    "MORE_THAN_SPENT",
    "what was spent on front-line workers is part of what was spent",
    "coalesce($given.frontline_spent, 0) <= coalesce($given.spent, 0)",
    "frontline_spent",
    policy=("H05",),
)

UNION_OF_ENTERPRISE = Rule(
    "NOT_ITS_UNION",
    "this union does not represent the enterprise's workers; name one that does",
    "EXISTS { (union)-[:REPRESENTS]->(enterprise) }",
    "union_id",
    policy=("H04",),
)

STILL_RESPONSIBLE = Rule(
    "RESPONSIBILITY_ENDED",
    "the responsibility has ended already",
    in_force("subject", "$today"),
    "responsibility_id",
    policy=("G12",),
)

REPRODUCES = Rule(
    "NOT_REPRODUCIBLE",
    "only a figure that can be asked for at any day is kept as a snapshot; `targets` lists them",
    f"$given.figure IN [{_AT_ANY_DAY}]",
    "figure",
    policy=("K06",),
)

YEAR_HAS_BEGUN = Rule(
    "YEAR_NOT_BEGUN",
    "the year had not begun on that day; give a later day or an earlier year",
    "$given.year <= $given.as_of.year",
    "year",
    policy=("K06",),
)

IN_A_TREE = Rule(
    "NOT_IN_A_TREE",
    "this union is in no tree of unions, so it answers for nobody; name one that does",
    "union.path IS NOT NULL",
    "union_id",
    policy=("K06",),
)

ONE_SNAPSHOT_A_DAY = Rule(
    "ALREADY_DONE",
    "this figure was kept for this year, day and union today; use that snapshot",
    """NOT EXISTS { MATCH (union)<-[:COUNTED_FOR]-(s:FigureSnapshot)
      WHERE s.figure = $given.figure AND s.year = $given.year AND s.as_of = $given.as_of
        AND date(datetime({datetime: s.known_at, timezone: 'Asia/Shanghai'})) = $today }""",
    "figure",
    policy=("K06",),
)
