"""What is personal: whose node it is may be known, whom a record tells of, what few may count."""

from typing import LiteralString

from graph.cypher import literal
from graph.errors import InvalidRequest
from graph.model import MODEL, NodeType, Owned, Property, Public, Through
from graph.model.people import PERSON
from graph.projection.access import visible
from graph.projection.owning import SELF, TREES, is_single, named, owning
from graph.projection.patterns import either, pattern
from graph.viewer import Role, Viewer

FEWEST_PERSONS: LiteralString = "5"


def identified(t: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate: whose node it is may be known, and its personal properties; None if always."""
    if viewer.is_administrator or isinstance(t.access, Public):
        return None
    if not viewer.sees_everything and (isinstance(t.access, Through) or not is_single(viewer)):
        return None
    return either([*owning(t, variable, viewer), *named(t, variable, viewer)])


def traced(t: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString:
    """Whose personal values are shown to somebody outside her own organisation; null if nobody's.

    A person's own organisation is the union she belongs to directly, not those above it.
    """
    person = person_of(t, variable)
    own = _own_people(t, variable, viewer)
    known: LiteralString | None = identified(t, variable, viewer)
    if not person or known == "false" or own == "true":
        return "null"
    where: list[LiteralString] = []
    if own:
        where.append(f"NOT coalesce({own}, false)")
    if known is not None:
        where.append(known)
    return f"CASE WHEN {' AND '.join(where)} THEN {person}.id END" if where else f"{person}.id"


def _own_people(t: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString:
    if viewer.organisation is not None and not viewer.is_of_union and viewer.person is None:
        return "true"
    if not isinstance(t.access, Owned):
        return ""
    ways: list[LiteralString] = [
        f"{variable}.{tree}_path = ${tree}_{literal(str(n))}"
        for tree, prefixes in TREES
        for n in range(len(prefixes(viewer)))
    ]
    if viewer.person is not None:
        ways.append(f"{variable}.id = {SELF}")
    return either(ways) if ways else ""


def names_hidden(t: NodeType, viewer: Viewer) -> bool:
    """Whether the viewer sees nodes of this type without knowing whose they are.

    Then no filter, order, group or search may ask for their personal properties.
    """
    if viewer.is_administrator or isinstance(t.access, Public):
        return False
    return viewer.sees_everything or (
        viewer.person is not None and isinstance(t.access, Owned) and bool(t.access.partners)
    )


def refuse_personal(t: NodeType, p: Property, viewer: Viewer, *, order: bool = False) -> None:
    """Raise InvalidRequest where `p` may not decide what the viewer finds.

    An order by key tells nothing of a key but its place.
    """
    if p.name not in t.personal or not names_hidden(t, viewer) or (order and p.name == "key"):
        return
    raise InvalidRequest(
        "FORBIDDEN",
        f"{t.label}.{p.name} is personal; who sees people without knowing who they are may not "
        "filter, sort, group or search by it",
    )


def person_of(t: NodeType, node: LiteralString) -> LiteralString:
    """The person that a node is or tells of; empty where it tells of none."""
    if PERSON.label in t.interfaces and isinstance(t.access, Owned):
        return node
    if isinstance(t.access, Through):
        relation = MODEL.relation(t.label, t.access.relations[0])
        far: LiteralString = f"{node}_person"
        person = person_of(MODEL.node_type(relation.target), far)
        return f"head([{pattern(relation, node, far)} | {person}])" if person else ""
    return ""


def person_seen(t: NodeType, node: LiteralString, viewer: Viewer) -> LiteralString:
    """The person that a node is or tells of and whom the viewer sees, or null.

    Empty where nodes of the type tell of nobody. The node itself is one that the viewer sees.
    """
    if PERSON.label in t.interfaces and isinstance(t.access, Owned):
        return node
    if not isinstance(t.access, Through):
        return ""
    ways: list[LiteralString] = []
    for name in t.access.relations:
        relation = MODEL.relation(t.label, name)
        far: LiteralString = f"{node}_{name}"
        target = MODEL.node_type(relation.target)
        person = person_seen(target, far, viewer)
        if person:
            seen: LiteralString = visible(target, far, viewer) or "true"
            ways.append(f"head([{pattern(relation, node, far)} WHERE {seen} | {person}])")
    return f"coalesce({', '.join(ways)})" if ways else ""


def counts_persons(viewer: Viewer) -> bool:
    """Whether figures over fewer than five persons are withheld from the viewer.

    Not from administrators, and not from officers over the people of their own unions.
    """
    return viewer.roles.isdisjoint({Role.ADMINISTRATOR, Role.UNION})
