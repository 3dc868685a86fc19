"""Who asks, as the database needs to know it: roles, and the unions whose records may be seen."""

from dataclasses import dataclass
from enum import Enum

MOST_PREFIXES = 8


class Role(Enum):
    """What a viewer may do; more roles come with more ways to sign in."""

    PUBLIC = "public"
    UNION = "union"
    ADMINISTRATOR = "administrator"


class Scale(Enum):
    """Whether the viewer's unions hold so many workers that an order's index beats the path's."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A set of roles and at most eight path prefixes (本地区 or 本系统), each closed by a slash.

    Production leaves synthetic nodes out for everyone.
    """

    roles: frozenset[Role]
    region_prefixes: tuple[str, ...] = ()
    system_prefixes: tuple[str, ...] = ()
    scale: Scale = Scale.SMALL
    sees_synthetic: bool = True

    def __post_init__(self) -> None:
        prefixes = (*self.region_prefixes, *self.system_prefixes)
        if len(prefixes) > MOST_PREFIXES:
            raise ValueError(f"a viewer has at most {MOST_PREFIXES} path prefixes")
        if not all(p.startswith("/") and p.endswith("/") for p in prefixes):
            raise ValueError("a path prefix begins and ends with a slash, or /1 would match /10")

    @property
    def sees_everything(self) -> bool:
        """True for administrators: no pattern needs a predicate."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def variant(self) -> tuple[object, ...]:
        """What the text of a statement depends on; never the prefixes themselves."""
        scope = () if self.sees_everything else (
            len(self.region_prefixes), len(self.system_prefixes), self.scale
        )  # fmt: skip
        return (*scope, self.sees_synthetic)

    @property
    def parameters(self) -> dict[str, str]:
        """The prefixes as parameters `region_0`, `system_0` and so on."""
        regions = {f"region_{n}": p for n, p in enumerate(self.region_prefixes)}
        systems = {f"system_{n}": p for n, p in enumerate(self.system_prefixes)}
        return regions | systems


ADMINISTRATOR = Viewer(frozenset({Role.ADMINISTRATOR}))
ANYONE = Viewer(frozenset({Role.PUBLIC}))
