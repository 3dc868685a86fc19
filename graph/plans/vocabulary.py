"""What people of a plan name: occupations, skills and districts, numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import numpy as np

from graph.cypher import Cypher
from graph.database import Database
from graph.plans.people import MOST_SKILLS, Int8, Occupations, Required
from graph.plans.requirements import packed


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Ids by number, districts from 1; `cities` are those of the districts, `rows` as read."""

    occupations: Mapping[str, int]
    skills: Mapping[str, int]
    districts: Mapping[str, int]
    skill_names: Sequence[str]
    cities: Sequence[str | None]
    rows: Sequence[Sequence[Any]]


async def read_vocabulary(database: Database) -> Vocabulary:
    """Every occupation, skill and district, numbered."""
    [found] = await database.rows(
        Cypher(_TEXT, {"most_skills": MOST_SKILLS}, name="vocabulary of a plan")
    )
    return Vocabulary(
        occupations={row[0]: n for n, row in enumerate(found["occupations"])},
        skills={row[0]: n for n, row in enumerate(found["skills"])},
        districts={row[0]: n for n, row in enumerate(found["districts"], start=1)},
        skill_names=[row[1] for row in found["skills"]],
        cities=[row[1] for row in found["districts"]],
        rows=found["occupations"],
    )


_TEXT: LiteralString = """
RETURN COLLECT { MATCH (o:Occupation)
    WHERE EXISTS { (o)<-[:PRACTISES|TEACHES]-(:Worker) }
    RETURN [o.id, o.level, head([(o)-[:BROADER]->(w:Occupation) | [w.id, w.level]]),
      COLLECT { MATCH (o)-[r:REQUIRES_SKILL]->(s:Skill)
        RETURN [s.id, r.weight] ORDER BY r.weight DESC, s.id LIMIT $most_skills }, o.name]
    ORDER BY o.id } AS occupations,
  COLLECT { MATCH (s:Skill) RETURN [s.id, s.name] ORDER BY s.id } AS skills,
  COLLECT { MATCH (d:District) WHERE EXISTS { (d)<-[:LIVES_IN]-(:Worker) }
    RETURN [d.id, head([(d)-[:PART_OF]->(c:District) | c.id])] ORDER BY d.id } AS districts
"""


def occupations_of(known: Vocabulary) -> Occupations:
    """Depth, group and required skills of every occupation."""
    groups: dict[str, int] = {}
    required = []
    for _, _, _, asked, _ in known.rows:
        weights = {known.skills[skill]: weight or 0.0 for skill, weight in asked}
        chosen = sorted(weights)
        required.append(packed(chosen, [weights[s] for s in chosen]))
    above = [row[2] or [row[0], row[1]] for row in known.rows]
    return Occupations(
        depth=np.array([row[1] or 0 for row in known.rows], dtype=np.int32),
        group=np.array([groups.setdefault(a[0], len(groups)) for a in above], dtype=np.int32),
        group_depth=np.array([a[1] or 0 for a in above], dtype=np.int32),
        required=Required(
            np.array([s for s, _ in required], dtype=np.int32).reshape(-1, MOST_SKILLS),
            np.array([w for _, w in required], dtype=np.float64).reshape(-1, MOST_SKILLS),
        ),
    )


def nearness(known: Vocabulary) -> Int8:
    """2 within a district, 1 between districts of one city; row 0 is for who has no district."""
    cities = np.array([city or "" for city in known.cities], dtype=np.str_)
    near = np.zeros((len(cities) + 1, len(cities) + 1), dtype=np.int8)
    near[1:, 1:] = (cities[:, None] == cities) & (cities != "")
    np.fill_diagonal(near[1:, 1:], 2)
    return near
