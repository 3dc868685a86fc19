"""A year of the programme: training, plan, money, inspection, demand and publicity."""

from datetime import date, timedelta

from tests.stories.told import CITY, EAST, TODAY, Call, Story

WORLD = """
MATCH (east:Union {id: 'east'})
CREATE (east)-[:REPRESENTS]->(e:Node:Organisation:Enterprise {id: 'e1', key: 'e1', name: '企业'}),
  (w:Node:Person:Worker {id: 'w1', key: 'w1', name: '甲', region_path: '/m/east/'}),
  (:Node:Consent {id: 'c1', key: 'c1', purpose: 'PUBLICATION', valid_from: date('2014-01-01')})
    -[:ABOUT_WORKER]->(w),
  (:Node:Occupation {id: 'o1', key: 'o1', code: 'o1', name: '焊工'}),
  (:Node:Organisation:TrainingProvider
    {id: 'tp', key: 'tp', name: '实训基地', kind: 'TRAINING_BASE'}),
  (:Node:Course {id: 'c', key: 'c', name: '氩弧焊'}),
  (:Node:Achievement {id: 'a1', key: 'a1', title: '成果'}),
  (:Node:Organisation:OrganisationUnit {id: 'office', key: 'office', name: '办公室'}),
  (:Node:Organisation:PartnerOrganisation {id: 'audit', key: 'audit', name: '审计局'}),
  (:Node:Organisation:TechAssociation {id: 'ta', key: 'ta', name: '技协'}),
  (:Node:Programme {id: 'p', key: 'p', name: '素质工程'}),
  (:Node:PolicyClause {id: 'cl', key: 'cl', number: '二(二)1', text: '五百个左右'})
"""

NEED = {"enterprise_id": "e1", "union_id": "east", "title": "焊接培训"}
ORDER = {"union_id": "east", "provider_id": "tp", "name": "焊接班"}

TRAINING = Story(
    WORLD,
    (
        Call(
            "submitTrainingNeed",
            {**NEED, "occupation_id": "o1", "workers": 30, "description": "转岗"},
            "need",
            EAST,
        ),
        Call("submitTrainingNeed", {**NEED, "title": "改主意"}, "other", EAST),
        Call("withdrawTrainingNeed", {"training_need_id": "$other"}, by=EAST),
        Call(
            "orderTraining",
            {**ORDER, "mode": "ORDER_BASED", "activity": "GRASSROOTS", "places": 30,
             "need_ids": ["$need"], "enterprise_ids": ["e1"]},
            "project",
            EAST,
        ),
        Call("startTraining", {"training_project_id": "$project"}, by=EAST),
        Call(
            "recordTraining",
            {"worker_id": "w1", "project_id": "$project", "course_id": "c", "starts": TODAY,
             "ends": TODAY + timedelta(3), "result": "COMPLETED", "mark": 88.0, "rating": 5},
            "record",
            EAST,
        ),
        Call("deliverTraining", {"training_project_id": "$project"}, by=EAST),
        Call("orderTraining", {**ORDER, "name": "另一班"}, "idle", EAST),
        Call("cancelTraining", {"training_project_id": "$idle"}, by=EAST),
        Call(
            "postDemand",
            {"enterprise_id": "e1", "occupation_id": "o1", "title": "焊工", "places": 5,
             "skill_level": "SENIOR", "urgency": "CRITICAL", "closes": TODAY + timedelta(90)},
            "demand",
            EAST,
        ),
        Call("fillDemand", {"talent_demand_id": "$demand"}, by=EAST),
        Call(
            "postDemand",
            {"enterprise_id": "e1", "occupation_id": "o1", "title": "焊工", "places": 1},
            "second",
            EAST,
        ),
        Call("withdrawDemand", {"talent_demand_id": "$second"}, by=EAST),
    ),
)  # fmt: skip

PUBLICITY = Story(
    WORLD,
    (
        Call(
            "holdPublicityEvent",
            {"union_id": "east", "name": "事迹展", "held": TODAY, "campaign": "CHINESE_DREAM",
             "kind": "DEEDS_EXHIBITION", "channel": "NEW_MEDIA", "achievement_ids": ["a1"]},
            "event",
            EAST,
        ),
        Call(
            "writeStory",
            {"title": "焊花", "kind": "ROLE_MODEL", "union_id": "east", "worker_id": "w1",
             "body": "三十年"},
            "story",
            EAST,
        ),
        Call("publishStory", {"story_id": "$story", "event_id": "$event"}, by=EAST),
        Call("withdrawStory", {"story_id": "$story"}, by=EAST),
    ),
)  # fmt: skip

STORY = Story(
    WORLD,
    (
        Call("createPlan", {"union_id": "east", "year": 2015, "title": "计划"}, "plan", EAST),
        Call(
            "addPlanItem",
            {"plan_id": "$plan", "unit_id": "office", "title": "带徒一百对", "planned": 100.0,
             "figure": "T09", "counted_in": "对", "due": date(2015, 12, 31)},
            "item",
            EAST,
        ),
        Call("adoptPlan", {"annual_plan_id": "$plan"}, by=EAST),
        Call(
            "recordProgress",
            {"item_id": "$item", "day": TODAY, "done": 40.0, "note": "顺利"},
            "progress",
            EAST,
        ),
        Call(
            "recordInspection",
            {"union_id": "east", "plan_id": "$plan", "held": TODAY, "occasion": "YEAR_END",
             "kind": "SUPERVISION", "passed": True, "score": 92.5, "authority_ids": ["audit"]},
            "inspection",
            EAST,
        ),
        Call("assessPlan", {"annual_plan_id": "$plan"}, by=EAST),
        Call(
            "setTarget",
            {"figure": "T05", "value": 683.0, "band": 0.05, "strength": "MUST",
             "clause_id": "cl", "valid_from": TODAY, "valid_to": TODAY + timedelta(365)},
            "target",
            CITY,
        ),
        Call(
            "assignResponsibility",
            {"duty": "技能竞赛组织", "association_id": "ta", "programme_id": "p"},
            "duty",
            CITY,
        ),
        Call(
            "planBudget",
            {"union_id": "east", "year": 2015, "line": "TRAINING", "planned": 5_000_000,
             "source_kind": "FEDERATION", "plan_id": "$plan"},
            "line",
            EAST,
        ),
        Call(
            "recordExpenditure",
            {"line_id": "$line", "amount": 1_000_000, "paid": TODAY, "purpose": "实训",
             "purchase": True, "association_id": "ta"},
            "spent",
            EAST,
        ),
        Call(
            "reportEducationFund",
            {"enterprise_id": "e1", "union_id": "east", "year": 2014, "wage_base": 1_000_000,
             "legal_rate": 0.015, "accrued": 15_000, "spent": 10_000, "frontline_spent": 6_000},
            "fund",
            EAST,
        ),
        Call(
            "setUpFund",
            {"enterprise_id": "e1", "kind": "INNOVATION", "amount": 100, "founded": TODAY},
            "innovation",
            EAST,
        ),
        Call(
            "signCollectiveContract",
            {"enterprise_id": "e1", "union_id": "east", "number": "JT-1",
             "skill_wage_clause": True, "training_clause": True, "parity_clause": False,
             "valid_from": TODAY, "valid_to": TODAY + timedelta(730)},
            "contract",
            EAST,
        ),
        Call(
            "takeSnapshot",
            {"figure": "T05", "year": 2015, "as_of": TODAY, "union_id": "east"},
            "snapshot",
            EAST,
        ),
    ),
)  # fmt: skip
