"""Talent flow: between which districts or industries workers moved (K08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from graph.model.declare import Choice, ClosedList
from graph.rules.flows import PLACES, Moves, flows
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import INTERFACES, MOST
from schema.derived.scalars_of import described, enum_of
from schema.plan.ask import Ask
from schema.plan.pages import plain
from schema.scalars import Day, Moment
from schema.types.figures import question_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One way that workers went."""

    workers: int
    values: Mapping[str, Any]


async def answer(ask: Ask) -> list[Shown]:
    """Answer the root field `talentFlows`."""
    given = plain(dict(ask.given))
    label = PLACES[given["by"]].label
    left = ask.rows("TalentFlow", "from", "left", label)
    joined = ask.rows("TalentFlow", "to", "joined", label)
    found = await flows(
        ask.database,
        question_of(ask),
        Moves(given["by"], given.get("occupation_id")),
        ask.viewer,
        (left.fragment, joined.fragment),
    )
    return [Shown(f.workers, {**left.values(f.left), **joined.values(f.joined)}) for f in found]


_BY = ClosedList(
    "TalentFlowBetween",
    "流动口径",
    "Between what workers move.",
    (
        Choice("DISTRICT", "区", "Districts of the enterprises."),
        Choice("INDUSTRY", "行业", "Industries of the enterprises."),
    ),
)
_FLOW = made(
    "TalentFlow",
    "Workers who went from one district or industry to another, or stayed in it.",
    field("from", INTERFACES["Node"] | None, "Where the enterprise they left lies."),
    field("to", INTERFACES["Node"] | None, "Where the enterprise they joined lies."),
    field("workers", int, "How many of those you may see."),
)

QUERIES = (
    asked(
        "talentFlows",
        list[_FLOW],
        described(
            "Between which districts or industries workers changed their employer in a year, the "
            "most travelled way first; ways of fewer than five are shown to unions only (K08).",
            "人才流动",
        ),
        answer,
        argument("by", enum_of(_BY), "Between what.", required=True),
        argument("year", int, "The year in which they joined.", required=True),
        argument("as_of", Day, "Joined up to this day; today by default."),
        argument("known_at", Moment, "As known at this moment; now by default."),
        argument("occupation_id", strawberry.ID, "Only of this occupation and those below it."),
        argument("first", int, f"So many (20 by default, {MOST} at most)."),
    ),
)
