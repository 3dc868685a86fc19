"""How any two nodes hang together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from graph.cypher import Cypher
from graph.errors import InvalidRequest
from graph.projection.paths import LONGEST, shortest
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import INTERFACES
from schema.plan.ask import Ask
from schema.plan.pages import within

USUAL = 6


@dataclass(frozen=True, slots=True)
class Stop:
    """A node on the way, and the relationship that led to it."""

    relationship: str | None
    forward: bool | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """A path from its first to its last stop."""

    length: int
    stops: Sequence[Stop]


async def shortest_path(ask: Ask) -> Way | None:
    """Answer the root field `shortestPath`."""
    start, end = ask.given["from"], ask.given["to"]
    if start == end:
        raise InvalidRequest("BAD_USER_INPUT", "a path needs two nodes", ("to",))
    longest = within(ask.given.get("longest"), USUAL, LONGEST, ("longest",))
    shown = ask.rows("PathStop", "node", "shown")
    parameters: dict[str, Any] = {
        "from": start,
        "to": end,
        **ask.viewer.parameters,
        **shown.fragment.parameters,
    }
    text = shortest(ask.viewer, longest, shown.fragment)
    rows: list[Any] = await ask.database.value(Cypher(text, parameters, name="shortestPath"))
    stops = [Stop(r[0], r[1], shown.values(r[2])) for r in rows]
    return Way(len(stops) - 1, stops) if stops else None


_STOP = made(
    "PathStop",
    "A node on a path.",
    field("relationship", str | None, "Type of the relationship that led here; null at the start."),
    field("forward", bool | None, "True if that relationship points here."),
    field("node", INTERFACES["Node"], "The node."),
)
_PATH = made(
    "Path",
    "A path through the graph.",
    field("length", int, "Relationships on it."),
    field("stops", list[_STOP], "Nodes on it, both ends included."),
)

QUERIES = (
    asked(
        "shortestPath",
        _PATH | None,
        "A shortest connection between two nodes; null if there is none so short.",
        shortest_path,
        argument("from", strawberry.ID, "Id of the first node.", required=True),
        argument("to", strawberry.ID, "Id of the last node.", required=True),
        argument("longest", int, f"At most so many steps: {USUAL}, or up to {LONGEST}."),
    ),
)
