from datetime import timedelta

from tests.stories.told import CITY, EAST, TODAY, Call, Story

WORLD = """
UNWIND ['welder', 'miller'] AS id
CREATE (:Node:Occupation {id: id, key: id, code: id, name: id, certificate_required: false})
WITH collect(id) AS trades
CREATE (:Node:PartnerOrganisation {id: 'partner', key: 'partner', name: '行业协会'}),
  (:Node:PolicyDocument {id: 'measures', key: 'measures', title: '北京市职业技能竞赛管理办法'})
WITH trades
MATCH (welder:Occupation {id: 'welder'})
UNWIND range(1, 12) AS n
CREATE (w:Node:Person:Worker {id: 'w' + n, key: 'w' + n, name: '工', region_path: '/m/east/',
  skill_level: 3})<-[:ABOUT_WORKER]-(r:Node:SkillLevelRecord
  {id: 'r' + n, key: 'r' + n, skill_level: 3, valid_from: date('2012-01-01')})
CREATE (r)-[:IN_OCCUPATION]->(welder)
"""
PROPOSE = Call(
    "proposeCompetition",
    {
        "name": "职工技协杯焊工竞赛",
        "year": 2015,
        "category": "SKILLS",
        "scope": "MUNICIPAL_CLASS_TWO",
        "grade": "CLASS_TWO",
        "series": "职工技协杯",
        "union_id": "east",
        "occupation_ids": ["welder"],
    },
    "proposal",
    EAST,
)
SELECT = Call("selectCompetition", {"competition_proposal_id": "$proposal"}, "proposal", CITY)
CONTEST = {"competition_id": "$proposal.competition"}
HOLD = Call(
    "holdCompetition",
    {
        **CONTEST,
        "held_from": TODAY,
        "held_to": TODAY,
        "partner_ids": ["partner"],
        "regulation_id": "measures",
    },
    by=EAST,
)
RANK = Call("publishRanking", CONTEST, by=EAST)


def enter(worker: str) -> Call:
    """An entry of a worker as a welder."""
    given = {"worker_id": worker, "occupation_id": "welder", **CONTEST}
    return Call("enterCompetition", given, worker, EAST)


def place(worker: str, rank: int) -> Call:
    """The place of her entry."""
    given = {"competition_entry_id": f"${worker}", "rank": rank, "stage_reached": "FINAL"}
    return Call("recordResult", {**given, "score": 90.5}, by=EAST)


def ranked(**places: int) -> tuple[Call, ...]:
    """A whole competition with such places."""
    entries = [enter(worker) for worker in places]
    placed = [place(worker, rank) for worker, rank in places.items()]
    return (PROPOSE, SELECT, *entries, HOLD, *placed, RANK)


STORY = Story(
    WORLD,
    (
        *ranked(w1=1, w2=2),
        Call("promoteByCompetition", {"entry_id": "$w1", "skill_level": "TECHNICIAN"}, by=CITY),
        Call("proposeCompetition", {**PROPOSE.given, "name": "铣工竞赛"}, "second", EAST),
        Call("rejectCompetition", {"competition_proposal_id": "$second", "decision": "重复"},
             by=CITY),
        Call("proposeCompetition", {**PROPOSE.given, "name": "区域赛", "scope": "REGIONAL"},
             "third", EAST),
        Call("selectCompetition", {"competition_proposal_id": "$third"}, "third", EAST),
        Call("cancelCompetition", {"competition_id": "$third.competition"}, by=EAST),
        Call(
            "recordMassActivity",
            {
                "name": "岗位练兵月",
                "type": "DRILL",
                "day": TODAY - timedelta(3),
                "participants": 120,
                "outcome": "合格率提高",
                "union_id": "east",
                "worker_ids": ["w1", "w2"],
            },
            by=EAST,
        ),
    ),
    {
        "placed before it was held": """
            MATCH (e:CompetitionEntry {state: 'PLACED'})-[:IN_COMPETITION]->(c:Competition)
            WHERE NOT c.state IN ['HELD', 'RANKED'] RETURN e.id""",
        "ranked without a place": """
            MATCH (c:Competition {state: 'RANKED'})
            WHERE NOT EXISTS { (c)<-[:IN_COMPETITION]-(:CompetitionEntry {state: 'PLACED'}) }
            RETURN c.id""",
        "promoted before the ranking": """
            MATCH (r:SkillLevelRecord)-[:PROMOTED_BY]->(e)-[:IN_COMPETITION]->(c)
            WHERE c.state <> 'RANKED' RETURN r.id""",
        "entered twice": """
            MATCH (w:Worker)<-[:ENTERED_BY]-(e)-[:IN_COMPETITION]->(c), (e)-[:IN_OCCUPATION]->(o)
            WITH w, c, o, count(e) AS entries WHERE entries > 1 RETURN w.id""",
        "a competition of a proposal not selected": """
            MATCH (p:CompetitionProposal)-[:SELECTED_AS]->(c) WHERE p.state <> 'SELECTED'
            RETURN c.id""",
    },
)  # fmt: skip
