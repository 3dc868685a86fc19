"""Mentoring (名师带徒): which masters could teach a worker, and which workers a master could teach.

Records about a worker (posts, consents, profiles, agreements) are reached only from a worker that
the viewer sees, which is their own rule of access.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, LiteralString

import numpy as np

from graph.matching.features import Model
from graph.matching.job import Columns, Condition, Evidence, Filter, Job, See
from graph.matching.pairs import (
    GAP_COVERAGE,
    METHODS,
    MOTIVATION,
    OCCUPATION,
    PLACE,
    READINESS,
    RECORD,
    PairInputs,
    grid,
    need,
    support,
    vector,
)
from graph.matching.text import corpus

MOST_SKILLS = 12

_LIVE: LiteralString = "['PROPOSED', 'ACCEPTED_BY_MASTER', 'ACCEPTED_BY_APPRENTICE', 'AGREED', 'ACTIVE']"


def _in_force(record: LiteralString, begins: LiteralString, ends: LiteralString) -> LiteralString:
    return (
        f"{record}.valid_from <= {begins} AND {record}.recorded_to IS NULL "
        f"AND ({record}.valid_to IS NULL OR {record}.valid_to > {ends})"
    )


def _consents(worker: LiteralString) -> LiteralString:
    return (
        f"EXISTS {{ MATCH ({worker})<-[:ABOUT_WORKER]-(consent:Consent {{purpose: 'MATCHING'}}) "
        f"WHERE {_in_force('consent', '$first_day', '$last_day')} }}"
    )


def _master(worker: LiteralString) -> LiteralString:
    """Adds `engaged`, the level at which the master is in post, and `places`, those still free."""
    return f"""\
  head(COLLECT {{
    MATCH ({worker})<-[:ABOUT_WORKER]-(post:Employment)
    WHERE {_in_force("post", "$as_of", "$as_of")}
    RETURN coalesce(post.engaged_level, 0) AS level ORDER BY level DESC LIMIT 1 }}) AS engaged,
  coalesce(head(COLLECT {{
    MATCH ({worker})<-[:DECLARED_BY]-(profile:MentorProfile)
    WHERE {_in_force("profile", "$as_of", "$as_of")}
    RETURN profile.capacity ORDER BY profile.valid_from DESC LIMIT 1 }}), 0)
  - COUNT {{
    MATCH ({worker})<-[:HAS_MASTER]-(agreement:MentoringAgreement {{state: 'ACTIVE'}})
    WHERE agreement.ends IS NULL OR agreement.ends > $as_of }} AS places"""


def _place(one: LiteralString, other: LiteralString) -> LiteralString:
    """2 in the same district, 1 in districts of one city, else 0."""
    return f"""\
  CASE
    WHEN EXISTS {{ ({one})-[:LIVES_IN]->(:District)<-[:LIVES_IN]-({other}) }} THEN 2
    WHEN EXISTS {{ ({one})-[:LIVES_IN]->(:District)-[:PART_OF]->(:District)
      <-[:PART_OF]-(:District)<-[:LIVES_IN]-({other}) }} THEN 1
    ELSE 0 END"""


def _conditions(master: LiteralString, apprentice: LiteralString) -> tuple[Condition, ...]:
    return (
        Condition(
            "SAME_PERSON", "同一人", "Nobody is their own master.", "asking <> shown", ("M05",)
        ),
        Condition(
            "ALREADY_PAIRED",
            "已结对",
            "The two have an agreement, or one is being answered.",
            f"NOT EXISTS {{ MATCH ({master})<-[:HAS_MASTER]-(agreement:MentoringAgreement)"
            f"-[:HAS_APPRENTICE]->({apprentice}) WHERE agreement.state IN {_LIVE} }}",
            ("M05",),
        ),
        Condition(
            "ASKING_WITHOUT_CONSENT",
            "提问方未同意匹配",
            "Who asks has not agreed to be matched.",
            "asking_consents",
            ("M05", "P02"),
        ),
        Condition(
            "WITHOUT_CONSENT",
            "对方未同意匹配",
            "The other side has not agreed to be matched.",
            _consents("shown"),
            ("M05", "P02"),
        ),
        Condition(
            "NOT_ENGAGED",
            "师傅未在聘",
            "The master is in no post on the day; a certificate alone is not enough.",
            "coalesce(engaged, 0) > 0",
            ("M22",),
        ),
        Condition(
            "LEVEL_NOT_HIGHER",
            "师傅等级不高于徒弟",
            "The level at which the master is engaged is not above the apprentice's.",
            f"engaged > coalesce({apprentice}.skill_level, 0)",
            ("C11",),
        ),
        Condition(
            "NO_PLACE_LEFT",
            "带徒名额已满",
            "The master declared no more places than there are active agreements.",
            "places > 0",
            ("M06",),
        ),
    )


_WITHIN_DISTRICT = Filter(
    "within_district",
    "Only from the same district.",
    Condition(
        "OUTSIDE_DISTRICT",
        "不在同一区",
        "They work from different districts.",
        "NOT coalesce($within_district, false) OR place = 2",
    ),
)


def _mentor_question(_: See) -> LiteralString:
    return f"""\
WITH asking, {_consents("asking")} AS asking_consents,
  head(COLLECT {{
    MATCH (asking)-[:PRACTISES]->(occupation:Occupation) RETURN occupation }}) AS occupation,
  CASE WHEN coalesce(asking.skill_level, 0) > 3 THEN 5
    ELSE coalesce(asking.skill_level, 0) + 2 END AS need
WITH *, COLLECT {{
  MATCH (occupation)-[required:REQUIRES_SKILL]->(skill:Skill)
  OPTIONAL MATCH (asking)-[has:HAS_SKILL]->(skill)
  WITH skill, coalesce(required.weight, 0) AS weight, max(coalesce(has.level, 0)) AS have
  WHERE have < need
  RETURN [skill, weight, have] ORDER BY weight DESC, skill.id LIMIT $most_skills }} AS gap
WITH *, [lack IN gap | lack[0]] AS lacking"""


def _mentor_anchors(see: See) -> LiteralString:
    return f"""\
MATCH (occupation)<-[:TEACHES]-(shown:Worker:Master) WHERE {see("Worker", "shown")}
RETURN shown, null AS document, occupation.level AS closeness
UNION
MATCH (occupation)-[:BROADER]->(wider:Occupation)<-[:BROADER]-(:Occupation)
  <-[:TEACHES]-(shown:Worker:Master) WHERE {see("Worker", "shown")}
RETURN shown, null AS document, wider.level AS closeness"""


def _mentor_inputs(asked: Mapping[str, Any], columns: Columns, _: Model) -> PairInputs:
    skills, weights, have = zip(*asked["gap"], strict=True) if asked["gap"] else ((), (), ())
    count = len(columns["id"])
    one = np.ones(count)
    return PairInputs(
        skills=skills,
        weight=vector(weights),
        have=np.tile(vector(have), (count, 1)),
        can=grid(columns["skills"], skills),
        need=need([asked["level"]]) * one,
        common=vector(columns["closeness"]),
        depth=(asked["depth"] or 0) * one,
        completed=vector(columns["completed"]),
        ended=vector(columns["ended"]),
        place=vector(columns["place"]),
        methods=vector(columns["methods"]),
        apprentice_level=(asked["level"] or 0) * one,
        master_level=vector(columns["engaged"]),
        motivation=np.zeros(count),
    )


_SAME_OCCUPATION = Evidence(
    "occupation",
    lambda _: "MATCH path = (asking)-[:PRACTISES|TEACHES]->(occupation:Occupation)"
    "<-[:TEACHES|PRACTISES]-(shown) WHERE drawn.TODO",
    {},
    "",
    "",
)
