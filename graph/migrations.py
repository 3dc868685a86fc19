"""Changes of what is stored: numbered, forward only, each done once and recorded in the graph."""

from typing import LiteralString

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.writes.paths import unions_above
from graph.writes.posts import DERIVED

MIGRATIONS: tuple[tuple[str, LiteralString], ...] = (
    (
        "0001-posts",
        "MATCH (post:Employment) WHERE post.employer IS NULL "
        f"CALL (post) {{ {DERIVED} }} IN TRANSACTIONS OF 5000 ROWS",
    ),
    (
        "0002-unions-above",
        "MATCH (w:Worker) WHERE w.region_path IS NOT NULL OR w.system_path IS NOT NULL "
        f"CALL (w) {{ {unions_above('w')} }} IN TRANSACTIONS OF 5000 ROWS",
    ),
)


async def apply(database: Database) -> None:
    """Do what was not done yet; one that was cut short is done again from the start."""
    rows = await database.rows(Cypher(_DONE, name="migrations"))
    done = {row["name"] for row in rows}
    for name, text in MIGRATIONS:
        if name not in done:
            await database.run(Cypher(text, name=name))
            await database.run(Cypher(_RECORD, {"name": name, "at": clock.now()}, name="migrated"))


_DONE = "MATCH (m:Migration) RETURN m.name AS name"
_RECORD = "MERGE (m:Migration {name: $name}) ON CREATE SET m.at = $at"
