"""OPERATIONS: everything that can be done, checked at import."""

from collections.abc import Mapping

from graph.lifecycles import (
    associations,
    cases,
    competitions,
    flow,
    funding,
    honours,
    incentives,
    jobs,
    matching,
    mentoring,
    pairing,
    people,
    plans,
    programme,
    publicity,
    searches,
    sources,
    studios,
    support,
    training,
    transfer,
)
from graph.lifecycles.declare import Operation, check

SLICES = (
    mentoring,
    incentives,
    studios,
    competitions,
    support,
    transfer,
    pairing,
    jobs,
    associations,
    flow,
    funding,
    honours,
    programme,
    publicity,
    training,
    plans,
    matching,
    cases,
    sources,
    people,
    searches,
)
_ALL: tuple[Operation, ...] = tuple(o for s in SLICES for o in s.OPERATIONS)
check(_ALL)

OPERATIONS: Mapping[str, Operation] = {o.name: o for o in _ALL}


def possible(label: str, state: str | None) -> list[str]:
    """Names of the operations that a node of a type in a state can be moved by."""
    return [o.name for o in _ALL if o.subject.label == label and state in o.moves]
