"""Figures with their targets, the sentence of the policy, the query that counted, and the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.errors import InvalidRequest
from graph.model.declare import Choice, ClosedList
from graph.model.policy import STRENGTH
from graph.rules.figures import FIGURES
from graph.rules.figures.count import Answered, Count, Question, answer
from graph.rules.figures.declare import Figure
from graph.rules.figures.groups import BY, rolled_up
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import INTERFACES, MOST
from schema.derived.scalars_of import described, enum_of
from schema.plan.ask import Ask, Rows
from schema.plan.pages import plain
from schema.scalars import Day, Moment

FIGURE_CODE = ClosedList(
    "FigureCode",
    "指标",
    "Figures of the policy, by its rows.",
    tuple(Choice(f.code, f.zh, f.description) for f in FIGURES.values()),
)
YEARS_BACK = 4
MOST_BACK = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A node on the list behind a number."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as GraphQL shows it."""

    figure: str
    zh: str
    description: str
    counting: str
    clause: str | None
    sentence: str | None
    strength: str | None
    withheld: bool
    count: Count | None
    trend: Sequence[Count]
    query: str
    listed: Sequence[Listed]


@dataclass(frozen=True, slots=True)
class Group:
    """A figure over the members that lie in one district, industry or union."""

    done: int
    of: int | None
    rate: float | None
    values: Mapping[str, Any]


async def figure_by(ask: Ask) -> list[Group] | None:
    """Answer the root field `figureBy`."""
    figure, by = FIGURES[plain(ask.given["figure"])], plain(ask.given["by"])
    question = question_of(ask, (figure,))
    rows = ask.rows("FigureGroup", "node", "shown", BY[by])
    found = await rolled_up(ask.database, question, by, ask.viewer, rows.fragment)
    return None if found is None else [_grouped(figure, rows, *row) for row in found]


def _grouped(figure: Figure, rows: Rows, shown: Any, done: int, of: int) -> Group:
    values = rows.values(shown)
    return Group(done, of, done / of, values) if figure.is_share else Group(of, None, None, values)


async def figures(ask: Ask) -> list[Shown]:
    """Answer the root fields `targets` and `figures`."""
    codes: list[str] = plain(ask.given.get("figures")) or [c for c in FIGURES if c[0] == "T"]
    figures = tuple(FIGURES[code] for code in dict.fromkeys(codes))
    question = question_of(ask, figures, back=YEARS_BACK)
    rows = {f.member: listed_rows(ask, f.member) for f in question.figures}
    fragments = {label: r.fragment for label, r in rows.items() if r.keys}
    found = await answer(ask.database, question, ask.viewer, fragments)
    return [shown(answered, rows[answered.figure.member]) for answered in found]


def question_of(ask: Ask, figures: tuple[Figure, ...] = (), *, back: int = 0) -> Question:
    """The year, day and moment that a root field asks about; `back` years before it if not said.

    Raises InvalidRequest where dates have no such year, or one asks for too many.
    """
    given = ask.given
    return Question(
        figures,
        ask.year(),
        given.get("as_of") or ask.today,
        given.get("known_at") or ask.now,
        _back_of(given.get("back"), back),
        ask.first(20, MOST),
        given.get("conversion_definition"),
    )


def _back_of(given: int | None, default: int) -> int:
    back = default if given is None else given
    if not 0 <= back <= MOST_BACK:
        raise InvalidRequest("BAD_USER_INPUT", f"`back` is from 0 to {MOST_BACK}", ("back",))
    return back


def listed_rows(ask: Ask, label: LiteralString) -> Rows:
    """What the client wants of the members on the list behind a figure."""
    return ask.rows("ListedNode", "node", "shown", label)


def shown(answered: Answered, rows: Rows) -> Shown:
    """An answered figure with what is wanted of its list."""
    f, source = answered.figure, answered.figure.source
    return Shown(
        f.code,
        f.zh,
        f.description,
        f.counting,
        source.clause if source else None,
        source.words if source else None,
        source.strength if source else None,
        answered.withheld,
        answered.counts[0] if answered.counts else None,
        answered.counts[1:],
        answered.query,
        [Listed(rows.values(row)) for row in answered.rows],
    )


COUNT = made(
    "FigureCount",
    "A figure in one year.",
    field("year", int, "The year."),
    field("done", int, "How many were counted; of a share, those who meet it."),
    field("of", int | None, "Of how many; null for a count."),
    field("rate", float | None, "The share; null for a count, and where nobody is to be counted."),
    field("planned", float | None, "The target, a share for shares; null where there is none."),
    field("band", float, "Share by which a stock may differ from its target (左右)."),
    field("gap", int | None, "How many are missing; negative if there are more than planned."),
    field("met", bool | None, "Whether the target is reached; null where there is none."),
)
_LISTED = made(
    "ListedNode",
    "A node on the list behind a number.",
    field("node", INTERFACES["Node"] | None, "The node."),
)
FIGURE = made(
    "Figure",
    "A number of the policy that anyone can check.",
    field("figure", enum_of(FIGURE_CODE), "Which."),
    field("zh", str, "Its Chinese name."),
    field("description", str, "What it says."),
    field("counting", str, "How it is counted, in words."),
    field("clause", str | None, "Where the policy asks for it."),
    field("sentence", str | None, "The policy's own words."),
    field("strength", enum_of(STRENGTH) | None, "How strongly it asks."),
    field("withheld", bool, "True if it rests on records of people and you see nobody's."),
    field("count", COUNT | None, "The year asked for; null if it is withheld."),
    field("trend", list[COUNT], "The years before it, newest first."),
    field(
        "query",
        str,
        "The Cypher that counted; $periods are the years, $known a moment, $definition a name.",
    ),
    field("listed", list[_LISTED], "Who is counted; of a share, who is missing."),
)

_ROLL_UP = ClosedList(
    "RollUp",
    "汇总口径",
    "How a figure is rolled up, at every level of the tree.",
    (
        Choice("DISTRICT", "区县", "By the district where they live or lie."),
        Choice("INDUSTRY", "行业", "By the industry they work in."),
        Choice("UNION", "工会", "By the union that answers for them."),
    ),
)
_GROUP = made(
    "FigureGroup",
    "A figure over the members that lie in one district, industry or union.",
    field("node", INTERFACES["Node"] | None, "The district, industry or union."),
    field("done", int, "How many were counted; of a share, those who meet it."),
    field("of", int | None, "Of how many; null for a count."),
    field("rate", float | None, "The share; null for a count."),
)

QUERIES = (
    asked(
        "figureBy",
        list[_GROUP] | None,
        described(
            "A figure rolled up; those in several groups count in each. Null if it rests on "
            "records of people and you see nobody's; groups of fewer than five persons are shown "
            "to unions only.",
            "分组汇总",
        ),
        figure_by,
        argument("figure", enum_of(FIGURE_CODE), "Which.", required=True),
        argument("by", enum_of(_ROLL_UP), "By what.", required=True),
        argument("year", int, "The year.", required=True),
        argument("as_of", Day, "As on this day; today by default."),
        argument("known_at", Moment, "As it was known at this moment; now by default."),
        argument("first", int, f"So many groups (20 by default, {MOST} at most)."),
    ),
    asked(
        "targets",
        list[FIGURE],
        described(
            "Figures of a year with targets, trend, the policy's sentence, the query that counted "
            "and the list behind each number; counted over what you may see.",
            "目标完成情况",
        ),
        figures,
        argument("year", int, "The year.", required=True),
        argument("as_of", Day, "As on this day; today by default."),
        argument("known_at", Moment, "As it was known at this moment; now by default."),
        argument("figures", list[enum_of(FIGURE_CODE)], "Which; the T rows by default."),
        argument(
            "conversion_definition",
            str,
            "Name of the definition (成果转化口径) by which V12 judges; of each date by default.",
        ),
        argument("back", int, f"So many years before it: {YEARS_BACK}, or up to {MOST_BACK}."),
        argument("first", int, f"So many on each list (20 by default, {MOST} at most)."),
    ),
)
