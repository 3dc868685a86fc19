"""Hostile documents: refused before they are parsed, or after looking at each piece once."""

import pytest
from graphql import parse

from bench.attacks import ATTACKS, bomb
from graph.errors import InvalidRequest
from schema.plan import documents
from schema.plan.documents import Documents, Refused
from schema.plan.limits import MOST, MOST_CHARACTERS, check, scan
from tests.documents import SCHEMA

SHOWN_BY_THE_TEXT = set(ATTACKS) - {"fragment bomb", "circular introspection"}


@pytest.mark.parametrize("attack", sorted(SHOWN_BY_THE_TEXT))
def test_attack_that_the_text_shows_is_never_parsed(
    attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "parse", lambda *_, **__: pytest.fail("it was parsed"))
    with pytest.raises(Refused) as refused:
        Documents(SCHEMA).read(ATTACKS[attack])
    assert refused.value.code == "LIMIT_EXCEEDED"
    assert "split it or ask for less" in refused.value.errors[0].message


def test_scanner_looks_at_no_more_tokens_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    lexical = documents.scan.__globals__["_lexical"]
    monkeypatch.setitem(
        scan.__globals__, "_lexical", lambda found: (seen.append(len(found)), lexical(found))[1]
    )
    scan("{ a }")
    with pytest.raises(InvalidRequest):
        scan("{" + "a " * (MOST_CHARACTERS // 2 - 1))
    assert seen == [3]


@pytest.mark.parametrize("n", [10, 20])
def test_fragment_bomb_is_measured_in_as_many_steps_as_it_has_selections(
    n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.__globals__, "MOST", type(MOST)(*[10**9] * 5))
    assert check(parse(bomb(n))) == 2 * n + 2


def test_fragment_bomb_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        Documents(SCHEMA).read(bomb(20))
    assert refused.value.code == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("{...F} fragment F on Query {" + "__typename " * 21 + "}", "root fields exceed 20"),
        ("{...F ...F} fragment F on Query {" + "a:a " * 40 + "}", "aliases exceed 60"),
        ("query " + "@a " * 51 + "{a}", "directives exceed 50"),
        (" ".join(f"query Q{n} {{a}}" for n in range(21)), "more than 20 operations"),
    ],
)
def test_limits_count_what_fragments_hold(document: str, named: str) -> None:
    with pytest.raises(Refused) as refused:
        Documents(SCHEMA).read(document)
    assert named in refused.value.errors[0].message


@pytest.mark.parametrize(
    "text",
    [
        '{ a(b: "{{{{ ::: @@@ \\" ) # }") { c: d } }',
        '{ a(b: """a { block \\""" of @@ : text""") }',
        "query ($a: Int = 1, $b: [Int!]! @c) { x(y: {z: $a}) { w: v } }",
        "# : @ { [ (\n{ a }",
    ],
)
def test_texts_and_comments_are_not_mistaken_for_brackets_or_aliases(text: str) -> None:
    found = scan.__globals__["_lexical"]([m[0] for m in scan.__globals__["_TOKEN"].finditer(text)])
    parse(text)
    assert found.aliases <= 1
    assert found.directives <= 1


def test_refused_document_that_its_request_reads_twice_is_parsed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[str] = []
    monkeypatch.setattr(documents, "parse", lambda text, **_: parsed.append(text) or parse(text))
    known = Documents(SCHEMA)
    for attack in ("fragment bomb", "fragment bomb", "circular introspection"):
        with pytest.raises(Refused, match="LIMIT_EXCEEDED"):
            known.read(ATTACKS[attack])
    assert parsed == [ATTACKS["fragment bomb"], ATTACKS["circular introspection"]]
