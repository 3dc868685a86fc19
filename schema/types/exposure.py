"""How evenly masters are shown to those who look for one, and how loaded each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from graph.plans.load import exposure_report
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import MOST, OBJECTS, USUAL
from schema.derived.scalars_of import described
from schema.plan.ask import Ask
from schema.scalars import Moment


@dataclass(frozen=True, slots=True)
class Sought:
    """How sought one master is, with what is selected of her."""

    places_left: int
    waiting: int
    shown_by_score: int
    shown_to: int
    price: float
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """The report as it is shown."""

    measured_at: datetime | None
    masters: int
    gini_by_score: float
    gini_balanced: float
    never_shown_by_score: int
    never_shown_balanced: int
    loads: Sequence[Sought]


async def _answer(ask: Ask) -> Report:
    first = ask.first(USUAL, MOST)
    rows = ask.rows("SoughtMaster", "master", "master")
    scope = {"programme": ask.given.get("programme_id"), "union": ask.given.get("union_id")}
    found = await exposure_report(
        ask.database, scope, ask.viewer, rows.fragment, first=first, today=ask.today
    )
    return Report(
        found.measured_at,
        found.masters,
        found.gini_by_score,
        found.gini_balanced,
        found.never_shown_by_score,
        found.never_shown_balanced,
        [
            Sought(
                load.places_left,
                load.waiting,
                load.shown_by_score,
                load.shown_to,
                load.price,
                rows.values(load.shown),
            )
            for load in found.loads
        ],
    )


_SOUGHT = made(
    "SoughtMaster",
    described("How sought one master is.", "师傅负荷"),
    field("master", OBJECTS["Worker"] | None, "The master."),
    field("places_left", int, "Places left today (M06)."),
    field("waiting", int, "Proposals to her that wait for an answer today."),
    field("shown_by_score", int, "Lists among whose first ten she is, by score alone."),
    field("shown_to", int, "The same where suggestions are balanced."),
    field("price", float, "What one of her places is worth, in scores."),
)
_REPORT = made(
    "MentorExposureReport",
    described(
        "How evenly masters with places are shown, if every apprentice asked: measured daily.",
        "曝光报告",
    ),
    field("measured_at", Moment | None, "When; null before the first time."),
    field("masters", int, "Masters with places whom you see."),
    field("gini_by_score", float, "Gini of how often each is shown by score: 0 alike, 1 one."),
    field("gini_balanced", float, "The same where suggestions are balanced."),
    field("never_shown_by_score", int, "Masters in nobody's first ten by score."),
    field("never_shown_balanced", int, "The same where suggestions are balanced."),
    field("loads", list[_SOUGHT], "The most sought first."),
)

QUERIES = (
    asked(
        "mentorExposure",
        _REPORT,
        "How evenly the masters of a mentoring programme, or of a union, are shown to those who "
        "look for one, and how loaded each is (M06, M09).",
        _answer,
        argument("programme_id", strawberry.ID, "Programme whose union's masters are counted."),
        argument("union_id", strawberry.ID, "Union whose masters are counted."),
        argument("first", int, f"So many masters ({USUAL} by default, {MOST} at most)."),
    ),
)
