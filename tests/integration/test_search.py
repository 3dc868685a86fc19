"""Full text: what people type finds what they mean, and ranks it by the node's own words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import ADMINISTRATOR
from schema.plan.engine import Engine
from tests.integration.conftest import Ask
from tests.seeded import WIPE

SKILLS = {
    "welding": ("氩弧焊", ["TIG welding", "钨极惰性气体保护焊"]),
    "spot": ("电阻点焊", ["spot welding"]),
    "turning": ("数控车削", ["CNC turning"]),
    "c": ("C++ (programming) AND more", []),
    "long": ("焊接质量检验与无损检测综合能力及其在压力容器上的应用", []),
}
TEXT = """query ($q: String!, $first: Int, $after: String) {
  search(query: $q, types: [Skill], first: $first, after: $after) {
    edges { cursor score node { id } highlights { property text hits { start end } } }
    pageInfo { hasNextPage endCursor } } }"""


@pytest.fixture(scope="module")
async def skills(open_session_database: Database) -> Database:
    await open_session_database.run(WIPE)
    rows = [{"id": i, "name": n, "aliases": a} for i, (n, a) in SKILLS.items()]
    text = "UNWIND $rows AS row CREATE (n:Node:Skill) SET n = row, n.key = 't:' + row.id"
    await open_session_database.run(Cypher(text, {"rows": rows}))
    await open_session_database.run(Cypher("CALL db.awaitIndexes(60)"))
    return open_session_database


async def found(ask: Ask, query: str) -> list[str]:
    data = await ask(TEXT, q=query)
    return [edge["node"]["id"] for edge in data["search"]["edges"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("氩弧焊", {"welding"}),
        ("焊", {"welding", "spot", "long"}),
        ("点焊", {"spot"}),
        ("weld", {"welding", "spot"}),
        ("WELDING spot", {"spot"}),
        ("焊接 检测", {"long"}),
        ("车削 turning", {"turning"}),
        ("焊 车削", set()),
    ],
)
async def test_words_find_what_holds_all_of_them(
    query: str, expected: set[str], skills: Database, ask: Ask
) -> None:
    assert set(await found(ask, query)) == expected


async def test_short_names_that_hold_the_word_come_first(skills: Database, ask: Ask) -> None:
    assert await found(ask, "焊") == ["welding", "spot", "long"]


async def test_score_is_the_nodes_own_whatever_else_is_in_the_graph(
    skills: Database, ask: Ask
) -> None:
    before = await ask(TEXT, q="点焊")
    many = "UNWIND range(1, 50) AS n CREATE (:Node:Skill {id: 'x' + n, key: 'x:' + n, name: $name})"
    await skills.run(Cypher(many, {"name": "电阻点焊工艺与设备"}))
    after = await ask(TEXT, q="点焊", first=1)
    await skills.run(Cypher("MATCH (n:Skill) WHERE n.key STARTS WITH 'x:' DELETE n"))
    assert after["search"]["edges"][0] == before["search"]["edges"][0]


async def test_highlights_are_where_the_words_stand(skills: Database, ask: Ask) -> None:
    [edge] = (await ask(TEXT, q="TIG"))["search"]["edges"]
    [highlight] = edge["highlights"]
    [hit] = highlight["hits"]
    assert highlight["property"] == "aliases"
    assert highlight["text"][hit["start"] : hit["end"]] == "TIG"


async def test_pages_of_hits_hold_each_once(skills: Database, ask: Ask) -> None:
    seen: list[str] = []
    after, more = None, True
    while more:
        page = (await ask(TEXT, q="焊", first=1, after=after))["search"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == await found(ask, "焊")


@pytest.mark.parametrize("query", ["", " ", "。，！？", "++ -- && ||", '"', "*", "()[]{}^~\\/"])
async def test_text_of_punctuation_alone_is_bad_input(
    query: str, skills: Database, engine: Engine
) -> None:
    response = await engine.execute(TEXT, {"q": query}, None, ADMINISTRATOR)
    [error] = response.errors
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    assert error.path == ["search", "query"]


SYNTAX = st.text(st.sampled_from(list('C焊a1 +-&|!(){}[]^"~*?:\\/.')), min_size=1, max_size=12)


@given(query=SYNTAX)
async def test_no_text_is_misread_as_a_query_language(
    query: str, skills: Database, engine: Engine
) -> None:
    response: Any = await engine.execute(TEXT, {"q": query}, None, ADMINISTRATOR)
    assert {e.extensions["code"] for e in response.errors} <= {"BAD_USER_INPUT"}


async def test_operators_are_words(skills: Database, ask: Ask) -> None:
    assert await found(ask, "C++ AND more") == ["c"]
    assert await found(ask, "name:焊") == []
