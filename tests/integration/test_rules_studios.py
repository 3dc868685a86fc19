"""Rules of studios, from both sides."""

from datetime import date, timedelta

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import Role, Viewer
from tests.stories.studios import CALL, SELECT, WORLD, named, project
from tests.stories.told import CITY, EAST, TODAY, WEST, Call, Teller

NOMINATE = Call(
    "nominateStudio", {"studio_id": "s1", "union_id": "east", "level": "MUNICIPAL"}, "n", EAST
)
STOCK = """
MATCH (d:StudioDesignation {level: 'MUNICIPAL'}) WHERE d.recorded_to IS NULL
  AND d.valid_from <= date($day) AND (d.valid_to IS NULL OR d.valid_to > date($day))
RETURN count(d)
"""


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


@pytest.mark.policy("S04")
async def test_leader_must_qualify_and_the_nomination_keeps_by_what(told: Teller) -> None:
    await told.database.run(Cypher("MATCH (r:SkillLevelRecord) SET r.skill_level = 3"))
    assert await told.refusal(NOMINATE) == "LEADER_NOT_QUALIFIED"
    await told.database.run(
        Cypher(
            "MATCH (w {id: 'leader-s1'}) CREATE (w)<-[:NAMES]-(:Node:Designation {id: 't', "
            "key: 't', title: 'CAPITAL_MODEL_WORKER', valid_from: date('2012-05-01')})"
        )
    )
    await told.tell(NOMINATE)
    text = "MATCH (n:StudioNomination) RETURN n.leader_statuses"
    assert await told.value(text) == ["CAPITAL_MODEL_WORKER"]


@pytest.mark.policy("S04")
async def test_title_that_began_later_does_not_qualify_yet(told: Teller) -> None:
    await told.database.run(
        Cypher("MATCH (r:SkillLevelRecord) SET r.valid_from = date('2015-03-03')")
    )
    assert await told.refusal(NOMINATE) == "LEADER_NOT_QUALIFIED"
    await told.tell(Call("nominateStudio", NOMINATE.given, by=EAST, later=timedelta(1)))


@pytest.mark.policy("S03", "W02")
async def test_studio_is_named_by_the_federation_after_a_union_put_it_forward(
    told: Teller,
) -> None:
    await told.tell(NOMINATE)
    assert await told.refusal(NOMINATE) == "ALREADY_NOMINATED"
    name = {"studio_nomination_id": "$n"}
    assert await told.refusal(Call("nameStudio", name, by=EAST)) == "FORBIDDEN"
    await told.tell(Call("nameStudio", name, by=CITY))
    assert await told.refusal(NOMINATE) == "ALREADY_NAMED"
    assert await told.value("MATCH (s:Studio {id: 's1'}) RETURN s.level") == "MUNICIPAL"


@pytest.mark.policy("S12", "N04")
async def test_lower_levels_are_named_by_the_union_that_answers_for_the_studio(
    told: Teller,
) -> None:
    west = {**NOMINATE.given, "union_id": "west", "level": "DISTRICT"}
    assert await told.refusal(Call("nominateStudio", west, by=WEST)) == "NOT_ITS_UNION"
    await told.tell(Call("nominateStudio", {**NOMINATE.given, "level": "DISTRICT"}, "n", EAST))
    name = {"studio_nomination_id": "$n"}
    assert await told.refusal(Call("nameStudio", name, by=WEST)) == "FORBIDDEN"
    await told.tell(Call("nameStudio", name, by=EAST))


@pytest.mark.policy("S06", "S07", "T05")
async def test_withdrawn_title_leaves_the_stock_and_stays_in_its_past(told: Teller) -> None:
    await told.tell(*named("one", "s1"), *named("two", "s2"))
    review = {"designation_id": "$one.designation", "year": 2015, "result": "WITHDRAW"}
    await told.tell(Call("reviewStudio", review, by=CITY, later=timedelta(100)))
    for days, stock in ((-1, 0), (0, 2), (99, 2), (100, 1)):
        day = (TODAY + timedelta(days)).isoformat()
        assert await told.value(STOCK, day=day) == stock, days
    known = "MATCH (d:StudioDesignation) WHERE d.recorded_to IS NOT NULL RETURN [d.valid_to]"
    assert await told.value(known) == [None], "what was known before is still known"


@pytest.mark.policy("S06")
@pytest.mark.parametrize("result", ["KEEP", "WARN"])
async def test_review_that_keeps_or_warns_leaves_the_title_and_adds_to_the_history(
    told: Teller, result: str
) -> None:
    await told.tell(*named("one", "s1"))
    review = {"designation_id": "$one.designation", "year": 2015, "result": result}
    await told.tell(Call("reviewStudio", review, by=CITY))
    again = {**review, "result": "WITHDRAW"}
    assert await told.refusal(Call("reviewStudio", again, by=CITY)) == "ALREADY_DONE"
    await told.tell(Call("reviewStudio", {**again, "year": 2016}, by=CITY, later=timedelta(366)))
    text = "MATCH (r:StudioReview) WITH r ORDER BY r.year RETURN collect(r.result)"
    assert await told.value(text) == [result, "WITHDRAW"]


@pytest.mark.policy("S06", "T04")
async def test_studio_that_is_named_again_after_withdrawal_is_not_new(told: Teller) -> None:
    withdraw = {"studio_designation_id": "$one.designation", "ended_because": "停办"}
    await told.tell(*named("one", "s1"), Call("withdrawStudio", withdraw, by=CITY))
    assert await told.refusal(Call("withdrawStudio", withdraw, by=CITY)) == "NOT_IN_FORCE"
    review = {"designation_id": "$one.designation", "year": 2015, "result": "KEEP"}
    assert await told.refusal(Call("reviewStudio", review, by=CITY)) == "NOT_IN_FORCE"
    assert await told.value("MATCH (s:Studio {id: 's1'}) RETURN [s.level]") == [None]
    await told.tell(*named("again", "s1"))
    text = """MATCH (d:StudioDesignation) WHERE d.recorded_to IS NULL
              WITH d ORDER BY d.kind RETURN collect(d.kind)"""
    assert await told.value(text) == ["NEW", "RENEWAL"]


@pytest.mark.policy("S09", "W03", "N05")
async def test_project_goes_from_the_studio_through_its_union_to_the_federation(
    told: Teller,
) -> None:
    await told.tell(*named("one", "s1"), CALL, project("p1")[0])
    assert await told.refusal(SELECT) == "WRONG_STATE"
    submit = project("p1")[1]
    stranger = {**submit.given, "union_id": "west"}
    assert await told.refusal(Call("submitStudioProject", submit.given, by=WEST)) == "FORBIDDEN"
    assert await told.refusal(Call("submitStudioProject", stranger, by=WEST)) == "NOT_ITS_UNION"
    federation = {**submit.given, "union_id": "m"}
    code = await told.refusal(Call("submitStudioProject", federation, by=CITY))
    assert code == "NOT_A_SUBMITTING_UNION"
    await told.tell(submit)
    assert await told.refusal(Call("selectStudioProject", SELECT.given, by=EAST)) == "FORBIDDEN"
    await told.tell(SELECT)


@pytest.mark.policy("S09")
async def test_studio_applies_for_itself_and_not_for_another(told: Teller) -> None:
    await told.tell(*named("one", "s1"), CALL)
    for studio, code in (("s2", "FORBIDDEN"), ("s1", "")):
        viewer = Viewer(frozenset({Role.STUDIO}), organisation=studio)
        call = Call("applyStudioProject", project("p")[0].given, by=viewer)
        assert await told.refusal(call) == code


@pytest.mark.policy("S09", "S02")
async def test_only_municipal_studios_apply_and_only_while_the_call_is_open(told: Teller) -> None:
    await told.tell(*named("one", "s1"), *named("two", "s2", "DISTRICT"), CALL)
    assert await told.refusal(project("p", "s2")[0]) == "NOT_MUNICIPAL"
    late = Call("applyStudioProject", project("p")[0].given, by=EAST, later=timedelta(1))
    assert await told.refusal(late) == "CALL_CLOSED"
    await told.tell(project("p")[0])


@pytest.mark.policy("S11", "S10")
@pytest.mark.parametrize(
    ("granted", "code"), [(0, "NOT_PARTIAL"), (1_000_000, "NOT_PARTIAL"), (999_999, "")]
)
async def test_funding_is_partial(told: Teller, granted: int, code: str) -> None:
    await told.tell(*named("one", "s1"), CALL, *project("p1"))
    assert await told.refusal(SELECT, granted=granted) == code
    if not code:
        ratio = await told.value("MATCH (p:StudioProject) RETURN p.ratio")
        assert ratio == pytest.approx(0.999999)


@pytest.mark.policy("X17")
@pytest.mark.parametrize("kind", ["TECH_INNOVATION", "TALENT_TRAINING"])
async def test_studios_apply_with_projects_of_both_kinds(told: Teller, kind: str) -> None:
    await told.tell(*named("one", "s1"), CALL, *project("p1", type=kind), SELECT)
    text = "MATCH (p:StudioProject)-[:APPLIED_BY]->(s) RETURN [p.type, p.state, s.id]"
    assert await told.value(text) == [kind, "SELECTED", "s1"]


@pytest.mark.policy("T06")
async def test_twenty_projects_are_selected_a_year_and_no_more(told: Teller) -> None:
    call = Call("openStudioProjectCall", {"year": 2015}, "call", CITY)
    await told.tell(*named("one", "s1"), call)
    for n in range(21):
        await told.tell(*project(f"p{n}"))
    chosen = [{"studio_project_id": told.known[f"p{n}"], "granted": 1} for n in range(21)]
    codes = [await told.refusal(Call("selectStudioProject", c, by=CITY)) for c in chosen]
    assert codes == [""] * 20 + ["CALL_FULL"]
    following = Call("openStudioProjectCall", {"year": 2016}, "call", CITY)
    await told.tell(following, *project("next"))
    given = {"studio_project_id": told.known["next"], "granted": 1}
    await told.tell(Call("selectStudioProject", given, by=CITY))


@pytest.mark.policy("S05", "S14")
async def test_grants_may_run_over_several_years_in_order(told: Teller) -> None:
    given = {"studio_id": "s1", "union_id": "east", "amount": 1, "first_year": 2015}
    grant = Call("grantToStudio", given, by=EAST)
    assert await told.refusal(grant, last_year=2014) == "YEARS"
    await told.perform(grant, last_year=2017)
    assert await told.refusal(grant, union_id="west") == "FORBIDDEN"


@pytest.mark.policy("S08", "S13")
async def test_studios_meet_and_unions_set_rules_for_them(told: Teller) -> None:
    given = {"name": "交流会", "day": date(2015, 4, 1), "union_id": "east", "studio_ids": ["s1"]}
    meeting = Call("holdStudioExchange", given, by=EAST)
    assert await told.refusal(meeting) == "TOO_FEW"
    await told.perform(meeting, studio_ids=["s1", "s2"])
    rule = {"kind": "CREATION", "title": "创建办法", "issued": TODAY, "union_id": "east"}
    await told.tell(Call("setStudioRule", rule, by=EAST))
    assert await told.refusal(Call("setStudioRule", rule, by=EAST)) == "ALREADY_DONE"
