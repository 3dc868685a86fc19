"""The Cypher of an operation, derived from its declaration."""

from collections.abc import Iterator
from functools import cache
from typing import LiteralString

from graph.lifecycles.declare import Operation, Reference
from graph.lifecycles.parties import allowed
from graph.model import MODEL, NODE, Relation
from graph.model.declare import VERSION
from graph.projection.access import visible, visible_whatever
from graph.projection.patterns import pattern
from graph.viewer import Viewer
from graph.writes.nodes import history_text
from graph.writes.provenance import RECORD_CHANGE


@cache
def lock(o: Operation) -> LiteralString:
    """Takes the locks, in the order of ids; empty if there is nothing to lock.

    A lock is a unique name, not a write to the node: who waits for a node's write lock holds what
    its owner needs to relate something to the node, so that two would always deadlock. What is
    locked gets a new version, for it is changed or rested on.
    """
    parts: list[LiteralString] = []
    names: list[LiteralString] = []
    if not o.creates:
        parts.append(f"MATCH (subject:Node:{o.subject.label} {{id: $ids.subject}})")
        names.append("[subject]")
    if o.rivals:
        parts.append(f"MATCH (rival:{o.subject.label} {{{o.rivals}: subject.{o.rivals}}})")
        names.append("[rival]")
    for name, relation in o.reached.items():
        if name in o.locks:
            parts.append(f"OPTIONAL MATCH {pattern(relation, 'subject', name)}")
            names.append(f"[{name}]")
    for r in o.references:
        if r.name in o.locks:
            parts.append(_refer(r, None))
            names.append(r.name if r.many else f"[{r.name}]")
    if not names:
        return ""
    return (
        f"{' '.join(parts)} UNWIND {' + '.join(names)} AS node "
        "WITH DISTINCT node WHERE node IS NOT NULL WITH node ORDER BY node.id "
        "MERGE (lock:Lock {name: node.id}) DELETE lock WITH node "
        f"SET node.{VERSION.name} = coalesce(node.{VERSION.name}, 0) + 1"
    )


def facts(o: Operation, viewer: Viewer) -> LiteralString:
    """Reads everything that decides: what is there, who may act, which rules hold."""
    parts: list[LiteralString] = []
    if not o.creates:
        seen = visible(o.subject, "subject", viewer) or "true"
        current: LiteralString = " AND subject.recorded_to IS NULL" if o.subject.dated else ""
        parts.append(
            f"MATCH (subject:Node:{o.subject.label} {{id: $ids.subject}}) WHERE {seen}{current}"
        )
    parts.extend(_reach(o))
    parts.extend([_refer(r, viewer) for r in o.references])
    ids = ", ".join([*_ids(o)])
    holds = ", ".join([f"coalesce({rule.holds}, false)" for rule in o.rules])
    stored: LiteralString = "{}" if o.creates else "properties(subject)"
    exists: LiteralString = (
        f"EXISTS {{ (same:{o.subject.label} {{key: $key}}) }}" if o.same else "false"
    )
    return (
        f"{' '.join(parts)} RETURN {{{ids}}} AS ids, {stored} AS stored, "
        f"coalesce({allowed(o.by, viewer)}, false) AS allowed, {exists} AS exists, "
        f"[{holds}] AS holds, {_synthetic(o)} AS synthetic"
    )


def _reach(o: Operation) -> list[LiteralString]:
    return [f"OPTIONAL MATCH {pattern(r, 'subject', name)}" for name, r in o.reached.items()]


def _refer(r: Reference, viewer: Viewer | None) -> LiteralString:
    variable: LiteralString = "n" if r.many else r.name
    seen = _visible(r.label, variable, viewer) if viewer else None
    where: LiteralString = f"AND {seen}" if seen else ""
    if r.many:
        return (
            f"CALL () {{ MATCH (n:Node:{r.label}) "
            f"WHERE n.id IN $ids.{r.name} {where} RETURN collect(n) AS {r.name} }}"
        )
    return f"OPTIONAL MATCH ({r.name}:Node:{r.label} {{id: $ids.{r.name}}}) WHERE true {where}"


def _visible(label: LiteralString, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    if MODEL.interface(label) is not None:
        return visible_whatever(variable, viewer)
    return visible(MODEL.node_type(label), variable, viewer)


def _ids(o: Operation) -> Iterator[LiteralString]:
    if not o.creates:
        yield "subject: subject.id"
    for name in o.reaches:
        yield f"{name}: {name}.id"
    for r in o.references:
        if r.many:  # in the order in which they were given
            yield f"{r.name}: [i IN $ids.{r.name} WHERE any(n IN {r.name} WHERE n.id = i)]"
        else:
            yield f"{r.name}: {r.name}.id"


def _synthetic(o: Operation) -> LiteralString:
    """What refers to something made up is made up."""
    names: list[LiteralString] = [r.name if r.many else f"[{r.name}]" for r in o.references]
    return f"any(n IN {' + '.join(names)} WHERE coalesce(n.synthetic, false))" if names else "false"


@cache
def writes(o: Operation) -> tuple[LiteralString, ...]:
    """The statements that write, for ids that have been checked."""
    text = f"{_bind(o)} {_create(o) if o.creates else _change()} {_relate(o)} {_effect(o)}"
    if o.creates or not o.subject.dated:
        return (text,)
    return (_keep(o), text)


def _bind(o: Operation) -> LiteralString:
    parts: list[LiteralString] = []
    if not o.creates:
        parts.append(f"MATCH (subject:Node:{o.subject.label} {{id: $ids.subject}})")
    parts += _reach(o) if o.effect else ()
    return " ".join([*parts, *[_refer(r, None) for r in o.references if r.relation or o.effect]])


def _create(o: Operation) -> LiteralString:
    labels = ":".join([o.subject.label, NODE.label, *o.subject.interfaces])
    return f"CREATE (subject:{labels}) SET subject = $values"


def _change() -> LiteralString:
    return (
        "WITH *, properties(subject) AS old, $values AS new "
        "FOREACH (p IN [p IN $changed WHERE coalesce(old[p] <> new[p], true)] "
        f"| {RECORD_CHANGE}(subject)) SET subject += new"
    )


def _keep(o: Operation) -> LiteralString:
    return (
        f"WITH {{history_id: $fresh + '0'}} AS row MATCH (n:Node:{o.subject.label} "
        f"{{id: $ids.subject}}) {history_text(o.subject)} RETURN count(n)"
    )


def _relate(o: Operation) -> LiteralString:
    parts: list[LiteralString] = []
    for r in o.references:
        if r.relation:
            relation = MODEL.relation(o.subject.label, r.relation)
            each: LiteralString = r.name if r.many else f"[{r.name}]"
            parts.append(
                f"FOREACH (far IN [n IN {each} WHERE n IS NOT NULL] | MERGE {_edge(relation)})"
            )
    return " ".join(parts)


def _edge(r: Relation) -> LiteralString:
    left, right = ("-", "->") if r.outgoing else ("<-", "-")
    return f"(subject){left}[:{r.type}]{right}(far)"


def _effect(o: Operation) -> LiteralString:
    return f"WITH * {o.effect}" if o.effect else ""


def described(o: Operation) -> str:
    """What the contract says of the operation, besides its own description."""
    rows = f" ({', '.join(o.policy)})" if o.policy else ""
    who = "; ".join([p.description for p in o.by]) or "administrators only"
    problems = ", ".join([rule.code for rule in o.rules])
    sentences = [o.description + rows, *_moves(o), f"By: {who}"]
    return ". ".join([*sentences, *([f"Problems: {problems}"] if problems else ())]) + "."


def _moves(o: Operation) -> Iterator[str]:
    for after in dict.fromkeys(o.moves.values()):
        yield f"From {', '.join([b for b, a in o.moves.items() if a == after])} to {after}"
