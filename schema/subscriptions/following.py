"""How a subscription follows the event streams, so that nothing is lost by a restart."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.database import Row
from graph.writes.feed import Batch
from schema.derived.fields import argument, field
from schema.plan.ask import Ask
from schema.scalars import Moment

Place = tuple[str, int]
"""Stream and sequence of an event."""

Show = Callable[[Ask, "Asked", Sequence[Row]], Awaitable[Mapping[Place, Any]]]
"""What the viewer is shown of some events, by their places; what she may not see is not there."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where and when something happened, and what is shown of it."""

    at: datetime
    resume_token: str
    shown: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shown, name)


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch of events, over which equal viewers with equal wishes ask once."""

    batch: Batch
    viewer: bytes
    wish: tuple[object, ...]

    async def of_viewer(self, about: object, ask: Callable[[], Awaitable[Any]]) -> Any:
        """What depends on who asks; `about` says of what, for not all know the same of a batch."""
        return await self.batch.once((self.viewer, about), ask)

    async def of_wish(self, about: object, ask: Callable[[], Awaitable[Any]]) -> Any:
        """What depends on what she selected too."""
        return await self.batch.once((*self.wish, about), ask)


async def follow(
    ask: Ask, name: str, concerns: Callable[[Row], bool], show: Show
) -> AsyncIterator[Told]:
    """Events behind the token, or from now on, that concern the field and that the viewer sees."""
    binding = ask.binding(name)
    token = ask.given.get("after")
    positions: dict[str, int] | None = None
    if token:
        positions = dict(ask.cursors.open(token, binding, (name, "after")))
    wish = (binding, id(ask.selected), repr(ask.arguments))
    async with aclosing(ask.feed.batches(positions)) as batches:
        async for batch in batches:
            events = [event for event in batch.events if concerns(event)]
            if not events:
                continue
            shown = await show(ask, Asked(batch, binding, wish), events)
            behind = dict(batch.behind)
            for event in batch.events:
                behind[event["stream"]] = event["sequence"]
                if (place := place_of(event)) in shown:
                    resume = ask.cursors.seal(sorted(behind.items()), binding)
                    yield Told(event["at"].to_native(), resume, shown[place])


def place_of(event: Row) -> Place:
    """Where an event stands."""
    return event["stream"], event["sequence"]


def told(*fields: Any) -> tuple[Any, ...]:
    """The fields of what a subscription tells, with those that all have."""
    return (
        field("at", Moment, "When."),
        field("resume_token", str, "Give it as `after` to continue behind this event."),
        *fields,
    )


AFTER = argument("after", str, "A resume token: begin behind the event it came with.")
