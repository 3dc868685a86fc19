"""What would change a match, for whom it is about and for whom she asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from graph.matching.candidates import Days
from graph.matching.counterfactual import counterfactual
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.plan.ask import Ask


@dataclass(frozen=True, slots=True)
class Changed:
    """A change, with what is selected of its skill."""

    from_level: int
    to_level: int
    rank: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a candidate stands."""

    rank: int
    considered: int
    change: Changed | None
    model_version: str


async def _answer(ask: Ask) -> Stands:
    today = Days(ask.today, ask.today)
    found = await counterfactual(ask.database, ask.given["match_id"], ask.viewer, today=today)
    change = found.change
    if change is None:
        return Stands(found.rank, found.considered, None, found.model_version)
    skills = await ask.each("MatchChange", "skill", [change.skill])
    changed = Changed(change.from_level, change.to_level, change.rank, skills[change.skill])
    return Stands(found.rank, found.considered, changed, found.model_version)


_CHANGE = made(
    "MatchChange",
    "The least change of one skill that would move the candidate up.",
    field("skill", OBJECTS["Skill"] | None, "The skill."),
    field("from_level", int, "Level now, 0 if none is recorded."),
    field("to_level", int, "Level that would do."),
    field("rank", int, "Place by score with that level, on the same candidates."),
)
_STANDING = made(
    "MatchStanding",
    "Where a candidate stands, and what would change it.",
    field("rank", int, "Place by score."),
    field("considered", int, "Candidates that were scored."),
    field("model_version", str, "Version of weights and constants, as the match named it."),
    field("change", _CHANGE | None, "What would move her up; null if no one skill does."),
)

QUERIES = (
    asked(
        "whatWouldChange",
        _STANDING,
        "What would change a match of a master or an apprentice, recomputed on the same candidates "
        "(P02).",
        _answer,
        argument("match_id", strawberry.ID, "Id of the match.", required=True),
    ),
)
