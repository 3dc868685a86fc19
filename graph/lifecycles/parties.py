"""Who may act: in what role, and where they must stand to what is acted on.

Administrators may do everything. Everyone else acts through a party of the operation; all of them
are turned into one predicate here, so that the check stands in the statement that reads the facts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.cypher import literal
from graph.projection.access import below
from graph.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may act; `stands` is a predicate over what the operation binds.

    `everywhere` tells that everybody in the role may act.
    """

    description: str
    roles: frozenset[Role]
    stands: Callable[[Viewer], LiteralString]
    everywhere: bool = False


_UNION = frozenset({Role.UNION})
_PERSON = frozenset({Role.WORKER, Role.MASTER})


def allowed(parties: Sequence[Party], viewer: Viewer) -> LiteralString:
    """The predicate under which the viewer may act; `false` if there is no way at all."""
    if viewer.is_administrator:
        return "true"
    ways: list[LiteralString] = [p.stands(viewer) for p in parties if p.roles & viewer.roles]
    return f"({' OR '.join(ways)})" if ways else "false"


def answering(description: str, *ways: LiteralString, when: LiteralString = "true") -> Party:
    """A union at or above one that answers for the subject; each way ends in `(answers:Union)`.

    `when` is a predicate over what the operation binds.
    """

    def stands(viewer: Viewer) -> LiteralString:
        inside = below("answers.path", viewer)
        there = " OR ".join([f"EXISTS {{ MATCH {way} WHERE {inside} }}" for way in ways])
        return f"({when} AND ({there}))"

    return Party(description, _UNION, stands)


def _prefixes(viewer: Viewer) -> list[LiteralString]:
    return [literal(f"${name}") for name in viewer.parameters if name.startswith(("region_", "sy"))]


def its(name: LiteralString) -> Party:
    """The union of that name among what the operation binds, or one above it."""
    return answering(f"the {name}, or one above it", f"(answers:Union {{id: {name}.id}})")


def person(description: str, herself: LiteralString) -> Party:
    """Somebody for whom `herself` holds, a predicate in which `$viewer_person` is her id."""
    return Party(description, _PERSON, lambda viewer: herself if viewer.person else "false")


def organisation(description: str, role: Role, itself: LiteralString) -> Party:
    """An enterprise, studio or institute: `itself` is a predicate with `$viewer_organisation`."""
    roles = frozenset({role})
    return Party(description, roles, lambda viewer: itself if viewer.organisation else "false")


ITS_UNION = Party("a union in whose region or system it lies", _UNION, lambda _: "true")
"""For what only the unions in whose scope it lies can see: to see it is to answer for it."""


def _is_federation(viewer: Viewer) -> LiteralString:
    own = ", ".join(_prefixes(viewer))
    return f"EXISTS {{ MATCH (top:Union {{type: 'MUNICIPAL'}}) WHERE top.path IN [{own}] }}"


FEDERATION = Party("the municipal federation", _UNION, _is_federation)
ANY_UNION = Party("any union", _UNION, lambda _: "true", everywhere=True)
