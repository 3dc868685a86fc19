"""What the policy asks of nominations: who, when, how many, and preference (E05–E08)."""

from typing import LiteralString

from graph.projection.dated import in_force
from graph.rules.rule import Rule

PREFERENCES: LiteralString = f"""[
  CASE WHEN EXISTS {{ (worker)<-[:NAMES]-(t:Designation)
    WHERE {in_force("t", "$today")} }} THEN '优秀技能人才（E06）' END,
  CASE WHEN EXISTS {{ (worker)-[:LEADS]->(s:Studio)<-[:DESIGNATES]-(d:StudioDesignation)
    WHERE {in_force("d", "$today")} }} THEN '创新工作室领军人物（E07）' END,
  CASE WHEN EXISTS {{ (worker)-[:CONTRIBUTED_TO]->(:Achievement) }}
    THEN '技术创新成果完成人（E07）' END
]"""
"""Whom preference is given to, as sentences: shown with the nomination, part of no score (E06)."""

ONE_NOMINEE = Rule(
    "ONE_NOMINEE",
    "name exactly one: a worker, a team, an achievement, an enterprise or an association",
    "size([one IN [worker, team, achievement, enterprise, association] WHERE one IS NOT NULL]) = 1",
    "worker_id",
    policy=("E05",),
)

ROUND_OPEN = Rule(
    "ROUND_CLOSED",
    "nominations for this round are not open today; see its first and last day",
    "coalesce(round.opens, $today) <= $today AND coalesce(round.closes, $today) >= $today",
    "round_id",
    policy=("E05",),
)

PLACE_IN_ROUND = Rule(
    "NO_PLACE_LEFT",
    "all places of this round are taken; decide that this nomination is not named",
    """round.places IS NULL OR
       COUNT { (round)<-[:FROM_ROUND]-(:Designation) } < round.places""",
    policy=("E05",),
)

BEARS_TITLE = Rule(
    "TITLE_ENDED",
    "the title is no longer borne, so that it recommends for nothing",
    in_force("subject", "$today"),
    "designation_id",
    policy=("E08",),
)

NOT_RECOMMENDED = Rule(
    "ALREADY_DONE",
    "it is recommended for this round already",
    "NOT EXISTS { (subject)-[:RECOMMENDED_FOR]->(round) }",
    "round_id",
    policy=("E08",),
)
