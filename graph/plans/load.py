"""How evenly a programme's masters are shown, and how loaded each is: the report of exposure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

import numpy as np

from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.model.people import WORKER
from graph.plans.solve import gini
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.rules.mentoring import around_master, is_live, places_left_in
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MasterLoad:
    """How loaded one master is; `shown` is what was selected of her."""

    places_left: int
    waiting: int
    shown_by_score: int
    shown_to: int
    price: float
    shown: Sequence[Any]


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """How evenly masters are shown: by score alone, and where suggestions are balanced."""

    measured_at: datetime | None
    masters: int
    gini_by_score: float
    gini_balanced: float
    never_shown_by_score: int
    never_shown_balanced: int
    loads: tuple[MasterLoad, ...]


async def exposure_report(
    database: Database,
    scope: Mapping[str, str | None],
    viewer: Viewer,
    master: Fragment,
    *,
    first: int,
    today: date,
) -> ExposureReport:
    """Of the masters of a `programme`'s union, or of a `union`, whom the viewer sees.

    The most sought come first. Raises InvalidRequest if there is no such programme or union.
    """
    parameters = {
        "programme": scope.get("programme"),
        "union": scope.get("union"),
        "first": first,
        "today": today,
        **master.parameters,
        **viewer.parameters,
    }
    text = _text(visible(WORKER, "master", viewer) or "true", master)
    found = await database.value(Cypher(text, parameters, name="exposure of masters"))
    if found is None:
        raise InvalidRequest(
            "NOT_FOUND", "name one programme that a union runs, or one union", ("unionId",)
        )
    counts, at, loads = found
    by_score, balanced = np.array(counts, dtype=np.int64).reshape(-1, 2).T
    return ExposureReport(
        at.to_native() if at else None,
        len(by_score),
        gini(by_score),
        gini(balanced),
        int((by_score == 0).sum()),
        int((balanced == 0).sum()),
        tuple(MasterLoad(*row) for row in loads),
    )


def _text(seen: LiteralString, master: Fragment) -> LiteralString:
    return f"""
OPTIONAL MATCH (:Node:MentoringProgramme {{id: $programme}})-[:RUN_BY]->(owner:Union)
OPTIONAL MATCH (named:Node:Union {{id: $union}})
WITH coalesce(owner, named) AS scope WHERE scope IS NOT NULL
CALL (scope) {{
  MATCH (master:Worker)<-[:EXPOSURE_OF]-(exposure:MasterExposure) WHERE {seen}
    AND (master.region_path STARTS WITH scope.path OR master.system_path STARTS WITH scope.path)
  RETURN collect([exposure.shown_by_score, exposure.shown_to]) AS counts,
    max(exposure.measured_at) AS measured_at
}}
CALL (scope) {{
  MATCH (master:Worker)<-[:EXPOSURE_OF]-(exposure:MasterExposure) WHERE {seen}
    AND (master.region_path STARTS WITH scope.path OR master.system_path STARTS WITH scope.path)
  WITH master, exposure ORDER BY exposure.shown_to DESC, master.id LIMIT $first
  WITH *, {around_master("master")} AS around
  {master.calls}
  RETURN collect([{places_left_in("around", "$today")},
    size([a IN around WHERE a:MentoringAgreement AND a.state <> 'ACTIVE'
      AND {is_live("a", "$today")}]),
    exposure.shown_by_score, exposure.shown_to, exposure.price, {master.text}]) AS loads
}}
RETURN [counts, measured_at, loads]"""
