"""Conditions on nodes: a tree of operators and values becomes one predicate.

Keys are property names, relation names, `AND`, `OR`, `NOT`. A property without a value meets no
comparison; NOT turns whatever is not met into met, so nothing falls between the two: below a NOT
each comparison is made true or false by itself, because Neo4j plans a `coalesce` around a pattern
in time that grows a hundredfold with each level. An operator that is null asks nothing, but for
`eq` and `ne`. Records that were corrected are not related.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any, LiteralString

from graph.cypher import literal
from graph.errors import InvalidRequest
from graph.model import MODEL, ClosedList, Kind, NodeType, Property, Relation
from graph.model.declare import VERSION
from graph.projection.access import visible
from graph.projection.patterns import pattern
from graph.projection.personal import refuse_personal
from graph.projection.slots import Convert, Path, Slots
from graph.viewer import Viewer

Conditions = Mapping[str, Any]

MOST_RELATIONS = 20
MOST_INSIDE = 8
MOST_COMPARISONS = 100

# {} is the column, $ the parameter
_OPERATORS: dict[str, LiteralString] = {
    "eq": "{} = $",
    "ne": "({} <> $ OR {} IS NULL)",
    "gt": "{} > $",
    "gte": "{} >= $",
    "lt": "{} < $",
    "lte": "{} <= $",
    "in_": "{} IN $",
    "not_in": "(NOT {} IN $ OR {} IS NULL)",
    "contains": "{} CONTAINS $",
    "starts_with": "{} STARTS WITH $",
    "ends_with": "{} ENDS WITH $",
    "is_null": "({} IS NULL) = $",
    "has": "$ IN {}",
    "has_any": "any(x IN $ WHERE x IN {})",
    "has_all": "({} IS NOT NULL AND all(x IN $ WHERE x IN {}))",
}
_BOOLEAN = frozenset({"AND", "OR", "NOT"})
_NOTHING: dict[str, LiteralString] = {"eq": "{} IS NULL", "ne": "{} IS NOT NULL"}


class Filters:
    """Compiles the conditions of one statement; raises InvalidRequest if they are too many."""

    def __init__(self, viewer: Viewer, slots: Slots) -> None:
        self._viewer = viewer
        self._slots = slots
        self._patterns = 0
        self._inside = 0
        self._comparisons = 0
        self._negated = False

    def node(
        self, t: NodeType, variable: LiteralString, conditions: Conditions, path: Path
    ) -> LiteralString:
        """A predicate over a node of type `t`; "true" when there is no condition."""
        parts: list[LiteralString] = []
        for name, value in conditions.items():
            if value is None:
                continue
            here = (*path, name)
            if name in _BOOLEAN:
                parts.append(self._boolean(t, variable, name, value, here))
            elif relation := _relation(t, name):
                parts.append(self._related(relation, variable, value, here))
            else:
                refuse_personal(t, t.property(name), self._viewer)
                parts += self._property(t.property(name), variable, value, here)
        return " AND ".join(parts) or "true"

    def joined(
        self, t: NodeType, variable: LiteralString, conditions: Conditions, path: Path
    ) -> tuple[LiteralString, LiteralString]:
        """MATCH clauses for related nodes that must exist, and the predicate over all of it.

        The database may begin at either end of a MATCH, but asks an EXISTS of every node. A node
        comes once for each related one, so only one relation to many is joined; tell them apart.
        """
        matches: list[LiteralString] = []
        where: list[LiteralString] = []
        rest = dict(conditions)
        many = False
        for name, value in conditions.items():
            relation = _relation(t, name)
            if relation is None or value is None or (relation.many and many):
                continue
            wanted, here = (
                (value.get("some"), (*path, name, "some"))
                if relation.many
                else (value, (*path, name))
            )
            if wanted is None:
                continue
            many = many or relation.many
            rest[name] = {**value, "some": None} if relation.many else None
            found, needed = self._pattern(relation, variable, wanted, here)
            matches.append(f" MATCH {found}")
            where += needed
        where.append(self.node(t, variable, rest, path))
        return "".join(matches), " AND ".join(where)

    def _boolean(
        self, t: NodeType, variable: LiteralString, name: str, value: Any, path: Path
    ) -> LiteralString:
        if name == "NOT":
            with self._within(negation=True):
                return f"NOT ({self.node(t, variable, value, path)})"
        parts: list[LiteralString] = [
            f"({self.node(t, variable, c, (*path, n))})" for n, c in enumerate(value)
        ]
        if name == "AND":
            return f"({' AND '.join(parts) or 'true'})"
        return f"({' OR '.join(parts) or 'false'})"

    def _related(
        self, relation: Relation, variable: LiteralString, value: Conditions, path: Path
    ) -> LiteralString:
        if not relation.many:
            return self._exists(relation, variable, value, path)
        parts: list[LiteralString] = []
        for quantifier, conditions in value.items():
            here = (*path, quantifier)
            if conditions is None:
                continue
            wrong = quantifier == "all"
            found = self._exists(relation, variable, conditions, here, negate=wrong)
            parts.append(found if quantifier == "some" else f"NOT {found}")
        return " AND ".join(parts) or "true"

    def _exists(
        self,
        relation: Relation,
        variable: LiteralString,
        value: Conditions,
        path: Path,
        *,
        negate: bool = False,
    ) -> LiteralString:
        found, where = self._pattern(relation, variable, value, path, negate=negate)
        return f"EXISTS {{ MATCH {found} WHERE {' AND '.join(where)} }}"

    def _pattern(
        self,
        relation: Relation,
        variable: LiteralString,
        conditions: Conditions,
        path: Path,
        *,
        negate: bool = False,
    ) -> tuple[LiteralString, list[LiteralString]]:
        target = MODEL.node_type(relation.target)
        number = self._next(path)
        far: LiteralString = f"f{number}"
        edge: LiteralString = f"g{number}"
        self._inside += 1
        with self._within(negation=negate):
            condition = self.edge(relation, (far, edge), conditions, path)
        self._inside -= 1
        where: list[LiteralString] = [f"NOT ({condition})" if negate else f"({condition})"]
        if target.dated:
            where.append(f"{far}.recorded_to IS NULL")
        if allowed := visible(target, far, self._viewer):
            where.append(allowed)
        return pattern(relation, variable, far, edge), where

    def _next(self, path: Path) -> LiteralString:
        """The number of one more pattern."""
        self._patterns += 1
        if self._patterns > MOST_RELATIONS or self._inside == MOST_INSIDE:
            raise _too_much(
                f"go through at most {MOST_RELATIONS} relations, {MOST_INSIDE} inside each other; "
                "ask in steps, with `in` over ids",
                path,
            )
        return literal(str(self._patterns))

    @contextmanager
    def _within(self, *, negation: bool) -> Generator[None]:
        """Whether what follows is negated before a pattern decides: then nothing may be null."""
        outer, self._negated = self._negated, negation
        yield
        self._negated = outer

    def edge(
        self,
        relation: Relation,
        variables: tuple[LiteralString, LiteralString],
        conditions: Conditions,
        path: Path,
    ) -> LiteralString:
        """A predicate over a node and the edge that leads to it."""
        far, edge = variables
        target = MODEL.node_type(relation.target)
        if not relation.properties:
            return self.node(target, far, conditions, path)
        parts: list[LiteralString] = []
        if conditions.get("node") is not None:
            parts.append(self.node(target, far, conditions["node"], (*path, "node")))
        for p in relation.properties:
            if conditions.get(p.name) is not None:
                parts += self._property(p, edge, conditions[p.name], (*path, p.name))
        return " AND ".join(parts) or "true"

    def _property(
        self, p: Property, variable: LiteralString, operators: Conditions, path: Path
    ) -> list[LiteralString]:
        column = expression(p, variable)
        parts: list[LiteralString] = []
        self._comparisons += len(operators)
        if self._comparisons > MOST_COMPARISONS:
            raise _too_much(f"compare at most {MOST_COMPARISONS} times; use `in` for lists", path)
        for operator, value in operators.items():
            if value is None and operator in _NOTHING:
                parts.append(_NOTHING[operator].replace("{}", column))
            elif value is not None:
                convert = None if operator == "is_null" else stored(p)
                parameter = self._slots.add((*path, operator), convert)
                text = _OPERATORS[operator].replace("{}", column).replace("$", parameter)
                parts.append(f"coalesce({text}, false)" if self._negated else text)
        return parts


def _too_much(most: str, path: Path) -> InvalidRequest:
    return InvalidRequest("LIMIT_EXCEEDED", f"the filters of a root field {most}", path)


def _relation(t: NodeType, name: str) -> Relation | None:
    if name in _BOOLEAN or any(p.name == name for p in t.all_properties):
        return None
    return MODEL.relation(t.label, name)


def expression(p: Property, variable: LiteralString) -> LiteralString:
    """How the property reads in Cypher."""
    if p is VERSION:
        return f"coalesce({variable}.{p.name}, 0)"
    return f"{variable}:{p.label}" if p.label else f"{variable}.{p.name}"


def stored(p: Property) -> Convert | None:
    """How a given value of the property becomes what the database holds."""
    return _choice_converter(p.choices) if p.choices else None


@cache
def _choice_converter(choices: ClosedList) -> Convert:
    values = choices.stored

    def convert(value: Any) -> Any:
        return [values[v] for v in value] if isinstance(value, list) else values[value]

    return convert


def from_text(p: Property, value: Any) -> Any:
    """A sort value out of a cursor, in the type that the database compares."""
    if value is None:
        return None
    if p.kind is Kind.DATE:
        return date.fromisoformat(value)
    if p.kind is Kind.DATETIME:
        return datetime.fromisoformat(value)
    return value
