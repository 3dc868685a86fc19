"""The growth of one worker: stages gone through, evidence of talent, reach, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.model import MODEL
from graph.model.declare import Choice, ClosedList
from graph.model.people import WORKER
from graph.projection.access import visible
from graph.projection.dated import in_force
from graph.projection.fragment import Fragment
from graph.projection.personal import identified
from graph.viewer import Viewer

DEVELOPMENT_STAGE = ClosedList(
    "DevelopmentStage",
    "四位一体",
    "The four stages in one: training, drill, competition, promotion (X06, A12, T17).",
    (
        Choice("TRAINING", "培训", "Completed training."),
        Choice("DRILL", "练兵", "On-the-job drill."),
        Choice("COMPETITION", "竞赛", "Competition."),
        Choice("PROMOTION", "晋级", "A higher level, by contest or certificate."),
    ),
)
GROWTH_STAGE = ClosedList(
    "GrowthStage",
    "成长阶段",
    "How far a worker has come: learn, raise, use, create skills (P15).",
    (
        Choice("LEARN", "学好技能", "Has completed training or learns from a master."),
        Choice("RAISE", "提升技能", "Has reached a higher level."),
        Choice("USE", "用好技能", "Is in post at the level that she holds (在聘)."),
        Choice("CREATE", "创新创造", "Has contributed to an achievement."),
    ),
)
TALENT_FACET = ClosedList(
    "TalentFacet",
    "人才特质",
    "Four facets of talent, from evidence only (P16).",
    (
        Choice("KNOWLEDGEABLE", "有智慧", "Training completed."),
        Choice("SKILLED", "有技术", "Level records and titles."),
        Choice("INVENTIVE", "能发明", "Patents on her achievements."),
        Choice("CREATIVE", "会创造", "Achievements she contributed to."),
    ),
)
WELL: LiteralString = "3"  # a skill below this level is a gap
MOST_GAPS: LiteralString = "3"


@dataclass(frozen=True, slots=True)
class Career:
    """What one statement found; days by stage, counts by facet and of whom she reaches.

    Steps are lists: stage, reason (its code), names for the sentence, ids of the path, row shown.
    """

    gone: Sequence[Sequence[Any]]
    facets: Sequence[int]
    used: bool
    taught: bool
    reach: Sequence[int]
    steps: Sequence[Sequence[Any]]

    @property
    def growth(self) -> str | None:
        """The furthest stage of growth; None if nothing is known."""
        stages = {stage for stage, _, _ in self.gone}
        reached = (
            ("CREATE", self.facets[3] > 0),
            ("USE", self.used),
            ("RAISE", "PROMOTION" in stages),
            ("LEARN", "TRAINING" in stages or self.taught),
        )
        return next((name for name, holds in reached if holds), None)


async def career(
    database: Database, worker: str, day: date, viewer: Viewer, shown: Fragment
) -> Career | None:
    """The growth of a worker whose records the viewer sees, as on a day; None if there is none."""
    parameters = {"worker": worker, "day": day, **viewer.parameters, **shown.parameters}
    text = statement(viewer, shown)
    rows = await database.rows(Cypher(text, parameters, name="career"))
    return Career(**rows[0]["career"]) if rows else None


def statement(viewer: Viewer, shown: Fragment) -> LiteralString:
    """The one statement; `shown` is of the node that a step leads to."""
    seen = visible(WORKER, "worker", viewer) or "true"
    known = identified(WORKER, "worker", viewer) or "true"
    see = _Sight(viewer)
    return f"""
MATCH (worker:Node:Worker {{id: $worker}}) WHERE {seen} AND {known}
CALL (worker) {{ CALL (worker) {{ {_gone(see)} }}
  WITH stage, since, node ORDER BY since, node RETURN collect([stage, since, node]) AS gone }}
CALL (worker) {{ CALL (worker) {{ {_steps(see)} }}
  WITH stage, reason, names, path, node AS shown {shown.calls}
  RETURN collect([stage, reason, names, path, {shown.text}]) AS steps }}
RETURN {{gone: gone, steps: steps, facets: [{", ".join(_facets(see))}],
  used: {_USED}, taught: {_TAUGHT}, reach: [{", ".join(_reach(see))}]}} AS career"""


class _Sight:
    """The viewer's predicate for a node in a pattern: `see("Course", "c")`."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    def __call__(self, label: LiteralString, variable: LiteralString) -> LiteralString:
        return visible(MODEL.node_type(label), variable, self._viewer) or "true"


def _gone(see: _Sight) -> LiteralString:
    """Each time she went through a stage: stage, since, id of the evidence."""
    return f"""
MATCH (worker)<-[:ABOUT_WORKER]-(t:TrainingRecord)
WHERE t.result = 'COMPLETED' AND t.ends <= $day
RETURN 'TRAINING' AS stage, t.ends AS since, t.id AS node
UNION ALL
MATCH (worker)-[:TOOK_PART_IN]->(a:MassActivity)
WHERE a.type = 'DRILL' AND a.day <= $day AND {see("MassActivity", "a")}
RETURN 'DRILL' AS stage, a.day AS since, a.id AS node
UNION ALL
MATCH (worker)<-[:ENTERED_BY]-(e:CompetitionEntry)-[:IN_COMPETITION]->(c:Competition)
WHERE c.state IN ['HELD', 'RANKED'] AND c.held_to <= $day AND {see("Competition", "c")}
RETURN 'COMPETITION' AS stage, c.held_to AS since, e.id AS node
UNION ALL
MATCH (worker)<-[:ABOUT_WORKER]-(r:SkillLevelRecord)
WHERE r.valid_from <= $day AND r.recorded_to IS NULL
  AND (EXISTS {{ (r)-[:PROMOTED_BY|CERTIFIED_BY]->() }} OR EXISTS {{
    MATCH (worker)<-[:ABOUT_WORKER]-(before:SkillLevelRecord)
    WHERE before.skill_level < r.skill_level AND before.valid_from < r.valid_from }})
RETURN 'PROMOTION' AS stage, r.valid_from AS since, r.id AS node"""


def _steps(see: _Sight) -> LiteralString:
    """What she could do next: stage, reason, names for the sentence, path, node it leads to."""
    return f"""
MATCH (worker)-[:PRACTISES]->(trade:Occupation)-[need:REQUIRES_SKILL]->(skill:Skill)
WHERE {see("Occupation", "trade")} AND {see("Skill", "skill")}
OPTIONAL MATCH (worker)-[has:HAS_SKILL]->(skill)
WITH worker, trade, skill, need, coalesce(max(has.level), 0) AS level WHERE level < {WELL}
ORDER BY need.weight DESC, level, skill.key LIMIT {MOST_GAPS}
OPTIONAL MATCH (skill)<-[:TEACHES_SKILL]-(c:Course) WHERE {see("Course", "c")}
WITH worker, trade, skill, level, c ORDER BY c.key
WITH worker, trade, skill, level, head(collect(c)) AS course
RETURN 'TRAINING' AS stage, CASE WHEN course IS NULL THEN 'GAP' ELSE 'COURSE' END AS reason,
  [trade.name, skill.name, toString(level), course.name] AS names,
  [n IN [worker, trade, skill, course] WHERE n IS NOT NULL | n.id] AS path,
  coalesce(course, skill) AS node
UNION ALL
WITH worker WHERE NOT EXISTS {{ MATCH (worker)-[:TOOK_PART_IN]->(a:MassActivity)
  WHERE a.type = 'DRILL' AND a.day <= $day }}
RETURN 'DRILL' AS stage, 'DRILL' AS reason, [] AS names, [worker.id] AS path, worker AS node
UNION ALL
MATCH (worker)-[:PRACTISES]->(trade:Occupation)<-[:COVERS]-(c:Competition {{state: 'PLANNED'}})
WHERE {see("Occupation", "trade")} AND {see("Competition", "c")} AND NOT EXISTS {{
  (worker)<-[:ENTERED_BY]-(:CompetitionEntry)-[:IN_COMPETITION]->(c) }}
WITH worker, trade, c ORDER BY c.key LIMIT {MOST_GAPS}
RETURN 'COMPETITION' AS stage, 'CONTEST' AS reason, [trade.name, c.name] AS names,
  [worker.id, trade.id, c.id] AS path, c AS node
UNION ALL
MATCH (worker)<-[:ENTERED_BY]-(e:CompetitionEntry {{state: 'PLACED'}})
  -[:IN_COMPETITION]->(c:Competition {{state: 'RANKED'}}), (e)-[:IN_OCCUPATION]->(trade:Occupation)
WHERE c.held_to <= $day AND {see("Competition", "c")} AND {see("Occupation", "trade")}
  AND NOT EXISTS {{ (e)<-[:PROMOTED_BY]-(:SkillLevelRecord) }}
WITH worker, e, c, trade ORDER BY e.rank, e.key LIMIT {MOST_GAPS}
RETURN 'PROMOTION' AS stage, 'PLACE' AS reason, [c.name, trade.name, toString(e.rank)] AS names,
  [worker.id, e.id, c.id] AS path, e AS node
UNION ALL
MATCH (worker)-[:PRACTISES]->(trade:Occupation)<-[:DEFINES]-
  (s:OccupationStandard {{state: 'PUBLISHED'}})
WHERE {see("Occupation", "trade")} AND {see("OccupationStandard", "s")} AND NOT EXISTS {{
  (worker)<-[:ABOUT_WORKER]-(:SkillLevelRecord)-[:CERTIFIED_BY]->(s) }}
WITH worker, trade, s ORDER BY s.key LIMIT {MOST_GAPS}
RETURN 'PROMOTION' AS stage, 'STANDARD' AS reason, [trade.name, s.name] AS names,
  [worker.id, trade.id, s.id] AS path, s AS node"""


def _facets(see: _Sight) -> list[LiteralString]:
    """Counts in the order of TALENT_FACET."""
    achieved: LiteralString = (
        "MATCH (worker)-[:CONTRIBUTED_TO]->(a:Achievement) "
        f"WHERE coalesce(a.registered <= $day, true) AND {see('Achievement', 'a')}"
    )
    return [
        "COUNT { MATCH (worker)<-[:ABOUT_WORKER]-(t:TrainingRecord) "
        "WHERE t.result = 'COMPLETED' AND t.ends <= $day }",
        "COUNT { MATCH (worker)<-[:ABOUT_WORKER]-(r:SkillLevelRecord) "
        "WHERE r.valid_from <= $day AND r.recorded_to IS NULL } "
        "+ COUNT { MATCH (worker)<-[:NAMES]-(d:Designation) "
        f"WHERE {in_force('d', '$day')} }}",
        f"COUNT {{ {achieved} MATCH (a)<-[:PROTECTS]-(p:Patent) WHERE {see('Patent', 'p')} "
        "RETURN DISTINCT p }",
        f"COUNT {{ {achieved} }}",
    ]


def _reach(see: _Sight) -> list[LiteralString]:
    """Whom she reaches (P09, S15): apprentices, theirs, key members, enterprises that adopted."""
    taught: LiteralString = f"""MATCH (worker)-[m:MENTORS]->(a:Worker)
      WHERE m.since <= $day AND {see("Worker", "a")}"""
    led: LiteralString = f"MATCH (worker)-[:LEADS]->(s:Studio) WHERE {see('Studio', 's')}"
    return [
        f"COUNT {{ {taught} RETURN DISTINCT a }}",
        f"COUNT {{ {taught} MATCH (a)-[n:MENTORS]->(b:Worker) "
        f"WHERE n.since <= $day AND {see('Worker', 'b')} RETURN DISTINCT b }}",
        f"COUNT {{ {led} MATCH (s)<-[:KEY_MEMBER_OF]-(k:Worker) WHERE {see('Worker', 'k')} "
        "RETURN DISTINCT k }",
        f"COUNT {{ {led} MATCH (s)<-[:MADE_BY]-(a:Achievement)<-[:OVER]-(c:TechContract)"
        "-[:WITH_BUYER]->(e:Enterprise) WHERE c.signed <= $day "
        f"AND {see('Achievement', 'a')} AND {see('TechContract', 'c')} "
        f"AND {see('Enterprise', 'e')} RETURN DISTINCT e }}",
    ]


_USED: LiteralString = f"""EXISTS {{
  MATCH (worker)<-[:ABOUT_WORKER]-(post:Employment)
  WHERE post.engaged_level >= coalesce(worker.skill_level, 1) AND {in_force("post", "$day")} }}"""
_TAUGHT: LiteralString = "EXISTS { MATCH (worker)<-[m:MENTORS]-(:Worker) WHERE m.since <= $day }"
