"""A snapshot counted again from what was known when it was taken, and what differs (K06)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import strawberry

from graph.cypher import Cypher
from graph.model.programme import SNAPSHOT
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.rules.figures import FIGURES
from graph.rules.figures.snapshot import Snapshot, counted, question_of, viewer_at
from graph.viewer import Viewer
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.derived.objects import OBJECTS
from schema.plan.ask import Ask


@dataclass(frozen=True, slots=True)
class SnapshotDifference:
    """One thing that is no longer as it was kept."""

    what: str
    kept: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Recount:
    """A snapshot counted again."""

    reproduces: bool
    done: int | None
    of: int | None
    differences: Sequence[SnapshotDifference]
    values: Mapping[str, Any]


async def recount_snapshot(ask: Ask) -> Recount | None:
    """Answer the root field `recountSnapshot`: one statement for the snapshot, one that counts."""
    rows = ask.rows("Recount", "snapshot", "shown", SNAPSHOT.label)
    parameters = {
        "id": ask.given["figure_snapshot_id"],
        **rows.fragment.parameters,
        **ask.viewer.parameters,
    }
    text = _found(ask.viewer, rows.fragment)
    found = await ask.database.value(Cypher(text, parameters, name="snapshot kept"))
    if found is None:
        return None
    kept, (path, tree), shown = found
    values = rows.values(shown)
    if kept["figure"] not in FIGURES:
        gone = SnapshotDifference("figure", kept["figure"], None)
        return Recount(False, None, None, [gone], values)
    question = question_of(
        kept["figure"], kept["year"], kept["as_of"].to_native(), kept["known_at"].to_native()
    )
    scope = ask.viewer if path is None else viewer_at(path, tree, ask.viewer)
    again = await counted(ask.database.rows, question, scope)
    differences = list(_differences(kept, again))
    return Recount(not differences, again.done, again.of, differences, values)


def _found(viewer: Viewer, shown: Fragment) -> LiteralString:
    seen = visible(SNAPSHOT, "shown", viewer) or "true"
    return (
        f"OPTIONAL MATCH (shown:Node:FigureSnapshot {{id: $id}}) WHERE {seen} "
        "OPTIONAL MATCH (shown)-[:COUNTED_FOR]->(u:Union) WITH shown, u LIMIT 1 "
        f"{shown.calls}RETURN CASE WHEN shown IS NOT NULL "
        f"THEN [properties(shown), [u.path, u.tree], {shown.text}] END AS value"
    )


def _differences(kept: Mapping[str, Any], again: Snapshot) -> Iterator[SnapshotDifference]:
    """Lists and queries are told by their hashes, which name nobody."""
    for name in ("done", "of", "planned", "query_digest", "digest"):
        then, now = kept.get(name), getattr(again, name)
        if then != now:
            yield SnapshotDifference(_NAMED.get(name, name), _text(then), _text(now))


_NAMED = {"query_digest": "query", "digest": "list"}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


_DIFFERENCE = made(
    "SnapshotDifference",
    "One thing that is no longer as it was kept.",
    field("what", str, "figure, done, of, planned, query or list."),
    field("kept", str | None, "What the snapshot holds; of the query and the list the hash."),
    field("now", str | None, "What is counted now from what was known then."),
)
_RECOUNT = made(
    "Recount",
    "A snapshot counted again from what was known when it was taken.",
    field("snapshot", OBJECTS[SNAPSHOT.label] | None, "The snapshot."),
    field("reproduces", bool, "True if nothing differs."),
    field("done", int | None, "What is counted; null if the figure is gone."),
    field("of", int | None, "Of how many; null for a count."),
    field("differences", list[_DIFFERENCE], "What differs; facts that are not dated may change."),
)

QUERIES = (
    asked(
        "recountSnapshot",
        _RECOUNT | None,
        "A figure's snapshot (指标快照) counted again as of its day, from what was known at its "
        "moment, and what differs (K06).",
        recount_snapshot,
        argument("figure_snapshot_id", strawberry.ID, "Id of the snapshot.", required=True),
    ),
)
