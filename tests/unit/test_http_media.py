"""Which media type a header Accept leads to."""

import pytest

from schema.http.media import GRAPHQL, JSON, accepted


@pytest.mark.parametrize(
    ("header", "json", "events"),
    [
        ("", JSON, True),
        ("*/*", JSON, True),
        ("application/*", JSON, False),
        ("application/json", JSON, False),
        ("application/graphql-response+json", GRAPHQL, False),
        ("application/json, application/graphql-response+json", GRAPHQL, False),
        ("application/graphql-response+json;q=0.5, application/json", JSON, False),
        ("application/graphql-response+json, */*", GRAPHQL, True),
        ("application/json, */*", JSON, True),
        ("application/json; charset=utf-8; q=0.9, text/html", JSON, False),
        ("APPLICATION/JSON", JSON, False),
        ("text/event-stream", None, True),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON, True),
        ("text/html", None, False),
        ("application/json;q=0", None, False),
        ("*/*, application/json;q=0", GRAPHQL, True),
        ("application/json;q=many", JSON, False),
        (";;,", None, False),
    ],
)
def test_accept(header: str, json: str | None, events: bool) -> None:
    found = accepted(header.encode())
    assert (found.json, found.events) == (json, events)
