"""A figure as it was counted once, and counted again from what was known then (K06)."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

import orjson

from graph.cypher import Cypher
from graph.database import Row, Transaction
from graph.rules.figures import FIGURES
from graph.rules.figures.count import STORED, Question, counting, meeting, members, sight
from graph.rules.figures.declare import Figure
from graph.viewer import Role, Scale, Viewer

Run = Callable[[Cypher], Awaitable[list[Row]]]
"""Runs a statement: of a database, or of a transaction."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was counted, by which query, and hashes of it and of the list behind the number."""

    done: int
    of: int | None
    planned: float | None
    query: str
    query_digest: str
    digest: str


async def kept(
    transaction: Transaction, call: Mapping[str, Any], viewer: Viewer
) -> Mapping[str, Any]:
    """What `takeSnapshot` keeps besides what it is given, by property."""
    given = call["given"]
    place = Cypher(_PLACE, {"union": call["ids"]["union"]}, name="place of union")
    [found] = await transaction.run(place)
    scope = viewer_at(found["path"], found["tree"], viewer)
    question = question_of(given["figure"], given["year"], given["as_of"], call["now"])
    snapshot = await counted(transaction.run, question, scope)
    values = {name: getattr(snapshot, name) for name in Snapshot.__slots__}
    return {name: value for name, value in values.items() if value is not None}


def question_of(code: str, year: int, as_of: date, known_at: datetime) -> Question:
    """The question that a snapshot answers."""
    return Question((FIGURES[code],), year, as_of, known_at)


def viewer_at(path: str, tree: str, viewer: Viewer) -> Viewer:
    """Who sees all that the union at a path answers for."""
    return Viewer(
        frozenset({Role.UNION}),
        region_prefixes=(path,) if tree == "REGION" else (),
        system_prefixes=(path,) if tree != "REGION" else (),
        scale=Scale.LARGE,
        sees_synthetic=viewer.sees_synthetic,
    )


async def counted(run: Run, question: Question, scope: Viewer) -> Snapshot:
    """Count the one figure of the question over what `scope` sees; one statement."""
    [figure] = question.figures
    see = sight(scope)
    query = counting(figure, see)
    parameters = {**question.parameters, **scope.parameters}
    [row] = await run(Cypher(_statement(figure, scope, query), parameters, name="snapshot"))
    done, of = {year: (done, of) for year, done, of in row["counts"]}.get(
        question.year, (0, 0 if figure.is_share else None)
    )
    planned = next((value for _, _, value, _ in row["stored"]), figure.target)
    target = None if planned is None else float(planned)
    return Snapshot(done, of, target, query, _digest(query), _digest(row["listed"]))


def _statement(figure: Figure, scope: Viewer, query: LiteralString) -> LiteralString:
    see = sight(scope)
    meets: LiteralString = meeting(figure, see) if figure.is_share else "true"
    return (
        f"CALL () {{ {STORED} }} CALL () {{ {query} }} "
        f"CALL () {{ WITH $periods[0] AS period CALL (period) {{ {members(figure, see)} "
        f"WITH member, {meets} AS meets WITH member.id AS id, meets ORDER BY id "
        "RETURN collect([id, meets]) AS listed } RETURN listed } RETURN stored, counts, listed"
    )


def _digest(value: Any) -> str:
    return hashlib.blake2b(orjson.dumps(value), digest_size=16).hexdigest()


_PLACE: LiteralString = "MATCH (u:Node:Union {id: $union}) RETURN u.path AS path, u.tree AS tree"
