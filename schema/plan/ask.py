"""What a function that answers a root field is given: arguments, viewer, the client's wishes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

from graph.clock import beijing_day
from graph.cypher import Cypher
from graph.database import Database
from graph.model import MODEL
from graph.projection.compile import Arguments, Compiler
from graph.projection.fragment import Fragment
from graph.projection.want import Value, Want
from graph.viewer import Viewer
from schema.cursors import Cursors
from schema.plan.computed import Selected
from schema.plan.pages import binding

SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Ask:
    """One root field of one request."""

    database: Database
    viewer: Viewer
    cursors: Cursors
    now: datetime
    given: Mapping[str, Any]
    selected: Mapping[str, Selected]
    arguments: Arguments

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return beijing_day(self.now)

    def binding(self, *query: object) -> bytes:
        """What cursors of this root field are bound to."""
        return binding(self.viewer, *query)

    def fragments(self, field: str) -> dict[str, Fragment]:
        """Response key -> expression over the variable `shown`, for one field of the result."""
        found: dict[str, Fragment] = {}
        for n, (key, selected) in enumerate(self.selected.items()):
            if selected.field == field:
                compiler = Compiler(self.viewer, self.arguments, prefix=f"s{n}_")
                found[key] = compiler.fragment(selected.want, SHOWN)
        return found

    async def see(self, label: LiteralString, identifier: str) -> bool:
        """Whether the viewer sees a node."""
        compiler = Compiler(self.viewer, {0: {"id": identifier}})
        want = Want({label: (Value(MODEL.node_type(label).property("id")),)})
        text = compiler.returning(lambda: compiler.by("id", label, want, 0))
        parameters = compiler.slots.fill({0: {"id": identifier}}) | self.viewer.parameters
        return await self.database.value(Cypher(f"{text} AS value", parameters)) is not None

    async def fetch(self, **ids: str) -> dict[str, Any]:
        """The rows of nodes by the name of the field that shows them; one statement for all."""
        compiler = Compiler(self.viewer, self.arguments)
        wanted: list[tuple[Selected, str]] = []
        keys: list[str] = []
        given = dict(self.arguments)
        for key, selected in self.selected.items():
            if selected.field in ids:
                address = f"id:{key}"
                given[address] = {"id": ids[selected.field]}
                wanted.append((selected, address))
                keys.append(key)
        if not keys:
            return {}
        text = compiler.returning(lambda: _listed(compiler, wanted))
        parameters = compiler.slots.fill(given) | self.viewer.parameters
        row = await self.database.value(Cypher(f"{text} AS value", parameters, name="fetch"))
        return dict(zip(keys, row, strict=True))


def _listed(compiler: Compiler, wanted: Sequence[tuple[Selected, str]]) -> LiteralString:
    parts: list[LiteralString] = [
        compiler.by("id", selected.label, selected.want, address) for selected, address in wanted
    ]
    return f"[{', '.join(parts)}]"


Answer = Callable[[Ask], Awaitable[object]]
Source = Callable[[Ask], AsyncIterator[object]]
