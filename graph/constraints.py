"""The model's constraints and indexes: derived, applied when missing, or only checked."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.errors import GraphError
from graph.model import MODEL, Model, NodeType, Owned, Property
from graph.model.people import ABOVE
from graph.model.system import SYSTEM_KEYS

SCOPE_TOKENS = "scope_tokens"
_AT_ONCE = 50


def statements(model: Model = MODEL) -> Iterator[tuple[str, LiteralString]]:
    """Name and text of each constraint and index, in a stable order."""
    yield _unique("Node", "id")
    for label, key in SYSTEM_KEYS:
        yield _unique(label, key)
    for t in model.node_types:
        yield _unique(t.label, "key")
        for p in t.all_properties:
            if p.sortable:
                yield _range(t.label, p.name, "key")
        if isinstance(t.access, Owned):
            yield _range(t.label, "region_path")
            yield _range(t.label, "system_path")
        if searched(t):
            yield _fulltext(t)
    yield _range("Master", "key")
    yield from _lists()


def _lists() -> Iterator[tuple[str, LiteralString]]:
    """What the people of a union or enterprise are read from in order (docs/adr/0032)."""
    for name in chain(*ABOVE.values()):
        yield _range("Worker", name, "key")
        yield _range("Worker", name, "name", "key")
    yield _range("Employment", "employer", "worker_key")
    yield _range("Employment", "employer", "worker_name", "worker_key")


def fulltext_index(node_type: NodeType) -> LiteralString:
    """Name of the full-text index of a type: one each, so that a search restricts, then limits."""
    return f"search_{node_type.label}"


def searched(node_type: NodeType) -> tuple[Property, ...]:
    """The properties of a type that full text covers."""
    return tuple(p for p in node_type.all_properties if p.searched)


def _unique(label: LiteralString, name: LiteralString) -> tuple[str, LiteralString]:
    title = f"{label}_{name}_unique"
    return title, (
        f"CREATE CONSTRAINT {title} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
    )


def _range(label: LiteralString, *names: LiteralString) -> tuple[str, LiteralString]:
    title: LiteralString = "_".join([label, *names])
    columns = ", ".join([f"n.{name}" for name in names])
    return title, f"CREATE INDEX {title} IF NOT EXISTS FOR (n:{label}) ON ({columns})"


def _fulltext(t: NodeType) -> tuple[str, LiteralString]:
    title = fulltext_index(t)
    scope: tuple[LiteralString, ...] = (SCOPE_TOKENS,) if isinstance(t.access, Owned) else ()
    names: list[LiteralString] = [p.name for p in searched(t)]
    columns = ", ".join([f"n.{name}" for name in (*names, *scope)])
    return title, (
        f"CREATE FULLTEXT INDEX {title} IF NOT EXISTS FOR (n:{t.label}) ON EACH [{columns}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    )


async def apply(database: Database, model: Model = MODEL) -> None:
    """Create what is missing and wait until all indexes answer; a second run changes nothing."""
    present = await _present(database)
    missing = [Cypher(text, name="constraint") for n, text in statements(model) if n not in present]
    for start in range(0, len(missing), _AT_ONCE):
        await _create(database, missing[start : start + _AT_ONCE])
    await database.run(Cypher("CALL db.awaitIndexes(300)", name="await indexes"))


async def _create(database: Database, some: Sequence[Cypher]) -> None:
    """Create some in one transaction."""

    async def work(transaction: Transaction) -> None:
        for statement in some:
            await transaction.run(statement)

    await database.write(work)


async def check(database: Database, model: Model = MODEL) -> None:
    """Raise GraphError that lists what is missing, for databases where we may not create it."""
    present = await _present(database)
    missing = [text for name, text in statements(model) if name not in present]
    if missing:
        listed = ";\n".join(missing)
        raise GraphError(
            f"the database lacks {len(missing)} constraints or indexes; "
            f"set JIANGPU_CONSTRAINTS=apply or run:\n{listed};"
        )


async def _present(database: Database) -> set[str]:
    rows = await database.run(Cypher("SHOW INDEXES YIELD name", name="indexes"))
    return {row["name"] for row in rows}
