"""Plan against spend against outcome, for each of the eight budget lines (F04)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, LiteralString

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.model.funding import BUDGET, EXPENDITURE
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.rules.figures import FIGURES
from graph.rules.figures.count import Answered, Question, asking, read
from graph.viewer import Viewer

OUTCOMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "TRAINING": ("T03", "B22"),
        "COMPETITION": ("T02",),
        "PROMOTION": ("T11", "A12"),
        "MENTORING": ("T08", "T09", "T10"),
        "STUDIOS": ("T04", "T05", "T06"),
        "CONVERSION": ("T07", "V12"),
        "EXCHANGE": ("B11",),
        "NAMING": ("T01", "J18"),
    }
)
"""Budget line -> the figures that say what came of the money."""


@dataclass(frozen=True, slots=True)
class Line:
    """One budget line in a year: money in fen, payments, and what came of it."""

    line: str
    planned: int
    spent: int
    payments: int
    outcomes: Sequence[Answered]


def question(asked: Question) -> Question:
    """The figures of all lines, asked as `asked` is."""
    codes = [code for codes in OUTCOMES.values() for code in codes]
    figures = tuple(FIGURES[code] for code in codes)
    return Question(figures, asked.year, asked.as_of, asked.known_at, asked.back, asked.most)


async def by_line(
    database: Database, question: Question, viewer: Viewer, fragments: Mapping[str, Fragment]
) -> list[Line]:
    """The eight lines; one statement. A union's officer sees her unions' money and outcomes."""
    counts = asking(question, viewer, fragments)
    text: LiteralString = (
        f"CALL () {{ {counts.text} }} CALL () {{ {_money(viewer)} }} RETURN [value, lines] AS both"
    )
    value, lines = await database.value(Cypher(text, counts.parameters, name="budget by line"))
    answered = {a.figure.code: a for a in read(value, question, viewer)}
    money: dict[str, Any] = {line: amounts for line, *amounts in lines}
    return [
        Line(line, planned, spent, payments, [answered[code] for code in codes])
        for line, codes in OUTCOMES.items()
        for planned, spent, payments in [money.get(line, (0, 0, 0))]
    ]


def _money(viewer: Viewer) -> LiteralString:
    return (
        "WITH $periods[0] AS period "
        f"MATCH (b:BudgetLine {{year: period.year}}) WHERE {_seen(viewer)} "
        "CALL (b, period) { MATCH (b)<-[:CHARGED_TO]-(x:Expenditure) "
        f"WHERE x.paid <= period.as_of AND {visible(EXPENDITURE, 'x', viewer) or 'true'} "
        "RETURN sum(x.amount) AS spent, count(x) AS payments } "
        "WITH b.line AS line, sum(b.planned) AS planned, sum(spent) AS spent, "
        "sum(payments) AS payments RETURN collect([line, planned, spent, payments]) AS lines"
    )


def _seen(viewer: Viewer) -> LiteralString:
    """Budgets are public; an officer is shown those of her unions beside their outcomes."""
    seen = visible(BUDGET, "b", viewer) or "true"
    below: list[LiteralString] = [
        f"u.path STARTS WITH ${literal(name)}"
        for name in viewer.scope
        if name.startswith(("region_", "system_"))
    ]
    if not below:
        return seen
    return f"{seen} AND EXISTS {{ MATCH (b)-[:BUDGET_OF]->(u:Union) WHERE {' OR '.join(below)} }}"
