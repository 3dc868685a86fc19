"""The yearly plan: adopted, reported on, inspected, assessed; who answers for what (W09)."""

from typing import LiteralString

from graph.lifecycles.declare import Clock, Given, Operation, Reference
from graph.lifecycles.parties import FEDERATION, answering, its
from graph.model.programme import (
    ANNUAL_PLAN,
    INSPECTION,
    PLAN_ITEM,
    PROGRESS,
    RESPONSIBILITY,
    SNAPSHOT,
    TARGET,
)
from graph.rules import programme as rules
from graph.rules.figures.snapshot import kept

_PLANNER = answering("the union whose plan it is", "(subject)-[:PLAN_OF]->(answers:Union)")
_PLAN_UNION = answering("the union whose plan it is", "(plan)-[:PLAN_OF]->(answers:Union)")
_ITEM_UNION = answering(
    "the union whose plan it is", "(item)-[:PART_OF|PLAN_OF*2]->(answers:Union)"
)

_TAKE_OVER: LiteralString = "SET item.done = subject.done"

OPERATIONS = (
    Operation(
        name="createPlan",
        subject=ANNUAL_PLAN,
        verb="plan.created",
        description="Begin a union's plan for a year",
        by=(its("union"),),
        begins="DRAFT",
        given=(
            Given(ANNUAL_PLAN.property("year"), required=True),
            Given(ANNUAL_PLAN.property("title")),
        ),
        references=(Reference("union", "Union", "Union whose plan it is.", "union"),),
        same=("union_id", "year"),
        policy=("G05", "H02"),
    ),
    Operation(
        name="addPlanItem",
        subject=PLAN_ITEM,
        verb="plan.item-added",
        description="Add what a plan sets out to do, and who answers for it",
        by=(_PLAN_UNION,),
        given=(
            Given(PLAN_ITEM.property("title"), required=True),
            Given(PLAN_ITEM.property("figure")),
            Given(PLAN_ITEM.property("planned"), required=True),
            Given(PLAN_ITEM.property("counted_in")),
            Given(PLAN_ITEM.property("due")),
        ),
        references=(
            Reference("plan", "AnnualPlan", "The plan.", "plan"),
            Reference("unit", "OrganisationUnit", "Unit that answers for it.", "unit",
                      required=False),
        ),
        same=("plan_id", "title"),
        locks=("plan",),
        rules=(rules.PLAN_NOT_ASSESSED,),
        policy=("G05", "G12"),
    ),
    Operation(
        name="adoptPlan",
        subject=ANNUAL_PLAN,
        verb="plan.adopted",
        description="Adopt a plan: from now on progress is recorded",
        by=(_PLANNER,),
        moves={"DRAFT": "ADOPTED"},
        sets={"adopted": Clock.TODAY},
        rules=(rules.HAS_ITEMS,),
        policy=("G05", "H02"),
    ),
    Operation(
        name="recordProgress",
        subject=PROGRESS,
        verb="plan.progressed",
        description="Record how much of a plan item has been done by a day",
        by=(_ITEM_UNION,),
        given=(
            Given(PROGRESS.property("day"), required=True, not_after="today"),
            Given(PROGRESS.property("done"), required=True),
            Given(PROGRESS.property("note")),
        ),
        references=(Reference("item", "PlanItem", "The item.", "item"),),
        same=("item_id", "day"),
        locks=("item",),
        rules=(rules.PLAN_ADOPTED,),
        effect=_TAKE_OVER,
        policy=("G05",),
    ),
    Operation(
        name="recordInspection",
        subject=INSPECTION,
        verb="inspection.recorded",
        description="Record an inspection, assessment or disclosure, and what it found",
        by=(its("union"),),
        given=(
            Given(INSPECTION.property("held"), required=True, not_after="today"),
            Given(INSPECTION.property("occasion"), required=True),
            Given(INSPECTION.property("kind")),
            Given(INSPECTION.property("passed")),
            Given(INSPECTION.property("score")),
            Given(INSPECTION.property("findings")),
        ),
        references=(
            Reference("union", "Union", "Union that inspects."),
            Reference("plan", "AnnualPlan", "Plan that was checked.", "plan", required=False),
            Reference("enterprise", "Enterprise", "Enterprise inspected.", "enterprise",
                      required=False),
            Reference("assessed", "Union", "Union assessed.", "union", required=False),
            Reference("authority", "PartnerOrganisation", "Authorities that took part.",
                      "authorities", required=False, many=True),
        ),
        same=("held", "occasion", "plan_id", "enterprise_id", "assessed_id"),
        rules=(rules.ONE_INSPECTED,),
        policy=("G05", "H01", "H03", "H07", "H08", "H09", "H10"),
    ),
    Operation(
        name="assessPlan",
        subject=ANNUAL_PLAN,
        verb="plan.assessed",
        description="Close a year: its plan was assessed",
        by=(_PLANNER,),
        moves={"ADOPTED": "ASSESSED"},
        rules=(rules.INSPECTED,),
        policy=("H01", "W09"),
    ),
    Operation(
        name="setTarget",
        subject=TARGET,
        verb="target.set",
        description="Set what a figure should reach from a day; it replaces the policy's number",
        by=(FEDERATION,),
        given=(
            Given(TARGET.property("figure"), required=True),
            Given(TARGET.property("value"), required=True),
            Given(TARGET.property("band")),
            Given(TARGET.property("strength")),
            Given(TARGET.property("valid_from"), required=True),
            Given(TARGET.property("valid_to"), after="valid_from"),
        ),
        references=(
            Reference("clause", "PolicyClause", "Sentence that sets it.", "clause",
                      required=False),
        ),
        same=("figure", "valid_from"),
        policy=("T05", "Z01"),
    ),
    Operation(
        name="assignResponsibility",
        subject=RESPONSIBILITY,
        verb="responsibility.assigned",
        description="Assign a duty to a unit, a union or an association, from today",
        by=(FEDERATION,),
        given=(Given(RESPONSIBILITY.property("duty"), required=True),),
        references=(
            Reference("programme", "Programme", "What it is about.", "programme",
                      required=False),
            Reference("unit", "OrganisationUnit", "Unit that answers.", "unit", required=False),
            Reference("answering", "Union", "Union that answers.", "union", required=False),
            Reference("association", "TechAssociation", "Association that answers.",
                      "association", required=False),
        ),
        same=("duty", "unit_id", "answering_id", "association_id"),
        rules=(rules.ONE_ANSWERS,),
        policy=("G09", "G11", "G12"),
    ),
    Operation(
        name="takeSnapshot",
        subject=SNAPSHOT,
        verb="figure.kept",
        description="Keep a figure as it is known now, over what a union answers for",
        by=(its("union"),),
        given=(
            Given(SNAPSHOT.property("figure"), required=True),
            Given(SNAPSHOT.property("year"), required=True),
            Given(SNAPSHOT.property("as_of"), required=True, not_after="today"),
        ),
        references=(Reference("union", "Union", "Union for which it is counted.", "unions"),),
        sets={"known_at": Clock.NOW},
        locks=("union",),
        rules=(
            rules.REPRODUCES,
            rules.YEAR_HAS_BEGUN,
            rules.IN_A_TREE,
            rules.ONE_SNAPSHOT_A_DAY,
        ),
        derives=kept,
        policy=("K06",),
    ),
)  # fmt: skip
