"""What is wanted of the graph: a tree of columns, free of GraphQL and of values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import LiteralString

from graph.model import Property, Relation

Step = str | int


@dataclass(frozen=True, slots=True)
class Value:
    """One property of the node at hand."""

    property: Property


@dataclass(frozen=True, slots=True)
class One:
    """The node that a to-one relation leads to, or null."""

    relation: Relation
    want: "Want"


@dataclass(frozen=True, slots=True)
class Group:
    """Figures over all nodes of a connection, grouped by the keys that its arguments name."""

    address: Step
    measured: tuple[tuple[Property, tuple[LiteralString, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """A page of nodes: those of a label, or those that a relation leads to.

    `address` finds the field's arguments. A row is [sort values, edge values, node rows].
    The whole is [rows, total, groups …]; what is not asked for is null.
    """

    address: Step
    label: LiteralString
    relation: Relation | None = None
    rows: bool = True
    sort_values: bool = False
    edge: tuple[Property, ...] = ()
    nodes: tuple["Want", ...] = ()
    total: bool = False
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """All nodes within so many steps of a relation from a type to itself, nearest first."""

    address: Step
    relation: Relation
    want: "Want"


Column = Value | One | Many | Walk


@dataclass(frozen=True, slots=True)
class Want:
    """Columns for each concrete label that the node may have; a row begins with its label."""

    columns: Mapping[LiteralString, tuple[Column, ...]] = field(
        default_factory=dict[LiteralString, tuple[Column, ...]]
    )
    abstract: bool = False
