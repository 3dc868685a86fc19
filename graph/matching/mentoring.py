"""Mentoring (名师带徒): masters who could teach a worker, and workers whom a master could teach."""

from collections.abc import Mapping
from functools import partial
from typing import Any, LiteralString

import numpy as np

from graph.matching.features import Model, vector
from graph.matching.job import Columns, Condition, Filter, Job, See
from graph.matching.mentoring_evidence import APPRENTICE_EVIDENCE, MENTOR_EVIDENCE
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
    support,
)
from graph.matching.text import corpus
from graph.rules.matching import SHIPPED
from graph.rules.mentoring import (
    around_apprentice,
    around_master,
    consents_in,
    ended_in,
    engaged_level_in,
    is_live,
    places_left_in,
)

HIGHEST_SKILL = 5
_CAPS = {"most_occupations": 4, "most_skills": 16, "most_scanned": 1000}

_KNOWN: LiteralString = f"""\
WITH *, head([record IN around WHERE record:District]) AS home,
  {consents_in("around", "$first_day", "$last_day")} AS shown_consents
WITH *, CASE WHEN home = district THEN 2 WHEN home IN neighbours THEN 1 ELSE 0 END AS place"""


def _conditions(master: LiteralString, apprentice: LiteralString) -> tuple[Condition, ...]:
    return (
        Condition(
            "SAME_PERSON", "同一人", "Nobody is their own master.", "asking <> shown", ("M05",)
        ),
        Condition(
            "ALREADY_PAIRED",
            "已结对",
            "The two have an agreement, or one is being answered.",
            "NOT any(agreement IN around WHERE agreement:MentoringAgreement "
            f"AND agreement IN asking_around AND {is_live('agreement', '$as_of')})",
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
            "shown_consents",
            ("M05", "P02"),
        ),
        Condition(
            "NOT_A_MASTER",
            "未任名师",
            "The role of master has been laid down.",
            f"{master}:Master",
            ("M04",),
        ),
        Condition(
            "NOT_ENGAGED",
            "师傅未在聘",
            "The master is in no post on the day; a certificate alone is not enough.",
            "engaged > 0",
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


def skills_asked_for(occupations: LiteralString) -> LiteralString:
    """Adds her occupations, and `required`: [skill, weight, the level she has], and `skills`."""
    return f"""\
WITH *, COLLECT {{
  MATCH (asking)-[:{occupations}]->(occupation:Occupation)
  RETURN occupation ORDER BY occupation.code LIMIT $most_occupations }} AS occupations
WITH *, COLLECT {{
  UNWIND occupations AS occupation
  MATCH (occupation)-[required:REQUIRES_SKILL]->(skill:Skill)
  OPTIONAL MATCH (asking)-[has:HAS_SKILL]->(skill)
  WITH skill, max(required.weight) AS weight, max(has.level) AS level
  RETURN [skill, weight, level] ORDER BY weight DESC, skill.id LIMIT $most_skills }} AS required
WITH *, [r IN required | r[0]] AS skills"""


def _asking(occupations: LiteralString) -> LiteralString:
    """Adds occupations, the skills they ask for with the level `asking` has, and her place."""
    return f"""\
{skills_asked_for(occupations)}
WITH *, {consents_in("asking_around", "$first_day", "$last_day")} AS asking_consents,
  head([record IN asking_around WHERE record:District]) AS district,
  [(asking)-[:LIVES_IN]->(:District)-[:PART_OF]->(:District)<-[:PART_OF]-(near:District) | near]
    AS neighbours"""


def _anchors(see: See, occupations: LiteralString, promise: LiteralString) -> LiteralString:
    """Workers of the occupations, then of their neighbours; of many, those with most promise."""
    return f"""\
UNWIND occupations AS occupation
CALL (*) {{
  MATCH (occupation)<-[:{occupations}]-(shown:Worker) WHERE {see("Worker", "shown")}
  WITH occupation, shown LIMIT $most_scanned
  RETURN shown, occupation.level AS closeness
  ORDER BY {promise} DESC, shown.id LIMIT $most_candidates
UNION
  MATCH (occupation)-[:BROADER]->(wider:Occupation)<-[:BROADER]-(:Occupation)
    <-[:{occupations}]-(shown:Worker) WHERE {see("Worker", "shown")}
  WITH wider, shown LIMIT $most_scanned
  RETURN shown, wider.level AS closeness
  ORDER BY {promise} DESC, shown.id LIMIT $most_candidates
}}
RETURN shown, null AS document, closeness"""


_DOES: LiteralString = """\
WITH *, reduce(words = '', name IN [o IN occupations | o.name] + [s IN skills | s.name] + COLLECT {
  MATCH (asking)-[:CONTRIBUTED_TO]->(achievement:Achievement)
  RETURN achievement.title LIMIT $most_skills } | words + ' ' + name) AS does"""

_ASKED: Mapping[str, LiteralString] = {
    "required": "[r IN required | [r[0].id, r[1], r[2]]]",
    "depth": "occupations[0].level",
    "level": "asking.skill_level",
}
_SKILLS: LiteralString = """COLLECT {
    MATCH (shown)-[has:HAS_SKILL]->(skill:Skill) WHERE skill IN skills
    RETURN [skill.id, has.level] }"""


def _inputs(
    asked: Mapping[str, Any], columns: Columns, model: Model, *, asking_learns: bool
) -> PairInputs:
    """The pairs of who asks with each candidate."""
    required = asked["required"]
    skills = [skill for skill, _, _ in required]
    count = len(columns["id"])
    asking_level = np.full(count, float(asked["level"] or 0))
    asking_holds = np.tile(vector([level for _, _, level in required]), (count, 1))
    level, holds = vector(columns["level"]), grid(columns["skills"], skills)
    apprentice, master = (asking_level, level) if asking_learns else (level, asking_level)
    wishes = corpus([wish or "" for wish in columns["wish"]]) if "wish" in columns else None
    return PairInputs(
        skills=skills,
        weight=vector([weight for _, weight, _ in required]),
        have=asking_holds if asking_learns else holds,
        can=holds if asking_learns else asking_holds,
        need=np.minimum(apprentice + model.constants["steps_ahead"], HIGHEST_SKILL),
        common=vector(columns["closeness"]),
        depth=np.full(count, float(asked["depth"] or 0)),
        place=vector(columns["place"]),
        apprentice_level=apprentice,
        master_level=master,
        completed=vector(columns.get("completed", [0] * count)),
        ended=vector(columns.get("ended", [0] * count)),
        methods=vector(columns.get("methods", [0] * count)),
        motivation=wishes.cosine([asked["does"]])[0] if wishes else np.zeros(count),
    )


MENTOR: Job[PairInputs] = Job(
    name="mentor",
    zh="师傅推荐",
    description="Masters who could teach a worker.",
    asking="Worker",
    shown="Worker",
    model=Model(*SHIPPED["mentor"], {"steps_ahead": 2, "record_prior": 0.7, "record_strength": 5}),
    features=(GAP_COVERAGE, OCCUPATION, RECORD, PLACE, METHODS),
    question=lambda _: (
        f"WITH asking, {around_apprentice('asking')} AS asking_around\n{_asking('PRACTISES')}"
    ),
    asked=_ASKED,
    anchors=lambda see: _anchors(see, "TEACHES", "shown.skill_level"),
    known=f"""\
, {around_master("shown")} AS around
{_KNOWN}, {engaged_level_in("around", "$as_of", "$known_at")} AS engaged,
  {places_left_in("around", "$as_of", "$known_at")} AS places,
  head([(shown)<-[:EXPOSURE_OF]-(exposure:MasterExposure) | exposure]) AS exposure""",
    conditions=_conditions("shown", "asking"),
    filters=(_WITHIN_DISTRICT,),
    columns={
        "closeness": "closeness",
        "level": "engaged",
        "skills": _SKILLS,
        "place": "place",
        "completed": ended_in("around", "['COMPLETED']", "$as_of"),
        "ended": ended_in("around", "['COMPLETED', 'TERMINATED']", "$as_of"),
        "methods": "COUNT { (shown)-[:CONTRIBUTED_TO]->(:Achievement) }",
        "left": "places",
        "waiting": "size([a IN around WHERE a:MentoringAgreement AND a.state <> 'ACTIVE' "
        f"AND {is_live('a', '$as_of')}])",
        "shown_to": "exposure.shown_to",
        "price": "exposure.price",
        "kept": "exposure IS NULL OR exposure.place_kept",
    },
    inputs=partial(_inputs, asking_learns=True),
    support=support,
    evidence=MENTOR_EVIDENCE,
    parameters={**_CAPS, "most_candidates": 80},
    balances=True,
    rules=("M01", "M05", "M06", "M09", "M22", "C11"),
)

APPRENTICE: Job[PairInputs] = Job(
    name="apprentice",
    zh="徒弟推荐",
    description="Workers whom a master could teach.",
    asking="Worker",
    shown="Worker",
    model=Model(*SHIPPED["apprentice"], {"steps_ahead": 2}),
    features=(GAP_COVERAGE, OCCUPATION, READINESS, MOTIVATION, PLACE),
    question=lambda _: (
        f"""\
WITH asking, {around_master("asking")} AS asking_around
WITH *, {engaged_level_in("asking_around", "$as_of", "$known_at")} AS engaged,
  {places_left_in("asking_around", "$as_of", "$known_at")} AS places
{_asking("TEACHES")}
{_DOES}"""
    ),
    asked={**_ASKED, "level": "engaged", "does": "does"},
    anchors=lambda see: _anchors(
        see, "PRACTISES", "CASE WHEN shown.skill_level < engaged THEN shown.skill_level ELSE 0 END"
    ),
    known=f", {around_apprentice('shown')} AS around\n{_KNOWN}",
    conditions=_conditions("asking", "shown"),
    filters=(_WITHIN_DISTRICT,),
    columns={
        "closeness": "closeness",
        "level": "shown.skill_level",
        "skills": _SKILLS,
        "place": "place",
        "wish": "shown.motivation",
    },
    inputs=partial(_inputs, asking_learns=False),
    support=support,
    evidence=APPRENTICE_EVIDENCE,
    parameters={**_CAPS, "most_candidates": 200},
    rules=("M01", "M05", "M06", "M09", "M22", "C11"),
)
