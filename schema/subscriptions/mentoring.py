"""Pairings as they change, read from the event streams, so that nothing is lost by a restart."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from graph.database import Row
from graph.writes.feed import Batch
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.plan.ask import Ask
from schema.scalars import Moment

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
    positions: dict[str, int] | None = None
    if token:
        positions = dict(ask.cursors.open(token, binding, ("pairingChanged", "after")))
    async with aclosing(ask.feed.batches(positions)) as batches:
        async for batch in batches:
            async for event in _seen(ask, batch, binding):
                yield event


async def _seen(ask: Ask, batch: Batch, binding: bytes) -> AsyncIterator[PairingEvent]:
    """The steps in a batch that the viewer may see; equal viewers and wishes ask once."""
    ids = sorted({event["subjects"][0] for event in batch.events if _is_about_pairing(event)})
    if not ids:
        return
    seen = await batch.once(binding, lambda: ask.visible("MentoringAgreement", ids))
    behind = dict(batch.behind)
    for event in batch.events:
        behind[event["stream"]] = event["sequence"]
        if _is_about_pairing(event) and (agreement := event["subjects"][0]) in seen:
            wish = (binding, id(ask.selected), repr(ask.arguments), agreement)
            values = await batch.once(wish, partial(ask.fetch, agreement=agreement))
            resume = ask.cursors.seal(sorted(behind.items()), binding)
            yield PairingEvent(event["verb"], event["at"].to_native(), resume, values)


def _is_about_pairing(event: Row) -> bool:
    return event["verb"].startswith(_VERBS) and bool(event["subjects"])


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
