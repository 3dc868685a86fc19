"""The predicates that every pattern carries which reaches an owned node: whom the viewer sees."""

from typing import LiteralString

from graph.cypher import literal
from graph.model import MODEL, SLICE_OF, NodeType, Owned, Public
from graph.projection.owning import TREES, Ways, is_single, owning, partnered, ways_of
from graph.projection.patterns import agreed_to, either
from graph.projection.standing import STANDING
from graph.viewer import Viewer


def visible(node_type: NodeType, variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate over `variable`, or None where no restriction applies."""
    return _seen(node_type, variable, viewer, [*partnered(node_type, variable, viewer)])


def proposable(
    node_type: NodeType, variable: LiteralString, viewer: Viewer
) -> LiteralString | None:
    """The same for the candidates of a match: who agreed to be matched may be proposed to others.

    A person or organisation sees no more of them than a proposal shows, and no name.
    """
    access = node_type.access
    if not isinstance(access, Owned) or not access.partners or not is_single(viewer):
        return visible(node_type, variable, viewer)
    return _seen(
        node_type,
        variable,
        viewer,
        [*partnered(node_type, variable, viewer), agreed_to(variable, "MATCHING")],
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
        parts.append(either([*owning(t, variable, viewer, ways), *further]))
    if t.label in STANDING:
        parts.append(STANDING[t.label](variable))
    if "false" in parts:
        return "false"
    return " AND ".join(parts) or None


def visible_whatever(variable: LiteralString, viewer: Viewer) -> LiteralString | None:
    """A predicate for a node of any type, for the interior of paths.

    Types that are seen alike share a branch: the planner takes its time for each.
    """
    alike: dict[LiteralString, list[LiteralString]] = {}
    ways = ways_of(MODEL.node_types, variable, viewer)
    for t in MODEL.node_types:
        further: list[LiteralString] = [*partnered(t, variable, viewer)]
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
        f"${tree}_{literal(str(n))}" for tree, of in TREES for n in range(len(of(viewer)))
    ]
    return either([f"{path} STARTS WITH {prefix}" for prefix in prefixes])
