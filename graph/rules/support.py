"""Who is supported, by which rule, and why (C02–C10): one predicate for queries and operations.

An event is a place in a contest or a skill level reached. The rules, and the lists of occupations,
are those of the day of the event, whatever holds today.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, LiteralString

from graph.cypher import Cypher
from graph.database import Database
from graph.model.people import WORKER
from graph.projection.access import visible
from graph.projection.dated import in_force
from graph.projection.fragment import Fragment
from graph.rules.rule import Rule
from graph.viewer import Viewer


def listed(occupation: LiteralString, name: LiteralString, day: LiteralString) -> LiteralString:
    """A predicate: the occupation was on a list on a day; without any record, its own mark."""
    mark: LiteralString = "certificate_required" if name == "CERTIFICATE" else "emerging"
    return f"""CASE
      WHEN EXISTS {{ ({occupation})<-[:LISTS]-(:OccupationListing {{list: '{name}'}}) }}
      THEN EXISTS {{ MATCH ({occupation})<-[:LISTS]-(on:OccupationListing {{list: '{name}'}})
        WHERE {in_force("on", day)} }}
      ELSE coalesce({occupation}.{mark}, false) END"""


def _marked(day: LiteralString) -> LiteralString:
    """A clause that says of the `trade` whether it was on either list."""
    return f"""WITH *, {listed("trade", "CERTIFICATE", day)} AS certificate,
    {listed("trade", "EMERGING", day)} AS emerging"""


_OCCUPATION_FITS: LiteralString = """CASE rule.occupations_kind
    WHEN 'NON_CERTIFICATE' THEN NOT certificate WHEN 'CERTIFICATE' THEN certificate
    WHEN 'EMERGING' THEN emerging ELSE true END
  AND CASE WHEN EXISTS { (rule)-[:FOR_OCCUPATION]->(:Occupation) }
    THEN EXISTS { (rule)-[:FOR_OCCUPATION]->(trade) } ELSE true END"""


def _answers(day: LiteralString) -> LiteralString:
    """The union of the rule answers for the worker, and the rule was in force."""
    return f"""EXISTS {{ MATCH (rule)-[:SET_BY]->(owner:Union)
    WHERE owner.path IS NULL OR worker.region_path STARTS WITH owner.path
      OR worker.system_path STARTS WITH owner.path }}
  AND {in_force("rule", day)}"""


ENTRY_SUPPORTED: LiteralString = f"""{_marked("contest.held_to")}
WHERE rule.basis = 'CONTEST_PLACE' AND entry.state = 'PLACED'
  AND entry.rank <= coalesce(rule.last_rank, 10)
  AND coalesce(entry.stage_reached, 3) >= coalesce(rule.lowest_stage, 1)
  AND contest.state = 'RANKED' AND contest.level IN ['MUNICIPAL', 'NATIONAL', 'INTERNATIONAL']
  AND contest.grade >= coalesce(rule.lowest_grade, 2)
  AND {_answers("contest.held_to")} AND {_OCCUPATION_FITS}"""
"""Keeps what is supported of `rule`, `worker`, `entry`, its `contest` and `trade` (C02)."""

RECORD_SUPPORTED: LiteralString = f"""{_marked("record.valid_from")}
WHERE rule.basis = 'LEVEL_REACHED'
  AND record.skill_level = rule.skill_level AND record.recorded_to IS NULL
  AND {_answers("record.valid_from")} AND {_OCCUPATION_FITS}"""
"""Keeps what is supported of `rule`, `worker`, `record` and its `trade` (C04)."""

SUPPORTED_EVENTS: LiteralString = f"""
CALL (worker, rule) {{
  MATCH (worker)<-[:ENTERED_BY]-(entry:CompetitionEntry)-[:IN_COMPETITION]->(contest:Competition),
    (entry)-[:IN_OCCUPATION]->(trade:Occupation)
  WHERE contest.held_to <= $day {ENTRY_SUPPORTED}
  RETURN entry AS event, contest, trade, contest.held_to AS since
  UNION
  MATCH (worker)<-[:ABOUT_WORKER]-(record:SkillLevelRecord)-[:IN_OCCUPATION]->(trade:Occupation)
  WHERE record.valid_from <= $day {RECORD_SUPPORTED}
  RETURN record AS event, null AS contest, trade, record.valid_from AS since
}}
"""
"""Each event by which a `worker` is supported under a `rule` as of `$day`, with its path."""

ONE_EVENT = Rule(
    "ONE_EVENT",
    "support is for one event: give a place in a contest or a skill level, not both",
    "(entry IS NULL) <> (record IS NULL)",
    "entry_id",
    policy=("C01",),
)

ELIGIBLE = Rule(
    "NOT_ELIGIBLE",
    "the rule does not support this event of this worker; `eligibleForSupport` says which do",
    f"""CASE WHEN entry IS NOT NULL THEN EXISTS {{
      MATCH (worker)<-[:ENTERED_BY]-(entry)-[:IN_COMPETITION]->(contest:Competition),
        (entry)-[:IN_OCCUPATION]->(trade:Occupation)
      {ENTRY_SUPPORTED} RETURN entry }}
    ELSE EXISTS {{
      MATCH (worker)<-[:ABOUT_WORKER]-(record)-[:IN_OCCUPATION]->(trade:Occupation)
      {RECORD_SUPPORTED} RETURN record }} END""",
    "rule_id",
    policy=("C02", "T11"),
)

ONCE_A_LEVEL = Rule(
    "LEVEL_PAYS_ONCE",
    "a union of this level supports this event already; each level pays once",
    """NOT EXISTS {
      MATCH (worker)<-[:GRANTED_TO]-(other:SupportGrant)-[:UNDER_RULE]->(theirs:SupportRule)
      WHERE other.state <> 'REJECTED' AND theirs.level = rule.level
        AND (EXISTS { (other)-[:FOR_ENTRY]->(entry) }
          OR EXISTS { (other)-[:FOR_LEVEL]->(record) }) }""",
    "rule_id",
    policy=("C10", "C07"),
)

RULE_SAYS_WHAT = Rule(
    "RULE_INCOMPLETE",
    "a rule that rests on a level reached must name the skill level",
    "$given.basis <> 'LEVEL_REACHED' OR $given.skill_level IS NOT NULL",
    "skill_level",
    policy=("C04",),
)

RULE_STANDS = Rule(
    "NOT_IN_FORCE",
    "the rule has ended already; set a new one",
    in_force("subject", "$today"),
    policy=("C06",),
)

NOT_LISTED_YET = Rule(
    "ALREADY_LISTED",
    "the occupation is on this list on that day already",
    f"""NOT EXISTS {{ MATCH (occupation)<-[:LISTS]-(on:OccupationListing)
      WHERE on.list = $given.list AND {in_force("on", "coalesce($given.valid_from, $today)")} }}""",
    "occupation_id",
    policy=("C03",),
)

IS_LISTED = Rule(
    "NOT_IN_FORCE",
    "the occupation is off this list already",
    in_force("subject", "$today"),
    policy=("C06",),
)

SHARES_WITHIN_ONE = Rule(
    "SHARES",
    "shares are above 0 and together at most 1; lower this one",
    """$given.ratio > 0 AND $given.ratio + reduce(sum = 0.0, other IN COLLECT {
      MATCH (grant)<-[:CO_FUNDS]-(share:FundingShare) RETURN share.ratio } | sum + other)
      <= 1.000001""",
    "ratio",
    policy=("C08",),
)


_NOTHING_SHOWN: Mapping[LiteralString, Fragment] = MappingProxyType({})


async def eligible(
    database: Database,
    worker: str,
    day: date,
    viewer: Viewer,
    shown: Mapping[LiteralString, Fragment] = _NOTHING_SHOWN,
) -> list[dict[str, Any]] | None:
    """Each event by which a worker is supported, under each rule, with its path.

    None for a worker that the viewer does not see. Rows have rule, event, entry (whether the event
    is a place in a contest), since, amount, path (ids from the worker to the rule), facts
    (occupation, place and contest, or level), and applied: whether that level is paying already.
    `shown` is of `rule`, `entry` or `record`, the two names of the event; each comes as
    `<name>_shown`.
    """
    seen = visible(WORKER, "worker", viewer) or "true"
    text: LiteralString = f"""
    MATCH (worker:Node:Worker {{id: $worker}}) WHERE {seen}
    RETURN COLLECT {{
      MATCH (rule:SupportRule) WHERE rule.recorded_to IS NULL
      {SUPPORTED_EVENTS}
      WITH *, event AS entry, event AS record
      {"".join([_shown(name, fragment) for name, fragment in shown.items()])}
      WITH * ORDER BY since DESC, rule.key, event.key
      RETURN {{
        {"".join([f"{name}_shown: {name}_shown, " for name in shown])}
        rule: rule.id, event: event.id, entry: event:CompetitionEntry, since: since,
        amount: rule.amount,
        path: [n IN [worker, event, contest, trade, rule] WHERE n IS NOT NULL | n.id],
        facts: CASE WHEN contest IS NULL THEN [trade.name, event.skill_level]
          ELSE [trade.name, event.rank, contest.name] END,
        applied: EXISTS {{
          MATCH (event)<-[:FOR_ENTRY|FOR_LEVEL]-(other:SupportGrant)-[:UNDER_RULE]->(theirs)
          WHERE other.state <> 'REJECTED' AND theirs.level = rule.level }} }} }}
    """
    parameters = {"worker": worker, "day": day, **viewer.parameters}
    for fragment in shown.values():
        parameters |= fragment.parameters
    return await database.value(Cypher(text, parameters, name="eligible for support"))


def _shown(name: LiteralString, fragment: Fragment) -> LiteralString:
    return f"CALL ({name}) {{ {fragment.calls}RETURN {fragment.text} AS {name}_shown }} "
