"""Stories: what happens in one slice, so that every operation declared there is done once.

Tests tell them, and try every wrong turn on the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from graph.cypher import Cypher, literal
from graph.database import Database
from graph.errors import TransitionRefused
from graph.viewer import Role, Viewer
from loaders.sample.programme import told as programme
from loaders.sample.programme.told import Call

__all__ = ["CITY", "EAST", "NOW", "TODAY", "WEST", "Call", "Story", "Teller"]

NOW = datetime(2015, 3, 2, 4, tzinfo=UTC)
TODAY = date(2015, 3, 2)
CITY = Viewer(frozenset({Role.UNION}), ("/m/",))
EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))
WEST = Viewer(frozenset({Role.UNION}), ("/m/west/",))


@dataclass(frozen=True, slots=True)
class Story:
    """A small graph, the calls, and what must never be: Cypher that returns what broke a rule."""

    world: str
    calls: tuple[Call, ...]
    never: Mapping[str, str] = field(default_factory=dict[str, str])


class Teller(programme.Teller):
    """Tells stories, and says what they met."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, NOW, "test")

    async def world(self, *texts: str) -> None:
        """Write what is there at the beginning."""
        for text in (UNIONS, *texts):
            await self.database.run(Cypher(literal(text)))

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
