"""Which status an answer has: as the audit suite of graphql-http wants it, or as the newer draft.

The draft is github.com/graphql/graphql-over-http, `spec/GraphQLOverHTTP.md` of 2026-08. It wants
422 where the suite wants 400, 294 for data with errors, and the same statuses for clients that
know application/json only; both cannot be had at once.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from schema.http.media import GRAPHQL

# Other codes are the document's fault; their status depends on the profile.
STATUSES: Mapping[str, int] = MappingProxyType(
    {
        "BAD_REQUEST": 400,
        "MALFORMED_REQUEST": 400,
        "UNAUTHENTICATED": 401,
        "FORBIDDEN": 403,
        "METHOD_NOT_ALLOWED": 405,
        "NOT_ACCEPTABLE": 406,
        "REQUEST_TOO_LARGE": 413,
        "UNSUPPORTED_MEDIA_TYPE": 415,
        "RATE_LIMITED": 429,
        "INTERNAL_SERVER_ERROR": 500,
        "UNAVAILABLE": 503,
    }
)
_DRAFT: Mapping[str, int] = MappingProxyType(
    {**STATUSES, "GRAPHQL_PARSE_FAILED": 400, "MALFORMED_REQUEST": 422}
)
_PARTIAL = 294


class Profile(Enum):
    """Which of the two is followed."""

    AUDIT = "audit"
    DRAFT = "draft"

    def answered(self, *, partial: bool) -> int:
        """The status of an answer; `partial` if it has errors."""
        return _PARTIAL if partial and self is Profile.DRAFT else 200

    def refused(self, code: str, media: str) -> tuple[int, str]:
        """Status and media type of a refusal, for a client that would like `media`."""
        if self is Profile.DRAFT:
            return _DRAFT.get(code, 422), GRAPHQL
        return STATUSES.get(code) or (400 if media == GRAPHQL else 200), media
