"""A title is called for, nominations come, the federation decides; associations set a standard."""

from datetime import timedelta

from tests.stories.told import CITY, EAST, TODAY, Call, Story

WORLD = """
MATCH (east:Union {id: 'east'})
CREATE (:Node:Person:Worker {id: 'w1', key: 'w1', name: '甲', region_path: '/m/east/'}),
  (:Node:Person:Worker {id: 'w2', key: 'w2', name: '乙', region_path: '/m/east/'}),
  (:Node:Team {id: 't1', key: 't1', name: '班组'}),
  (:Node:Achievement {id: 'a1', key: 'a1', title: '成果'}),
  (:Node:Organisation:Enterprise {id: 'e1', key: 'e1', name: '企业'}),
  (:Node:Organisation:PartnerOrganisation {id: 'p1', key: 'p1', name: '协会'}),
  (trade:Node:Occupation {id: 'o1', key: 'o1', code: 'o1', name: '数据标注员', emerging: true}),
  (tech:Node:Organisation:TechAssociation {id: 'ta', key: 'ta', name: '技协'})-[:LED_BY]->(east),
  (:Node:SpecialCommittee {id: 'sc', key: 'sc', name: '专委会'})-[:PART_OF]->(tech)
"""

_ROUND = {"name": "创新标兵", "union_id": "m", "title": "CAPITAL_INNOVATION_PACESETTER"}
_CLOSES = TODAY + timedelta(30)
HIGHER = {
    "name": "劳动奖章",
    "union_id": "m",
    "title": "LABOUR_MEDAL",
    "year": 2015,
    "opens": TODAY,
    "closes": TODAY,
}
NOMINATE = {"round_id": "$round", "union_id": "east", "grounds": "革新多项"}


def _named(nominee: str, name: str) -> Call:
    return Call("nominate", {**NOMINATE, "worker_id": nominee}, name, EAST)


STORY = Story(
    WORLD,
    (
        Call(
            "openAwardRound",
            {**_ROUND, "year": 2015, "places": 1, "opens": TODAY, "closes": _CLOSES,
             "preference": "向技能人才倾斜"},
            "round",
            CITY,
        ),
        Call("openAwardRound", HIGHER, "higher", CITY),
        _named("w1", "first"),
        _named("w2", "second"),
        Call("nominate", {**NOMINATE, "team_id": "t1"}, "team", EAST),
        Call("nominate", {**NOMINATE, "achievement_id": "a1"}, "achievement", EAST),
        Call("nominate", {**NOMINATE, "enterprise_id": "e1"}, "enterprise", EAST),
        Call("nominate", {**NOMINATE, "association_id": "ta"}, "association", EAST),
        Call("nameNominee", {"nomination_id": "$first", "decision": "一致通过"}, "named", CITY),
        Call("turnDownNominee", {"nomination_id": "$second", "decision": "名额已满"}, by=CITY),
        Call("withdrawNomination", {"nomination_id": "$team"}, by=EAST),
        Call(
            "recommendForHigherAward",
            {"designation_id": "$named.designation", "round_id": "$higher"},
            by=CITY,
        ),
    ),
)  # fmt: skip

ASSOCIATIONS = Story(
    WORLD,
    (
        Call(
            "joinAssociation",
            {"worker_id": "w1", "association_id": "ta", "committee_id": "sc", "expert": True},
            "member",
            EAST,
        ),
        Call("leaveAssociation", {"membership_id": "$member"}, by=EAST, later=timedelta(9)),
        Call(
            "draftStandard",
            {"name": "数据标注员标准", "number": "JX-1", "occupation_id": "o1",
             "association_id": "ta", "partner_ids": ["p1"], "enterprise_ids": ["e1"]},
            "standard",
            EAST,
        ),
        Call("publishStandard", {"occupation_standard_id": "$standard"}, by=EAST),
        Call(
            "certify",
            {"worker_id": "w1", "standard_id": "$standard", "skill_level": "SENIOR"},
            "level",
            EAST,
        ),
        Call("withdrawStandard", {"occupation_standard_id": "$standard"}, by=EAST),
    ),
)  # fmt: skip
