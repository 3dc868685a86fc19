"""The predicates that every pattern carries which reaches an owned node: whom, and how much."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import LiteralString

from graph.cypher import literal
from graph.errors import InvalidRequest
from graph.model import MODEL, SLICE_OF, NodeType, Owned, Property, Public, Relation, Through, Way
from graph.model.people import PERSON
from graph.projection.dated import in_force
from graph.projection.standing import STANDING
from graph.viewer import Role, Scale, Viewer

FEWEST_PERSONS: LiteralString = "5"

_SELF: LiteralString = "$viewer_person"
_OWN: LiteralString = "$viewer_organisation"
_DAY: LiteralString = "$viewer_day"
_BOTH_AGREED: LiteralString = "['AGREED', 'ACTIVE', 'COMPLETED']"


def visible(node_type: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate over `variable`, or None where no restriction applies."""
    return _seen(node_type, variable, viewer, [*_partnered(node_type, variable, viewer)])


def proposable(
    node_type: NodeType, variable: LiteralString, viewer: Viewer
) -> LiteralString | None:
    """The same for the candidates of a match: who agreed to be matched may be proposed to others.

    A person or organisation sees no more of them than a proposal shows, and no name.
    """
    access = node_type.access
    if not isinstance(access, Owned) or not access.partners or not _is_single(viewer):
        return visible(node_type, variable, viewer)
    return _seen(
        node_type,
        variable,
        viewer,
        [*_partnered(node_type, variable, viewer), agreed_to(variable, "MATCHING")],
    )


def still_proposable(
    node_type: NodeType, variable: LiteralString, viewer: Viewer
) -> LiteralString | None:
    """The same for what a match found a while ago: who took her consent back is gone for all."""
    parts: list[LiteralString] = []
    if isinstance(node_type.access, Owned) and node_type.access.partners:
        parts.append(agreed_to(variable, "MATCHING"))
    if allowed := proposable(node_type, variable, viewer):
        parts.append(allowed)
    return " AND ".join(parts) or None


def _seen(
    t: NodeType,
    variable: LiteralString,
    viewer: Viewer,
    further: list[LiteralString],
    ways: "Ways | None" = None,
) -> LiteralString | None:
    if not viewer.may_read(SLICE_OF.get(t.label, "")):
        return "false"
    parts: list[LiteralString] = []
    if not viewer.sees_synthetic:
        parts.append(f"NOT coalesce({variable}.synthetic, false)")
    if not isinstance(t.access, Public) and not viewer.sees_everything:
        parts.append(_either([*_owning(t, variable, viewer, ways), *further]))
    if t.label in STANDING:
        parts.append(STANDING[t.label](variable))
    if "false" in parts:
        return "false"
    return " AND ".join(parts) or None


def identified(t: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate: whose node it is may be known, and its personal properties; None if always."""
    if viewer.is_administrator or isinstance(t.access, Public):
        return None
    if not viewer.sees_everything and (isinstance(t.access, Through) or not _is_single(viewer)):
        return None
    return _either([*_owning(t, variable, viewer), *_named(t, variable, viewer)])


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
        for tree, prefixes in _TREES
        for n in range(len(prefixes(viewer)))
    ]
    if viewer.person is not None:
        ways.append(f"{variable}.id = {_SELF}")
    return _either(ways) if ways else ""


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


def _is_single(viewer: Viewer) -> bool:
    return viewer.person is not None or viewer.organisation is not None


def _either(ways: Sequence[LiteralString]) -> LiteralString:
    return f"({' OR '.join(ways)})" if ways else "false"


def _owning(
    t: NodeType, variable: LiteralString, viewer: Viewer, ways: "Ways | None" = None
) -> Iterator[LiteralString]:
    """Predicates, one of which holds where the viewer answers for the node or is the person."""
    match t.access:
        case Owned() as access:
            yield from _in_jurisdiction(variable, viewer)
            if viewer.person is not None and PERSON.label in t.interfaces:
                yield f"{variable}.id = {_SELF}"
            for way in _own_ways(t, access, viewer):
                yield _leads(t, variable, way, _OWN)
            for way in access.persons if viewer.person is not None else ():
                yield _leads(t, variable, way, _SELF)
        case Through():
            yield from _through(t, variable, ways or _ways([t], variable, viewer))
        case Public():
            pass


def _in_jurisdiction(variable: LiteralString, viewer: Viewer) -> Iterator[LiteralString]:
    for tree, prefixes in _TREES:
        path: LiteralString = f"{variable}.{tree}_path"
        if viewer.scale is Scale.LARGE:  # else the planner, to whom it looks small, begins with it
            path = f"coalesce({path}, '')"
        for n in range(len(prefixes(viewer))):
            number = literal(str(n))
            yield f"{path} STARTS WITH ${tree}_{number}"


_TREES: tuple[tuple[LiteralString, Callable[[Viewer], tuple[str, ...]]], ...] = (
    ("region", lambda viewer: viewer.region_prefixes),
    ("system", lambda viewer: viewer.system_prefixes),
)


def _own_ways(t: NodeType, access: Owned, viewer: Viewer) -> Iterator[Way]:
    if viewer.organisation is None:
        return
    for way in access.organisations:
        if _end(t, way) == viewer.organisation_label:
            yield way


def _end(t: NodeType, way: Way) -> LiteralString:
    label = t.label
    for name in way:
        label = MODEL.relation(label, name).target
    return label


@dataclass(frozen=True, slots=True)
class _Leading:
    """Relationship types and labels that lead, in a direction, to nodes that are seen alike."""

    outgoing: bool
    where: LiteralString
    while_agreed: LiteralString
    relations: frozenset[Relation]

    def text(self, variable: LiteralString) -> LiteralString:
        """A predicate: one of them leads to a node that is seen."""
        left, right = ("-", "->") if self.outgoing else ("<-", "-")
        types = literal("|".join(sorted({r.type for r in self.relations})))
        labels: list[LiteralString] = [
            literal(label) for label in sorted({r.target for r in self.relations})
        ]
        far: LiteralString = f"{variable}_far"
        end: LiteralString = f"{far}:{labels[0]}" if len(labels) == 1 else far
        where: list[LiteralString] = [self.where] if self.where else []
        if len(labels) > 1:  # not as far:A|B, which no pattern bears that has another as :A:B
            either: list[LiteralString] = [f"{far}:{label}" for label in labels]
            where.insert(0, _either(either))
        conditions: LiteralString = f" WHERE {' AND '.join(where)}" if where else ""
        way: LiteralString = (
            f"EXISTS {{ MATCH ({variable}){left}[:{types}]{right}({end}){conditions} }}"
        )
        if not self.while_agreed:
            return way
        about: LiteralString = f"{variable}_about"
        return (
            f"({way} AND NOT EXISTS {{ MATCH ({variable})-[:ABOUT_WORKER]->({about}:Worker) "
            f"WHERE NOT {agreed_to(about, self.while_agreed)} }})"
        )

    def fits(self, t: NodeType, own: Sequence[Relation]) -> bool:
        """Whether it leads from nodes of the type over the `own` relations only."""
        types = {r.type for r in self.relations}
        labels = {r.target for r in self.relations}
        return all(
            r in own
            for r in MODEL.relations[t.label]
            if r.outgoing == self.outgoing and r.type in types and r.target in labels
        )


Ways = Sequence[_Leading]
"""How nodes of some types are seen through others; the planner takes its time for each."""


def _ways(types: Sequence[NodeType], variable: LiteralString, viewer: Viewer) -> Ways:
    """The ways of some types, joined where what they lead to is seen alike."""
    joined: dict[tuple[bool, LiteralString, LiteralString], set[Relation]] = {}
    for t in types:
        purposes = dict(t.access.while_agreed) if isinstance(t.access, Through) else {}
        for r in _access_of(t):
            where = _where_seen(r, variable, viewer)
            if where is not None:
                key = (r.outgoing, where, purposes.get(r.name, ""))
                joined.setdefault(key, set()).add(r)
    return [_Leading(*key, frozenset(relations)) for key, relations in joined.items()]


def _access_of(t: NodeType) -> list[Relation]:
    names = t.access.relations if isinstance(t.access, Through) else ()
    return [MODEL.relation(t.label, name) for name in names]


def _where_seen(r: Relation, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """What must hold of the far node; None if the viewer sees none."""
    far: LiteralString = f"{variable}_far"
    target = MODEL.node_type(r.target)
    parts: list[LiteralString] = []
    if not isinstance(target.access, Public):
        parts.append(_either([*_owning(target, far, viewer)]))
    if not viewer.sees_synthetic:
        parts.append(f"NOT coalesce({far}.synthetic, false)")
    return None if "false" in parts else " AND ".join(parts)


def _through(t: NodeType, variable: LiteralString, ways: Ways) -> Iterator[LiteralString]:
    """Of ways that may be those of several types, the ones that lead from this type."""
    own = _access_of(t)
    for way in ways:
        mine = [r for r in own if r in way.relations]
        if not mine:
            continue
        if way.fits(t, own):
            yield way.text(variable)
        else:
            for r in mine:
                yield replace(way, relations=frozenset([r])).text(variable)


def _partnered(t: NodeType, variable: LiteralString, viewer: Viewer) -> Iterator[LiteralString]:
    """Predicates of those with whom the viewer has a pairing, at whatever stage."""
    if viewer.person is not None and isinstance(t.access, Owned):
        for way in t.access.partners:
            yield _leads(t, variable, way, _SELF)


def _named(t: NodeType, variable: LiteralString, viewer: Viewer) -> Iterator[LiteralString]:
    """Of those whom to name: both agreed to the pairing, and she agrees to be named (IDENTITY)."""
    if viewer.person is not None and isinstance(t.access, Owned) and t.access.partners:
        agreed: list[LiteralString] = [
            _leads(t, variable, way, _SELF, f"{variable}_{way[0]}.state IN {_BOTH_AGREED}")
            for way in t.access.partners
        ]
        yield f"({_either(agreed)} AND {agreed_to(variable, 'IDENTITY')})"


def agreed_to(variable: LiteralString, purpose: LiteralString) -> LiteralString:
    """A predicate: she agrees to this purpose today."""
    consent: LiteralString = f"{variable}_consent"
    return (
        f"EXISTS {{ MATCH ({variable})<-[:ABOUT_WORKER]-({consent}:Consent) "
        f"WHERE {consent}.purpose = '{purpose}' AND {in_force(consent, _DAY)} }}"
    )


def _leads(
    t: NodeType, variable: LiteralString, way: Way, end: LiteralString, also: LiteralString = ""
) -> LiteralString:
    """A predicate: the way leads to `end`.

    It has no label, or the planner would begin at its index and walk back for each row.
    """
    last: LiteralString = f"{variable}_{way[-1]}"
    where: list[LiteralString] = [f"{last}.id = {end}", *([also] if also else [])]
    return f"EXISTS {{ {_along(t, variable, way, last, where)} }}"


def _from(t: NodeType, variable: LiteralString, way: Way, end: LiteralString) -> LiteralString:
    """MATCH of the nodes from which a way leads to `end`, found by its id."""
    return _along(t, variable, way, f":Node:{_end(t, way)} {{id: {end}}}", [])


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
            where.append(in_force(node, _DAY))
        left, right = _arrow(relation)
        inside: LiteralString = last if name == way[-1] else f"{node}:{label}"
        text += f"{left}[:{relation.type}]{right}({inside})"
    conditions: LiteralString = f" WHERE {' AND '.join(where)}" if where else ""
    return f"{text}{conditions}"


def anchored(t: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """Clauses that bind `variable` to the few nodes a person or organisation may see.

    No index of paths finds them, and reading all nodes to keep a few costs as much as all.
    None where the viewer is no person or organisation, or the type may be seen by everyone.
    """
    if viewer.sees_everything or not _is_single(viewer) or _is_open(t):
        return None
    branches: list[LiteralString] = [
        f"{found} RETURN DISTINCT {variable}" for found in _anchors(t, variable, viewer)
    ]
    return f"CALL () {{ {' UNION '.join(branches)} }} WITH {variable}" if branches else None


def _is_open(t: NodeType) -> bool:
    """Whether nodes of the type may be seen by everyone, be it through others."""
    targets = [MODEL.node_type(r.target) for r in _access_of(t)]
    return isinstance(t.access, Public) or any(_is_open(target) for target in targets)


def _anchors(t: NodeType, variable: LiteralString, viewer: Viewer) -> Iterator[LiteralString]:
    if isinstance(t.access, Owned):
        yield from _own_anchors(t, t.access, variable, viewer)
    elif isinstance(t.access, Through):
        for name in t.access.relations:
            relation = MODEL.relation(t.label, name)
            owner: LiteralString = f"{variable}_{name}"
            for found in _anchors(MODEL.node_type(relation.target), owner, viewer):
                yield f"{found} MATCH {pattern(relation, variable, owner, near_label=t.label)}"


def _own_anchors(
    t: NodeType, access: Owned, variable: LiteralString, viewer: Viewer
) -> Iterator[LiteralString]:
    for within in _in_jurisdiction(variable, viewer):
        yield f"MATCH ({variable}:{t.label}) WHERE {within}"
    for way in _own_ways(t, access, viewer):
        yield _from(t, variable, way, _OWN)
    if viewer.person is not None:
        if PERSON.label in t.interfaces:
            yield f"MATCH ({variable}:Node:{t.label} {{id: {_SELF}}})"
        for way in (*access.persons, *access.partners):
            yield _from(t, variable, way, _SELF)


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


def _arrow(relation: Relation) -> tuple[LiteralString, LiteralString]:
    return ("-", "->") if relation.outgoing else ("<-", "-")


def visible_whatever(variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate for a node of any type, for the interior of paths.

    Types that are seen alike share a branch: the planner takes its time for each.
    """
    alike: dict[LiteralString, list[LiteralString]] = {}
    ways = _ways(MODEL.node_types, variable, viewer)
    for t in MODEL.node_types:
        further: list[LiteralString] = [*_partnered(t, variable, viewer)]
        predicate = _seen(t, variable, viewer, further, ways)
        if predicate is not None:
            label: LiteralString = f"{variable}:{t.label}"
            alike.setdefault(predicate, []).append(label)
    branches: list[LiteralString] = []
    for predicate, labels in alike.items():
        either = " OR ".join(labels)
        branches.append(f"WHEN {either} THEN {predicate}")
    return f"CASE {' '.join(branches)} ELSE {variable}:Node END" if branches else None


def below(path: LiteralString, viewer: Viewer) -> LiteralString:
    """A predicate: a union's path lies in one of the viewer's regions or systems."""
    prefixes: list[LiteralString] = [
        f"${tree}_{literal(str(n))}" for tree, of in _TREES for n in range(len(of(viewer)))
    ]
    return _either([f"{path} STARTS WITH {prefix}" for prefix in prefixes])


def counts_persons(viewer: Viewer) -> bool:
    """Whether figures over fewer than five persons are withheld from the viewer.

    Not from administrators, and not from officers over the people of their own unions.
    """
    return viewer.roles.isdisjoint({Role.ADMINISTRATOR, Role.UNION})
