"""A filter through relations finds each node once, at whichever end the database begins."""

from collections.abc import Mapping
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from graph.cypher import Cypher
from graph.database import Database
from graph.model import MODEL
from graph.viewer import Role, Scale, Viewer
from tests.documents import SCHEMA
from tests.integration.conftest import Ask
from tests.seeded import OPEN

OFFICER = Viewer(frozenset({Role.UNION}), ("/town/",), scale=Scale.LARGE)
DOUBLE = f"""
MATCH (w:Worker {{id: '{OPEN.id("Worker", 1)}'}})
MATCH (s:Skill) MERGE (w)-[r:HAS_SKILL]->(s) SET r.level = 5
"""
FIELDS = "totalCount nodes { id }"


def related(label: str) -> Mapping[str, Any]:
    """A filter by which a relation to one, and one to many, must lead somewhere."""
    some: dict[str, Any] = {}
    one: dict[str, Any] = {}
    given: Any = SCHEMA.type_map[f"{label}Filter"]
    for name, f in given.fields.items():
        t = get_named_type(f.type)
        if not isinstance(t, GraphQLInputObjectType) or name in {"AND", "OR", "NOT"}:
            continue
        if "some" in t.fields:
            some = some or {name: {"some": {}}}
        elif "id" in t.fields:
            one = one or {name: {"synthetic": {"eq": False}}}
    return some | one


@pytest.mark.parametrize("label", [t.label for t in MODEL.node_types if related(t.label)])
async def test_joined_relations_find_what_exists_finds(
    label: str, seeded: Database, ask: Ask
) -> None:
    plural = MODEL.node_type(label).plural
    conditions = related(label)
    data = await ask(
        f"query ($joined: {label}Filter, $asked: {label}Filter) {{"
        f" joined: {plural}(filter: $joined) {{ {FIELDS} }}"
        f" asked: {plural}(filter: $asked) {{ {FIELDS} }} }}",
        OFFICER,
        joined=conditions,
        asked={"NOT": {"NOT": conditions}},
    )
    assert data["joined"] == data["asked"]


async def test_a_worker_with_many_of_the_skills_asked_for_is_one_worker(
    seeded: Database, ask: Ask
) -> None:
    await seeded.run(Cypher(DOUBLE))
    data = await ask(
        "{ workers(filter: {skills: {some: {level: {eq: 5}}}}) { totalCount nodes { id }"
        " groups(by: [NAME]) { count } aggregate { count } } }"
    )
    assert data["workers"] == {
        "totalCount": 1,
        "nodes": [{"id": OPEN.id("Worker", 1)}],
        "groups": [{"count": 1}],
        "aggregate": {"count": 1},
    }
