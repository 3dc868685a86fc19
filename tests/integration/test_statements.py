"""One root field is one statement, counted by the database itself; test_judge counts for each."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from graphql import GraphQLNonNull

from graph.cypher import Cypher
from graph.database import Database
from tests.documents import ROOTS, arguments, selection, small_pages
from tests.integration.conftest import Ask
from tests.seeded import OPEN, named

SETTLED = ("MERGE (use:FieldUse ", "MERGE (b:Budget ", "MERGE (file:AccessFile ", "k.last_used")


@asynccontextmanager
async def counted(database: Database) -> AsyncGenerator[list[str]]:
    """The texts of all statements that the database has run meanwhile, each as often as it ran.

    But for what the session's API settles up to a second after other tests asked it.
    """
    ran: list[str] = []
    for step in ("stop", "clear", "collect"):
        await database.run(Cypher(f"CALL db.stats.{step}('QUERIES')"))
    yield ran
    await database.run(Cypher("CALL db.stats.stop('QUERIES')"))
    for row in await database.run(Cypher("CALL db.stats.retrieve('QUERIES')")):
        data = row["data"]
        if not any(label in data["query"] for label in SETTLED):
            ran += [data["query"]] * data["invocationSummary"]["invocationCount"]


def given(field: str) -> Any:
    """What a root field is given; an argument that is not known here fails the test."""
    ids = named(field)

    def argument(name: str, t: Any) -> str | None:
        if name == "workerIds":
            return f'["{OPEN.id("Worker", 0)}"]'
        if name == "year":
            return "2020"
        if name == "ids":
            return f'["{OPEN.id("Worker", 0)}", "{OPEN.id("Studio", 1)}"]'
        if name in ids:
            return f'"{ids[name]}"'
        text = small_pages(name, t)
        assert text or not isinstance(t, GraphQLNonNull), f"say what {field}({name}:) is given"
        return text

    return argument


# Two statements: counted in test_match_workers and test_plans, for they need a match or a plan.
OF_A_MATCH = {"whyPlanned", "whatWouldChange", "matchesAboutMe"}


def statements(name: str, data: Any) -> int:
    """So many are run for a root field that was answered like this; a match has its reasons."""
    return 2 if name.endswith("Matches") and data[name]["nodes"] else 1


DEEP = [
    pytest.param(name, marks=[pytest.mark.slow] * (n % 10 > 0))
    for n, name in enumerate(sorted(ROOTS.keys() - OF_A_MATCH))
]


@pytest.mark.parametrize("name", DEEP)
async def test_root_field_is_one_statement_however_deep_it_selects(
    name: str, seeded: Database, ask: Ask
) -> None:
    field = ROOTS[name]
    depth = 3 if field.args.keys().isdisjoint({"id", "key"}) else 2
    text = f"{{ {name}{arguments(field, given(name))} {selection(field.type, depth, width=1)} }}"
    async with counted(seeded) as ran:
        data = await ask(text)
    assert len(ran) == statements(name, data)


@pytest.mark.parametrize(("name", "argument"), [("mentor", "workerId"), ("apprentice", "masterId")])
async def test_match_is_two_statements_however_many_it_finds(
    name: str, argument: str, seeded: Database, ask: Ask
) -> None:
    await seeded.run(Cypher("MATCH (c:Consent) SET c.purpose = 'MATCHING'"))
    person = OPEN.id("Worker", 0 if name == "mentor" else 2)
    async with counted(seeded) as ran:
        data = await ask(f'{{ {name}Matches({argument}: "{person}") {{ nodes {{ score }} }} }}')
    assert len(data[f"{name}Matches"]["nodes"]) > 0
    assert len(ran) == 2


async def test_three_root_fields_are_three_statements(seeded: Database, ask: Ask) -> None:
    async with counted(seeded) as ran:
        await ask("{ a: workers { totalCount } b: workers { totalCount } skills { totalCount } }")
    assert len(ran) == 3
