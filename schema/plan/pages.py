"""Arguments of a request, checked and made ready for the statement."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from graph.errors import InvalidRequest
from graph.model import Property
from graph.projection.ordering import KEY, Order, SortKey
from graph.projection.shapes import Structural, shape
from graph.viewer import Viewer
from schema.cursors import Cursors
from schema.derived.objects import MOST, MOST_GENERATIONS, USUAL

ResponsePath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What completion needs to know of a page."""

    size: int
    backward: bool
    bounded: bool
    seal: Callable[[Sequence[Any]], str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One field's arguments: those for the statement, and the page for completion."""

    statement: Mapping[str, Any]
    page: Any = None  # a Page; of groups, what turns their values into text


def binding(viewer: Viewer, *query: object) -> bytes:
    """What a cursor is bound to: the shape of its query, and who asks."""
    text = repr((query, viewer.variant, sorted(viewer.scope.items())))
    return hashlib.sha256(text.encode()).digest()


@dataclass(slots=True)
class _Seal:
    """Seals and opens the cursors of one connection; what binds them is made when it is needed."""

    cursors: Cursors
    viewer: Viewer
    site: str
    orders: Sequence[Order]
    conditions: Any
    bound_to: bytes = b""

    def __call__(self, values: Sequence[Any]) -> str:
        return self.cursors.seal(values, self._bound_to())

    def open(self, cursor: str, path: ResponsePath) -> Any:
        return self.cursors.open(cursor, self._bound_to(), path)

    def _bound_to(self) -> bytes:
        if not self.bound_to:
            named = [(o.key.name, o.descending) for o in self.orders]
            self.bound_to = binding(self.viewer, self.site, named, shape(self.conditions))
        return self.bound_to


class Preparer:
    """Prepares the arguments of one request."""

    def __init__(self, cursors: Cursors, viewer: Viewer, today: date) -> None:
        self._cursors = cursors
        self._viewer = viewer
        self.today = today

    def page(self, given: Mapping[str, Any], path: ResponsePath, site: str) -> Prepared:
        """The arguments of a connection; raises InvalidRequest naming the argument at fault."""
        size, backward = _size(given, path)
        orders: list[Order] = plain(given.get("order_by")) or [Order(KEY)]
        conditions = plain(given.get("filter"))
        seal = _Seal(self._cursors, self._viewer, site, orders, conditions)
        cursor = given.get("before") if backward else given.get("after")
        bound = None
        if cursor is not None:
            argument = "before" if backward else "after"
            bound = dict(enumerate(seal.open(cursor, (*path, argument))))
        statement = {
            "limit": size + 1,
            "orders": tuple(o.reversed() for o in orders) if backward else tuple(orders),
            "filter": conditions,
            "bound": bound,
            "as_of": given.get("as_of"),
            "known_at": given.get("known_at"),
        }
        return Prepared(statement, Page(size, backward, bound is not None, seal))

    def groups(self, given: Mapping[str, Any], path: ResponsePath) -> Prepared:
        """The arguments of `groups`."""
        limit = within(given.get("first"), USUAL, MOST, (*path, "first"))
        by = tuple(plain(given["by"]))
        if len(set(by)) < len(by):
            raise InvalidRequest("BAD_USER_INPUT", "a key stands in `by` twice", (*path, "by"))
        return Prepared({"by": by, "limit": limit}, lambda values: _key(by, values))

    def walk(self, given: Mapping[str, Any], path: ResponsePath) -> Prepared:
        """The arguments of a walk over generations."""
        most = within(given.get("generations"), 3, MOST_GENERATIONS, (*path, "generations"))
        limit = within(given.get("first"), USUAL, MOST, (*path, "first"))
        return Prepared({"generations": Structural(most), "limit": limit})

    def identifiers(self, given: Mapping[str, Any], path: ResponsePath) -> Prepared:
        """The arguments of look-ups by id, ids or key."""
        if "id" in given:
            return Prepared({"id": given["id"], "ids": [given["id"]]})
        if len(given.get("ids", ())) > MOST:
            raise InvalidRequest("BAD_USER_INPUT", f"at most {MOST} ids at once", (*path, "ids"))
        return Prepared(given)


def _size(given: Mapping[str, Any], path: ResponsePath) -> tuple[int, bool]:
    first, last = given.get("first"), given.get("last")
    backward = last is not None or (given.get("before") is not None and first is None)
    wrong = "before" if not backward else "after"
    if first is not None and last is not None:
        raise InvalidRequest("BAD_USER_INPUT", "give `first` or `last`, not both", (*path, "last"))
    if given.get(wrong) is not None:
        raise InvalidRequest(
            "BAD_USER_INPUT",
            "`after` goes with `first`, `before` with `last`",
            (*path, wrong),
        )
    name = "last" if backward else "first"
    return within(given.get(name), USUAL, MOST, (*path, name)), backward


def within(value: int | None, usual: int, most: int, path: ResponsePath) -> int:
    """A given size, or the usual one; raises InvalidRequest if it is out of bounds."""
    if value is None:
        return usual
    if not 1 <= value <= most:
        raise InvalidRequest("BAD_USER_INPUT", f"`{path[-1]}` must be from 1 to {most}", path)
    return value


def _key(by: Sequence[SortKey], values: Sequence[Any]) -> list[str | None]:
    return [_group_text(k.property, v) for k, v in zip(by, values, strict=True)]


def _group_text(p: Property, value: Any) -> str | None:
    if value is None:
        return None
    if p.choices is not None:
        return next((name for name, v in p.choices.stored.items() if v == value), str(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(value: Any) -> Any:
    """Coerced input with the values of enum members in place of the members."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value
