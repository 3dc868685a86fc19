"""Who asks, as the database needs to know it: roles, scopes, and whose records may be seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any, LiteralString

from graph import clock

MOST_PREFIXES = 8


class Role(Enum):
    """On whose behalf somebody asks."""

    PUBLIC = "public"
    WORKER = "worker"
    MASTER = "master"
    ENTERPRISE = "enterprise"
    STUDIO = "studio"
    INSTITUTE = "institute"
    UNION = "union"  # an officer of it
    AUDITOR = "auditor"  # reads every record and no personal value, writes nothing (H09)
    ADMINISTRATOR = "administrator"


ORGANISATIONS: Mapping[Role, LiteralString] = MappingProxyType(
    {
        Role.ENTERPRISE: "Enterprise",
        Role.STUDIO: "Studio",
        Role.INSTITUTE: "ResearchInstitute",
    }
)
_READ_ONLY = frozenset({Role.PUBLIC, Role.AUDITOR})


class Scale(Enum):
    """Whether the viewer may see so many workers that an order's index beats the path's."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class Viewer:
    """A set of roles, and what they extend to.

    Prefixes are at most eight paths (本地区 or 本系统) of an officer's unions, each closed by a
    slash; `person` is the id of the worker who asks, `organisation` of the enterprise, studio or
    institute. `reads` and `writes` name the slices that a key is good for; None means all that
    the roles allow. `name` stands in events and access logs. Production leaves synthetic nodes
    out for everyone. `listed` tells that an index has the people of the organisation, or of the one
    union, in order.
    """

    roles: frozenset[Role]
    region_prefixes: tuple[str, ...] = ()
    system_prefixes: tuple[str, ...] = ()
    scale: Scale = Scale.SMALL
    sees_synthetic: bool = True
    name: str = ""
    person: str | None = None
    organisation: str | None = None
    reads: frozenset[str] | None = None
    writes: frozenset[str] | None = None
    listed: bool = False

    def __post_init__(self) -> None:
        prefixes = (*self.region_prefixes, *self.system_prefixes)
        if len(prefixes) > MOST_PREFIXES:
            raise ValueError(f"a viewer has at most {MOST_PREFIXES} path prefixes")
        if not all(p.startswith("/") and p.endswith("/") for p in prefixes):
            raise ValueError("a path prefix begins and ends with a slash, or /1 would match /10")

    @property
    def sees_everything(self) -> bool:
        """True for administrators and auditors: no pattern restricts whom they see."""
        return not self.roles.isdisjoint({Role.ADMINISTRATOR, Role.AUDITOR})

    @property
    def is_administrator(self) -> bool:
        """True for administrators: no personal value is hidden from them, and they may do all."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def organisation_label(self) -> LiteralString | None:
        """What kind of organisation the viewer belongs to."""
        return next((ORGANISATIONS[r] for r in ORGANISATIONS if r in self.roles), None)

    @property
    def is_of_union(self) -> bool:
        """Whether the viewer answers for whole unions rather than for single persons."""
        return bool(self.region_prefixes or self.system_prefixes)

    def may_read(self, part: str) -> bool:
        """Whether the key is good for reading a slice of the model."""
        return self.reads is None or part in self.reads

    def may_write(self, part: str) -> bool:
        """Whether the roles write at all, and the key is good for writing this slice."""
        return not self.roles <= _READ_ONLY and (self.writes is None or part in self.writes)

    @property
    def place(self) -> tuple[LiteralString, int] | None:
        """Tree and depth of the one union whose people an index has in order."""
        paths = (*self.region_prefixes, *self.system_prefixes)
        if not self.listed or len(paths) != 1 or self.person or self.organisation:
            return None
        return "region" if self.region_prefixes else "system", paths[0].count("/") - 1

    @cached_property
    def variant(self) -> tuple[object, ...]:
        """What the text of a statement depends on; never prefixes or ids themselves."""
        roles = sorted(role.value for role in self.roles)
        scope = () if self.is_administrator else (
            *roles, len(self.region_prefixes), len(self.system_prefixes), self.scale,
            self.person is None, self.organisation is None, self.listed, self.place,
        )  # fmt: skip
        reads = None if self.reads is None else tuple(sorted(self.reads))
        return (*scope, reads, self.sees_synthetic)

    @cached_property
    def scope(self) -> dict[str, str]:
        """Prefixes and ids as parameters: `region_0`, `system_0` …, `viewer_person` and so on."""
        regions = {f"region_{n}": p for n, p in enumerate(self.region_prefixes)}
        systems = {f"system_{n}": p for n, p in enumerate(self.system_prefixes)}
        person = {"viewer_person": self.person} if self.person else {}
        organisation = {"viewer_organisation": self.organisation} if self.organisation else {}
        return regions | systems | person | organisation

    @property
    def parameters(self) -> dict[str, Any]:
        """The scope, and `viewer_day`, on which facts must hold."""
        return {**self.scope, "viewer_day": clock.beijing_day(clock.now())}


ADMINISTRATOR = Viewer(frozenset({Role.ADMINISTRATOR}), name="administrator")
AUDITOR = Viewer(frozenset({Role.AUDITOR}), name="auditor")
ANYONE = Viewer(frozenset({Role.PUBLIC}), name="public")
