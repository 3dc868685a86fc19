"""What a derived field means to the plan: it hangs on the field as metadata."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, LiteralString

from graphql import GraphQLField
from strawberry.types.field import StrawberryField

from graph.model import Property, Relation


class Part(Enum):
    """The fixed parts of a connection, an edge and a group."""

    EDGES = "edges"
    NODES = "nodes"
    PAGE_INFO = "page_info"
    TOTAL = "total_count"
    AGGREGATE = "aggregate"
    GROUPS = "groups"
    CURSOR = "cursor"
    NODE = "node"
    KEY = "key"
    COUNT = "count"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class IsValue:
    """A property of the node."""

    property: Property


@dataclass(frozen=True, slots=True)
class IsOne:
    """The node a to-one relation leads to."""

    relation: Relation


@dataclass(frozen=True, slots=True)
class IsMany:
    """A connection: over a relation, or over all nodes of a label."""

    label: LiteralString
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class IsWalk:
    """All nodes within so many steps of a relation."""

    relation: Relation


@dataclass(frozen=True, slots=True)
class IsBy:
    """The node whose id or key is given."""

    label: LiteralString
    name: LiteralString


@dataclass(frozen=True, slots=True)
class IsByIds:
    """Nodes of any type by their ids: one, or several."""

    many: bool


@dataclass(frozen=True, slots=True)
class IsEdgeValue:
    """A property of the relationship."""

    property: Property


@dataclass(frozen=True, slots=True)
class IsMeasured:
    """Figures over one property of a group: min, max, mean, sum."""

    property: Property


@dataclass(frozen=True, slots=True)
class IsFigure:
    """One of those figures."""

    function: LiteralString


@dataclass(frozen=True, slots=True)
class IsAsked:
    """A root field that a function of ours answers; `name` finds it, `weight` is its cost.

    `ids` are the arguments that are ids of nodes.
    """

    name: LiteralString
    weight: int = 0
    ids: tuple[str, ...] = ()


Meaning = (
    IsValue
    | IsOne
    | IsMany
    | IsWalk
    | IsBy
    | IsByIds
    | IsEdgeValue
    | IsMeasured
    | IsFigure
    | IsAsked
    | Part
)

_KEY = "meaning"


def meant(meaning: Meaning) -> dict[str, Meaning]:
    """Field metadata that carries a meaning."""
    return {_KEY: meaning}


def meaning_of(field: GraphQLField) -> Any:
    """The meaning of a field of the schema; None for fields of hand-written types."""
    definition: StrawberryField | None = field.extensions.get("strawberry-definition")
    return definition.metadata.get(_KEY) if definition else None
