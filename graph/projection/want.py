"""What is wanted of the graph: a tree of columns, free of GraphQL and of values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from graph.model import Property, Relation

Step = str | int


@dataclass(frozen=True, slots=True)
class Value:
    """One property of the node at hand."""

    property: Property


@dataclass(frozen=True, slots=True)
class Traced:
    """The id of the person whose personal values a row shows; null where that is no access to log.

    No access is to oneself, or within one's own organisation.
    """


@dataclass(frozen=True, slots=True)
class One:
    """The node that a to-one relation leads to, or null."""

    relation: Relation
    want: "Want"


@dataclass(frozen=True, slots=True)
class EdgeValue:
    """One property of the relationship that led to the node at hand."""

    property: Property


@dataclass(frozen=True, slots=True)
class Group:
    """Figures over all nodes of a connection, grouped by the keys that its arguments name."""

    address: Step
    measured: tuple[tuple[Property, tuple[LiteralString, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """A page of nodes: those of a label, or those that a relation leads to.

    `address` finds the field's arguments. The whole is [rows, total, groups …]; what is not
    asked for is null. A row holds the values of `items`.
    """

    address: Step
    label: LiteralString
    relation: Relation | None = None
    rows: bool = True
    items: tuple["Item", ...] = ()
    total: bool = False
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """All nodes within so many steps of a relation from a type to itself, nearest first."""

    address: Step
    relation: Relation
    wants: tuple["Want", ...]


@dataclass(frozen=True, slots=True)
class Want:
    """Columns for each concrete label that the node may have.

    A row begins with its label, or with 0 where only one is possible.
    """

    columns: Mapping[LiteralString, tuple["Column", ...]]
    abstract: bool = False

    def of(self, label: LiteralString) -> "Want":
        """The same of nodes that are known to be of one type."""
        return Want({label: self.columns[label]}, self.abstract)


class SortValues:
    """The values that a row is sorted by; a cursor holds them."""


Item = SortValues | EdgeValue | Want
Column = Value | Traced | One | Many | Walk
