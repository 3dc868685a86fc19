"""Places that enterprises posted against workers who could take them (J09, K07)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, LiteralString, NamedTuple

from graph.cypher import Cypher
from graph.database import Database
from graph.model.flow import TALENT_DEMAND
from graph.model.people import WORKER
from graph.projection.access import visible
from graph.projection.fragment import Fragment
from graph.projection.personal import FEWEST_PERSONS, counts_persons
from graph.rules.dated import held, within
from graph.rules.figures.count import Question
from graph.viewer import Viewer


class _Term(NamedTuple):
    label: LiteralString
    demanded: LiteralString
    able: LiteralString


TERMS: Mapping[str, _Term] = MappingProxyType(
    {
        "OCCUPATION": _Term("Occupation", "IN_OCCUPATION", "PRACTISES"),
        "SKILL": _Term("Skill", "DEMANDS_SKILL", "HAS_SKILL"),
    }
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Of what, and ids of a district and an industry within which both sides are counted."""

    by: str
    district: str | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True)
class Shortage:
    """One term: places by year, newest first; `workers` is null where they are withheld."""

    row: Any
    places: Sequence[int]
    open: int
    urgent: int
    workers: int | None


async def shortages(
    database: Database, question: Question, sought: Sought, viewer: Viewer, shown: Fragment
) -> list[Shortage]:
    """Where places outnumber workers most comes first; one statement."""
    parameters = {
        **question.parameters,
        "most": question.most,
        "district": sought.district,
        "industry": sought.industry,
        **viewer.parameters,
        **shown.parameters,
    }
    told: LiteralString = "able"
    if counts_persons(viewer):
        told = f"CASE WHEN able >= {FEWEST_PERSONS} THEN able END"
    text: LiteralString = (
        f"CALL () {{ {_demand(sought, viewer)} }} "
        f"CALL (shown, least) {{ {_supply(sought, viewer)} }} "
        f"WITH shown, places, open, urgent, {told} AS workers "
        "ORDER BY places[0] - coalesce(workers, 0) DESC, shown.key LIMIT $most "
        f"{shown.calls}RETURN collect([{shown.text}, places, open, urgent, workers]) AS shortages"
    )
    rows = await database.value(Cypher(text, parameters, name="shortages"))
    return [Shortage(*row) for row in rows]


def _demand(sought: Sought, viewer: Viewer) -> LiteralString:
    """Binds each term with its places by period, those open and urgent, and the least level."""
    term = TERMS[sought.by]
    seen: LiteralString = visible(TALENT_DEMAND, "d", viewer) or "true"
    where: list[LiteralString] = [
        seen,
        *_within("(d)-[:AT_ENTERPRISE]->(:Enterprise)", "LOCATED_IN", sought),
    ]
    posted: LiteralString = f"[d IN demands WHERE {within('d.posted')}]"
    level: LiteralString = "coalesce(d.skill_level, 0)"
    return f"""
      MATCH (d:TalentDemand)-[:{term.demanded}]->(shown:{term.label})
      WHERE d.state <> 'WITHDRAWN' AND {" AND ".join(where)}
      WITH shown, collect(d) AS demands
      WITH shown, [period IN $periods | {posted}] AS years
      WITH shown, [year IN years | reduce(n = 0, d IN year | n + d.places)] AS places,
        years[0] AS posted WHERE places[0] > 0
      RETURN shown, places,
        reduce(n = 0, d IN [d IN posted WHERE d.state = 'OPEN'] | n + d.places) AS open,
        reduce(n = 0, d IN [d IN posted WHERE d.urgency = {_CRITICAL}] | n + d.places) AS urgent,
        reduce(low = 9, d IN posted | CASE WHEN {level} < low THEN {level} ELSE low END) AS least"""


_CRITICAL: LiteralString = "3"  # place of 急需 among the urgencies


def _supply(sought: Sought, viewer: Viewer) -> LiteralString:
    """Counts the workers who could take the least demanding of the places."""
    seen: LiteralString = visible(WORKER, "w", viewer) or "true"
    lives, works = replace(sought, industry=None), replace(sought, district=None)
    post: LiteralString = "(w)<-[:ABOUT_WORKER]-(post:Employment)-[:AT_ENTERPRISE]->(:Enterprise)"
    where: list[LiteralString] = [
        seen,
        *_within("(w)", "LIVES_IN", lives),
        *_within(post, "", works, f" WHERE {held('post')}"),
    ]
    return f"""
      WITH shown, least, $periods[0] AS period
      MATCH (shown)<-[:{TERMS[sought.by].able}]-(w:Worker)
      WHERE coalesce(w.skill_level, 0) >= least AND {" AND ".join(where)}
      RETURN count(DISTINCT w) AS able"""


def _within(
    start: LiteralString, lies: LiteralString, sought: Sought, also: LiteralString = ""
) -> list[LiteralString]:
    """Predicates: what a pattern leads to lies in the district and in the industry."""
    ways: list[LiteralString] = []
    if sought.district:
        ways.append(f"-[:{lies}]->(:District)-[:PART_OF*0..4]->(:District {{id: $district}})")
    if sought.industry:
        ways.append("-[:IN_INDUSTRY]->(:Industry)-[:BROADER*0..4]->(:Industry {id: $industry})")
    return [f"EXISTS {{ MATCH {start}{way}{also} }}" for way in ways]
