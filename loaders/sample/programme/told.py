"""Calls of operations, and who performs them: the sample programme plays them, tests tell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from graph.cypher import Cypher
from graph.database import Database
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.model import MODEL
from graph.projection.patterns import pattern
from graph.viewer import ADMINISTRATOR, Viewer


@dataclass(frozen=True, slots=True)
class Call:
    """One operation, so much later than the beginning.

    `$name` among the inputs stands for what the call of that name returned, and `$name.relation`
    for the node that a to-one relation leads to from there.
    """

    operation: str
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])
    name: str = ""
    by: Viewer = ADMINISTRATOR
    later: timedelta = timedelta()


class Teller:
    """Performs calls from a moment on, and remembers what they returned: `known`, by name."""

    def __init__(
        self, database: Database, begins: datetime, name: str, *, synthetic: bool = False
    ) -> None:
        self.database = database
        self.known: dict[str, str] = {}
        self._begins = begins
        self._name = name
        self._synthetic = synthetic
        self._called: dict[str, Call] = {}

    async def tell(self, *calls: Call) -> str:
        """Perform the calls; the id of the last."""
        subject = ""
        for call in calls:
            subject = await self.perform(call)
            self.remember(call, subject)
        return subject

    def remember(self, call: Call, subject: str) -> None:
        """Keep the id that a call returned."""
        for name in [n for n in self.known if n.startswith(f"{call.name}.")]:
            del self.known[name]
        self.known[call.name] = subject
        self._called[call.name] = call

    async def perform(self, call: Call, **more: Any) -> str:
        """Perform one call, with more inputs."""
        given = await self.inputs(replace(call, given={**call.given, **more}))
        actor = Actor(call.by, self._name, self._synthetic)
        operation = OPERATIONS[call.operation]
        return await perform(self.database, operation, given, actor, self._begins + call.later)

    async def inputs(self, call: Call) -> dict[str, Any]:
        """The inputs of a call, with ids in their places."""
        return {name: await self._filled(value) for name, value in call.given.items()}

    async def _filled(self, value: Any) -> Any:
        if isinstance(value, list):
            return [await self._filled(v) for v in value]
        if not (isinstance(value, str) and value.startswith("$")):
            return value
        wanted = value[1:]
        name, _, relation = wanted.partition(".")
        if relation and wanted not in self.known:
            self.known[wanted] = await self._related(name, relation)
        return self.known[wanted]

    async def _related(self, name: str, relation: str) -> str:
        subject = OPERATIONS[self._called[name].operation].subject
        far = pattern(MODEL.relation(subject.label, relation), "n", "far")
        text = f"MATCH (n:Node {{id: $id}}) MATCH {far} RETURN far.id"
        return await self.database.value(Cypher(text, {"id": self.known[name]}))
