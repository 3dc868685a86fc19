"""What a union answers for: its place in a tree, and whether much lies below it."""

from typing import LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import Role, Scale, Viewer

_MANY_WORKERS = 4000

_UNION: LiteralString = """
MATCH (union:Union {key: $key})
RETURN [union.path, union.tree,
  COUNT { MATCH (w:Worker) WHERE w.region_path STARTS WITH union.path
          WITH w LIMIT $enough RETURN w } +
  COUNT { MATCH (w:Worker) WHERE w.system_path STARTS WITH union.path
          WITH w LIMIT $enough RETURN w }]
"""


async def union_viewer(database: Database, key: str) -> Viewer | None:
    """The viewer that the union with this key is; None where no tree holds such a union."""
    parameters = {"key": key, "enough": _MANY_WORKERS + 1}
    found = await database.value(Cypher(_UNION, parameters, name="union of a viewer"))
    if found is None or found[0] is None:
        return None
    path, tree, workers = found
    return Viewer(
        frozenset({Role.UNION}),
        region_prefixes=(path,) if tree == "REGION" else (),
        system_prefixes=(path,) if tree == "SYSTEM" else (),
        scale=Scale.LARGE if workers > _MANY_WORKERS else Scale.SMALL,
    )
