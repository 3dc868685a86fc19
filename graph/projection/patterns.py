"""Patterns along declared relations, and what is said of whom they lead to."""

from collections.abc import Sequence
from typing import LiteralString

from graph.model import MODEL, NodeType, Relation, Way
from graph.projection.dated import in_force

DAY: LiteralString = "$viewer_day"


def pattern(
    relation: Relation,
    near: LiteralString,
    far: LiteralString,
    edge: LiteralString = "",
    *,
    near_label: LiteralString = "",
) -> LiteralString:
    """The pattern `(near)-[edge:TYPE]->(far:Target)` in the relation's direction."""
    left, right = _arrow(relation)
    label: LiteralString = f":{near_label}" if near_label else ""
    return f"({near}{label}){left}[{edge}:{relation.type}]{right}({far}:{relation.target})"


def leads(
    t: NodeType, variable: LiteralString, way: Way, end: LiteralString, also: LiteralString = ""
) -> LiteralString:
    """A predicate: the way leads to `end`.

    It has no label, or the planner would begin at its index and walk back for each row.
    """
    last: LiteralString = f"{variable}_{way[-1]}"
    where: list[LiteralString] = [f"{last}.id = {end}", *([also] if also else [])]
    return f"EXISTS {{ {_along(t, variable, way, last, where)} }}"


def led_from(t: NodeType, variable: LiteralString, way: Way, end: LiteralString) -> LiteralString:
    """MATCH of the nodes from which a way leads to `end`, found by its id."""
    return _along(t, variable, way, f":Node:{end_of(t, way)} {{id: {end}}}", [])


def _along(
    t: NodeType,
    variable: LiteralString,
    way: Way,
    last: LiteralString,
    where: list[LiteralString],
) -> LiteralString:
    """MATCH from a node along a way to the node `last`, over records that hold today."""
    text: LiteralString = f"MATCH ({variable})"
    label = t.label
    for name in way:
        relation = MODEL.relation(label, name)
        label = relation.target
        node: LiteralString = f"{variable}_{name}"
        if MODEL.node_type(label).dated:
            where.append(in_force(node, DAY))
        left, right = _arrow(relation)
        inside: LiteralString = last if name == way[-1] else f"{node}:{label}"
        text += f"{left}[:{relation.type}]{right}({inside})"
    conditions: LiteralString = f" WHERE {' AND '.join(where)}" if where else ""
    return f"{text}{conditions}"


def end_of(t: NodeType, way: Way) -> LiteralString:
    """Label of the nodes that a way from a type leads to."""
    label = t.label
    for name in way:
        label = MODEL.relation(label, name).target
    return label


def _arrow(relation: Relation) -> tuple[LiteralString, LiteralString]:
    return ("-", "->") if relation.outgoing else ("<-", "-")


def agreed_to(variable: LiteralString, purpose: LiteralString) -> LiteralString:
    """A predicate: she agrees to this purpose today."""
    consent: LiteralString = f"{variable}_consent"
    return (
        f"EXISTS {{ MATCH ({variable})<-[:ABOUT_WORKER]-({consent}:Consent) "
        f"WHERE {consent}.purpose = '{purpose}' AND {in_force(consent, DAY)} }}"
    )


def either(ways: Sequence[LiteralString]) -> LiteralString:
    """A predicate: one of them holds."""
    return f"({' OR '.join(ways)})" if ways else "false"
