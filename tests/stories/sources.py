"""Registers, two records that are one for a while, and a record that is shared."""

from tests.stories.told import CITY, EAST, Call, Story

WORLD = """
MATCH (east:Union {id: 'east'}), (west:Union {id: 'west'})
CREATE (d:Node:District {id: 'd', key: 'd', name: '东城区'}),
  (weld:Node:Skill {id: 'weld', key: 'weld', name: '焊接'}),
  (cut:Node:Skill {id: 'cut', key: 'cut', name: '切割'}),
  (own:Node:Person:Worker {id: 'own', key: 'union:1', source: 'union', name: '甲',
    birth_year: 1980, skill_level: 3, region_path: '/m/east/', scope_tokens: ' m east '})
    -[:MEMBER_OF]->(east),
  (same:Node:Person:Worker:Master {id: 'same', key: 'gov:9', source: 'gov', name: '甲',
    birth_year: 1980, skill_level: 4, job_title: '焊工', region_path: '/m/east/',
    scope_tokens: ' m east '})-[:MEMBER_OF]->(east),
  (own)-[:LIVES_IN]->(d)<-[:LIVES_IN]-(same),
  (own)-[:HAS_SKILL {level: 2}]->(weld), (same)-[:HAS_SKILL {level: 4}]->(weld),
  (same)-[:HAS_SKILL {level: 3}]->(cut),
  (:Node:Designation {id: 'title', key: 'title', title: 'CHIEF_TECHNICIAN',
    valid_from: date('2014-01-01')})-[:NAMES]->(same),
  (:Node:Consent {id: 'agreed', key: 'agreed', purpose: 'SHARING',
    valid_from: date('2014-01-01')})-[:ABOUT_WORKER]->(own),
  (:Node:Person:Worker {id: 'far', key: 'gov:8', source: 'gov', name: '甲', birth_year: 1980,
    region_path: '/m/west/', scope_tokens: ' m west '})-[:MEMBER_OF]->(west),
  (:Node:Person:Worker {id: 'other', key: 'union:2', source: 'union', name: '乙',
    region_path: '/m/east/', scope_tokens: ' m east '})-[:MEMBER_OF]->(east),
  (east)-[:REPRESENTS]->(:Node:Organisation:Enterprise {id: 'e1', key: 'union:e1',
    source: 'union', name: '一厂'}),
  (:Node:Organisation:Enterprise {id: 'e2', key: 'gov:e2', source: 'gov', name: '一厂',
    city: '北京'})<-[:AT_ENTERPRISE]-(:Node:Employment {id: 'job', key: 'job',
    valid_from: date('2014-01-01')})-[:ABOUT_WORKER]->(own),
  (:Node:Organisation:ResearchInstitute {id: 'i1', key: 'union:i1', source: 'union',
    name: '焊接研究所'})-[:LOCATED_IN]->(d),
  (:Node:Organisation:ResearchInstitute {id: 'i2', key: 'gov:i2', source: 'gov',
    name: '焊接研究所', city: '北京'}),
  (:Node:Organisation:PartnerOrganisation {id: 'gov', key: 'gov', name: '人社局'})
"""

PROPOSE = Call(
    "proposeWorkerMerge", {"kept_id": "own", "joined_id": "same", "grounds": "同名同年"}, "p", EAST
)
MERGE = Call("mergeRecords", {"merge_proposal_id": "$p"}, by=EAST)
SPLIT = Call("splitRecords", {"merge_proposal_id": "$p"}, by=EAST)
SHARE = Call(
    "shareRecord",
    {"worker_id": "own", "partner_id": "gov", "fields": ["name", "skill_level"],
     "purpose": "核对技能等级", "basis": "京人社〔2015〕1号"},
    "share",
    EAST,
)  # fmt: skip
REGISTER = Call(
    "registerDataSource",
    {"code": "gov", "name": "人社局技能人才库", "kind": "GOVERNMENT", "partner_id": "gov"},
    "source",
    CITY,
)

STORY = Story(
    WORLD,
    (
        REGISTER,
        PROPOSE,
        MERGE,
        SPLIT,
        Call("proposeWorkerMerge", PROPOSE.given, "again", EAST),
        Call("rejectMerge", {"merge_proposal_id": "$again", "grounds": "两个人"}, by=EAST),
        Call("proposeEnterpriseMerge", {"kept_id": "e1", "joined_id": "e2"}, "firms", EAST),
        Call("mergeRecords", {"merge_proposal_id": "$firms"}, by=CITY),
        Call("proposeResearchInstituteMerge", {"kept_id": "i1", "joined_id": "i2"}, by=CITY),
        SHARE,
    ),
)
