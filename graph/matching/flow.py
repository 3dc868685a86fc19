"""Talent flow (K08, J09): places that enterprises offer, for a worker who looks for one.

Nobody is sent: what is offered is shown to who asks, with what she lacks and a course for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import numpy as np

from graph.matching.features import Feature, Model, Vector, vector
from graph.matching.job import (
    Columns,
    Companion,
    Condition,
    Evidence,
    Job,
    Lack,
    See,
    Support,
)
from graph.matching.mentoring import skills_asked_for
from graph.matching.pairs import MOST_LACKS, Grid, share
from graph.rules.matching import SHIPPED

FEWEST_MOVES: LiteralString = "5"
_USUAL_LEVEL: LiteralString = "3"
_HELD: LiteralString = "coalesce(head([(asking)-[h:HAS_SKILL]->(skill) | h.level]), 0)"


@dataclass(frozen=True, slots=True)
class OptionInputs:
    """Places, a row each; `asked` and `have` are levels, a column a skill, 0 where none is asked.

    `common` is the depth of the occupation that hers and the place's both fall under, `moves` how
    many went the same way before, `urgency` from 1 to 3.
    """

    skills: Sequence[str]
    asked: Grid
    have: Grid
    common: Vector
    depth: Vector
    moves: Vector
    urgency: Vector
    place: Vector


SKILLS: Feature[OptionInputs] = Feature(
    "skills",
    "技能满足度",
    "She has the skills that the place asks for.",
    "Σ min(have, asked) / Σ asked, over the skills asked for; those of the occupation if none are",
    lambda inputs, _: share(
        np.minimum(inputs.have, inputs.asked).sum(axis=1), inputs.asked.sum(axis=1)
    ),
    ("K08",),
)

OCCUPATION: Feature[OptionInputs] = Feature(
    "occupation",
    "职业相近",
    "The place is in her occupation, or in a neighbouring one.",
    "depth of the nearest common occupation or group / depth of her occupation",
    lambda inputs, _: share(inputs.common, inputs.depth),
    ("A06",),
)

MOVES: Feature[OptionInputs] = Feature(
    "moves",
    "流动先例",
    "Others have gone from her enterprise to that one.",
    "n / (n + 5) for n of them, from five on",
    lambda inputs, _: inputs.moves / (inputs.moves + 5),
    ("K08",),
)

URGENCY: Feature[OptionInputs] = Feature(
    "urgency",
    "紧缺程度",
    "The enterprise needs people urgently.",
    "1/3 where they are needed, 2/3 where hard to find, 1 where urgently needed",
    lambda inputs, _: inputs.urgency / 3,
    ("J09",),
)

PLACE: Feature[OptionInputs] = Feature(
    "place",
    "同一区",
    "The enterprise is in the district she works from.",
    "1 if so, else 0",
    lambda inputs, _: inputs.place,
    ("K08",),
)


def _inputs(asked: Mapping[str, Any], columns: Columns, _: Model) -> OptionInputs:
    count = len(columns["id"])
    skills = sorted({skill for row in columns["asks"] for skill, *_ in row})
    at = {skill: n for n, skill in enumerate(skills)}
    levels, have = np.zeros((count, len(skills))), np.zeros((count, len(skills)))
    for row, entries in enumerate(columns["asks"]):
        for skill, level, held in entries:
            levels[row, at[skill]], have[row, at[skill]] = level, held
    return OptionInputs(
        skills=skills,
        asked=levels,
        have=have,
        common=vector(columns["closeness"]),
        depth=np.full(count, float(asked["depth"] or 0)),
        moves=vector(columns["moves"]),
        urgency=vector(columns["urgency"]),
        place=vector(columns["place"]),
    )


def _support(inputs: OptionInputs, row: int) -> Support:
    """What she lacks of what the place asks for, the most first."""
    short = inputs.asked[row] - inputs.have[row]
    lacked = [int(n) for n in np.argsort(-short, kind="stable") if short[n] > 0]
    return Support(
        lacks=[
            Lack(inputs.skills[n], float(inputs.asked[row, n]), float(inputs.have[row, n]), 0.0)
            for n in lacked[:MOST_LACKS]
        ]
    )


def _anchors(_: See) -> LiteralString:
    return """\
UNWIND occupations AS occupation
CALL (*) {
  MATCH (occupation)<-[:IN_OCCUPATION]-(shown:TalentDemand)
  RETURN shown, occupation.level AS closeness LIMIT $most_scanned
UNION
  MATCH (occupation)-[:BROADER]->(wider:Occupation)<-[:BROADER]-(:Occupation)
    <-[:IN_OCCUPATION]-(shown:TalentDemand)
  RETURN shown, wider.level AS closeness LIMIT $most_scanned
}
RETURN shown, null AS document, closeness"""


OPTION: Job[OptionInputs] = Job(
    name="option",
    zh="人才流动推荐",
    description="Places that enterprises offer, for a worker who looks for one (K08).",
    asking="Worker",
    shown="TalentDemand",
    model=Model(*SHIPPED["option"]),
    features=(SKILLS, OCCUPATION, MOVES, URGENCY, PLACE),
    question=lambda _: f"""\
WITH asking, [(asking)<-[:ABOUT_WORKER]-(post:Employment)-[:AT_ENTERPRISE]->(e:Enterprise)
  WHERE post.recorded_to IS NULL AND (post.valid_to IS NULL OR post.valid_to > $as_of) | e]
  AS employers, head([(asking)-[:LIVES_IN]->(d:District) | d]) AS home
{skills_asked_for("PRACTISES")}""",
    asked={"depth": "occupations[0].level"},
    anchors=_anchors,
    known=f""", head([(shown)-[:AT_ENTERPRISE]->(e:Enterprise) | e]) AS enterprise,
  head([(shown)-[:IN_OCCUPATION]->(o:Occupation) | o]) AS trade
WITH *, COLLECT {{
    MATCH (shown)-[demanded:DEMANDS_SKILL]->(skill:Skill)
    RETURN [skill.id, coalesce(demanded.level, {_USUAL_LEVEL}), {_HELD}]
    LIMIT $most_skills }} AS demands, COUNT {{
    MATCH (source:Enterprise)<-[:AT_ENTERPRISE]-(before:Employment)-[:ABOUT_WORKER]->(other)
      <-[:ABOUT_WORKER]-(after:Employment)-[:AT_ENTERPRISE]->(enterprise)
    WHERE source IN employers AND after.valid_from >= before.valid_to
    RETURN DISTINCT other }} AS gone""",
    conditions=(
        Condition(
            "CLOSED",
            "需求已关闭",
            "The places are filled, withdrawn or out of date.",
            "coalesce(shown.state, 'OPEN') = 'OPEN' AND coalesce(shown.closes >= $as_of, true) "
            "AND coalesce(shown.posted <= $as_of, true)",
            ("J09",),
        ),
        Condition(
            "OWN_EMPLOYER",
            "本单位",
            "It is her own employer's.",
            "NOT coalesce(enterprise IN employers, false)",
            ("K08",),
        ),
        Condition(
            "LEVEL_TOO_LOW",
            "等级不足",
            "It asks for a higher level than she has.",
            "coalesce(asking.skill_level, 0) >= coalesce(shown.skill_level, 0)",
            ("K08",),
        ),
    ),
    columns={
        "closeness": "closeness",
        "asks": f"""CASE WHEN size(demands) > 0 THEN demands ELSE COLLECT {{
    MATCH (trade)-[needs:REQUIRES_SKILL]->(skill:Skill)
    RETURN [skill.id, coalesce(shown.skill_level, {_USUAL_LEVEL}), {_HELD}]
    ORDER BY needs.weight DESC, skill.id LIMIT $most_skills }} END""",
        "moves": f"CASE WHEN gone < {FEWEST_MOVES} THEN 0 ELSE gone END",
        "urgency": "shown.urgency",
        "place": "EXISTS { (enterprise)-[:LOCATED_IN]->(home) }",
    },
    inputs=_inputs,
    support=_support,
    evidence=(
        Evidence(
            "occupation",
            lambda _: (
                "MATCH path = (asking)-[:PRACTISES]->(occupation:Occupation)"
                "<-[:IN_OCCUPATION]-(shown)"
            ),
            {"occupation": "occupation.name"},
            "岗位正是本人职业“{occupation}”",
            "The place is in the worker's own occupation, {occupation}",
        ),
        Evidence(
            "occupation",
            lambda _: (
                "MATCH path = (asking)-[:PRACTISES]->(own:Occupation)-[:BROADER]->"
                "(wider:Occupation)<-[:BROADER]-(other:Occupation)<-[:IN_OCCUPATION]-(shown)"
            ),
            {"own": "own.name", "other": "other.name", "wider": "wider.name"},
            "本人的“{own}”与岗位的“{other}”同属“{wider}”",
            "The worker's {own} and the place's {other} both belong to {wider}",
        ),
        Evidence(
            "skills",
            lambda _: (
                "MATCH path = (asking)-[held:HAS_SKILL]->(skill:Skill)<-[:DEMANDS_SKILL]-(shown)"
            ),
            {"skill": "skill.name", "skill_en": "coalesce(skill.name_en, skill.name)",
             "have": "held.level"},
            "岗位要求“{skill}”，本人为{have}级",
            "The place asks for “{skill_en}”; the worker has level {have}",
        ),
        Evidence(
            "place",
            lambda _: (
                "MATCH path = (asking)-[:LIVES_IN]->(district:District)<-[:LOCATED_IN]-"
                "(:Enterprise)<-[:AT_ENTERPRISE]-(shown)"
            ),
            {"district": "district.name"},
            "企业与本人同在{district}",
            "The enterprise is in {district}, where the worker is",
        ),
    ),
    companions=(
        Companion(
            "course",
            "Course",
            "A course that teaches what she lacks most for it.",
            lambda _: (
                """\
UNWIND range(0, size(drawn.lacking) - 1) AS n
MATCH (course:Course)-[:TEACHES_SKILL]->(:Node:Skill {id: drawn.lacking[n]})
WHERE NOT EXISTS { MATCH (asking)<-[:ABOUT_WORKER]-(taken:TrainingRecord)-[:IN_COURSE]->(course)
  WHERE taken.result = 'COMPLETED' }
WITH course, min(n) AS first, count(*) AS taught ORDER BY first, taught DESC, course.id
RETURN course LIMIT 1"""
            ),
        ),
    ),
    parameters={
        "most_occupations": 4, "most_skills": 16, "most_scanned": 300, "most_candidates": 100,
    },
    rules=("J09", "K08"),
)  # fmt: skip
