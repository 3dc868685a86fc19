"""The whole story of one person, one studio, one enterprise and one policy: each in one query."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.database import Database
from graph.viewer import ANYONE, Role, Viewer
from schema.http import pages
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
    for name, platform in (("created", "INNOVATION"), ("served", "SERVICE")):
        facts.add("Programme", id=name, platform=platform)
    year = facts.add("AnnualPlan", id="year", year=2015, union=city, state="ADOPTED")
    for unit in (office, school):
        facts.add("PlanItem", id=f"item-{unit}", plan=year, unit=unit)


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


def a_workshop(facts: Facts) -> None:
    """A studio with its leader, projects, visit and achievement, which another enterprise uses."""
    studio = facts.add(
        "Studio", id="workshop", leader="worker", enterprise="employer", level="MUNICIPAL",
        keyMembers=[facts.add("Worker", id="member")],
    )  # fmt: skip
    facts.add("StudioDesignation", studio=studio, level="MUNICIPAL", kind="NEW")
    call = facts.add("StudioProjectCall", year=2015)
    facts.add("StudioProject", studio=studio, call=call, title="t", state="SELECTED", budget=10,
              type="TECH_INNOVATION")  # fmt: skip
    facts.add("TrainingProvider", id="at-studio", kind="STUDIO", studio=studio)
    buyer = facts.add("Enterprise", id="buyer", unions=["union"])
    made = facts.add("Achievement", id="made", studio=studio, enterprise="employer")
    facts.add("Patent", id="patent", number="CN1", achievements=[made])
    facts.add("Listing", achievement=made, state="SOLD", contract_type="TRANSFER")
    facts.add("TechContract", number="1", achievement=made, buyer=buyer, type="TRANSFER",
              state="SIGNED", amount=7, signed=date(2016, 1, 1))  # fmt: skip
    facts.add("BenefitRecord", achievement=made, enterprise=buyer, year=2016, verified_by="v")
    problem = facts.add("TechnicalProblem", enterprise=buyer, state="SOLVED", unions=["union"])
    facts.add("ProblemAnswer", problem=problem, studio=studio, state="ACCEPTED", text="x")
    facts.add("EducationFund", enterprise=buyer, unions=["union"], year=2015)
    pairing = facts.add("ResearchPairing", studio=studio, state="AGREED", topic="t")
    facts.add("ExpertVisitProject", pairing=pairing, studio=studio, state="CARRIED_OUT", year=2015,
              title="v", guidance_areas=["VISION", "INNOVATION"])  # fmt: skip


@pytest.fixture(scope="module")
async def filed(open_session_database: Database) -> Database:
    await open_session_database.run(WIPE)
    facts = Facts()
    a_career(facts)
    a_policy(facts)
    a_school(facts)
    a_workshop(facts)
    await facts.write(open_session_database)
    return open_session_database


FILES = Path(pages.__file__).parent / "examples"


async def file(name: str, filed: Database, ask: Ask, **ids: str) -> Mapping[str, Any]:
    """What the shipped document answers: one statement for each of its root fields."""
    async with counted(filed) as ran:
        found = await ask((FILES / name).read_text(encoding="utf-8"), **ids)
    assert len(ran) == len(found)
    return found


def totals(found: Mapping[str, Any], *names: str) -> list[int]:
    return [found[name]["totalCount"] for name in names]


@pytest.mark.policy("K01", "J13", "P03")
async def test_thirty_years_of_a_worker_are_one_statement(filed: Database, ask: Ask) -> None:
    found = (await file("8-worker.graphql", filed, ask, worker="worker"))["worker"]
    lists = ("trainingRecords", "titles", "skillLevelRecords", "employments", "agreementsAsMaster")
    assert totals(found, *lists) == [len(YEARS)] * len(lists)
    assert all(len(found[name]["nodes"]) == len(YEARS) for name in lists)
    assert found["uniqueSkills"]["totalCount"] == 1


@pytest.mark.policy("S01", "S16")
async def test_a_studio_is_one_statement(filed: Database, ask: Ask) -> None:
    found = (await file("8b-studio.graphql", filed, ask, studio="workshop"))["studio"]
    assert found["enterprise"]["unions"]["nodes"] == [
        {"name": "union", "type": "DIRECT_GRASSROOTS"}
    ]
    assert found["leader"]["agreementsAsMaster"]["totalCount"] == len(YEARS)
    assert totals(found, "keyMembers", "designations", "projects", "trainingProviders") == [1] * 4
    [made] = found["achievements"]["nodes"]
    assert made["patents"]["nodes"][0]["number"] == "CN1"
    assert made["contracts"]["nodes"] == [
        {"type": "TRANSFER", "amount": 7, "signed": "2016-01-01", "buyer": {"name": "buyer"}}
    ]
    [pairing] = found["researchPairings"]["nodes"]
    assert pairing["visitProjects"]["nodes"][0]["guidanceAreas"] == ["VISION", "INNOVATION"]


@pytest.mark.policy("P06", "J08")
async def test_an_enterprise_is_one_statement(filed: Database, ask: Ask) -> None:
    found = (await file("8c-enterprise.graphql", filed, ask, enterprise="buyer"))["enterprise"]
    assert totals(found, "techContracts", "benefits", "technicalProblems", "educationFunds") == [
        1, 1, 1, 1,
    ]  # fmt: skip
    [problem] = found["technicalProblems"]["nodes"]
    assert (problem["state"], problem["answers"]["nodes"][0]["studio"]) == (
        "SOLVED", {"name": "workshop"},
    )  # fmt: skip


@pytest.mark.policy("K02", "K04", "X19")
async def test_the_policys_databases_are_views_of_one_registry(filed: Database, ask: Ask) -> None:
    async with counted(filed) as ran:
        found = (await ask("{ databases { database fields count } }"))["databases"]
    assert len(ran) == 1
    counts = {row["database"]: row["count"] for row in found}
    assert counts == {"TALENT": 32, "ACHIEVEMENTS": 1, "TRAINING": 3, "NETWORK": 1, "EXCHANGE": 1}
    for row in found:
        for name in row["fields"]:
            assert (await ask(f"{{ {name} {{ totalCount }} }}"))[name]["totalCount"] >= 0


@pytest.mark.policy("K05")
async def test_enterprises_and_workers_each_see_their_own_of_it(ask: Ask) -> None:
    async def counts(viewer: Viewer) -> tuple[int | None, int | None]:
        found = (await ask("{ databases { database count } }", viewer))["databases"]
        by_name = {row["database"]: row["count"] for row in found}
        return by_name["NETWORK"], by_name["TALENT"]

    assert await counts(ANYONE) == (0, 0)
    buyer = Viewer(frozenset({Role.ENTERPRISE}), organisation="buyer")
    worker = Viewer(frozenset({Role.WORKER}), person="worker")
    assert (await counts(buyer))[0] == 1
    assert await counts(worker) == (0, 31)
    alone = Viewer(frozenset({Role.WORKER}), person="member")
    assert await counts(alone) == (0, None)  # one to four persons are not counted out


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
            "{ programmes(filter: { platform: { in: [INNOVATION, SERVICE] } }, "
            "orderBy: [KEY_ASC]) { nodes { id platform } } }",
            {"nodes": [{"id": "created", "platform": "INNOVATION"},
                       {"id": "served", "platform": "SERVICE"}]},
            marks=pytest.mark.policy("P13", "P14"), id="platforms",
        ),
        pytest.param(
            '{ annualPlan(id: "year") { items(orderBy: [KEY_ASC]) { nodes { id unit { id } } } } }',
            {"items": {"nodes": [{"id": "item-office", "unit": {"id": "office"}},
                                 {"id": "item-school", "unit": {"id": "school"}}]}},
            marks=pytest.mark.policy("G06"), id="units-of-a-plan",
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
