"""A small town for plans: two trades, masters with places, apprentices who agreed to be matched."""

from graph.cypher import Cypher
from graph.database import Database

TOWN = """
CREATE (east:Node:Organisation:Union {id: 'east', key: 'east', name: '东城',
  type: 'DISTRICT_COUNTY', tree: 'REGION', path: '/m/east/'})
CREATE (city:Node:District {id: 'city', key: 'city', name: '北京市', code: '11'})
CREATE (home:Node:District {id: 'home', key: 'home', name: '东城区', code: '1101'}),
  (away:Node:District {id: 'away', key: 'away', name: '西城区', code: '1102'})
CREATE (home)-[:PART_OF]->(city), (away)-[:PART_OF]->(city)
CREATE (group:Node:Occupation {id: 'g', key: 'g', code: '6-18', name: '机械加工人员', level: 3})
CREATE (turner:Node:Occupation {id: 'o1', key: 'o1', code: '6-18-01', name: '车工', level: 4}),
  (miller:Node:Occupation {id: 'o2', key: 'o2', code: '6-18-02', name: '铣工', level: 4})
CREATE (turner)-[:BROADER]->(group), (miller)-[:BROADER]->(group)
WITH east, home, away, turner, miller
UNWIND range(1, 6) AS n
CREATE (s:Node:Skill {id: 's' + n, key: 's' + n, name: '技能' + n})
FOREACH (_ IN CASE WHEN n < 5 THEN [1] END |
  CREATE (turner)-[:REQUIRES_SKILL {weight: 1.0 / n}]->(s))
FOREACH (_ IN CASE WHEN n > 2 THEN [1] END |
  CREATE (miller)-[:REQUIRES_SKILL {weight: 0.3 + n / 10.0}]->(s))
WITH east, home, away, turner, miller, collect(s) AS skills
CALL (east, home, away, turner, miller, skills) {
  UNWIND range(1, $masters) AS n
  CREATE (w:Node:Person:Worker:Master {id: 'm' + n, key: 'm' + n, name: '师' + n, skill_level: 5,
    region_path: '/m/east/'})
  CREATE (w)-[:MEMBER_OF]->(east)
  CREATE (:Node:MentorProfile {id: 'p' + n, key: 'p' + n, capacity: $places,
    valid_from: date('2014-01-01') + duration({days: n % 3})})-[:DECLARED_BY]->(w)
  CREATE (:Node:Employment {id: 'e' + n, key: 'e' + n, engaged_level: 5,
    valid_from: date('2010-01-01')})-[:ABOUT_WORKER]->(w)
  FOREACH (d IN CASE WHEN n % 2 = 0 THEN [home] ELSE [away] END | CREATE (w)-[:LIVES_IN]->(d))
  FOREACH (o IN CASE WHEN n % 3 = 0 THEN [miller] ELSE [turner] END | CREATE (w)-[:TEACHES]->(o))
  FOREACH (i IN [i IN range(0, 5) WHERE (i + n) % 4 > 0] |
    FOREACH (s IN [skills[i]] | CREATE (w)-[:HAS_SKILL {level: 2 + (i * n) % 4}]->(s)))
  RETURN count(*) AS made
}
UNWIND range(1, $apprentices) AS n
CREATE (w:Node:Person:Worker {id: 'a' + n, key: 'a' + n, name: '徒' + n, skill_level: 1 + n % 3,
  region_path: '/m/east/'})
SET w.motivation = CASE WHEN n % 2 = 0 THEN '想跟名师学技能' + (1 + n % 6) END
CREATE (w)-[:MEMBER_OF]->(east)
FOREACH (d IN CASE WHEN n % 2 = 0 THEN [home] ELSE [away] END | CREATE (w)-[:LIVES_IN]->(d))
FOREACH (o IN CASE WHEN n % 4 = 0 THEN [miller] ELSE [turner] END | CREATE (w)-[:PRACTISES]->(o))
FOREACH (i IN [i IN range(0, 5) WHERE (i * n) % 3 > 0] |
  FOREACH (s IN [skills[i]] | CREATE (w)-[:HAS_SKILL {level: 1 + (i + n) % 3}]->(s)))
"""

CONSENTS = """
MATCH (w:Worker)
CREATE (:Node:Consent {id: 'c-' + w.id, key: 'c-' + w.id, purpose: 'MATCHING',
  valid_from: date('2014-01-01')})-[:ABOUT_WORKER]->(w)
"""


async def build_town(
    database: Database, *, apprentices: int = 9, masters: int = 4, places: int = 2
) -> None:
    """Make it, in an empty database."""
    figures = {"apprentices": apprentices, "masters": masters, "places": places}
    await database.run(Cypher(TOWN, figures))
    await database.run(Cypher(CONSENTS))
