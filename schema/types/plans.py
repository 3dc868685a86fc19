"""Why a pair of a plan: computed when it is asked, from the weights that the plan froze."""

import strawberry

from graph.matching.candidates import Days
from graph.plans.explaining import Why, why_planned
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.plan.ask import Ask
from schema.types.matching import PART


async def _answer(ask: Ask) -> Why:
    today = Days(ask.today, ask.today)
    return await why_planned(ask.database, ask.given["pairing_id"], ask.viewer, today)


_WHY = made(
    "PlannedReasons",
    "Why a pair of a plan.",
    field("score", float, "Sum of the contributions of its parts."),
    field("parts", list[PART], "What the score is made of."),
    field("model_version", str, "Version of weights and constants, frozen with the plan."),
)

QUERIES = (
    asked(
        "whyPlanned",
        _WHY,
        "Why a pair of a plan, by the weights that the plan froze (P02).",
        _answer,
        argument("pairing_id", strawberry.ID, "Id of the planned pairing.", required=True),
    ),
)
