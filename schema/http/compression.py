"""Bodies in the encoding that the client prefers, where that makes them smaller."""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import zstandard

Headers = tuple[tuple[bytes, bytes], ...]

LEAST_BYTES = 1_400  # below, everything fits in one packet
_LEVEL = 3
_ENCODERS: Mapping[bytes, Callable[[bytes], bytes]] = MappingProxyType(
    {
        b"zstd": lambda body: zstandard.compress(body, _LEVEL),
        b"gzip": lambda body: gzip.compress(body, _LEVEL, mtime=0),
    }
)


def compressed(body: bytes, accepted: bytes | None) -> tuple[bytes, Headers]:
    """The body as it is sent, and the header that says how it was encoded."""
    if accepted is None or len(body) < LEAST_BYTES:
        return body, ()
    name = _best(accepted)
    if name is None:
        return body, ()
    return _ENCODERS[name](body), ((b"content-encoding", name),)


@lru_cache(maxsize=256)
def _best(accepted: bytes) -> bytes | None:
    wishes = [wish.replace(b" ", b"").lower().split(b";q=") for wish in accepted.split(b",")]
    refused = {name for name, *quality in wishes if quality and not quality[0].strip(b"0.")}
    wanted = {name for name, *_ in wishes} - refused
    return next((name for name in _ENCODERS if name in wanted), None)
