"""Stories: what happens in one slice, so that every operation declared there is done once.

Tests tell them, and try every wrong turn on the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.errors import TransitionRefused
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.model import MODEL
from graph.projection.access import pattern
from graph.viewer import ADMINISTRATOR, Role, Viewer

NOW = datetime(2015, 3, 2, 4, tzinfo=UTC)
TODAY = date(2015, 3, 2)
CITY = Viewer(frozenset({Role.UNION}), ("/m/",))
EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))
WEST = Viewer(frozenset({Role.UNION}), ("/m/west/",))


@dataclass(frozen=True, slots=True)
class Call:
    """One operation; `$name` among the inputs stands for what the call of that name returned.

    `$name.relation` stands for the node that a to-one relation leads to from there.
    """

    operation: str
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])
    name: str = ""
    by: Viewer = ADMINISTRATOR
    later: timedelta = timedelta()

    def inputs(self, known: Mapping[str, str]) -> dict[str, Any]:
        """The inputs, with ids in their places."""
        return {n: _filled(v, known) for n, v in self.given.items()}

    @property
    def at(self) -> datetime:
        """When it is called."""
        return NOW + self.later


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(v, known) for v in value]
    if isinstance(value, str) and value.startswith("$"):
        return known[value[1:]]
    return value


@dataclass(frozen=True, slots=True)
class Story:
    """A small graph, the calls, and what must never be: Cypher that returns what broke a rule."""

    world: str
    calls: tuple[Call, ...]
    never: Mapping[str, str] = field(default_factory=dict[str, str])


class Teller:
    """Performs calls on a database, and remembers what they returned."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.known: dict[str, str] = {}

    async def world(self, *texts: str) -> None:
        """Write what is there at the beginning."""
        for text in (UNIONS, *texts):
            await self.database.run(Cypher(literal(text)))

    async def tell(self, *calls: Call) -> str:
        """Perform the calls; the id of the last."""
        subject = ""
        for call in calls:
            subject = await self.perform(call)
            await self.remember(call, subject)
        return subject

    async def remember(self, call: Call, subject: str) -> None:
        """Keep the id that a call returned, and those that its to-one relations lead to."""
        self.known[call.name] = subject
        label = OPERATIONS[call.operation].subject.label
        for r in MODEL.relations[label] if call.name else ():
            if not r.many:
                text = f"MATCH (n:Node {{id: $id}}) MATCH {pattern(r, 'n', 'far')} RETURN far.id"
                self.known[f"{call.name}.{r.name}"] = await self.value(text, id=subject)

    async def perform(self, call: Call, **more: Any) -> str:
        """Perform one call."""
        given = replace(call, given={**call.given, **more}).inputs(self.known)
        operation = OPERATIONS[call.operation]
        return await perform(self.database, operation, given, Actor(call.by, "test"), call.at)

    async def refusal(self, call: Call, **more: Any) -> str:
        """The code of the problem that a call meets; empty if it meets none."""
        try:
            await self.perform(call, **more)
        except TransitionRefused as refused:
            return refused.code
        return ""

    async def value(self, text: str, **parameters: Any) -> Any:
        """What a read returns."""
        return await self.database.value(Cypher(literal(text), parameters))


UNIONS = """
CREATE (city:Node:Organisation:Union
  {id: 'm', key: 'm', name: '市总', type: 'MUNICIPAL', tree: 'REGION', path: '/m/'}),
  (east:Node:Organisation:Union
  {id: 'east', key: 'east', name: '东城', type: 'DISTRICT_COUNTY', tree: 'REGION',
   path: '/m/east/'})-[:SUBORDINATE_TO]->(city),
  (west:Node:Organisation:Union
  {id: 'west', key: 'west', name: '西城', type: 'DISTRICT_COUNTY', tree: 'REGION',
   path: '/m/west/'})-[:SUBORDINATE_TO]->(city)
"""
