"""Who asks: through which partner, and what she may see."""

from dataclasses import dataclass

from graph.partners import Partner, Trust
from graph.viewer import Viewer

__all__ = ["DEVELOPMENT", "Asker", "Partner", "Trust"]

DEVELOPMENT = Partner("development", budget=10**9, restore=10**7, running=1_000, introspects=True)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: what she may see, the name under which her writes are kept, and through whom."""

    viewer: Viewer
    actor: str
    partner: Partner
