"""The whole story of one person, one studio, one enterprise and one policy: each in one query."""

from datetime import date
from typing import Any

import pytest

from graph.database import Database
from tests.facts import Facts
from tests.integration.conftest import Ask
from tests.integration.test_statements import counted
from tests.seeded import WIPE

YEARS = range(1990, 2020)


def a_career(facts: Facts) -> str:
    """Thirty years of one worker: posts, levels, training, titles, apprentices."""
    union = facts.add("Union", id="union", type="DIRECT_GRASSROOTS")
    employer = facts.add("Enterprise", id="employer", unions=[union])
    trade = facts.add("Occupation", id="trade")
    standard = facts.add("OccupationStandard", occupation=trade, state="PUBLISHED")
    worker = facts.add("Worker", id="worker", unions=[union], occupation=trade, is_master=True)
    course = facts.add("Course", id="course", mode="HANDS_ON")
    association = facts.add("TechAssociation", id="association", union=union, term=13,
                            term_began=date(2014, 1, 1), social_workers=2, funded=True,
                            duties="提高职工技术素质", level="MUNICIPAL")  # fmt: skip
    facts.add("Membership", worker=worker, association=association, expert=True)
    facts.add("UniqueSkill", id="unique", worker=worker)
    for year in YEARS:
        day = date(year, 3, 1)
        facts.add("TrainingRecord", worker=worker, course=course, starts=day, ends=day)
        facts.add("Designation", worker=worker, title="CHIEF_WORKER", valid_from=day)
        facts.add(
            "MentoringAgreement", master=worker, apprentice=facts.add("Worker"), starts=day,
            state="COMPLETED",
        )  # fmt: skip
        facts.add("Employment", worker=worker, enterprise=employer, valid_from=day)
        facts.add("SkillLevelRecord", worker=worker, occupation=trade, standard=standard,
                  skill_level="SENIOR", valid_from=day)  # fmt: skip
    return worker


def a_policy(facts: Facts) -> None:
    """The plan of 2015, what it rests on, who answers for what."""
    city = facts.add("Union", id="city", type="MUNICIPAL")
    university = facts.add("Union", id="university", type="UNIVERSITY", parent=city)
    bureau = facts.add("Union", id="bureau", type="BUREAU", parent=city)
    opinion = facts.add("PolicyDocument", id="opinion", number="京发〔2014〕6号", kind="OPINION")
    plan = facts.add(
        "PolicyDocument", id="plan", kind="PLAN", issued=date(2015, 1, 9), issuer=city,
        meeting="第十三届第7次主席办公会", implements=[opinion], level="MUNICIPAL",
        addressees=[university, bureau],
    )  # fmt: skip
    clause = facts.add(
        "PolicyClause", id="clause", number="二(一)3", document=plan, rows=["B02"], text="每年购买"
    )
    programme = facts.add("Programme", id="quality", platform="SKILLS", union=city,
                          level="MUNICIPAL", clauses=[clause], mode="购买服务")  # fmt: skip
    group = facts.add("OrganisationUnit", id="party", kind="PARTY_GROUP", union=city)
    old = facts.add("OrganisationUnit", id="old-office", kind="OFFICE", union=city)
    office = facts.add("OrganisationUnit", id="office", kind="OFFICE", union=city, mergedWith=[old])
    school = facts.add("OrganisationUnit", id="school", kind="AFFILIATED_UNIT", union=city)
    for unit, duty in ((group, "全面统筹"), (office, "年度工作计划"), (school, "岗位技能培训")):
        facts.add("Responsibility", unit=unit, programme=programme, duty=duty)
    facts.add("PartnerOrganisation", id="ministry", kind="GOVERNMENT", programmes=[programme])


def a_school(facts: Facts) -> None:
    """Training in all its forms, and exchange with others."""
    provider = facts.add("TrainingProvider", id="base", kind="VOCATIONAL_SCHOOL",
                         partnerEnterprises=["employer"])  # fmt: skip
    facts.add("TrainingProvider", id="workers-university", kind="WORKERS_UNIVERSITY")
    general = facts.add("Skill", id="general", type="GENERAL")
    post = facts.add("Skill", id="post", type="POST")
    facts.add("Course", id="online", mode="ONLINE", url="https://example.org/c", skills=[general],
              provider=provider)  # fmt: skip
    facts.add("Course", id="lecture", activity="LECTURE_HALL", skills=[post], provider=provider)
    expert = facts.add("Scientist", id="expert")
    for name, kind, direction in (
        ("visit", "TEACHING", "IN"), ("study", "STUDY", "OUT"), ("bout", "BOUT", "OUT"),
    ):  # fmt: skip
        facts.add("Exchange", id=name, kind=kind, direction=direction, country="DE",
                  workers=["worker"], experts=[expert] if kind == "TEACHING" else [])  # fmt: skip
    committee = facts.add("SpecialCommittee", id="committee", association="association",
                          occupations=["trade"], union="union")  # fmt: skip
    facts.add("PartnerOrganisation", id="patron", kind="SOCIAL", supports=["association"])
    facts.add("Membership", worker="worker", association="association", committee=committee)


@pytest.fixture(scope="module")
async def filed(open_session_database: Database) -> Database:
    await open_session_database.run(WIPE)
    facts = Facts()
    a_career(facts)
    a_policy(facts)
    a_school(facts)
    await facts.write(open_session_database)
    return open_session_database


_COUNTED = "totalCount nodes { id }"
FILE = f"""{{ worker(id: "worker") {{
  name skillLevel occupation {{ id }} uniqueSkills {{ nodes {{ id }} }}
  trainingRecords(first: 100) {{ totalCount nodes {{ starts course {{ id mode }} }} }}
  titles(first: 100) {{ totalCount nodes {{ title validFrom }} }}
  skillLevelRecords(first: 100) {{ totalCount nodes {{ skillLevel standard {{ id }} }} }}
  employments(first: 100) {{ totalCount nodes {{ enterprise {{ id }} }} }}
  agreementsAsMaster(first: 100) {{ totalCount nodes {{ state apprentice {{ id }} }} }}
  memberships {{ {_COUNTED} }} exchanges {{ {_COUNTED} }} nominations {{ {_COUNTED} }}
  achievements {{ {_COUNTED} }} leads {{ {_COUNTED} }} stories {{ {_COUNTED} }}
}} }}"""


@pytest.mark.policy("K01", "J13", "P03")
async def test_thirty_years_of_a_worker_are_one_statement(filed: Database, ask: Ask) -> None:
    async with counted(filed) as ran:
        found = (await ask(FILE))["worker"]
    assert len(ran) == 1
    lists = ("trainingRecords", "titles", "skillLevelRecords", "employments", "agreementsAsMaster")
    assert [found[name]["totalCount"] for name in lists] == [len(YEARS)] * len(lists)
    assert found["uniqueSkills"]["nodes"] == [{"id": "unique"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{ policyDocument(id: "plan") { meeting implements { nodes { number } } } }',
            {"meeting": "第十三届第7次主席办公会",
             "implements": {"nodes": [{"number": "京发〔2014〕6号"}]}},
            marks=pytest.mark.policy("T14", "T15", "N02"), id="approved-and-based-on",
        ),
        pytest.param(
            '{ policyDocument(id: "plan") { issuer { type } '
            "addressees(orderBy: [KEY_ASC]) { nodes { type } } } }",
            {"issuer": {"type": "MUNICIPAL"},
             "addressees": {"nodes": [{"type": "BUREAU"}, {"type": "UNIVERSITY"}]}},
            marks=pytest.mark.policy("N07", "N09", "N13"), id="issued-and-addressed",
        ),
        pytest.param(
            '{ policyDocument(id: "plan") { meeting level clauses { nodes { rows } } } }',
            {"meeting": "第十三届第7次主席办公会", "level": "MUNICIPAL",
             "clauses": {"nodes": [{"rows": ["B02"]}]}},
            marks=pytest.mark.policy("N03", "Y05"), id="clauses",
        ),
        pytest.param(
            '{ programme(id: "quality") { platform level mode clauses { nodes { number } } } }',
            {"platform": "SKILLS", "level": "MUNICIPAL", "mode": "购买服务",
             "clauses": {"nodes": [{"number": "二(一)3"}]}},
            marks=pytest.mark.policy("P05", "P12", "T18"), id="programme",
        ),
        pytest.param(
            '{ programme(id: "quality") { partners { nodes { id kind } } } }',
            {"partners": {"nodes": [{"id": "ministry", "kind": "GOVERNMENT"}]}},
            marks=pytest.mark.policy("P11", "G04"), id="partners",
        ),
        pytest.param(
            '{ union(id: "city") { units(orderBy: [KEY_ASC]) { nodes { id kind } } } }',
            {"units": {"nodes": [
                {"id": "office", "kind": "OFFICE"}, {"id": "old-office", "kind": "OFFICE"},
                {"id": "party", "kind": "PARTY_GROUP"}, {"id": "school", "kind": "AFFILIATED_UNIT"},
            ]}},
            marks=pytest.mark.policy("N11", "G01", "G08"), id="units",
        ),
        pytest.param(
            '{ organisationUnit(id: "office") { mergedWith { nodes { id } } '
            "responsibilities { nodes { duty } } } }",
            {"mergedWith": {"nodes": [{"id": "old-office"}]},
             "responsibilities": {"nodes": [{"duty": "年度工作计划"}]}},
            marks=pytest.mark.policy("G02", "G03", "G10"), id="office",
        ),
        pytest.param(
            '{ trainingProvider(id: "base") { kind partnerEnterprises { nodes { id } } } }',
            {"kind": "VOCATIONAL_SCHOOL", "partnerEnterprises": {"nodes": [{"id": "employer"}]}},
            marks=pytest.mark.policy("B14", "B05"), id="school-and-enterprise",
        ),
        pytest.param(
            '{ trainingProvider(id: "workers-university") { kind } }',
            {"kind": "WORKERS_UNIVERSITY"},
            marks=pytest.mark.policy("B04", "P08"), id="university",
        ),
        pytest.param(
            '{ skill(id: "general") { type courses { nodes { mode url } } } }',
            {"type": "GENERAL",
             "courses": {"nodes": [{"mode": "ONLINE", "url": "https://example.org/c"}]}},
            marks=pytest.mark.policy("B18", "B19"), id="online",
        ),
        pytest.param(
            '{ skill(id: "post") { type courses { nodes { activity } } } }',
            {"type": "POST", "courses": {"nodes": [{"activity": "LECTURE_HALL"}]}},
            marks=pytest.mark.policy("B21"), id="post",
        ),
        pytest.param(
            '{ exchange(id: "visit") { kind country experts { nodes { id } } } }',
            {"kind": "TEACHING", "country": "DE", "experts": {"nodes": [{"id": "expert"}]}},
            marks=pytest.mark.policy("B07", "B10"), id="expert-brought-in",
        ),
        pytest.param(
            '{ worker(id: "worker") { exchanges(orderBy: [KEY_ASC], '
            "filter: { direction: { eq: OUT } }) { nodes { kind } } } }",
            {"exchanges": {"nodes": [{"kind": "BOUT"}, {"kind": "STUDY"}]}},
            marks=pytest.mark.policy("B12", "B13"), id="gone-out",
        ),
        pytest.param(
            '{ techAssociation(id: "association") { duties term termBegan union { type } } }',
            {"duties": "提高职工技术素质", "term": 13, "termBegan": "2014-01-01",
             "union": {"type": "DIRECT_GRASSROOTS"}},
            marks=pytest.mark.policy("J01", "J02", "J03"), id="association",
        ),
        pytest.param(
            '{ techAssociation(id: "association") { funded socialWorkers '
            "supporters { nodes { id } } } }",
            {"funded": True, "socialWorkers": 2, "supporters": {"nodes": [{"id": "patron"}]}},
            marks=pytest.mark.policy("J15", "J17", "J19"), id="association-means",
        ),
        pytest.param(
            '{ union(id: "union") { type techAssociations { nodes { id } } } }',
            {"type": "DIRECT_GRASSROOTS", "techAssociations": {"nodes": [{"id": "association"}]}},
            marks=pytest.mark.policy("J16", "N10"), id="grass-roots",
        ),
        pytest.param(
            '{ uniqueSkill(id: "unique") { worker { id } } }',
            {"worker": {"id": "worker"}},
            marks=pytest.mark.policy("E10"), id="unique-skill",
        ),
    ],
)  # fmt: skip
async def test_what_the_policy_names_is_there_to_be_asked(
    text: str, expected: Any, filed: Database, ask: Ask
) -> None:
    [found] = (await ask(text)).values()
    assert found == expected
