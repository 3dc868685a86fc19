"""Who saw one's personal data: the person's own log (K09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.writes.accesses import accesses_of
from schema.asked import asked
from schema.derived.fields import argument, camel, field, made
from schema.derived.objects import MOST, USUAL
from schema.plan.ask import Ask
from schema.scalars import Moment

_NAME = "accessesToMe"


@dataclass(frozen=True, slots=True)
class PersonalAccess:
    """That somebody saw some properties."""

    cursor: str
    at: datetime
    who: str
    fields: Sequence[str]


async def accesses_to_me(ask: Ask) -> list[PersonalAccess]:
    """Answer `accessesToMe`; who is no person has an empty log."""
    person = ask.viewer.person or ""
    first = ask.first(USUAL, MOST)
    binding = ask.binding(_NAME)
    opened = ask.after(binding)
    bound = (datetime.fromisoformat(opened[0]), opened[1]) if opened else None
    found = await accesses_of(ask.database, person, first=first, bound=bound)
    return [
        PersonalAccess(
            ask.cursors.seal([entry.at.isoformat(), identifier], binding),
            entry.at,
            entry.who,
            [camel(name) for name in entry.fields],
        )
        for identifier, entry in found
    ]


_ACCESS = made(
    "PersonalAccess",
    "That somebody outside her own organisation saw personal data of the person who asks.",
    field("cursor", str, "Place of this entry: give it as `after`."),
    field("at", Moment, "When."),
    field("who", str, "The partner and for whom it asked, or the login."),
    field("fields", list[str], "What was seen."),
)

QUERIES = (
    asked(
        _NAME,
        list[_ACCESS],
        "Who outside your own organisation saw your personal data, newest first (K09).",
        accesses_to_me,
        argument("first", int, f"So many ({USUAL} by default, {MOST} at most)."),
        argument("after", str, "Behind this cursor."),
    ),
)
