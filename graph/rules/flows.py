"""Workers who changed their employer, between districts or industries (K08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, LiteralString, NamedTuple

from graph.cypher import Cypher
from graph.database import Database
from graph.model.people import EMPLOYMENT
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.projection.personal import FEWEST_PERSONS, counts_persons
from graph.rules.dated import began, known
from graph.rules.figures.count import Question
from graph.viewer import Viewer


class Place(NamedTuple):
    """Where an enterprise lies, and the relationship that says so."""

    label: LiteralString
    lies: LiteralString


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "DISTRICT": Place("District", "LOCATED_IN"),
        "INDUSTRY": Place("Industry", "IN_INDUSTRY"),
    }
)


@dataclass(frozen=True, slots=True)
class Moves:
    """Between what, and the id of an occupation of those who moved."""

    by: str
    occupation: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Workers who went one way in the year."""

    left: Any
    joined: Any
    workers: int


async def flows(
    database: Database,
    question: Question,
    moves: Moves,
    viewer: Viewer,
    shown: tuple[Fragment, Fragment],
) -> list[Flow]:
    """The way that most went comes first; one statement. Both fragments say what is shown.

    The post before is the last that began: who keeps it beside the new one has not moved. Fewer
    than five are shown to a union only.
    """
    left, joined = shown
    parameters = {
        **question.parameters,
        "most": question.most,
        "occupation": moves.occupation,
        **viewer.parameters,
        **left.parameters,
        **joined.parameters,
    }
    fewest = FEWEST_PERSONS if counts_persons(viewer) else "1"
    text: LiteralString = (
        f"CALL () {{ {_moved(moves, viewer)} }} "
        f"WITH left, joined, workers WHERE workers >= {fewest} "
        "ORDER BY workers DESC, left.key, joined.key LIMIT $most "
        f"{left.calls}{joined.calls}"
        f"RETURN collect([{left.text}, {joined.text}, workers]) AS flows"
    )
    return [Flow(*row) for row in await database.value(Cypher(text, parameters, name="flows"))]


def _moved(moves: Moves, viewer: Viewer) -> LiteralString:
    """Binds each way that workers went with how many did."""
    place = PLACES[moves.by]
    where: list[LiteralString] = [visible(EMPLOYMENT, "post", viewer) or "true"]
    seen: LiteralString = visible(EMPLOYMENT, "before", viewer) or "true"
    if moves.occupation:
        where.append(
            "EXISTS { MATCH (w)-[:PRACTISES]->(:Occupation)"
            "-[:BROADER*0..4]->(:Occupation {id: $occupation}) }"
        )
    return f"""
      WITH $periods[0] AS period
      MATCH (w:Worker)<-[:ABOUT_WORKER]-(post:Employment)-[:AT_ENTERPRISE]->(new:Enterprise)
      WHERE {began("post")} AND {" AND ".join(where)}
      CALL (w, post) {{
        MATCH (w)<-[:ABOUT_WORKER]-(before:Employment)-[:AT_ENTERPRISE]->(old:Enterprise)
        WHERE before.valid_from < post.valid_from AND {known("before")} AND {seen}
        RETURN old, before.valid_to AS until ORDER BY before.valid_from DESC, before.key LIMIT 1 }}
      WITH w, old, new WHERE old <> new AND until <= post.valid_from
      MATCH (old)-[:{place.lies}]->(left:{place.label})
      MATCH (new)-[:{place.lies}]->(joined:{place.label})
      RETURN left, joined, count(DISTINCT w) AS workers"""
