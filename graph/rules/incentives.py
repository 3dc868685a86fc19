"""When a master has earned a reward: an event of the apprentice, in time, once each (Z05)."""

from typing import LiteralString

from graph.projection.dated import in_force
from graph.rules.rule import Rule


def _in_time(day: LiteralString) -> LiteralString:
    """A predicate: the day lies within the rule's years from signing, and the rule held on it."""
    return f"""{day} >= agreement.starts
      AND {day} < agreement.starts + duration({{years: coalesce(rule.within_years, 0)}})
      AND {in_force("rule", day)}"""


EARNED = Rule(
    "NOT_EARNED",
    "the rule rewards a place or a level of this apprentice within its years from signing; name "
    "such an event",
    f"""CASE rule.basis WHEN 'CONTEST_PLACE' THEN EXISTS {{
      MATCH (agreement)-[:HAS_APPRENTICE]->(:Worker)<-[:ENTERED_BY]-(entry)
        -[:IN_COMPETITION]->(contest:Competition)
      WHERE contest.state = 'RANKED' AND entry.rank <= coalesce(rule.last_rank, 10)
        AND {_in_time("contest.held_to")} RETURN entry }}
    ELSE EXISTS {{
      MATCH (agreement)-[:HAS_APPRENTICE]->(:Worker)<-[:ABOUT_WORKER]-(record)
      WHERE record.skill_level >= rule.skill_level AND record.recorded_to IS NULL
        AND {_in_time("record.valid_from")} RETURN record }} END""",
    "rule_id",
    policy=("Z05",),
)

ONCE_AN_APPRENTICE = Rule(
    "APPRENTICE_REWARDED",
    "the master has this reward for this apprentice already; it is paid once for each",
    """NOT EXISTS {
      MATCH (agreement)-[:HAS_MASTER]->(master:Worker)<-[:HAS_MASTER]-(other:MentoringAgreement)
        <-[:UNDER_AGREEMENT]-(:Incentive)-[:UNDER_RULE]->(rule)
      WHERE EXISTS { (other)-[:HAS_APPRENTICE]->(:Worker)<-[:HAS_APPRENTICE]-(agreement) } }
    AND NOT EXISTS { (agreement)<-[:UNDER_AGREEMENT]-(:Incentive)-[:UNDER_RULE]->(rule) }""",
    "agreement_id",
    policy=("Z05",),
)

RULE_OF_MASTER = Rule(
    "OUTSIDE_RULE",
    "the union of the rule does not answer for the master; choose a rule of her own unions",
    """EXISTS {
      MATCH (rule)-[:SET_BY]->(owner:Union), (agreement)-[:HAS_MASTER]->(paid:Worker)
      WHERE paid.region_path STARTS WITH owner.path OR paid.system_path STARTS WITH owner.path }""",
    "rule_id",
    policy=("M08", "Z05"),
)
