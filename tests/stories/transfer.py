from datetime import date, timedelta

from tests.stories.told import CITY, EAST, TODAY, Call, Story

WORLD = """
MATCH (east:Union {id: 'east'})
CREATE (d:Node:District {id: 'd', key: 'd', name: '东城区'})<-[:COVERS_DISTRICT]-(east),
  (owner:Node:Organisation:Enterprise {id: 'owner', key: 'owner', name: '甲厂'}),
  (buyer:Node:Organisation:Enterprise {id: 'buyer', key: 'buyer', name: '乙厂'}),
  (owner)<-[:REPRESENTS]-(east)-[:REPRESENTS]->(buyer),
  (studio:Node:Studio {id: 's', key: 's', name: '焊接工作室'})-[:BELONGS_TO]->(owner),
  (studio)-[:LOCATED_IN]->(d),
  (:Node:Person:Worker {id: 'w', key: 'w', name: '工', region_path: '/m/east/'}),
  (made:Node:Achievement {id: 'made', key: 'made', title: '旧成果', kind: 'PROCESS'})
    -[:MADE_BY]->(studio),
  (:Node:Patent {id: 'patent', key: 'patent', number: 'CN1', title: '焊枪'})-[:PROTECTS]->(made),
  (:Node:Patent {id: 'patent2', key: 'patent2', number: 'CN2', title: '夹具'})-[:PROTECTS]->(made),
  (:Node:Organisation:TechAssociation {id: 'jx', key: 'jx', name: '市职工技协'}),
  (:Node:Organisation:ResearchInstitute {id: 'iet', key: 'iet', name: '所', in_beijing: true}),
  (:Node:Organisation:ResearchInstitute {id: 'far', key: 'far', name: '外地所',
    in_beijing: false}),
  (:Node:Person:Scientist {id: 'expert', key: 'expert', name: 'Li'}),
  (:Node:TechnologyField {id: 'b23k', key: 'b23k', code: 'B23K', name: '焊接'})
"""
REGISTER = Call(
    "registerAchievement",
    {
        "title": "免清根焊接工艺",
        "kind": "PROCESS",
        "abstract": "减少返修",
        "maturity": "IN_USE",
        "keywords": ["焊接"],
        "studio_id": "s",
        "enterprise_id": "owner",
        "contributor_ids": ["w"],
    },
    "a",
    EAST,
)
_A = {"achievement_id": "$a"}
REVIEW = Call(
    "reviewAchievement",
    {**_A, "year": 2015, "verdict": "RECOMMENDED", "grounds": "效益好"},
    by=CITY,
)
NAME = Call("nameAchievement", {**_A, "grounds": "提高合格率"}, by=CITY)
LIST = Call(
    "listAchievement",
    {**_A, "contract_type": "TRANSFER", "price": 1_000_000, "mode": "协议", "platform": "北京"},
    "l",
    EAST,
)
INTEREST = Call(
    "recordInterest", {"listing_id": "$l", "enterprise_id": "buyer", "message": "用于压力容器"},
    by=EAST,
)  # fmt: skip
CONCLUDE = Call(
    "concludeContract",
    {
        **_A,
        "enterprise_id": "buyer",
        "listing_id": "$l",
        "number": "京技-2015-001",
        "type": "TRANSFER",
        "amount": 900_000,
        "signed": TODAY,
        "ends": TODAY + timedelta(700),
        "union_id": "east",
    },
    "c",
    EAST,
)
BENEFIT = Call(
    "recordBenefit",
    {**_A, "enterprise_id": "buyer", "year": 2015, "economic": 2_000_000, "social": "更安全",
     "verified_by": "会计师事务所"},
    by=EAST,
)  # fmt: skip
_SUBSIDY = {"patent_id": "patent", "union_id": "east", "amount": 50_000}

DEFINE = Call(
    "defineConversion",
    {"name": "四技口径", "contract_types": ["TRANSFER", "SERVICE"], "benefits": False,
     "valid_from": date(2015, 1, 1), "valid_to": date(2020, 1, 1), "union_id": "m"},
    "definition",
    CITY,
)  # fmt: skip
END_DEFINITION = Call(
    "endConversionDefinition", {"conversion_definition_id": "$definition"}, by=CITY
)

STORY = Story(
    WORLD,
    (
        REGISTER,
        REVIEW,
        NAME,
        LIST,
        INTEREST,
        CONCLUDE,
        BENEFIT,
        Call("fulfilContract", {"tech_contract_id": "$c"}, by=EAST, later=timedelta(100)),
        Call("listAchievement", {**_A, "contract_type": "LICENCE"}, "again", EAST),
        Call("withdrawListing", {"listing_id": "$again"}, by=EAST),
        Call(
            "concludeContract",
            {
                **_A,
                "enterprise_id": "buyer",
                "number": "京技-2015-002",
                "type": "LICENCE",
                "amount": 0,
                "signed": TODAY,
                "association_id": "jx",
            },
            "licence",
            EAST,
        ),
        Call("terminateContract", {"tech_contract_id": "$licence"}, by=EAST),
        Call("applyPatentSubsidy", _SUBSIDY, "subsidy", EAST),
        Call("grantPatentSubsidy", {"patent_subsidy_id": "$subsidy", "amount": 40_000}, by=EAST),
        Call("applyPatentSubsidy", {**_SUBSIDY, "patent_id": "patent2"}, "no", EAST),
        Call("rejectPatentSubsidy", {"patent_subsidy_id": "$no", "decision": "已资助"}, by=EAST),
        Call(
            "exhibitAchievements",
            {"name": "成果展", "day": TODAY, "place": "劳动人民文化宫", "union_id": "east",
             "achievement_ids": ["$a", "made"]},
            by=EAST,
        ),
        DEFINE,
        END_DEFINITION,
    ),
    {
        "offered twice at once": """
            MATCH (a:Achievement)<-[:OFFERS]-(l:Listing {state: 'OPEN'})
            WITH a, count(l) AS offers WHERE offers > 1 RETURN a.id""",
        "named without a recommendation": """
            MATCH (d:Designation {title: 'CAPITAL_ACHIEVEMENT'})-[:NAMES]->(a)
            WHERE NOT EXISTS { (a)<-[:REVIEWS]-(:AchievementReview {verdict: 'RECOMMENDED'}) }
            RETURN a.id""",
        "sold twice": """
            MATCH (l:Listing)<-[:CAME_OF]-(c:TechContract)
            WITH l, count(c) AS contracts WHERE contracts > 1 OR l.state <> 'SOLD' RETURN l.id""",
        "a licence among the four": """
            MATCH (c:TechContract) WHERE c.four_technologies = (c.type = 'LICENCE')
            RETURN c.id""",
        "benefit without use": """
            MATCH (b:BenefitRecord)-[:BENEFITED]->(e), (b)-[:BENEFIT_OF]->(a)
            WHERE NOT EXISTS { (a)-[:OWNED_BY]->(e) }
              AND NOT EXISTS { (a)<-[:OVER]-(:TechContract)-[:WITH_BUYER]->(e) } RETURN b.id""",
    },
)  # fmt: skip
