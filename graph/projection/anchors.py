"""The few nodes that a person or organisation may see, found from herself."""

from collections.abc import Iterator
from typing import LiteralString

from graph.model import MODEL, NodeType, Owned, Public, Through
from graph.model.people import PERSON
from graph.projection.owning import OWN, SELF, access_of, in_jurisdiction, is_single, own_ways
from graph.projection.patterns import led_from, pattern
from graph.viewer import Viewer


def anchored(t: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """Clauses that bind `variable` to the few nodes a person or organisation may see.

    No index of paths finds them, and reading all nodes to keep a few costs as much as all.
    None where the viewer is no person or organisation, or the type may be seen by everyone.
    """
    if viewer.sees_everything or not is_single(viewer) or _is_open(t):
        return None
    branches: list[LiteralString] = [
        f"{found} RETURN DISTINCT {variable}" for found in _anchors(t, variable, viewer)
    ]
    return f"CALL () {{ {' UNION '.join(branches)} }} WITH {variable}" if branches else None


def _is_open(t: NodeType) -> bool:
    """Whether nodes of the type may be seen by everyone, be it through others."""
    targets = [MODEL.node_type(r.target) for r in access_of(t)]
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
    for within in in_jurisdiction(variable, viewer):
        yield f"MATCH ({variable}:{t.label}) WHERE {within}"
    for way in own_ways(t, access, viewer):
        yield led_from(t, variable, way, OWN)
    if viewer.person is not None:
        if PERSON.label in t.interfaces:
            yield f"MATCH ({variable}:Node:{t.label} {{id: {SELF}}})"
        for way in (*access.persons, *access.partners):
            yield led_from(t, variable, way, SELF)
