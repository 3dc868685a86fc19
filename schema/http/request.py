"""What a client asks for, read from a body, a query string or a message, and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson

from graph.errors import InvalidRequest

MOST_BYTES = 1_000_000
MOST_KEY = 255


@dataclass(frozen=True, slots=True)
class Request:
    """A document, or its name, with what belongs to it.

    `query` is empty where `document_id` or `persisted_hash` names the document instead.
    """

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None
    extensions: Mapping[str, Any] = field(default_factory=dict[str, Any])
    document_id: str | None = None
    persisted_hash: str | None = None
    idempotency_key: str | None = None


def from_body(body: bytes, headers: Mapping[bytes, bytes]) -> Request:
    """The request in the body of a POST; raises InvalidRequest."""
    if not _is_json(headers.get(b"content-type", b"")):
        raise InvalidRequest(
            "UNSUPPORTED_MEDIA_TYPE", "send JSON in UTF-8, with Content-Type: application/json"
        )
    request = from_json(_loaded(body, "the body"))
    key = headers.get(b"idempotency-key")
    return request if key is None else replace(request, idempotency_key=_key(key.decode("latin-1")))


def from_query_string(query_string: bytes) -> Request:
    """The request in the address of a GET; raises InvalidRequest."""
    try:
        given: dict[str, Any] = dict(parse_qsl(query_string.decode(), errors="strict"))
    except ValueError:
        raise InvalidRequest("BAD_REQUEST", "the query string is not UTF-8") from None
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _loaded(given[name], name)
    return from_json(given)


def from_json(given: object) -> Request:
    """The request that parsed JSON holds; raises InvalidRequest."""
    if not isinstance(given, dict):
        raise InvalidRequest("MALFORMED_REQUEST", "a request is a JSON object; batches are refused")
    query, document_id = _of_kind(given, "query", str), _of_kind(given, "documentId", str)
    extensions: Mapping[str, Any] = _of_kind(given, "extensions", dict) or {}
    persisted = _persisted(extensions)
    if query is None and document_id is None and persisted is None:
        raise InvalidRequest(
            "MALFORMED_REQUEST", "query is missing, the GraphQL document; for people there is /ide"
        )
    if query is not None and document_id is not None:
        raise InvalidRequest("MALFORMED_REQUEST", "give query or documentId, not both")
    key = extensions.get("idempotencyKey")
    return Request(
        query or "",
        _of_kind(given, "variables", dict) or {},
        _of_kind(given, "operationName", str),
        extensions,
        document_id,
        persisted,
        None if key is None else _key(key),
    )


def _persisted(extensions: Mapping[str, Any]) -> str | None:
    """The hash of Apollo's automatic persisted queries."""
    match extensions.get("persistedQuery"):
        case None:
            return None
        case {"version": 1, "sha256Hash": str(hash_)}:
            return hash_.lower()
        case _:
            raise InvalidRequest(
                "PERSISTED_QUERY_NOT_SUPPORTED", "persistedQuery has version 1 and a sha256Hash"
            )


def _key(given: object) -> str:
    if not isinstance(given, str) or not 1 <= len(given) <= MOST_KEY:
        raise InvalidRequest(
            "BAD_REQUEST", f"an idempotency key is a text of 1 to {MOST_KEY} characters"
        )
    return given.strip('"')


def _of_kind(given: Mapping[str, Any], name: str, kind: type) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        words = "a text" if kind is str else "an object"
        raise InvalidRequest("MALFORMED_REQUEST", f"{name} is {words} or null")
    return value


def _loaded(text: bytes | str, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise InvalidRequest("BAD_REQUEST", f"{name} is not JSON: {error.msg} ({at})") from None


@lru_cache(maxsize=64)
def _is_json(content_type: bytes) -> bool:
    name, *parameters = (p.strip().lower() for p in content_type.decode("latin-1").split(";"))
    charsets = [p[8:].strip('"') for p in parameters if p.startswith("charset=")]
    return name == "application/json" and all(c in {"utf-8", "utf8"} for c in charsets)
