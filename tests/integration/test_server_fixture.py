"""The fixtures that every integration test rests on."""

from graph import constraints
from graph.cypher import Cypher
from graph.database import Database


async def test_database_comes_with_the_schema_and_no_nodes(database: Database) -> None:
    await constraints.check(database)
    assert await database.value(Cypher("MATCH (n) RETURN count(n)")) == 0


async def test_what_one_test_writes_is_there_for_itself(database: Database) -> None:
    await database.run(Cypher("CREATE (:Probe)"))
    assert await database.value(Cypher("MATCH (n) RETURN count(n)")) == 1


async def test_and_gone_for_the_next(database: Database) -> None:
    assert await database.value(Cypher("MATCH (n) RETURN count(n)")) == 0
