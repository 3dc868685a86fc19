"""The eight budget lines: plan against spend against outcome (F04)."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model.funding import BUDGET_LINE
from graph.rules.figures.budget import by_line, question
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.scalars_of import described, enum_of
from schema.plan.ask import Ask
from schema.scalars import Day, Long, Moment
from schema.types.figures import FIGURE, Shown, listed_rows, question_of, shown


@dataclass(frozen=True, slots=True)
class BudgetOutcome:
    """One line as GraphQL shows it."""

    line: str
    planned: int
    spent: int
    rate: float | None
    payments: int
    outcomes: Sequence[Shown]


async def budget_by_line(ask: Ask) -> list[BudgetOutcome]:
    """Answer the root field `budgetByLine`."""
    outcomes = question(question_of(ask))
    rows = {f.member: listed_rows(ask, f.member) for f in outcomes.figures}
    fragments = {label: r.fragment for label, r in rows.items() if r.keys}
    return [
        BudgetOutcome(
            line.line,
            line.planned,
            line.spent,
            line.spent / line.planned if line.planned else None,
            line.payments,
            [shown(a, rows[a.figure.member]) for a in line.outcomes],
        )
        for line in await by_line(ask.database, outcomes, ask.viewer, fragments)
    ]


_OUTCOME = made(
    "BudgetOutcome",
    "One of the eight budget lines (经费项目) in a year: plan, spend and outcome (F04).",
    field("line", enum_of(BUDGET_LINE), "Which."),
    field("planned", Long, "What unions planned to spend on it, in fen."),
    field("spent", Long, "What was paid from it by the day, in fen."),
    field("rate", float | None, "Spent of planned; null where nothing was planned."),
    field("payments", int, "How many payments."),
    field("outcomes", list[FIGURE], "The figures that say what came of it."),
)

QUERIES = (
    asked(
        "budgetByLine",
        list[_OUTCOME],
        described(
            "Plan against spend against outcome for each of the eight budget lines of a year; "
            "for an officer those of her unions (F04).",
            "八类经费",
        ),
        budget_by_line,
        argument("year", int, "The year.", required=True),
        argument("as_of", Day, "Payments and outcomes up to this day; today by default."),
        argument("known_at", Moment, "As it was known at this moment; now by default."),
        weight=40,
    ),
)
