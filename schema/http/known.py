"""Documents that clients name instead of sending: trusted ones, and Apollo's persisted queries."""

import hashlib
import logging
import re
from dataclasses import dataclass, replace

from graph.database import Database
from graph.errors import InvalidRequest
from graph.writes.documents import trusted_text
from schema.http.request import Request
from schema.partner import Partner, Trust
from schema.plan.documents import Recent

log = logging.getLogger(__name__)

_PREFIX = "sha256:"
_HASH = re.compile(r"[0-9a-f]{64}")
MOST_TRUSTED = 2_000
MOST_PERSISTED = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """A request with its document's text; whether an operator has registered that text."""

    request: Request
    trusted: bool


class KnownDocuments:
    """Finds the texts that clients name by their hash."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._trusted: Recent[str, str] = Recent(MOST_TRUSTED)
        self._persisted: Recent[str, str] = Recent(MOST_PERSISTED)

    async def resolve(self, request: Request, partner: Partner) -> Known:
        """The request with its text; raises InvalidRequest where it is not known or not trusted."""
        if partner.documents is Trust.OFF and request.query and request.persisted_hash is None:
            return Known(request, trusted=False)
        if request.document_id is not None:
            return await self._named(request, request.document_id)
        if request.persisted_hash is not None:
            request = await self._persisted_query(request, request.persisted_hash, partner)
        if partner.documents is Trust.OFF:
            return Known(request, trusted=False)
        return await self._judged(request, partner)

    async def _named(self, request: Request, name: str) -> Known:
        hash_ = name.removeprefix(_PREFIX)
        if hash_ == name or not _HASH.fullmatch(hash_):
            raise InvalidRequest(
                "BAD_USER_INPUT", "documentId is sha256:<64 hex digits>, in small letters"
            )
        text = await self._text(hash_)
        if text is None:
            raise InvalidRequest(
                "DOCUMENT_NOT_FOUND", f"no document {name} is registered; ask the operator to"
            )
        return Known(replace(request, query=text, document_id=None), trusted=True)

    async def _persisted_query(self, request: Request, hash_: str, partner: Partner) -> Request:
        if request.query:
            if _sha256(request.query) != hash_:
                raise InvalidRequest("BAD_REQUEST", "sha256Hash is not the hash of the query")
            if partner.documents is not Trust.ONLY:
                self._persisted.keep(hash_, request.query)
            return request
        text = self._persisted.recall(hash_) or await self._text(hash_)
        if text is None:
            raise InvalidRequest("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return replace(request, query=text, persisted_hash=None)

    async def _judged(self, request: Request, partner: Partner) -> Known:
        hash_ = _sha256(request.query)
        if await self._text(hash_) is not None:
            return Known(request, trusted=True)
        if partner.documents is Trust.ONLY:
            raise InvalidRequest(
                "DOCUMENT_NOT_TRUSTED",
                f"the document {_PREFIX}{hash_} is not registered, and others are refused",
            )
        log.warning("partner %s sent the unknown document %s%s", partner.name, _PREFIX, hash_)
        return Known(request, trusted=False)

    async def _text(self, hash_: str) -> str | None:
        known = self._trusted.recall(hash_)
        if known is not None:
            return known
        text = await trusted_text(self._database, hash_)
        return None if text is None else self._trusted.keep(hash_, text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
