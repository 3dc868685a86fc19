"""Who answers for a node: unions by their paths, organisations and persons by ways to it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import LiteralString

from graph.cypher import literal
from graph.model import MODEL, NodeType, Owned, Public, Relation, Through, Way
from graph.model.people import PERSON
from graph.projection.patterns import agreed_to, either, end_of, leads
from graph.viewer import Scale, Viewer

SELF: LiteralString = "$viewer_person"
OWN: LiteralString = "$viewer_organisation"

_BOTH_AGREED: LiteralString = "['AGREED', 'ACTIVE', 'COMPLETED']"


def is_single(viewer: Viewer) -> bool:
    """Whether the viewer is a person or an organisation."""
    return viewer.person is not None or viewer.organisation is not None


def owning(
    t: NodeType, variable: LiteralString, viewer: Viewer, ways: "Ways | None" = None
) -> Iterator[LiteralString]:
    """Predicates, one of which holds where the viewer answers for the node or is the person."""
    match t.access:
        case Owned() as access:
            yield from in_jurisdiction(variable, viewer)
            if viewer.person is not None and PERSON.label in t.interfaces:
                yield f"{variable}.id = {SELF}"
            for way in own_ways(t, access, viewer):
                yield leads(t, variable, way, OWN)
            for way in access.persons if viewer.person is not None else ():
                yield leads(t, variable, way, SELF)
        case Through():
            yield from _through(t, variable, ways or ways_of([t], variable, viewer))
        case Public():
            pass


def in_jurisdiction(variable: LiteralString, viewer: Viewer) -> Iterator[LiteralString]:
    """Predicates of the node's paths, one for each union that the viewer answers for."""
    for tree, prefixes in TREES:
        path: LiteralString = f"{variable}.{tree}_path"
        if viewer.scale is Scale.LARGE:  # else the planner, to whom it looks small, begins with it
            path = f"coalesce({path}, '')"
        for n in range(len(prefixes(viewer))):
            number = literal(str(n))
            yield f"{path} STARTS WITH ${tree}_{number}"


TREES: tuple[tuple[LiteralString, Callable[[Viewer], tuple[str, ...]]], ...] = (
    ("region", lambda viewer: viewer.region_prefixes),
    ("system", lambda viewer: viewer.system_prefixes),
)


def own_ways(t: NodeType, access: Owned, viewer: Viewer) -> Iterator[Way]:
    """Ways from nodes of the type to an organisation like the viewer's."""
    if viewer.organisation is None:
        return
    for way in access.organisations:
        if end_of(t, way) == viewer.organisation_label:
            yield way


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
            where.insert(0, either([f"{far}:{label}" for label in labels]))
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


def ways_of(types: Sequence[NodeType], variable: LiteralString, viewer: Viewer) -> Ways:
    """The ways of some types, joined where what they lead to is seen alike."""
    joined: dict[tuple[bool, LiteralString, LiteralString], set[Relation]] = {}
    for t in types:
        purposes = dict(t.access.while_agreed) if isinstance(t.access, Through) else {}
        for r in access_of(t):
            where = _where_seen(r, variable, viewer)
            if where is not None:
                key = (r.outgoing, where, purposes.get(r.name, ""))
                joined.setdefault(key, set()).add(r)
    return [_Leading(*key, frozenset(relations)) for key, relations in joined.items()]


def access_of(t: NodeType) -> list[Relation]:
    """Relations through which nodes of the type are seen."""
    names = t.access.relations if isinstance(t.access, Through) else ()
    return [MODEL.relation(t.label, name) for name in names]


def _where_seen(r: Relation, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """What must hold of the far node; None if the viewer sees none."""
    far: LiteralString = f"{variable}_far"
    target = MODEL.node_type(r.target)
    parts: list[LiteralString] = []
    if not isinstance(target.access, Public):
        parts.append(either([*owning(target, far, viewer)]))
    if not viewer.sees_synthetic:
        parts.append(f"NOT coalesce({far}.synthetic, false)")
    return None if "false" in parts else " AND ".join(parts)


def _through(t: NodeType, variable: LiteralString, ways: Ways) -> Iterator[LiteralString]:
    """Of ways that may be those of several types, the ones that lead from this type."""
    own = access_of(t)
    for way in ways:
        mine = [r for r in own if r in way.relations]
        if not mine:
            continue
        if way.fits(t, own):
            yield way.text(variable)
        else:
            for r in mine:
                yield replace(way, relations=frozenset([r])).text(variable)


def partnered(t: NodeType, variable: LiteralString, viewer: Viewer) -> Iterator[LiteralString]:
    """Predicates of those with whom the viewer has a pairing, at whatever stage."""
    if viewer.person is not None and isinstance(t.access, Owned):
        for way in t.access.partners:
            yield leads(t, variable, way, SELF)


def named(t: NodeType, variable: LiteralString, viewer: Viewer) -> Iterator[LiteralString]:
    """Of those whom to name: both agreed to the pairing, and she agrees to be named (IDENTITY)."""
    if viewer.person is not None and isinstance(t.access, Owned) and t.access.partners:
        agreed: list[LiteralString] = [
            leads(t, variable, way, SELF, f"{variable}_{way[0]}.state IN {_BOTH_AGREED}")
            for way in t.access.partners
        ]
        yield f"({either(agreed)} AND {agreed_to(variable, 'IDENTITY')})"
