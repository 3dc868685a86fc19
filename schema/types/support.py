"""Who is supported, by which rule, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

import strawberry

from graph.errors import InvalidRequest
from graph.model.people import SKILL_LEVEL
from graph.projection.fragment import Fragment
from graph.rules.support import eligible
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.plan.ask import Ask, Rows
from schema.scalars import Day, Long


@dataclass(frozen=True, slots=True)
class Eligibility:
    """One event that one rule supports."""

    since: date
    amount: int
    reason: str
    path: Sequence[str]
    applied: bool
    values: Mapping[str, Any]


async def eligible_for_support(ask: Ask) -> list[Eligibility]:
    """Answer the root field `eligibleForSupport`."""
    day = ask.given.get("as_of") or ask.today
    shown = {name: ask.rows("SupportEligibility", name, name) for name in _SHOWN}
    fragments: dict[LiteralString, Fragment] = {n: shown[n].fragment for n in _SHOWN}
    rows = await eligible(ask.database, ask.given["worker_id"], day, ask.viewer, fragments)
    if rows is None:
        raise InvalidRequest("NOT_FOUND", "there is no such Worker", ("workerId",))
    return [_eligibility(row, shown) for row in rows]


_SHOWN: tuple[LiteralString, ...] = ("rule", "entry", "record")


def _eligibility(row: Mapping[str, Any], shown: Mapping[str, Rows]) -> Eligibility:
    absent = "record" if row["entry"] else "entry"
    values: dict[str, Any] = {}
    for name, rows in shown.items():
        values |= dict.fromkeys(rows.keys) if name == absent else rows.values(row[f"{name}_shown"])
    since = row["since"].to_native()
    return Eligibility(since, row["amount"], _reason(row), row["path"], row["applied"], values)


def _reason(row: Mapping[str, Any]) -> str:
    if row["entry"]:
        trade, rank, contest = row["facts"]
        return f"{contest}（{trade}）第{rank}名"
    trade, level = row["facts"]
    return f"{trade}：{SKILL_LEVEL.choices[level - 1].zh}"


_ELIGIBILITY = made(
    "SupportEligibility",
    "An event by which a worker is supported under a rule (助推, C02).",
    field("rule", OBJECTS["SupportRule"] | None, "The rule."),
    field("entry", OBJECTS["CompetitionEntry"] | None, "Place in a contest, if that is the event."),
    field("record", OBJECTS["SkillLevelRecord"] | None, "Skill level, if that is the event."),
    field("since", Day, "Day of the event; the rules and lists of that day judge it."),
    field("amount", Long, "What the rule pays, in fen."),
    field("reason", str, "Why, in Chinese."),
    field("path", list[strawberry.ID], "Ids of the nodes from the worker to the rule."),
    field("applied", bool, "A union of that level supports the event already (C10)."),
)

QUERIES = (
    asked(
        "eligibleForSupport",
        list[_ELIGIBILITY],
        "By which events, and under which rules, a worker is supported (C02, T11), with the path.",
        eligible_for_support,
        argument("worker_id", strawberry.ID, "Id of the worker.", required=True),
        argument("as_of", Day, "Events up to this day; today by default."),
    ),
)
