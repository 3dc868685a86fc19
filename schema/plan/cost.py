"""What an operation costs at most, as a formula over the sizes of its pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from schema.plan.collect import Collected, Collector
from schema.plan.planner import Path, Site
from schema.tariff import PARTS, is_list, price

INTROSPECTION = 100


class Formula:
    """Writes the formula: `s[address]` is how many objects the field at that site may return."""

    def __init__(self, schema: GraphQLSchema, collect: Collector, sites: Sequence[Site]) -> None:
        self._schema = schema
        self._collect = collect
        self._sites = {(site.path, site.name): site.address for site in sites}

    def of(self, t: GraphQLObjectType, fields: Collected, path: Path = (), page: str = "") -> str:
        """The cost of some fields of one object; `page` is the size of the page that it is."""
        terms: list[str] = []
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name in t.fields:
                terms += self._field(t, name, nodes, (*path, key), page)
            elif name != "__typename":
                terms.append(str(INTROSPECTION))
        return " + ".join(terms) or "0"

    def _field(
        self, t: GraphQLObjectType, name: str, nodes: Sequence[FieldNode], path: Path, page: str
    ) -> list[str]:
        field = t.fields[name]
        given = price(field)
        terms = [str(given.weight)] if given.weight else []
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            return terms
        address = self._sites.get((path, f"{t.name}.{name}"))
        size = "" if address is None else f"s[{address}]"
        below = self._below(inner, nodes, path, size)
        if not is_list(field.type):
            return [*terms, "1", below]
        length = page if page and name in PARTS else size or str(given.size)
        return [*terms, f"{length} * (1 + {below})"]

    def _below(self, t: Any, nodes: Sequence[FieldNode], path: Path, page: str) -> str:
        if not is_abstract_type(t):
            return self.of(t, self._collect.fields(t, nodes), path, page)
        members = self._schema.get_possible_types(t)
        formulas = {self.of(m, self._collect.fields(m, nodes), path): None for m in members}
        return f"max({', '.join(formulas)})" if len(formulas) > 1 else next(iter(formulas))


def sizes(sites: Sequence[Site], arguments: Mapping[Any, Any], usual: int) -> dict[Any, int]:
    """Address -> how many objects a field may return for one object above it."""
    return {s.address: _size(s.kind, arguments[s.address].statement, s, usual) for s in sites}


def _size(kind: str, statement: Mapping[str, Any], site: Site, usual: int) -> int:
    if kind == "page":
        return int(statement["limit"]) - 1
    if kind == "identifiers":
        return len(statement.get("ids") or "1")
    if kind == "asked":
        paged = "first" in site.field.args
        return int(statement.get("first") or (usual if paged else 1))
    return int(statement.get("limit") or 1)
