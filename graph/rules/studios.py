"""What the policy asks of studios, their leaders and their projects (S03–S11, T06)."""

from typing import LiteralString

from graph.projection.dated import in_force
from graph.rules.rule import Rule

PROJECTS_A_YEAR: LiteralString = "20"  # T06
HIGH_SKILLED: LiteralString = "4"  # place of 技师 on the ladder (C11)

ANSWERS_FOR_STUDIO: tuple[LiteralString, ...] = (
    "(studio)-[:BELONGS_TO]->(:Enterprise)<-[:REPRESENTS]-(answers:Union)",
    "(studio)-[:LOCATED_IN]->(:District)-[:PART_OF*0..3]->(:District)"
    "<-[:COVERS_DISTRICT]-(answers:Union)",
    "(studio)-[:IN_INDUSTRY]->(:Industry)-[:BROADER*0..3]->(:Industry)"
    "<-[:COVERS_INDUSTRY]-(answers:Union)",
)
"""Ways from a studio to the unions that answer for it."""


def union_answers(union: LiteralString) -> LiteralString:
    """A predicate: a union is one of those, or above one of those, that answer for the studio."""
    below = f"answers.path STARTS WITH {union}.path"
    return " OR ".join([f"EXISTS {{ MATCH {way} WHERE {below} }}" for way in ANSWERS_FOR_STUDIO])


def bears_title(level: LiteralString) -> LiteralString:
    """A predicate: the studio bears the title of a level today."""
    return f"""EXISTS {{
        MATCH (studio)<-[:DESIGNATES]-(borne:StudioDesignation)
        WHERE borne.level = {level} AND {in_force("borne", "$today")} }}"""


LEADER_STATUSES: LiteralString = f"""COLLECT {{
    MATCH (studio)<-[:LEADS]-(:Worker)<-[:NAMES]-(t:Designation)
    WHERE t.title IN ['NATIONAL_MODEL_WORKER', 'CAPITAL_MODEL_WORKER', 'LABOUR_MEDAL',
      'CHINA_SKILLS_AWARD', 'NATIONAL_EXPERT', 'BEIJING_EXPERT', 'CHIEF_TECHNICIAN',
      'SKILL_MASTER'] AND {in_force("t", "$today")}
    RETURN DISTINCT t.title AS status
    UNION
    MATCH (studio)<-[:LEADS]-(:Worker)<-[:ABOUT_WORKER]-(r:SkillLevelRecord)
    WHERE r.skill_level >= {HIGH_SKILLED} AND {in_force("r", "$today")}
    RETURN DISTINCT 'HIGH_SKILLED' AS status }}"""
"""What qualifies a studio's leader: titles borne, or a high skill level (S04)."""

UNION_OF_STUDIO = Rule(
    "NOT_ITS_UNION",
    "this union answers neither for the studio's enterprise nor for its district or industry; "
    "name one that does",
    union_answers("union"),
    "union_id",
    policy=("N04", "S09"),
)

LEADER_QUALIFIES = Rule(
    "LEADER_NOT_QUALIFIED",
    "its leader must be a model worker, bear a title for skill, or hold 技师 or above; record what "
    "she bears, or another leader",
    f"size({LEADER_STATUSES}) > 0",
    "studio_id",
    policy=("S04",),
)

NOT_NAMED = Rule(
    "ALREADY_NAMED",
    "the studio bears the title of this level; there is nothing to nominate it for",
    f"NOT {bears_title('$given.level')}",
    "studio_id",
    policy=("S03",),
)

NOT_NOMINATED = Rule(
    "ALREADY_NOMINATED",
    "it is nominated for this level already; wait for the decision or withdraw that one",
    """NOT EXISTS { MATCH (studio)<-[:NOMINATES]-(open:StudioNomination {state: 'NOMINATED'})
        WHERE open.level = $given.level }""",
    "studio_id",
    policy=("S03",),
)

IN_FORCE = Rule(
    "NOT_IN_FORCE",
    "the title is not borne today; there is nothing to review or withdraw",
    in_force("designation", "$today"),
    "designation_id",
    policy=("S06",),
)

STILL_IN_FORCE = Rule(
    "NOT_IN_FORCE",
    "the title is not borne today; there is nothing to withdraw",
    in_force("subject", "$today"),
    policy=("S06",),
)

MUNICIPAL = Rule(
    "NOT_MUNICIPAL",
    "only municipal studios apply; the studio must be named by the federation first",
    bears_title("'MUNICIPAL'"),
    "studio_id",
    policy=("S09",),
)

CALL_OPEN = Rule(
    "CALL_CLOSED",
    "the last day for applications has passed; apply in the next call",
    "call.closes IS NULL OR call.closes >= $today",
    "call_id",
    policy=("S09",),
)

SUBMITTING_UNION = Rule(
    "NOT_A_SUBMITTING_UNION",
    "projects are submitted by district, development-zone and industry unions; ask one of those",
    "union.type IN ['DISTRICT_COUNTY', 'DEV_ZONE', 'INDUSTRY']",
    "union_id",
    policy=("S09", "N05"),
)

PARTLY_FUNDED = Rule(
    "NOT_PARTIAL",
    "funding is partial: grant more than nothing and less than the budget",
    "$given.granted > 0 AND $given.granted < subject.budget",
    "granted",
    policy=("S11", "T06"),
)

PLACE_IN_CALL = Rule(
    "CALL_FULL",
    "as many projects are selected as the call has places; reject this one, or wait for next year",
    """COUNT { MATCH (call)<-[:IN_CALL]-(chosen:StudioProject)
        WHERE chosen.state IN ['SELECTED', 'COMPLETED'] } < call.places""",
    policy=("T06", "S09"),
)

YEARS_IN_ORDER = Rule(
    "YEARS",
    "the last year must not lie before the first",
    "$given.last_year IS NULL OR $given.last_year >= $given.first_year",
    "last_year",
    policy=("S14",),
)

SEVERAL = Rule(
    "TOO_FEW",
    "an exchange takes at least two studios",
    "size(studios) > 1",
    "studio_ids",
    policy=("S08",),
)
