"""Requests are checked before anything is done with them."""

import pytest

from graph.errors import InvalidRequest
from schema.http.request import Request, from_body, from_json, from_query_string

JSON = {b"content-type": b"application/json"}


def test_absent_and_null_parts_are_the_same() -> None:
    plain = Request("{ a }", {}, None)
    assert from_json({"query": "{ a }"}) == plain
    nulls = {"query": "{ a }", "variables": None, "operationName": None, "extensions": None}
    assert from_json(nulls) == plain


def test_chinese_survives_both_ways() -> None:
    assert from_body('{"query": "{ 匠 }"}'.encode(), JSON).query == "{ 匠 }"
    assert from_query_string(b"query=%7B+%E5%8C%A0+%7D").query == "{ 匠 }"
    variables = from_query_string(b"query=x&variables=%7B%22n%22%3A%22%E5%8C%A0%22%7D").variables
    assert variables == {"n": "匠"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([{"query": "{ a }"}], "batches"),
        (None, "object"),
        ({}, "query is missing"),
        ({"query": None}, "query is missing"),
        ({"query": 1}, "query is a text"),
        ({"query": "", "variables": []}, "variables is an object"),
        ({"query": "", "variables": "{}"}, "variables is an object"),
        ({"query": "", "operationName": {}}, "operationName is a text"),
        ({"query": "", "extensions": 0}, "extensions is an object"),
    ],
)
def test_wrong_part_is_named(given: object, message: str) -> None:
    with pytest.raises(InvalidRequest, match=message) as refused:
        from_json(given)
    assert refused.value.code == "MALFORMED_REQUEST"


@pytest.mark.parametrize(
    "query_string", [b"query=%ff", b"query=x&variables={", b"query=x&extensions=1"]
)
def test_bad_query_string_is_refused(query_string: bytes) -> None:
    with pytest.raises(InvalidRequest):
        from_query_string(query_string)


@pytest.mark.parametrize(
    "content_type", [b'application/json; charset="UTF-8"', b"Application/JSON;charset=utf8"]
)
def test_json_in_utf8_is_read(content_type: bytes) -> None:
    assert from_body(b'{"query": "x"}', {b"content-type": content_type}).query == "x"


@pytest.mark.parametrize(
    "content_type",
    [b"", b"text/plain", b"application/json; charset=gb18030", b"application/graphql",
     b"application/x-www-form-urlencoded"],
)  # fmt: skip
def test_any_other_body_is_refused(content_type: bytes) -> None:
    with pytest.raises(InvalidRequest) as refused:
        from_body(b'{"query": "x"}', {b"content-type": content_type})
    assert refused.value.code == "UNSUPPORTED_MEDIA_TYPE"


def test_document_may_be_named_instead_of_sent() -> None:
    assert from_json({"documentId": "sha256:00"}).document_id == "sha256:00"
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": "AB"}}
    assert from_json({"extensions": persisted}).persisted_hash == "ab"
    with pytest.raises(InvalidRequest, match="not both"):
        from_json({"query": "{ a }", "documentId": "sha256:00"})
    with pytest.raises(InvalidRequest) as refused:
        from_json({"extensions": {"persistedQuery": {"version": 2}}})
    assert refused.value.code == "PERSISTED_QUERY_NOT_SUPPORTED"


def test_idempotency_key_comes_in_a_header_or_an_extension() -> None:
    headers = {**JSON, b"idempotency-key": b'"a-1"'}
    assert from_body(b'{"query": "x"}', headers).idempotency_key == "a-1"
    given = {"query": "x", "extensions": {"idempotencyKey": "a-1"}}
    assert from_json(given).idempotency_key == "a-1"
    for wrong in ("", "x" * 256, 7):
        with pytest.raises(InvalidRequest, match="idempotency key"):
            from_json({"query": "x", "extensions": {"idempotencyKey": wrong}})
