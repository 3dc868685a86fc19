"""An apprentice wins a place and reaches a level; the master is rewarded for it once each."""

from datetime import date, timedelta
from typing import Any

from tests.stories.told import EAST, TODAY, Call, Story

SIGNED = date(2014, 5, 1)
WORLD = """
MATCH (east:Union {id: 'east'})
CREATE (trade:Node:Occupation {id: 'welder', key: 'welder', code: 'welder', name: '焊工'}),
  (contest:Node:Competition {id: 'contest', key: 'contest', name: '区赛', state: 'RANKED',
    held_to: date('2015-02-01')}),
  (master:Node:Person:Worker {id: 'master', key: 'master', name: '师', region_path: '/m/east/'})
WITH *
UNWIND ['first', 'second'] AS id
CREATE (learner:Node:Person:Worker {id: id, key: id, name: '徒', region_path: '/m/east/'}),
  (g:Node:MentoringAgreement {id: 'g-' + id, key: 'g-' + id, state: 'ACTIVE',
    starts: date('2014-05-01')}),
  (g)-[:HAS_MASTER]->(master), (g)-[:HAS_APPRENTICE]->(learner),
  (e:Node:CompetitionEntry {id: 'e-' + id, key: 'e-' + id, state: 'PLACED', rank: 2}),
  (e)-[:ENTERED_BY]->(learner), (e)-[:IN_COMPETITION]->(contest),
  (r:Node:SkillLevelRecord {id: 'r-' + id, key: 'r-' + id, skill_level: 4,
    valid_from: date('2015-02-10')}),
  (r)-[:ABOUT_WORKER]->(learner), (r)-[:IN_OCCUPATION]->(trade)
"""


def rule(name: str, **more: Any) -> Call:
    """A rule of the district for a place among the first three, unless it says otherwise."""
    given = {
        "name": name,
        "union_id": "east",
        "basis": "CONTEST_PLACE",
        "within_years": 3,
        "amount": 200_000,
        "last_rank": 3,
        "valid_from": SIGNED,
    }
    return Call("setIncentiveRule", given | more, name, EAST)


def reward(name: str, rule: str, learner: str = "first", **more: Any) -> Call:
    """The reward for an apprentice's place, unless it says otherwise."""
    given = {"agreement_id": f"g-{learner}", "rule_id": f"${rule}", "entry_id": f"e-{learner}"}
    return Call("approveIncentive", given | more, name, EAST)


STORY = Story(
    WORLD,
    (
        rule("place", valid_to=TODAY + timedelta(365)),
        rule("level", basis="LEVEL_REACHED", skill_level="TECHNICIAN"),
        reward("one", "place"),
        reward("two", "place", "second"),
        reward("three", "level", entry_id=None, record_id="r-first"),
        Call("payIncentive", {"incentive_id": "$one"}, by=EAST),
    ),
    {
        "an apprentice rewarded twice": """
            MATCH (m)<-[:HAS_MASTER]-(g)<-[:UNDER_AGREEMENT]-(i:Incentive)-[:UNDER_RULE]->(r),
              (g)-[:HAS_APPRENTICE]->(a)
            WITH m, a, r, count(i) AS times WHERE times > 1 RETURN a.id""",
        "rewarded for another's event": """
            MATCH (i:Incentive)-[:FOR_ENTRY|FOR_LEVEL]->()-[:ENTERED_BY|ABOUT_WORKER]->(w)
            WHERE NOT EXISTS { (i)-[:UNDER_AGREEMENT]->()-[:HAS_APPRENTICE]->(w) } RETURN i.id""",
    },
)
