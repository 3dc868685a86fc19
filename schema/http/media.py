"""Which media types a client accepts, of those that we have."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
EVENTS = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The better of the two JSON types, if any, and whether a stream of events would do."""

    json: str | None
    events: bool


@lru_cache(maxsize=256)
def accepted(header: bytes) -> Accepted:
    """What a header Accept allows; an empty one allows everything."""
    wishes = _wishes(header.decode("latin-1").lower() or "*/*")
    plain, rich = _rank(wishes, JSON), _rank(wishes, GRAPHQL)
    rich_is_better = rich > plain or (rich == plain and GRAPHQL in wishes)
    quality, _ = max(plain, rich)
    better = GRAPHQL if rich_is_better else JSON
    return Accepted(better if quality else None, _rank(wishes, EVENTS)[0] > 0)


def _wishes(header: str) -> dict[str, float]:
    wishes: dict[str, float] = {}
    for wish in header.split(","):
        name, *parameters = (piece.strip() for piece in wish.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            wishes[name] = float(quality)
        except ValueError:
            wishes[name] = 1.0
    return wishes


def _rank(wishes: Mapping[str, float], name: str) -> tuple[float, int]:
    """Quality of a media type, and how closely it was named."""
    ranges = ("*/*", f"{name.partition('/')[0]}/*", name)
    return next(((wishes[ranges[n]], n) for n in (2, 1, 0) if ranges[n] in wishes), (0.0, 0))
