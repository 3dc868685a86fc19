"""Pairings as they change, read from the event streams, so that nothing is lost by a restart."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.writes.events import after, heads
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.plan.ask import Ask
from schema.scalars import Moment

_PAUSE = 0.3
_VERBS = "pairing."


@dataclass(frozen=True, slots=True)
class PairingEvent:
    """A step of a pairing that the viewer may see."""

    verb: str
    at: datetime
    resume_token: str
    values: Mapping[str, Any]


async def pairing_changed(ask: Ask) -> AsyncIterator[PairingEvent]:
    """Answer `pairingChanged`: events behind the token, or from now on."""
    binding = ask.binding("pairingChanged")
    token = ask.given.get("after")
    if token:
        positions = dict(ask.cursors.open(token, binding, ("pairingChanged", "after")))
    else:
        positions = await heads(ask.database)
    while True:
        for event in await after(ask.database, positions, _VERBS):
            positions[event["stream"]] = event["sequence"]
            if not event["wanted"]:
                continue
            agreement = event["subjects"][0]
            seen = await ask.see("MentoringAgreement", agreement)
            if seen:
                resume = ask.cursors.seal(sorted(positions.items()), binding)
                values = await ask.fetch(agreement=agreement)
                yield PairingEvent(event["verb"], event["at"].to_native(), resume, values)
        await asyncio.sleep(_PAUSE)


_EVENT = made(
    "PairingEvent",
    "A step of a pairing.",
    field("verb", str, "What happened, such as `pairing.signed`."),
    field("at", Moment, "When."),
    field("resume_token", str, "Give it as `after` to continue behind this event."),
    field("agreement", OBJECTS["MentoringAgreement"] | None, "The agreement as it is now."),
)

SUBSCRIPTIONS = (
    asked(
        "pairingChanged",
        _EVENT,
        "Steps of pairings among the workers you see, as they happen.",
        pairing_changed,
        argument("after", str, "A resume token: begin behind the event it came with."),
    ),
)
