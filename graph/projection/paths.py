"""The shortest connection between two nodes, through nothing that the viewer may not see."""

from typing import LiteralString

from graph.cypher import literal
from graph.projection.access import visible_whatever
from graph.projection.fragment import Fragment
from graph.viewer import Viewer

LONGEST = 8


def shortest(viewer: Viewer, longest: int, shown: Fragment) -> LiteralString:
    """[[relationship type that led here, along its direction, shown] …] from `from` to `to`.

    Records that were corrected lead nowhere; the last node is one of the steps. Parameters:
    `from`, `to`, and those of the viewer and the fragment.

    The groups `way` and `y` are read, not a path: of a pattern with unread groups Neo4j 2026.08
    makes an older one, in which it then misses `y`.
    """
    start: LiteralString = visible_whatever("a", viewer) or "true"
    inner = visible_whatever("y", viewer)
    inside: LiteralString = "y.recorded_to IS NULL" + (f" AND {inner}" if inner else "")
    steps: LiteralString = f"(()-[way]-(y:Node) WHERE {inside}){{1,{literal(str(longest))}}}"
    return (
        f"MATCH (a:Node {{id: $from}}), (b:Node {{id: $to}}) WITH a, b, {start} AS seen WHERE seen "
        f"MATCH SHORTEST 1 (a) {steps} (b) "
        "WITH [a] + y AS stops, way AS ways "
        "UNWIND range(0, size(stops) - 1) AS place "
        "WITH place, stops[place] AS shown, ways[place - 1] AS way "
        f"ORDER BY place {shown.calls}"
        "RETURN collect([CASE WHEN place > 0 THEN type(way) END, "
        f"CASE WHEN place > 0 THEN endNode(way) = shown END, {shown.text}]) AS value"
    )
