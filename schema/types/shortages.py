"""Shortages: places that enterprises posted against workers who could take them (J09, K07)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from graph.model.declare import Choice, ClosedList
from graph.rules.shortages import TERMS, Sought, shortages
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import INTERFACES, MOST
from schema.derived.scalars_of import described, enum_of
from schema.plan.ask import Ask
from schema.plan.pages import plain
from schema.scalars import Day
from schema.types.figures import YEARS_BACK, question_of


@dataclass(frozen=True, slots=True)
class YearOfDemand:
    """Places posted in a year."""

    year: int
    places: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One occupation or skill."""

    places: int
    open: int
    urgent: int
    workers: int | None
    gap: int | None
    trend: Sequence[YearOfDemand]
    values: Mapping[str, Any]


async def answer(ask: Ask) -> list[Shown]:
    """Answer the root field `shortages`."""
    given = plain(dict(ask.given))
    question = question_of(ask, back=YEARS_BACK)
    rows = ask.rows("Shortage", "node", "shown", TERMS[given["by"]].label)
    sought = Sought(given["by"], given.get("district_id"), given.get("industry_id"))
    found = await shortages(ask.database, question, sought, ask.viewer, rows.fragment)
    years = list(question.years)
    return [
        Shown(
            s.places[0],
            s.open,
            s.urgent,
            s.workers,
            None if s.workers is None else s.places[0] - s.workers,
            [YearOfDemand(*pair) for pair in zip(years[1:], s.places[1:], strict=True)],
            rows.values(s.row),
        )
        for s in found
    ]


_BY = ClosedList(
    "ShortageOf",
    "紧缺口径",
    "What enterprises are short of.",
    (
        Choice("OCCUPATION", "职业", "Places by occupation, against those who practise it."),
        Choice("SKILL", "技能", "Places that ask for a skill, against those who have it."),
    ),
)
_YEAR = made(
    "YearOfDemand",
    "Places posted in one year.",
    field("year", int, "The year."),
    field("places", int, "How many."),
)
_SHORTAGE = made(
    "Shortage",
    "Demand for an occupation or a skill against its supply.",
    field("node", INTERFACES["Node"] | None, "The occupation or skill."),
    field("places", int, "Places posted in the year and not withdrawn."),
    field("open", int, "Those of them that are open now."),
    field("urgent", int, "Those of them that are urgent (急需)."),
    field(
        "workers",
        int | None,
        "Workers you may see, now, at the least level asked for or above; null where you see "
        "nobody's records, and of fewer than five unless you are of a union.",
    ),
    field("gap", int | None, "Places less workers; null where those are."),
    field("trend", list[_YEAR], "Places of the years before it, newest first."),
)

QUERIES = (
    asked(
        "shortages",
        list[_SHORTAGE],
        described(
            "Where enterprises posted more places than there are workers, the widest gap first: by "
            "occupation or skill, within a district or an industry (J09, K07).",
            "紧缺人才",
        ),
        answer,
        argument("by", enum_of(_BY), "Of what.", required=True),
        argument("year", int, "The year in which places were posted.", required=True),
        argument("as_of", Day, "Posted up to this day; today by default."),
        argument("district_id", strawberry.ID, "Only in this district and those in it."),
        argument("industry_id", strawberry.ID, "Only in this industry and those below it."),
        argument("back", int, "So many years before it: 4, or up to 20."),
        argument("first", int, f"So many (20 by default, {MOST} at most)."),
    ),
)
