"""What a client asks for, read from a body, a query string or a message, and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson

from graph.errors import InvalidRequest

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """A document with what belongs to it."""

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None
    extensions: Mapping[str, Any] = field(default_factory=dict[str, Any])


def from_body(body: bytes, content_type: bytes) -> Request:
    """The request in the body of a POST; raises InvalidRequest."""
    if not _is_json(content_type):
        raise InvalidRequest(
            "UNSUPPORTED_MEDIA_TYPE", "send JSON in UTF-8, with Content-Type: application/json"
        )
    return from_json(_loaded(body, "the body"))


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
        raise InvalidRequest("BAD_REQUEST", "a request is a JSON object; batches are refused")
    query = _of_kind(given, "query", str)
    if query is None:
        raise InvalidRequest(
            "BAD_REQUEST", "query is missing, the GraphQL document; for people there is /ide"
        )
    return Request(
        query,
        _of_kind(given, "variables", dict) or {},
        _of_kind(given, "operationName", str),
        _of_kind(given, "extensions", dict) or {},
    )


def _of_kind(given: Mapping[str, Any], name: str, kind: type) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        words = "a text" if kind is str else "an object"
        raise InvalidRequest("BAD_REQUEST", f"{name} is {words} or null")
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
