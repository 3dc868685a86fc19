"""The words in which the model is declared. Everything else is derived from these declarations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import LiteralString


class Kind(Enum):
    """What a property holds, and with it the filters, checks and GraphQL scalar it gets."""

    STRING = "String"
    TEXT = "Text"  # long text: searched and matched on, never sorted by
    STRINGS = "Strings"
    INTEGER = "Int"
    LONG = "Long"  # integers beyond 32 bits: money in fen
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    DATE = "Date"
    DATETIME = "DateTime"
    CHOICE = "Choice"  # one value of a closed list
    CHOICES = "Choices"  # several values of a closed list that has no order
    ROLE = "Role"  # true while the node carries a second label


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list."""

    name: LiteralString
    zh: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ClosedList:
    """An enumeration. Ordered lists are stored as 1, 2, 3 … and can be compared."""

    name: LiteralString
    zh: str
    description: str
    choices: tuple[Choice, ...]
    ordered: bool = False
    policy: tuple[str, ...] = ()

    @property
    def stored(self) -> Mapping[str, str | int]:
        """Name of each value -> what the database holds."""
        return MappingProxyType(
            {c.name: (n if self.ordered else c.name) for n, c in enumerate(self.choices, start=1)}
        )


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship.

    What is `personal` is absent for whoever may see the node but not know whose it is; a
    `pseudonym` stands in the place of a name.
    """

    name: LiteralString
    description: str
    kind: Kind = Kind.STRING
    zh: str = ""
    choices: ClosedList | None = None
    label: LiteralString | None = None
    required: bool = False
    personal: bool = False
    pseudonym: str = ""
    sortable: bool = False
    searched: bool = False
    internal: bool = False
    minimum: float | None = None
    aliases: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Public:
    """Anyone may see nodes of this type."""


Way = tuple["LiteralString", ...]
"""Names of relations, from a node to the end of the way."""


@dataclass(frozen=True, slots=True)
class Owned:
    """Seen from the unions whose region or system path is a prefix of the node's own.

    A person sees herself. An enterprise, studio or institute sees the nodes from which one of the
    ways `organisations` leads to it, over records that hold today, and a person those from which
    one of the ways `persons` leads to her. A person also sees the persons at the end of the ways
    `partners`, but not their records: under a pseudonym until both agreed.
    """

    organisations: tuple[Way, ...] = ()
    partners: tuple[Way, ...] = ()
    persons: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Through:
    """Seen by whoever sees one of the nodes that these to-one relations lead to.

    Over a relation in `while_agreed` it is seen only while the worker it is about agrees to the
    purpose named there.
    """

    relations: tuple[LiteralString, ...]
    while_agreed: tuple[tuple[LiteralString, LiteralString], ...] = ()


Access = Public | Owned | Through


@dataclass(frozen=True, slots=True)
class SortBy:
    """A sort key that lies on a related node: relation name, then property name."""

    name: LiteralString
    relation: LiteralString
    property: LiteralString


@dataclass(frozen=True, slots=True)
class Interface:
    """A label that several node types share, with the properties all of them have."""

    label: LiteralString
    zh: str
    description: str
    properties: tuple[LiteralString, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeType:
    """What the graph holds under one label.

    `identity` names the property that gives a loaded row its external id; `plural` is the
    GraphQL list field; `dated` types are records of a fact that held from a day to a day and was
    known from a moment to a moment.
    """

    label: LiteralString
    plural: LiteralString
    zh: str
    description: str
    access: Access
    properties: tuple[Property, ...] = ()
    identity: LiteralString | None = None
    interfaces: tuple[LiteralString, ...] = ()
    sort_by: tuple[SortBy, ...] = ()
    dated: bool = False
    aliases: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()

    @property
    def all_properties(self) -> tuple[Property, ...]:
        """Its own properties, then those that every node of its sort carries."""
        dated = DATED if self.dated else ()
        owned = OWNED if isinstance(self.access, Owned) else ()
        return (*EVERY_NODE, *self.properties, *dated, *owned)

    @property
    def personal(self) -> frozenset[str]:
        """Names of personal properties; where there are any, the key points at a person too."""
        names = {p.name for p in self.properties if p.personal}
        return frozenset(names | {"key"} if names else names)

    def property(self, name: str) -> Property:
        """The property of that name; KeyError if there is none."""
        return {p.name: p for p in self.all_properties}[name]


@dataclass(frozen=True, slots=True)
class End:
    """How one end of a relationship looks from the node at it: its field, and if it is a list."""

    name: LiteralString
    description: str
    many: bool = True
    zh: str = ""
    walk: LiteralString = ""  # name of the field that follows it through several generations


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """What may run from one node type (or interface) to another."""

    type: LiteralString
    source: LiteralString
    target: LiteralString
    forward: End
    backward: End | None = None
    properties: tuple[Property, ...] = ()
    derived: bool = False
    policy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship type seen from one of its ends."""

    owner: LiteralString
    name: LiteralString
    type: LiteralString
    outgoing: bool
    target: LiteralString
    many: bool
    description: str
    properties: tuple[Property, ...] = field(default=())
    zh: str = ""
    walk: LiteralString = ""


EVERY_NODE = (
    Property("id", "Random and permanent identifier.", required=True),
    Property("key", "`source:external id`, unique; what loaders merge on.", required=True),
    Property("source", "Where the record came from.", zh="来源"),
    Property("synthetic", "True for generated people and things.", Kind.BOOLEAN, zh="合成数据"),
)

VERSION = Property(
    "version",
    "Changes with every operation on it or resting on it; give it back as `ifVersion`.",
    Kind.INTEGER,
    zh="版本",
    required=True,
)
"""Shown of the types that operations move; not stored before the first, which reads as 0."""

DATED = (
    Property(
        "valid_from",
        "First day on which the fact held (Beijing).",
        Kind.DATE,
        zh="生效日期",
        required=True,
        sortable=True,
    ),
    Property(
        "valid_to", "First day on which it no longer held; open if empty.", Kind.DATE, zh="失效日期"
    ),
    Property(
        "recorded_from", "Moment from which the record was known.", Kind.DATETIME, zh="登记时间"
    ),
    Property("recorded_to", "Moment at which it was corrected.", Kind.DATETIME, zh="更正时间"),
)

OWNED = (
    Property("region_path", "Path in the region tree of unions (本地区).", internal=True),
    Property("system_path", "Path in the system tree of unions (本系统).", internal=True),
)
