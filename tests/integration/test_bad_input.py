"""Questions that make no sense: each has one clear answer, and none is an internal error."""

from collections.abc import Mapping
from typing import Any

import pytest
from graphql import get_nullable_type, is_list_type
from graphql import is_non_null_type as is_required

from graph.database import Database
from graph.viewer import ADMINISTRATOR
from schema.plan.documents import Refused
from schema.plan.engine import Engine
from tests.documents import ROOTS, arguments
from tests.integration.conftest import Ask
from tests.integration.test_statements import given as given_to

LOOK_UPS = sorted(
    n
    for n, f in ROOTS.items()
    if f.args.keys() in ({"id"}, {"key"}) and not is_list_type(get_nullable_type(f.type))
)
LISTS = sorted(n for n, f in ROOTS.items() if {"first", "last", "filter"} <= f.args.keys())


async def test_unknown_ids_and_keys_find_nothing(database: Database, ask: Ask) -> None:
    for some in (LOOK_UPS[n : n + 20] for n in range(0, len(LOOK_UPS), 20)):
        fields = [f'{n}({next(iter(ROOTS[n].args))}: "no such thing") {{ id }}' for n in some]
        assert await ask(f"{{ {' '.join(fields)} }}") == dict.fromkeys(some)
    assert await ask('{ nodes(ids: ["a", "", "a"]) { id } }') == {"nodes": [None] * 3}


STRANGE: Mapping[str, tuple[str, str]] = {
    "first": ("0", "BAD_USER_INPUT"),
    "after": ('"no cursor of ours"', "INVALID_CURSOR"),
    "year": ("1", "BAD_USER_INPUT"),
    "back": ("-1", "BAD_USER_INPUT"),
    "longest": ("0", "BAD_USER_INPUT"),
    "query": ('"?"', "BAD_USER_INPUT"),
    "conversionDefinition": ('"nobody\'s"', "BAD_USER_INPUT"),
    "weights": ('"nobody\'s"', "UNKNOWN_WEIGHTS"),
    "matchId": ('"no match"', "BAD_MATCH_ID"),
    "pairingId": ('"nobody"', "NOT_FOUND"),
}
REFUSED = [(name, a) for name, f in ROOTS.items() for a in f.args if a in STRANGE]
REFUSED += [(n, a) for n, f in ROOTS.items() if n.endswith("Matches") for a in f.args if "Id" in a]
REFUSED += [("mentorExposure", "unionId"), ("eligibleForSupport", "workerId")]


async def test_error_of_an_argument_leads_to_it_below_the_key_of_its_field(
    seeded: Database, engine: Engine
) -> None:
    for name, argument in REFUSED:
        value, code = STRANGE.get(argument, ('"nobody"', "NOT_FOUND"))

        def given(of: str, t: Any, name: str = name, this: str = argument, v: str = value) -> Any:
            return v if of == this else given_to(name)(of, t) if is_required(t) else None

        text = f"{{ mine: {name}{arguments(ROOTS[name], given)} {{ __typename }} }}"
        try:
            errors = (await engine.execute(text, {}, None, ADMINISTRATOR)).errors
        except Refused as refused:
            errors = refused.errors
        found = [(error.path, (error.extensions or {}).get("code")) for error in errors]
        assert (text, found) == (text, [(["mine", argument], code)])


@pytest.mark.parametrize("size", ["first: 0", "first: -1", "first: 100000", "last: 0", "last: 101"])
async def test_size_that_makes_no_page_is_refused_by_name(size: str, engine: Engine) -> None:
    argument = size.partition(":")[0]
    for name in LISTS:
        with pytest.raises(Refused) as refused:
            await engine.execute(f"{{ {name}({size}) {{ totalCount }} }}", {}, None, ADMINISTRATOR)
        [error] = refused.value.errors
        assert (refused.value.code, error.path) == ("BAD_USER_INPUT", [name, argument])
        assert "from 1 to 100" in error.message


CONTRADICTIONS: list[Any] = [
    {"name": {"eq": "甲", "ne": "甲"}},
    {"AND": [{"birthYear": {"gt": 1990}}, {"birthYear": {"lt": 1980}}]},
    {"name": {"in": []}},
    {"OR": []},
    {"id": {"isNull": True}},
    {"skills": {"some": {}, "none": {}}},
    {"NOT": {"NOT": {"key": {"eq": "a", "startsWith": "b"}}}},
]


@pytest.mark.parametrize("conditions", CONTRADICTIONS, ids=str)
async def test_filters_that_contradict_find_nothing(
    conditions: Any, seeded: Database, ask: Ask
) -> None:
    text = """query Q($f: WorkerFilter) { workers(filter: $f) {
      totalCount nodes { id } pageInfo { startCursor hasNextPage }
      groups(by: [SKILL_LEVEL]) { count } } }"""
    nothing = {"startCursor": None, "hasNextPage": False}
    assert (await ask(text, f=conditions))["workers"] == {
        "totalCount": 0, "nodes": [], "pageInfo": nothing, "groups": [],
    }  # fmt: skip
