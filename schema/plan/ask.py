"""What a function that answers a root field is given: arguments, viewer, the client's wishes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, LiteralString, TypeVar

from graph.clock import beijing_day
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.model import MODEL
from graph.projection.access import still_proposable, visible_whatever
from graph.projection.compile import Arguments, Compiler
from graph.projection.fragment import Fragment
from graph.projection.shapes import shape
from graph.projection.slots import Slot, fill
from graph.viewer import Viewer
from graph.writes.feed import Feed
from schema.cursors import Cursors
from schema.plan.computed import Selected
from schema.plan.documents import Recent
from schema.plan.pages import binding, within

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """One root field of one request. `texts` are what was compiled for the field before."""

    database: Database
    viewer: Viewer
    cursors: Cursors
    now: datetime
    given: Mapping[str, Any]
    selected: Sequence[Selected]
    arguments: Arguments
    feed: Feed
    texts: Recent[Any, Any]
    shown: list[tuple[str, tuple[str, ...]]] = field(default_factory=list[Any])

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return beijing_day(self.now)

    def binding(self, *query: object) -> bytes:
        """What cursors of this root field are bound to."""
        return binding(self.viewer, *query)

    def first(self, usual: int, most: int) -> int:
        """How many are asked for; raises InvalidRequest if that is out of bounds."""
        return within(self.given.get("first"), usual, most, ("first",))

    def year(self) -> int:
        """The year that is asked about, by default this one; raises InvalidRequest far from it."""
        given = self.given.get("year")
        if given is not None and not 1949 <= given <= 2999:
            raise InvalidRequest("BAD_USER_INPUT", "from 1949 to 2999", ("year",))
        return self.today.year if given is None else given

    def after(self, binding: bytes) -> list[Any] | None:
        """The sort values of the cursor that is given; raises InvalidRequest for a strange one."""
        cursor = self.given.get("after")
        return self.cursors.open(cursor, binding, ("after",)) if cursor else None

    def kept(self, make: Callable[[], T], *key: object) -> T:
        """What rests on the viewer's variant and the shape of the arguments, made once for them."""
        whole = (key, self.viewer.variant, *[shape(a) for a in self.arguments.values()])
        known: T | None = self.texts.recall(whole)
        return self.texts.keep(whole, make()) if known is None else known

    def rows(
        self, owner: str, field: str, variable: LiteralString, label: LiteralString | None = None
    ) -> "Rows":
        """What the client wants of the nodes that a field of a hand-written type shows.

        With a label only what it wants of nodes of that type: they can be no others.
        """
        chosen = [s for s in self.selected if (s.owner, s.field) == (owner, field)]

        def compiled() -> tuple[Fragment, tuple[Slot, ...]]:
            prefix = f"{variable}_{label}_" if label else f"{variable}_"
            compiler = Compiler(self.viewer, self.arguments, prefix=prefix)
            wants = [s.want.of(label) if label else s.want for s in chosen]
            return compiler.fragment(wants, variable), compiler.slots.all

        fragment, slots = self.kept(compiled, owner, field, variable, label)
        fragment = replace(fragment, parameters=fill(slots, self.arguments))
        return Rows(tuple(s.key for s in chosen), fragment)

    async def each(self, owner: str, field: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Id -> values of the nodes that a field of a hand-written type shows; one statement."""
        shown = self.rows(owner, field, "shown")
        if not shown.keys:
            return {identifier: {} for identifier in ids}
        where = self._whatever()
        text: LiteralString = (
            f"UNWIND $ids AS id MATCH (shown:Node {{id: id}}) {where}{shown.fragment.calls}"
            f"RETURN collect([id, {shown.fragment.text}]) AS value"
        )
        parameters = {"ids": list(ids), **shown.fragment.parameters, **self.viewer.parameters}
        rows = await self.database.value(Cypher(text, parameters, name=f"{owner}.{field}"))
        found = {identifier: shown.values(row) for identifier, row in rows}
        absent = dict.fromkeys(shown.keys)
        return {identifier: found.get(identifier, absent) for identifier in ids}

    async def visible(self, label: LiteralString, ids: Sequence[str]) -> frozenset[str]:
        """Those of some nodes that the viewer sees; one statement for all."""
        where = self._whatever()
        text: LiteralString = (
            f"UNWIND $ids AS id MATCH (shown:Node:{label} {{id: id}}) {where}"
            "RETURN collect(shown.id) AS value"
        )
        parameters = {"ids": list(ids), **self.viewer.parameters}
        return frozenset(await self.database.value(Cypher(text, parameters, name="visible")))

    async def proposable(self, label: LiteralString, ids: Sequence[str]) -> frozenset[str]:
        """Those of some nodes that a match may still show the viewer; one statement for all."""
        allowed = still_proposable(MODEL.node_type(label), "shown", self.viewer)
        where: LiteralString = f"WHERE {allowed} " if allowed else ""
        text: LiteralString = (
            f"UNWIND $ids AS id MATCH (shown:Node:{label} {{id: id}}) {where}"
            "RETURN collect(shown.id) AS value"
        )
        parameters = {"ids": list(ids), **self.viewer.parameters}
        return frozenset(await self.database.value(Cypher(text, parameters, name="proposable")))

    def _whatever(self) -> LiteralString:
        """The WHERE of nodes of any type, `shown`."""

        def made() -> LiteralString:
            allowed = visible_whatever("shown", self.viewer)
            return f"WHERE {allowed} " if allowed else ""

        return self.kept(made, "whatever")

    async def fetch(self, **ids: str) -> dict[str, Any]:
        """The rows of nodes by the name of the field that shows them; one statement for all."""
        compiler = Compiler(self.viewer, self.arguments)
        wanted = [s for s in self.selected if s.field in ids]
        if not wanted:
            return {}
        given = dict(self.arguments) | {s.field: {"id": ids[s.field]} for s in wanted}
        text = compiler.returning(lambda: _listed(compiler, wanted))
        parameters = compiler.slots.fill(given) | self.viewer.parameters
        row = await self.database.value(Cypher(f"{text} AS value", parameters, name="fetch"))
        return dict(zip([s.key for s in wanted], row, strict=True))


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows for one node, one for each selection that shows it."""

    keys: tuple[str, ...]
    fragment: Fragment

    def values(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Key of the selection -> row."""
        return dict(zip(self.keys, rows, strict=True))


def _listed(compiler: Compiler, wanted: Sequence[Selected]) -> LiteralString:
    parts: list[LiteralString] = [compiler.by("id", s.label, s.want, s.field) for s in wanted]
    return f"[{', '.join(parts)}]"


Answer = Callable[[Ask], Awaitable[object]]
Source = Callable[[Ask], AsyncIterator[object]]
