"""Whatever a plan answers, graphql-core makes of the same rows: the same bytes, the same errors."""

import json
from typing import Any

import pytest
from graphql import GraphQLError
from hypothesis import assume, event, given, settings

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.viewer import ADMINISTRATOR
from schema import ANSWERS
from schema.cursors import Cursors
from schema.plan.documents import Refused
from schema.plan.engine import Engine, Response, _Doubtful
from tests.documents import ROOTS, SCHEMA, arguments, by_turns, selection
from tests.integration.test_statements import OF_A_MATCH, counted, statements
from tests.integration.test_statements import given as given_to
from tests.seeded import OPEN, WIPE, whole
from tests.strategies import documents


class Judge(Engine):
    """Keeps the rows of each answer, and what graphql-core makes of them."""

    judgement: Response
    doubted: bool

    async def _answered(self, ask: Any, meaning: Any) -> Any:
        """To compute with values that no loader lets in may fail; to complete them may not."""
        try:
            return await super()._answered(ask, meaning)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise InvalidRequest("BROKEN", repr(error)) from error

    def _completed(self, run: Any, root: Any, value: Any) -> Any:
        done = super()._completed(run, root, value)
        return value if isinstance(value, GraphQLError) else _Kept(done, value)

    def _joined(self, run: Any, done: list[Any]) -> Response:
        rows = [_Doubtful(d.rows) if isinstance(d, _Kept) else d for d in done]
        self.judgement = self._judged(run, rows)
        values = [d.done if isinstance(d, _Kept) else d for d in done]
        self.doubted = any(isinstance(v, _Doubtful) for v in values)
        return super()._joined(run, values)


class _Kept:
    def __init__(self, done: Any, rows: Any) -> None:
        self.done, self.rows = done, rows


def shown(response: Response) -> str:
    """The body of a response."""
    errors = [e.formatted for e in response.errors]
    return json.dumps({"data": response.data, "errors": errors}, ensure_ascii=False, default=repr)


async def agreed(judge: Judge, text: str, variables: dict[str, Any] | None = None) -> Response:
    """The answer, which is the judge's own."""
    response = await judge.execute(text, variables or {}, None, ADMINISTRATOR)
    assert shown(response) == shown(judge.judgement)
    return response


async def agreed_within_limits(judge: Judge, document: tuple[str, dict[str, Any]]) -> Response:
    """The same for a generated document, which may be too large to be answered."""
    try:
        return await agreed(judge, *document)
    except Refused as refused:
        assume(refused.code != "LIMIT_EXCEEDED")
        raise


@pytest.fixture(scope="module")
def judge(open_session_database: Database) -> Judge:
    return Judge(SCHEMA, open_session_database, Cursors(b"k" * 32), ANSWERS)


@pytest.mark.parametrize("name", by_turns(ROOTS))
async def test_root_field_is_answered_as_graphql_core_would_from_one_statement_or_a_matchs_two(
    name: str, seeded: Database, judge: Judge
) -> None:
    field = ROOTS[name]
    text = f"{{ {name}{arguments(field, given_to(name))} {selection(field.type, 2, width=3)} }}"
    async with counted(seeded) as ran:
        response = await agreed(judge, text)
    assert not judge.doubted
    assert name in OF_A_MATCH or len(ran) == statements(name, response.data)


EXPECTED = {"BAD_USER_INPUT", "NOT_FOUND", "BAD_MATCH_ID", "UNKNOWN_WEIGHTS"}


@settings(max_examples=2 * settings().max_examples)
@given(document=documents())
async def test_plan_answers_any_document_as_graphql_core_would(
    document: tuple[str, dict[str, Any]], seeded: Database, judge: Judge
) -> None:
    response = await agreed_within_limits(judge, document)
    assert not judge.doubted
    assert {e.extensions["code"] for e in response.errors} <= EXPECTED


ODD: tuple[Any, ...] = (None, "text", 7, 2**40, True, 0.5, float("nan"), -1.0, [1, 2], ["text"])


@pytest.fixture(scope="module")
async def broken(open_session_database: Database) -> Database:
    """Values of every sort where they do not belong; the loaders would have refused them."""
    rows = whole(OPEN, copies=5)
    for n, node in enumerate(rows.nodes):
        for m, name in enumerate(node["values"]):
            odd = ODD[(n + m) % len(ODD)]
            unique = name in {"id", "key"}
            if (3 * n + 7 * m) % 4 == 0 and not unique:
                node["values"][name] = None if name.startswith("valid_") else odd
    await open_session_database.run(WIPE)
    await rows.write(open_session_database)
    await open_session_database.run(Cypher("MATCH (n:Node) WHERE n.id ENDS WITH '4' REMOVE n.id"))
    return open_session_database


@settings(max_examples=2 * settings().max_examples)
@given(document=documents())
async def test_errors_and_nulls_of_broken_data_are_graphql_cores_own(
    document: tuple[str, dict[str, Any]], broken: Database, judge: Judge
) -> None:
    await agreed_within_limits(judge, document)
    event("doubted" if judge.doubted else "whole")


@pytest.fixture
async def odd_worker(database: Database) -> Database:
    """A skilled worker without a source, in a district; tests add what is wrong."""
    await database.run(
        Cypher(
            "CREATE (w:Node:Person:Worker {id: 'w', key: 'k:w', name: '李'}) "
            "CREATE (w)-[:HAS_SKILL]->(:Node:Skill {id: 's', key: 'k:s', name: '焊接'}) "
            "CREATE (w)-[:LIVES_IN]->"
            "(:Node:District {id: 'd', key: 'k:d', code: '1', name: '东城'})"
        )
    )
    return database


WORKER = """{ worker(id: "w") {
  id birthYear skillLevel occupationConfidence district { name level }
  skills { nodes { aliases name } }
} }"""


@pytest.mark.parametrize(
    ("change", "data", "path", "message"),
    [
        (
            "MATCH (d:District) REMOVE d.name",
            {"district": None},
            ["worker", "district", "name"],
            "Cannot return null for non-nullable field District.name.",
        ),
        (
            "MATCH (s:Skill) REMOVE s.name",
            None,
            ["worker", "skills", "nodes", 0, "name"],
            "Cannot return null for non-nullable field Skill.name.",
        ),
        (
            "MATCH (w:Worker) SET w.birth_year = 3000000000",
            {"birthYear": None},
            ["worker", "birthYear"],
            "Int cannot represent non 32-bit signed integer value: 3000000000",
        ),
        (
            "MATCH (w:Worker) SET w.birth_year = 'about 1970'",
            {"birthYear": None},
            ["worker", "birthYear"],
            "Int cannot represent non-integer value: 'about 1970'",
        ),
        (
            "MATCH (w:Worker) SET w.skill_level = 99",
            {"skillLevel": None},
            ["worker", "skillLevel"],
            "Enum 'SkillLevel' cannot represent value: 99",
        ),
        (
            "MATCH (w:Worker) SET w.occupation_confidence = 0.0 / 0.0",
            {"occupationConfidence": None},
            ["worker", "occupationConfidence"],
            "Float cannot represent non numeric value: nan",
        ),
    ],
)
async def test_a_broken_value_is_one_error_at_its_place_and_null_up_to_where_null_may_be(
    change: Any, data: Any, path: list[Any], message: str, *, odd_worker: Database, judge: Judge
) -> None:
    await odd_worker.run(Cypher(change))
    response = await agreed(judge, WORKER)
    [error] = response.errors
    assert (error.path, error.message) == (path, message)
    found = (response.data or {})["worker"]
    assert found == data if data is None else data.items() <= found.items()


async def test_convertible_values_are_converted(odd_worker: Database, judge: Judge) -> None:
    await odd_worker.run(
        Cypher(
            "MATCH (w:Worker)-->(s:Skill) "
            "SET w.birth_year = '1970', w.occupation_confidence = 1, s.aliases = [1, 2], s.name = 5"
        )
    )
    response = await agreed(judge, WORKER)
    worker = (response.data or {})["worker"]
    assert response.errors == []
    assert worker["birthYear"] == 1970
    assert repr(worker["occupationConfidence"]) == "1.0"
    assert worker["skills"]["nodes"] == [{"aliases": ["1", "2"], "name": "5"}]


async def test_broken_values_of_hits_and_paths_are_errors_too(
    odd_worker: Database, judge: Judge
) -> None:
    await odd_worker.run(Cypher("MATCH (d:District) REMOVE d.code"))
    response = await agreed(
        judge,
        """{ search(query: "东城") { edges { score node { ... on District { code } } } }
             shortestPath(from: "s", to: "d") { length stops { node { id
               ... on District { code } } } } }""",
    )
    assert response.data is None
    assert "District.code" in response.errors[0].message
