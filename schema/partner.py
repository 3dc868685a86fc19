"""Partners: what an application that asks was granted, and who asks through it."""

from dataclasses import dataclass
from enum import Enum

from graph.viewer import Viewer


class Trust(Enum):
    """Which documents a partner may send: any, any but unknown ones are logged, or known ones."""

    OFF = "off"
    LOG = "log"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Partner:
    """An application and its limits.

    A bucket holds `budget` points of cost and fills by `restore` a second. At most `running`
    operations run at once, each for `seconds` at most. `demands_keys` says that its mutations need
    an Idempotency-Key, `introspects` that it may ask about the schema and is told what a misspelt
    name may have meant. `origins` are its pages in browsers.
    """

    name: str
    budget: int = 100_000
    restore: int = 2_000
    running: int = 20
    seconds: float = 10.0
    documents: Trust = Trust.OFF
    demands_keys: bool = False
    introspects: bool = False
    origins: tuple[str, ...] = ()


DEVELOPMENT = Partner("development", budget=10**9, restore=10**7, running=1_000, introspects=True)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: what she may see, the name under which her writes are kept, and through whom."""

    viewer: Viewer
    actor: str
    partner: Partner
