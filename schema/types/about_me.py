"""Matches about the person who asks: for whom she would be shown, and where she stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from graph.matching.about import AboutMe, Person, about
from graph.matching.answer import Part
from graph.matching.candidates import Days
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.derived.scalars_of import described
from schema.plan.ask import Ask
from schema.scalars import Day
from schema.types.matching import PART

_USUAL, _MOST = 10, 20


@dataclass(frozen=True, slots=True)
class Shown:
    """One match, with what is selected of who would see it."""

    match_id: str
    as_master: bool
    rank: int
    considered: int
    score: float
    parts: Sequence[Part]
    as_of: date
    model_version: str
    values: Mapping[str, Any]


async def _answer(ask: Ask) -> list[Shown]:
    first = ask.first(_USUAL, _MOST)
    rows = ask.rows("MatchAboutMe", "worker", "shown")
    if ask.viewer.person is None:
        return []
    days = Days(ask.today, ask.today)
    person = Person(ask.viewer.person, ask.viewer, days, first)
    found = await about(ask.database, person, rows.fragment if rows.keys else None)
    return [_shown(one, rows.values(one.shown) if rows.keys else {}) for one in found]


def _shown(one: AboutMe, values: Mapping[str, Any]) -> Shown:
    return Shown(
        one.match_id,
        one.as_master,
        one.rank,
        one.considered,
        one.score,
        one.parts,
        one.as_of,
        one.model_version,
        values,
    )


_ABOUT = made(
    "MatchAboutMe",
    described("A match in which the person who asks is shown to somebody else.", "与我有关的匹配"),
    field("match_id", strawberry.ID, "Names this match; give it when you ask a human about it."),
    field("as_master", bool, "True if she is shown as a master, false as an apprentice."),
    field("rank", int, "Her place by score among those shown to that person."),
    field("considered", int, "How many are scored for that person."),
    field("score", float, "Sum of the contributions of its parts."),
    field("parts", list[PART], "What her score is made of."),
    field("as_of", Day, "Day for which it holds."),
    field("model_version", str, "Version of weights and constants."),
    field(
        "worker", OBJECTS["Worker"] | None, "Who would be shown her; a pseudonym until both agree."
    ),
)

QUERIES = (
    asked(
        "matchesAboutMe",
        list[_ABOUT],
        "For whom you would be shown, as an apprentice and as a master, with your rank and what "
        "your score is made of (P02). Only those who agreed to be matched appear.",
        _answer,
        argument("first", int, f"So many in each role ({_USUAL} by default, {_MOST} at most)."),
        weight=100,
    ),
)
