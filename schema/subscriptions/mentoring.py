"""Pairings as they change, and plans as they are computed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, LiteralString

import strawberry

from graph.database import Row
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.plan.ask import Ask
from schema.subscriptions.following import AFTER, Asked, Place, Told, follow, place_of, told


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a node that the viewer sees."""

    verb: str
    values: Mapping[str, Any]


def pairing_changed(ask: Ask) -> AsyncIterator[Told]:
    """Answer `pairingChanged`."""
    return follow(ask, "pairingChanged", _is_of_pairing, _pairings)


def _is_of_pairing(event: Row) -> bool:
    return event["verb"].startswith("pairing.") and bool(event["subjects"])


async def _pairings(ask: Ask, shared: Asked, events: Sequence[Row]) -> Mapping[Place, Step]:
    return await _steps(ask, shared, events, "MentoringAgreement", ("agreement",))


def plan_progress(ask: Ask) -> AsyncIterator[Told]:
    """Answer `planProgress`."""
    plan = ask.given.get("plan_id")

    def concerns(event: Row) -> bool:
        about = event["subjects"]
        return event["verb"].startswith("job.") and len(about) == 2 and plan in {None, about[1]}

    return follow(ask, "planProgress", concerns, _progress)


async def _progress(ask: Ask, shared: Asked, events: Sequence[Row]) -> Mapping[Place, Step]:
    return await _steps(ask, shared, events, "MentoringPlan", ("job", "plan"))


async def _steps(
    ask: Ask, shared: Asked, events: Sequence[Row], label: LiteralString, fields: Sequence[str]
) -> Mapping[Place, Step]:
    """Of events whose last subject, of these fields, the viewer sees: the subjects as they are."""
    last = len(fields) - 1
    ids = tuple(sorted({event["subjects"][last] for event in events}))
    seen = await shared.of_viewer(ids, partial(ask.visible, label, ids))
    steps: dict[Place, Step] = {}
    for event in events:
        about = dict(zip(fields, event["subjects"], strict=False))
        if about[fields[last]] in seen:
            values = await shared.of_wish(tuple(about.values()), partial(ask.fetch, **about))
            steps[place_of(event)] = Step(event["verb"], values)
    return steps


SUBSCRIPTIONS = (
    asked(
        "pairingChanged",
        made(
            "PairingEvent",
            "A step of a pairing.",
            *told(
                field("verb", str, "What happened, such as `pairing.signed`."),
                field("agreement", OBJECTS["MentoringAgreement"] | None, "It as it is now."),
            ),
        ),
        "Steps of pairings among the workers you see, as they happen.",
        pairing_changed,
        AFTER,
    ),
    asked(
        "planProgress",
        made(
            "PlanProgress",
            "That work on a mentoring plan went on.",
            *told(
                field("verb", str, "`job.advanced`, or `job.ended`."),
                field("plan", OBJECTS["MentoringPlan"] | None, "The plan as it is now."),
                field("job", OBJECTS["Job"] | None, "Its job: stage, progress, state."),
            ),
        ),
        "How the computing of plans that you see goes on, and that it has ended.",
        plan_progress,
        argument("plan_id", strawberry.ID, "Only this plan."),
        AFTER,
    ),
)
