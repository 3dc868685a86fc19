"""Courses for a worker (B19): those that teach what she lacks for the next level."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

import numpy as np

from graph.cypher import literal
from graph.matching.features import Feature, Model, Vector, vector
from graph.matching.job import Columns, Condition, Evidence, Job, See
from graph.matching.mentoring import HIGHEST_SKILL, skills_asked_for
from graph.matching.pairs import GAP_FORMULA, SkillGap, gap_coverage, gap_support, grid
from graph.rules.matching import SHIPPED

_WHOLE = literal(str(HIGHEST_SKILL))
FEWEST_RATINGS: LiteralString = "5"
BEST_RATING = 5


@dataclass(frozen=True, slots=True)
class CourseInputs(SkillGap):
    """Courses: `can` is the level to which each teaches a skill; what those who took it said."""

    rated: Vector
    ratings: Vector


def _rating(inputs: CourseInputs, model: Model) -> Vector:
    strength = model.constants["rating_strength"]
    prior = strength * model.constants["rating_prior"]
    return (inputs.rated / BEST_RATING + prior) / (inputs.ratings + strength)


GAP: Feature[CourseInputs] = Feature(
    "gap_coverage",
    "技能差距覆盖",
    "The course teaches what she still lacks for the next level of her occupation.",
    GAP_FORMULA,
    gap_coverage,
    ("B19",),
)

RATING: Feature[CourseInputs] = Feature(
    "rating",
    "学员评价",
    "Those who took the course found it fit.",
    "(Σ rating / 5 + 5 · 0.6) / (ratings + 5), from five ratings on: a new course begins at 0.6",
    _rating,
    ("B22",),
)


def _inputs(asked: Mapping[str, Any], columns: Columns, model: Model) -> CourseInputs:
    required = asked["required"]
    skills = [skill for skill, _, _ in required]
    count = len(columns["id"])
    need = min(float(asked["level"] or 0) + model.constants["steps_ahead"], HIGHEST_SKILL)
    return CourseInputs(
        skills=skills,
        weight=vector([weight for _, weight, _ in required]),
        have=np.tile(vector([held for _, _, held in required]), (count, 1)),
        can=grid(columns["skills"], skills),
        need=np.full(count, need),
        rated=vector(columns["rated"]),
        ratings=vector(columns["ratings"]),
    )


def _anchors(_: See) -> LiteralString:
    return """\
UNWIND skills AS skill
MATCH (skill)<-[:TEACHES_SKILL]-(shown:Course)
WITH skill, shown LIMIT $most_scanned
RETURN shown, null AS document, 1 AS closeness"""


_RATED: LiteralString = (
    "[(shown)<-[:IN_COURSE]-(record:TrainingRecord) WHERE record.rating IS NOT NULL "
    "| record.rating]"
)

COURSE: Job[CourseInputs] = Job(
    name="course",
    zh="培训课程推荐",
    description="Courses that teach a worker what she lacks for the next level (B19).",
    asking="Worker",
    shown="Course",
    model=Model(
        *SHIPPED["course"], {"steps_ahead": 2, "rating_prior": 0.6, "rating_strength": 5}
    ),
    features=(GAP, RATING),
    question=lambda _: f"WITH asking\n{skills_asked_for('PRACTISES')}",
    asked={
        "required": "[r IN required | [r[0].id, r[1], r[2]]]",
        "level": "asking.skill_level",
    },
    anchors=_anchors,
    known=f", {_RATED} AS all_ratings\nWITH *, "
    f"CASE WHEN size(all_ratings) < {FEWEST_RATINGS} THEN [] ELSE all_ratings END AS ratings",
    conditions=(
        Condition(
            "TAKEN_ALREADY",
            "已学",
            "She took the course already.",
            "NOT EXISTS { MATCH (asking)<-[:ABOUT_WORKER]-(r:TrainingRecord)-[:IN_COURSE]->(shown) "
            "WHERE r.result = 'COMPLETED' }",
            ("K03",),
        ),
    ),
    columns={
        "skills": f"""COLLECT {{
    MATCH (shown)-[teaches:TEACHES_SKILL]->(skill:Skill) WHERE skill IN skills
    RETURN [skill.id, coalesce(teaches.level, {_WHOLE})] }}""",
        "rated": "reduce(sum = 0, rating IN ratings | sum + rating)",
        "ratings": "size(ratings)",
    },
    inputs=_inputs,
    support=gap_support,
    evidence=(
        Evidence(
            "gap_coverage",
            lambda _: (
                "UNWIND drawn.skills AS skill_id MATCH path = (asking)-[:PRACTISES]->"
                "(occupation:Occupation)-[:REQUIRES_SKILL]->(skill:Skill {id: skill_id})"
                "<-[:TEACHES_SKILL]-(shown)"
            ),
            {
                "occupation": "occupation.name",
                "skill": "skill.name",
                "skill_en": "coalesce(skill.name_en, skill.name)",
                "have": "coalesce(head([(asking)-[r:HAS_SKILL]->(skill) | r.level]), 0)",
            },
            "“{occupation}”要求“{skill}”，职工现为{have}级，课程教授此项",
            "{occupation} asks for “{skill_en}”, of which the worker has level {have}; the course "
            "teaches it",
        ),
    ),
    parameters={
        "most_occupations": 4, "most_skills": 16, "most_scanned": 1000, "most_candidates": 100,
    },
    rules=("B19", "K03"),
)  # fmt: skip
