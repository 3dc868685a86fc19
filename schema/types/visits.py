"""The expert visits of a year, proposed: the best pairs within bands over the city (V06, T07)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import strawberry

from graph.plans.visiting import Search, propose_visits
from graph.plans.visits import PROJECTS, Bands
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import MOST, OBJECTS
from schema.derived.scalars_of import described
from schema.plan.ask import Ask


@dataclass(frozen=True, slots=True)
class Shown:
    """One project, with what is selected of its studio and expert."""

    score: float
    district: str
    industry: str
    institute: str
    zh: str
    en: str
    values: Mapping[str, Any]


async def _answer(ask: Ask) -> list[Shown]:
    projects = ask.first(PROJECTS, MOST)
    studio = ask.rows("ProposedVisit", "studio", "studio")
    expert = ask.rows("ProposedVisit", "expert", "expert")
    given: Mapping[str, Any] = ask.given.get("bands") or {}
    search = Search(
        ask.year(),
        ask.given.get("union_id"),
        projects,
        Bands(**{name: value for name, value in given.items() if value is not None}),
    )
    found = await propose_visits(
        ask.database, search, ask.viewer, studio=studio.fragment, expert=expert.fragment
    )
    return [
        Shown(
            p.visit.score,
            p.district,
            p.industry,
            p.institute,
            p.zh,
            p.en,
            studio.values(p.studio or ()) | expert.values(p.expert or ()),
        )
        for p in found
    ]


_BANDS_TEXT: Mapping[str, str] = {
    "fewest_of_district": "At least so many in each district that has a candidate (0).",
    "most_of_district": "At most so many in a district (4).",
    "fewest_of_industry": "At least so many in each industry that has a candidate (0).",
    "most_of_industry": "At most so many in an industry (6).",
    "most_of_expert": "At most so many of one expert in the year (2).",
}
_BANDS = strawberry.input(
    type(
        "VisitBands",
        (),
        {
            "__annotations__": dict.fromkeys((f.name for f in fields(Bands)), int | None),
            **{
                f.name: strawberry.field(default=strawberry.UNSET, description=_BANDS_TEXT[f.name])
                for f in fields(Bands)
            },
        },
    ),
    name="VisitBands",
    description="How projects are spread over the city; what is not given is as in brackets.",
)
_VISIT = made(
    "ProposedVisit",
    described("A project in which an expert would visit a studio. A proposal.", "拟走进项目"),
    field("score", float, "How near the expert's patents are to what the studio makes and needs."),
    field("district", str, "District of the studio; empty if unknown."),
    field("industry", str, "Industry of the studio; empty if unknown."),
    field("institute", str, "Institute of the expert."),
    field("zh", str, "The nearest pair of documents, in Chinese."),
    field("en", str, "The nearest pair of documents, in English."),
    field("studio", OBJECTS["Studio"] | None, "The studio."),
    field("expert", OBJECTS["Scientist"] | None, "The expert."),
)

QUERIES = (
    asked(
        "proposedVisits",
        list[_VISIT],
        "Which studios experts could visit this year: the best pairs, spread over districts and "
        "industries (V06, T07). Studios that have a project this year are left out.",
        _answer,
        argument("year", int, "Year; this year by default."),
        argument("union_id", strawberry.ID, "Only studios of enterprises of this union."),
        argument("first", int, f"So many projects ({PROJECTS} by default, {MOST} at most)."),
        argument("bands", _BANDS, "How they are spread."),
        weight=50,
    ),
)
