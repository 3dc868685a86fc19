"""What Neo4j would plan for minutes is refused before the database is asked."""

import asyncio
from typing import Any, cast

import pytest

from graph.database import Database
from graph.projection.compile import MOST_VARIABLES
from graph.projection.filters import MOST_COMPARISONS, MOST_INSIDE, MOST_RELATIONS
from graph.viewer import ADMINISTRATOR, Role, Viewer
from schema import ANSWERS, schema
from schema.cursors import Cursors
from schema.plan.documents import Refused
from schema.plan.engine import Engine
from tests.documents import SCHEMA, written

UNION = Viewer(frozenset({Role.UNION}), region_prefixes=("/a/", "/b/"))
NAMED: Any = {"name": {"contains": "x"}}
SKILLED: Any = {"skills": {"some": {"node": NAMED}}}


class NobodyAsks:
    """Where a database would be; whoever asks it fails the test."""

    value = rows = write = None


@pytest.fixture(scope="module")
def engine() -> Engine:
    nobody = cast("Database", NobodyAsks())
    return Engine(schema._schema, nobody, Cursors(b"k" * 32), ANSWERS)


def nested(levels: int) -> Any:
    """Conditions through so many relations, one inside another."""
    conditions = NAMED
    for n in range(levels, 0, -1):
        relation = "skills" if n % 2 else "workers"
        conditions = {relation: {"all": {"node": conditions}}}
    return conditions


WIDE = {"OR": [SKILLED] * (MOST_RELATIONS + 1)}
LONG = {"AND": [NAMED] * (MOST_COMPARISONS + 1)}
TOO_MUCH = [
    (
        nested(MOST_INSIDE + 1),
        ["skills", "all", "node", "workers", "all", "node"] * (MOST_INSIDE // 2)
        + ["skills", "all"],
    ),
    (WIDE, ["OR", MOST_RELATIONS, "skills", "some"]),
    (LONG, ["AND", MOST_COMPARISONS, "name"]),
]


def refusal(engine: Engine, text: str, variables: Any = None, viewer: Viewer = UNION) -> Any:
    """The one error with which an engine refuses a document, and its code."""
    with pytest.raises(Refused) as refused:
        asyncio.run(engine.execute(text, variables or {}, None, viewer))
    [error] = refused.value.errors
    assert refused.value.code == error.extensions["code"]
    return error


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, UNION], ids=["administrator", "union"])
@pytest.mark.parametrize("literal", [True, False], ids=["literal", "variable"])
@pytest.mark.parametrize(("conditions", "path"), TOO_MUCH, ids=["deep", "wide", "long"])
def test_filter_that_is_too_much_is_refused_at_the_condition(
    conditions: Any, path: list[Any], *, literal: bool, viewer: Viewer, engine: Engine
) -> None:
    text = "query Q($f: WorkerFilter) { people: workers(filter: $f) { totalCount } }"
    if literal:
        value = written(conditions, SCHEMA.type_map["WorkerFilter"])
        text = f"{{ people: workers(filter: {value}) {{ totalCount }} }}"
    error = refusal(engine, text, None if literal else {"f": conditions}, viewer)
    assert error.extensions["code"] == "LIMIT_EXCEEDED"
    assert error.path == ["people", "filter", *path]
    assert "at most" in error.message


def test_filters_of_nested_connections_count_together(engine: Engine) -> None:
    half = written({"OR": [SKILLED] * (MOST_RELATIONS // 2 + 1)}, SCHEMA.type_map["WorkerFilter"])
    text = f"""{{ skills(filter: {{ workers: {{ some: {{ node: {half} }} }} }}) {{
        nodes {{ workers(filter: {{ node: {half} }}) {{ totalCount }} }} }} }}"""
    error = refusal(engine, text)
    assert error.extensions["code"] == "LIMIT_EXCEEDED"
    assert error.path[:5] == ["skills", "nodes", "workers", "filter", "node"]


def test_selection_through_too_many_relations_is_refused_at_its_root_field(engine: Engine) -> None:
    lists = " ".join(f"a{n}: skills {{ totalCount }}" for n in range(MOST_VARIABLES // 2))
    text = f"{{ skills {{ totalCount }} workers {{ nodes {{ {lists} }} }} }}"
    error = refusal(engine, text)
    assert (error.extensions["code"], error.path) == ("LIMIT_EXCEEDED", ["workers"])


def test_as_much_as_is_allowed_is_planned(engine: Engine) -> None:
    for conditions in (nested(MOST_INSIDE), {"OR": [SKILLED] * MOST_RELATIONS}):
        text = "query Q($f: WorkerFilter) { workers(filter: $f) { totalCount } }"
        run = engine.run(text, {"f": conditions}, None, UNION)
        assert "EXISTS" in run.statements["workers"].text
