"""How long Neo4j takes to plan what is still allowed: python -m bench.planning.

Neo4j plans before it runs, and no time limit stops it there. Each statement is as large as the
limits of filters and selections allow; it is planned on an empty database that holds the schema.
"""

import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import uvloop

from bench.measure import machine, options, told
from bench.population import engine
from graph import constraints
from graph.cypher import Cypher, literal
from graph.database import Database, open_database
from graph.projection.compile import MOST_VARIABLES
from graph.projection.filters import MOST_COMPARISONS, MOST_INSIDE, MOST_RELATIONS
from graph.projection.fragment import Fragment
from graph.projection.paths import LONGEST, shortest
from graph.server.folder import DataFolder
from graph.server.local import local_server, stopped
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR, Role, Viewer

VIEWERS: Mapping[str, Viewer] = {
    "administrator": ADMINISTRATOR,
    "union": Viewer(frozenset({Role.UNION}), region_prefixes=("/a/", "/b/")),
}
FILTERED = "query Q($f: WorkerFilter) { workers(filter: $f) { totalCount } }"
NAMED: Any = {"name": {"contains": "x"}}


def inside(levels: int, quantifier: str) -> Any:
    """Conditions through so many relations, one inside another."""
    conditions = NAMED
    for n in range(levels, 0, -1):
        conditions = {"skills" if n % 2 else "workers": {quantifier: {"node": conditions}}}
    return conditions


def _selection() -> str:
    """As many connections side by side as a root field may select."""
    lists = " ".join(f"a{n}: skills {{ totalCount }}" for n in range(MOST_VARIABLES // 2 - 1))
    return f"{{ workers {{ nodes {{ {lists} }} }} }}"


SHAPES: Mapping[str, tuple[str, Any]] = {
    "one comparison": (FILTERED, NAMED),
    f"some, {MOST_INSIDE} relations deep": (FILTERED, inside(MOST_INSIDE, "some")),
    f"all, {MOST_INSIDE} relations deep": (FILTERED, inside(MOST_INSIDE, "all")),
    f"{MOST_RELATIONS} relations side by side": (
        FILTERED,
        {"OR": [inside(1, "some")] * MOST_RELATIONS},
    ),
    f"{MOST_COMPARISONS} comparisons": (FILTERED, {"AND": [NAMED] * MOST_COMPARISONS}),
    f"{MOST_VARIABLES // 2 - 1} connections": (_selection(), None),
    "a node of any type": ('{ node(id: "x") { id } }', None),
}

VALUES = 30
ROWS: Mapping[str, LiteralString] = {
    f"{VALUES} values, a constant first": "0, ",
    f"{VALUES} values, a property first": "",
}


async def planned(database: Database, document: str, conditions: Any, viewer: Viewer) -> float:
    """Seconds until Neo4j has planned the statement of a document, which it does not run."""
    run = engine(database).run(document, {"f": conditions} if conditions else {}, None, viewer)
    [statement] = run.statements.values()
    return await _seconds(database, statement.text, statement.parameters)


async def path_planned(database: Database, viewer: Viewer) -> float:
    """The same for the shortest path between two nodes of any type."""
    text = shortest(viewer, LONGEST, Fragment("[shown.id]"))
    return await _seconds(database, text, {"from": "x", "to": "y", **viewer.parameters})


async def row_planned(database: Database, first: LiteralString, viewer: str) -> float:
    """The same for one row; its name is the viewer's, so that none is planned already."""
    values = ", ".join([f"n.p{n}" for n in range(VALUES)])
    return await _seconds(database, f"MATCH (n:Worker) RETURN [{first}{values}] AS {viewer}", {})


async def _seconds(database: Database, text: str, parameters: Mapping[str, Any]) -> float:
    explained = Cypher(literal(f"EXPLAIN {text}"), parameters)
    begun = time.perf_counter()
    await database.rows(explained)
    return round(time.perf_counter() - begun, 2)


async def measured() -> dict[str, Any]:
    """Shape -> viewer -> seconds."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), data_dir=Path(folder) / "data")
        async with (
            local_server(settings, light=True) as address,
            open_database(address.uri, address.user, address.password, seconds=600) as database,
        ):
            await constraints.apply(database)
            for document, conditions in SHAPES.values():  # the JVM has seen each kind of pattern
                await planned(database, document, conditions, VIEWERS["administrator"])
            await database.rows(Cypher("CALL db.clearQueryCaches()"))
            figures = {
                shape: {
                    name: await planned(database, document, conditions, viewer)
                    for name, viewer in VIEWERS.items()
                }
                for shape, (document, conditions) in SHAPES.items()
            }
            figures[f"shortest path, up to {LONGEST} steps"] = {
                name: await path_planned(database, viewer) for name, viewer in VIEWERS.items()
            }
            for shape, first in ROWS.items():
                figures[shape] = {
                    name: await row_planned(database, first, name) for name in VIEWERS
                }
        await stopped(DataFolder(settings.data_dir))
    return figures


def main() -> None:
    given = options(__doc__, seconds=1).parse_args()
    figures = uvloop.run(measured())
    print(f"{'seconds to plan':32}" + "".join(f"{name:>15}" for name in VIEWERS))
    for shape, row in figures.items():
        print(f"{shape:32}" + "".join(f"{seconds:15.2f}" for seconds in row.values()))
    told({**figures, "machine": machine()}, given)


if __name__ == "__main__":
    main()
