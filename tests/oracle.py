"""What filters mean, said a second time in plain Python over the rows that were written."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from graph.clock import BEIJING
from graph.model import MODEL, Kind, NodeType, Owned, Property, Public, Relation
from graph.viewer import Viewer
from tests.seeded import Rows

Node = Mapping[str, Any]


class Oracle:
    """Answers filters over rows for one viewer, node by node, without any index or plan."""

    def __init__(self, rows: Rows, viewer: Viewer) -> None:
        self._nodes = {n["values"]["id"]: n for n in rows.nodes}
        self._edges = rows.edges
        self._viewer = viewer

    def found(self, t: NodeType, conditions: Any) -> list[str]:
        """Ids of the nodes of a type that meet conditions written as a client writes them."""
        nodes = [n for n in self._nodes.values() if self._counts(t, n)]
        met = [n["values"] for n in nodes if self._node(t, n, conditions)]
        return [values["id"] for values in sorted(met, key=lambda v: v["key"])]

    def _counts(self, t: NodeType, node: Node) -> bool:
        """Whether a node is of a type, seen by the viewer, and no record that was corrected."""
        corrected = t.dated and node["values"].get("recorded_to") is not None
        return t.label in node["labels"] and not corrected and self.sees(t, node)

    def sees(self, t: NodeType, node: Node) -> bool:
        """Whether the viewer sees a node."""
        if self._viewer.sees_everything or isinstance(t.access, Public):
            return True
        if isinstance(t.access, Owned):
            values = node["values"]
            regions = any(values["region_path"].startswith(p) for p in self._viewer.region_prefixes)
            systems = any(values["system_path"].startswith(p) for p in self._viewer.system_prefixes)
            return regions or systems
        ways = [MODEL.relation(t.label, name) for name in t.access.relations]
        purposes = dict(t.access.while_agreed)
        return any(
            self.sees(MODEL.node_type(r.target), far)
            and (r.name not in purposes or self._agreed(t, node, purposes[r.name]))
            for r in ways
            for far, _ in self._far(r, node)
        )

    def _agreed(self, t: NodeType, node: Node, purpose: str) -> bool:
        """Whether the worker that a node is about, if any, agrees to a purpose without an end."""
        consents = MODEL.relation("Worker", "consents")
        return all(
            any(
                c["values"]["purpose"] == purpose and c["values"]["recorded_to"] is None
                for c, _ in self._far(consents, worker)
            )
            for worker, _ in self._far(MODEL.relation(t.label, "worker"), node)
        )

    def _far(self, relation: Relation, node: Node) -> Iterator[tuple[Node, Mapping[str, Any]]]:
        near, far = ("source", "target") if relation.outgoing else ("target", "source")
        for edge in self._edges:
            if edge["type"] == relation.type and edge[near] == node["values"]["id"]:
                other = self._nodes[edge[far]]
                if relation.target in other["labels"]:
                    yield other, edge["values"]

    def _node(self, t: NodeType, node: Node, conditions: Any) -> bool:
        return all(self._met(t, node, *c) for c in conditions.items() if c[1] is not None)

    def _met(self, t: NodeType, node: Node, name: str, value: Any) -> bool:
        if name == "NOT":
            return not self._node(t, node, value)
        if name in {"AND", "OR"}:
            parts = [self._node(t, node, c) for c in value]
            return all(parts) if name == "AND" else any(parts)
        p = next((p for p in t.all_properties if camel(p.name) == name), None)
        if p is not None:
            return holds(p, p.label in node["labels"] if p.label else node["values"][p.name], value)
        return self._related(MODEL.relation(t.label, name), node, value)

    def _related(self, relation: Relation, node: Node, value: Any) -> bool:
        target = MODEL.node_type(relation.target)
        pairs = [(f, edge) for f, edge in self._far(relation, node) if self._counts(target, f)]
        quantifiers = value if relation.many else {"some": value}
        for quantifier, conditions in quantifiers.items():
            if conditions is None:
                continue
            met = [self._edge(relation, far, edge, conditions) for far, edge in pairs]
            if not {"some": any(met), "none": not any(met), "all": all(met)}[quantifier]:
                return False
        return True

    def _edge(self, relation: Relation, far: Node, edge: Any, conditions: Any) -> bool:
        target = MODEL.node_type(relation.target)
        if not relation.properties:
            return self._node(target, far, conditions)
        given = {name: value for name, value in conditions.items() if value is not None}
        node = given.pop("node", {})
        properties = {camel(p.name): p for p in relation.properties}
        return self._node(target, far, node) and all(
            holds(properties[name], edge[properties[name].name], value)
            for name, value in given.items()
        )


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def holds(p: Property, value: Any, operators: Mapping[str, Any]) -> bool:
    """Whether a stored value meets all operators."""
    return all(_compared(p, value, operator, given) for operator, given in operators.items())


def _compared(p: Property, value: Any, operator: str, given: Any) -> bool:
    missing = value is None
    if operator == "isNull":
        return given is None or missing is given
    if given is None:
        return {"eq": missing, "ne": not missing}.get(operator, True)
    wanted = [_read(p, g) for g in given] if isinstance(given, list) else _read(p, given)
    if missing:
        return operator in {"ne", "notIn"}
    return bool(_OPERATORS[operator](value, wanted))


_OPERATORS: Mapping[str, Any] = {
    "eq": lambda value, wanted: value == wanted,
    "ne": lambda value, wanted: value != wanted,
    "gt": lambda value, wanted: value > wanted,
    "gte": lambda value, wanted: value >= wanted,
    "lt": lambda value, wanted: value < wanted,
    "lte": lambda value, wanted: value <= wanted,
    "in": lambda value, wanted: value in wanted,
    "notIn": lambda value, wanted: value not in wanted,
    "contains": lambda value, wanted: wanted in value,
    "startsWith": lambda value, wanted: value.startswith(wanted),
    "endsWith": lambda value, wanted: value.endswith(wanted),
    "has": lambda value, wanted: wanted in value,
    "hasAny": lambda value, wanted: any(w in value for w in wanted),
    "hasAll": lambda value, wanted: all(w in value for w in wanted),
}


def _read(p: Property, given: Any) -> Any:
    if p.choices is not None:
        return p.choices.stored[given]
    if p.kind is Kind.DATE:
        return date.fromisoformat(given)
    if p.kind is Kind.DATETIME:
        moment = datetime.fromisoformat(given)
        return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).astimezone(UTC)
    return given
