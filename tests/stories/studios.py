from datetime import timedelta
from typing import Any

from tests.stories.told import CITY, EAST, TODAY, Call, Story

WORLD = """
MATCH (east:Union {id: 'east'}), (city:Union {id: 'm'})
CREATE (district:Node:District {id: 'd', key: 'd', name: '东城区'})<-[:COVERS_DISTRICT]-(east)
WITH district
UNWIND ['s1', 's2', 's3'] AS id
CREATE (studio:Node:Studio {id: id, key: id, name: id})-[:LOCATED_IN]->(district)
CREATE (studio)<-[:LEADS]-(:Node:Person:Worker
  {id: 'leader-' + id, key: 'leader-' + id, name: '领军', region_path: '/m/east/'})
  <-[:ABOUT_WORKER]-(:Node:SkillLevelRecord {id: 'level-' + id, key: 'level-' + id,
    skill_level: 5, valid_from: date('2010-01-01')})
"""


def named(name: str, studio: str, level: str = "MUNICIPAL") -> tuple[Call, ...]:
    """A studio nominated and named."""
    given = {"studio_id": studio, "union_id": "east", "level": level}
    return (
        Call("nominateStudio", given, f"nomination-{name}", EAST),
        Call("nameStudio", {"studio_nomination_id": f"$nomination-{name}"}, name, CITY),
    )


def project(name: str, studio: str = "s1", **more: Any) -> tuple[Call, ...]:
    """A project applied with and submitted."""
    given = {
        "studio_id": studio,
        "call_id": "$call",
        "title": name,
        "type": "TECH_INNOVATION",
        "budget": 1_000_000,
    }
    submit = {"studio_project_id": f"${name}", "union_id": "east"}
    return (
        Call("applyStudioProject", given | more, name, EAST),
        Call("submitStudioProject", submit, by=EAST),
    )


CALL = Call("openStudioProjectCall", {"year": 2015, "places": 1, "closes": TODAY}, "call", CITY)
SELECT = Call("selectStudioProject", {"studio_project_id": "$p1", "granted": 400_000}, by=CITY)

STORY = Story(
    WORLD,
    (
        *named("one", "s1"),
        *named("two", "s2", "DISTRICT"),
        Call(
            "nominateStudio",
            {"studio_id": "s3", "union_id": "east", "level": "MUNICIPAL", "grounds": "成果多"},
            "third",
            EAST,
        ),
        Call(
            "rejectStudioNomination",
            {"studio_nomination_id": "$third", "decision": "名额已满"},
            by=CITY,
        ),
        Call(
            "nominateStudio",
            {"studio_id": "s3", "union_id": "east", "level": "MUNICIPAL"},
            "again",
            EAST,
        ),
        Call("withdrawStudioNomination", {"studio_nomination_id": "$again"}, by=EAST),
        Call(
            "reviewStudio",
            {
                "designation_id": "$one.designation",
                "year": 2015,
                "result": "KEEP",
                "grounds": "运行良好",
            },
            by=CITY,
        ),
        CALL,
        *project("p1", goal="提高焊接合格率"),
        SELECT,
        *project("p2", type="TALENT_TRAINING"),
        Call("rejectStudioProject", {"studio_project_id": "$p2", "decision": "名额已满"}, by=CITY),
        Call(
            "completeStudioProject", {"studio_project_id": "$p1", "outcome": "合格率99%"}, by=EAST
        ),
        Call(
            "grantToStudio",
            {
                "studio_id": "s1",
                "union_id": "east",
                "amount": 5_000_000,
                "first_year": 2015,
                "last_year": 2017,
                "purpose": "设备",
            },
            by=EAST,
        ),
        Call(
            "holdStudioExchange",
            {
                "name": "交流会",
                "day": TODAY,
                "studio_ids": ["s1", "s2"],
                "union_id": "east",
                "topic": "数控",
            },
            by=EAST,
        ),
        Call(
            "setStudioRule",
            {"kind": "REVIEW", "title": "评审办法", "issued": TODAY, "union_id": "east"},
            by=EAST,
        ),
        Call(
            "withdrawStudio",
            {"studio_designation_id": "$one.designation", "ended_because": "领军人物退休"},
            by=CITY,
            later=timedelta(40),
        ),
    ),
    {
        "more selected than places": """
            MATCH (call:StudioProjectCall)<-[:IN_CALL]-(p:StudioProject)
            WHERE p.state IN ['SELECTED', 'COMPLETED']
            WITH call, count(p) AS chosen WHERE chosen > call.places RETURN call.id""",
        "funded in full": """
            MATCH (p:StudioProject) WHERE p.granted >= p.budget OR p.ratio >= 1 RETURN p.id""",
        "two titles of one level at once": """
            MATCH (s:Studio)<-[:DESIGNATES]-(d:StudioDesignation)
            WHERE d.valid_to IS NULL AND d.recorded_to IS NULL
            WITH s, d.level AS level, count(d) AS borne WHERE borne > 1 RETURN s.id""",
        "two open nominations for one level": """
            MATCH (s:Studio)<-[:NOMINATES]-(n:StudioNomination {state: 'NOMINATED'})
            WITH s, n.level AS level, count(n) AS open WHERE open > 1 RETURN s.id""",
        "named without a qualified leader": """
            MATCH (n:StudioNomination {state: 'NAMED'}) WHERE size(n.leader_statuses) = 0
            RETURN n.id""",
        "selected without being submitted": """
            MATCH (p:StudioProject) WHERE p.state IN ['SELECTED', 'COMPLETED']
            AND NOT EXISTS { (p)-[:SUBMITTED_BY]->(:Union) } RETURN p.id""",
        "two reviews of a year": """
            MATCH (d:StudioDesignation)<-[:REVIEWS]-(r:StudioReview)
            WITH d, r.year AS year, count(r) AS reviews WHERE reviews > 1 RETURN d.id""",
    },
)
