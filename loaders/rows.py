"""What flows from readers and sources into the pipeline: rows that remember their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from graph.errors import JiangpuError
from graph.model import NodeType, RelationshipType


class Place(NamedTuple):
    """Where a row stands: file and line (of a workbook: sheet row), as a person counts."""

    file: str
    line: int


class RelationshipRow(NamedTuple):
    """One relationship to be, between two keys (`source:external id`)."""

    place: Place
    source_key: str
    target_key: str
    values: Mapping[str, Any] = MappingProxyType({})
    columns: tuple[str, str] = ("source_key", "target_key")  # where the file names the two ends

    @property
    def ends(self) -> tuple[str, str]:
        """Source and target."""
        return self.source_key, self.target_key

    def of(self, key: str) -> "RelationshipRow":
        """The same with an empty end taken by the node of that key."""
        ends = (self.source_key or key, self.target_key or key)
        return RelationshipRow(self.place, *ends, self.values, self.columns)


Link = tuple[RelationshipType, RelationshipRow]


class NodeRow(NamedTuple):
    """One node to be: `external_id` (or the type's identity property) and property values.

    A `key` among the values is taken as it is. `links` are what its cells say of relations:
    the node's own end and its column are empty, the other is a reference as a person writes it.
    `size` is about how many characters the row holds; 0 if nobody has counted.
    """

    place: Place
    values: Mapping[str, Any]
    links: tuple[Link, ...] = ()
    size: int = 0


class RejectedRow(JiangpuError):
    """A row that cannot be loaded: which column, which value, why, and what to do."""

    def __init__(self, place: Place, column: str, value: str, reason: str, remedy: str) -> None:
        super().__init__(f"{place.file}:{place.line}: {column}: {reason}; {remedy}")
        self.place, self.column, self.value = place, column, value
        self.reason, self.remedy = reason, remedy


@dataclass(frozen=True, slots=True)
class Nodes:
    """Rows of one node type. `counted` parts account for the rows of their file.

    A counted part decides the values of its nodes; a row repeated word for word is unchanged.
    One that is not counted names nodes in passing, such as the firms on a patent: it creates
    what is missing and fills in empty values, but changes none, so that sources may share nodes.
    """

    node_type: NodeType
    source: str
    rows: Iterable[NodeRow | RejectedRow]
    counted: bool = True
    headers: Mapping[str, str] = field(default_factory=dict[str, str])  # property -> its column


@dataclass(frozen=True, slots=True)
class Relationships:
    """Rows of one relationship type.

    With `references` the two ends are as a person writes them: a key, an external id of the same
    source, a code, or the exact name where names identify.
    """

    relationship_type: RelationshipType
    source: str
    rows: Iterable[RelationshipRow | RejectedRow]
    counted: bool = False
    references: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Part = Nodes | Relationships
