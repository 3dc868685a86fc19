"""Stories: what happens in one slice from the first call to the last, so that everything declared
there is done once. Tests tell them, and try every wrong turn on the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.viewer import ADMINISTRATOR, Role, Viewer

NOW = datetime(2015, 3, 2, 4, tzinfo=UTC)
TODAY = date(2015, 3, 2)
CITY = Viewer(frozenset({Role.UNION}), ("/m/",))
EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))
WEST = Viewer(frozenset({Role.UNION}), ("/m/west/",))


@dataclass(frozen=True, slots=True)
class Call:
    """One operation; `$name` among the inputs stands for what the call of that name returned."""

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
    """A small graph, and the calls."""

    world: str
    calls: tuple[Call, ...]


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
