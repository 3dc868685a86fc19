"""Which pages may ask from a browser: our own, the operator's, and the partner's."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from graph.errors import InvalidRequest
from schema.partner import Partner

Headers = tuple[tuple[bytes, bytes], ...]

_ALLOWED_HEADERS = (
    b"authorization, content-type, idempotency-key, jiangpu-viewer, apollographql-client-name, "
    b"apollographql-client-version"
)
_EXPOSED = b"etag, ratelimit, ratelimit-policy, retry-after"


class Origins:
    """Cross-origin requests; who may read an answer is only known once the partner is."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self._allowed = frozenset(origin.encode() for origin in allowed)

    def preflight(self, given: Mapping[bytes, bytes]) -> Headers:
        """A browser may send its request: it carries the key by which we know the partner."""
        return (
            (b"access-control-allow-origin", given.get(b"origin", b"null")),
            (b"access-control-allow-methods", b"GET, POST"),
            (b"access-control-allow-headers", _ALLOWED_HEADERS),
            (b"access-control-max-age", b"600"),
            (b"vary", b"origin"),
        )

    def check(self, given: Mapping[bytes, bytes], partner: Partner) -> None:
        """Refuse, before anything is done, what another's page sends; raises InvalidRequest."""
        origin = given.get(b"origin")
        if origin is not None and not self._may_ask(origin, given, partner):
            raise InvalidRequest(
                "FORBIDDEN", "pages of this origin may not ask; the operator can allow it"
            )

    def headers(self, given: Mapping[bytes, bytes], partner: Partner | None) -> Headers:
        """What lets a page that may ask read the answer."""
        origin = given.get(b"origin")
        if origin is None or not self._may_ask(origin, given, partner):
            return ()
        return (
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", _EXPOSED),
        )

    def _may_ask(
        self, origin: bytes, given: Mapping[bytes, bytes], partner: Partner | None
    ) -> bool:
        own = urlsplit(origin).netloc == given.get(b"host", b"")
        granted = partner is not None and origin.decode("latin-1") in partner.origins
        return own or granted or origin in self._allowed
