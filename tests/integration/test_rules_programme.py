"""Rules of training, plans, money and publicity, from both sides."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import ADMINISTRATOR, ANYONE
from tests.facts import Facts
from tests.integration.conftest import Ask
from tests.stories.programme import NEED, ORDER, WORLD
from tests.stories.told import CITY, EAST, NOW, TODAY, WEST, Call, Teller


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


SUBMIT = Call("submitTrainingNeed", NEED, "need", EAST)
ORDERED = Call("orderTraining", {**ORDER, "need_ids": ["$need"]}, "project", EAST)
STATE = "MATCH (n:Node {id: $id}) RETURN n.state"


@pytest.mark.policy("B01", "B17")
async def test_a_need_is_ordered_once_and_open_again_when_cancelled(told: Teller) -> None:
    await told.tell(SUBMIT, ORDERED)
    need = told.known["need"]
    assert await told.value(STATE, id=need) == "ORDERED"
    assert await told.refusal(ORDERED, name="另一班") == "NEED_NOT_OPEN"
    step = {"training_project_id": "$project"}
    await told.tell(Call("cancelTraining", step, by=EAST))
    assert await told.value(STATE, id=need) == "OPEN"
    again = Call("orderTraining", {**ORDERED.given, "name": "再来"}, "again", EAST)
    await told.tell(again)
    step = {"training_project_id": "$again"}
    await told.tell(Call("startTraining", step, by=EAST), Call("deliverTraining", step, by=EAST))
    assert await told.value(STATE, id=need) == "MET"


@pytest.mark.policy("B01", "B16")
async def test_needs_are_seen_by_the_unions_they_were_reported_to(told: Teller, ask: Ask) -> None:
    await told.tell(SUBMIT)
    text = "{ trainingNeeds { totalCount } }"
    assert (await ask(text, EAST))["trainingNeeds"]["totalCount"] == 1
    assert (await ask(text, WEST))["trainingNeeds"]["totalCount"] == 0
    assert await told.refusal(Call("withdrawTrainingNeed", {"training_need_id": "$need"}, by=WEST))


@pytest.mark.policy("K03", "B06", "B20")
async def test_a_training_record_says_what_was_learnt(told: Teller) -> None:
    record = Call("recordTraining", {"worker_id": "w1", "starts": TODAY}, "record", EAST)
    assert await told.refusal(record) == "NOTHING_LEARNT"
    assert await told.refusal(record, course_id="c") == ""


PLAN = Call("createPlan", {"union_id": "east", "year": 2015}, "plan", EAST)
ITEM = Call("addPlanItem", {"plan_id": "$plan", "title": "带徒", "planned": 9.0}, "item", EAST)
ADOPT = Call("adoptPlan", {"annual_plan_id": "$plan"}, by=EAST)
PROGRESS = Call("recordProgress", {"item_id": "$item", "day": TODAY, "done": 4.0}, by=EAST)
ASSESS = Call("assessPlan", {"annual_plan_id": "$plan"}, by=EAST)
INSPECT = Call(
    "recordInspection",
    {"union_id": "east", "plan_id": "$plan", "held": TODAY, "occasion": "YEAR_END"},
    by=EAST,
)


@pytest.mark.policy("G05", "W09")
async def test_a_plan_needs_items_and_takes_progress_while_adopted(told: Teller) -> None:
    await told.tell(PLAN)
    assert await told.refusal(ADOPT) == "PLAN_EMPTY"
    await told.tell(ITEM)
    assert await told.refusal(PROGRESS) == "PLAN_NOT_ADOPTED"
    await told.tell(ADOPT, PROGRESS)
    text = "MATCH (i:PlanItem) RETURN [i.planned, i.done]"
    assert await told.value(text) == [9.0, 4.0]


@pytest.mark.policy("H01", "H03")
async def test_a_year_is_assessed_after_its_inspection_and_then_closed(told: Teller) -> None:
    await told.tell(PLAN, ITEM, ADOPT)
    assert await told.refusal(ASSESS) == "NOT_INSPECTED"
    await told.tell(INSPECT, ASSESS)
    assert await told.refusal(ITEM, title="又一项") == "PLAN_ASSESSED"


@pytest.mark.policy("H07", "H08", "H09")
async def test_an_inspection_is_of_exactly_one(told: Teller) -> None:
    await told.tell(PLAN)
    given = {"union_id": "east", "held": TODAY, "occasion": "DISCLOSURE"}
    call = Call("recordInspection", given, by=EAST)
    assert await told.refusal(call) == "ONE_INSPECTED"
    assert await told.refusal(call, enterprise_id="e1", assessed_id="east") == "ONE_INSPECTED"
    assert await told.refusal(call, enterprise_id="e1", authority_ids=["audit"]) == ""


@pytest.mark.policy("G09", "G12", "G11")
async def test_a_duty_is_answered_for_by_exactly_one(told: Teller, ask: Ask) -> None:
    duty = Call("assignResponsibility", {"duty": "竞赛组织"}, by=CITY)
    assert await told.refusal(duty) == "ONE_ANSWERS"
    assert await told.refusal(duty, unit_id="office", association_id="ta") == "ONE_ANSWERS"
    assert await told.refusal(duty, association_id="ta", programme_id="p") == ""
    text = """{ responsibilities(filter: { duty: { contains: "竞赛" } }, asOf: "2030-01-01") {
      nodes { duty association { id } unit { id } programme { id } } } }"""
    [found] = (await ask(text))["responsibilities"]["nodes"]
    assert found["association"] == {"id": "ta"}
    assert (found["unit"], found["programme"]) == (None, {"id": "p"})


FUND = Call(
    "reportEducationFund",
    {"enterprise_id": "e1", "union_id": "east", "year": 2014, "spent": 100},
    by=EAST,
)


@pytest.mark.policy("H04", "H05", "W10")
async def test_the_education_fund_is_reported_by_its_union_and_adds_up(told: Teller) -> None:
    assert await told.refusal(FUND, frontline_spent=101) == "MORE_THAN_SPENT"
    assert await told.refusal(FUND, union_id="m") in {"NOT_ITS_UNION", "FORBIDDEN"}
    foreign = Call("reportEducationFund", {**FUND.given, "union_id": "m"}, by=CITY)
    assert await told.refusal(foreign) == "NOT_ITS_UNION"
    assert await told.refusal(FUND, frontline_spent=100) == ""


@pytest.mark.policy("F04", "F01", "F02")
async def test_what_is_spent_is_charged_to_one_of_eight_lines(told: Teller, ask: Ask) -> None:
    budget = {"union_id": "east", "year": 2015, "line": "TRAINING", "planned": 500}
    await told.tell(Call("planBudget", budget, "line", EAST))
    spend = {"line_id": "$line", "amount": 200, "paid": TODAY, "purpose": "实训", "purchase": True}
    await told.tell(Call("recordExpenditure", spend, by=EAST))
    await told.tell(Call("recordExpenditure", {**spend, "purpose": "教材"}, by=EAST))
    text = """{ budgetLines(filter: { year: { eq: 2015 } }) { nodes { line planned
      expenditures { totalCount aggregate { amount { sum } } } } } }"""
    [line] = (await ask(text))["budgetLines"]["nodes"]
    assert (line["line"], int(line["planned"])) == ("TRAINING", 500)
    assert int(line["expenditures"]["aggregate"]["amount"]["sum"]) == 400


@pytest.mark.policy("F04", "F01", "T19")
async def test_plan_stands_against_spend_and_outcome_on_every_line(told: Teller, ask: Ask) -> None:
    facts = Facts()
    facts.add("TrainingProject", activity="GRASSROOTS", purchased=TODAY)
    await facts.write(told.database)
    for union, by, planned in (("east", EAST, 500), ("west", WEST, 100)):
        budget = {"union_id": union, "year": 2015, "line": "TRAINING", "planned": planned}
        spend = {"line_id": f"${union}", "paid": TODAY, "purpose": "实训"}
        await told.tell(
            Call("planBudget", budget, union, by),
            Call("recordExpenditure", {**spend, "amount": 200}, by=by),
            Call("recordExpenditure", {**spend, "amount": 50, "purpose": "教材"}, by=by),
        )
    text = """query ($asOf: Date) { budgetByLine(year: 2015, asOf: $asOf) {
      line planned spent rate payments outcomes { figure count { done planned } } } }"""
    lines = (await ask(text, CITY))["budgetByLine"]
    assert len({line["line"] for line in lines}) == 8
    assert all(line["outcomes"] for line in lines)
    training = lines[0]
    assert [training[n] for n in ("line", "planned", "spent", "payments")] == [
        "TRAINING", 600, 500, 4,
    ]  # fmt: skip
    assert training["outcomes"][0] == {"figure": "T03", "count": {"done": 1, "planned": 30.0}}
    assert (await ask(text, EAST))["budgetByLine"][0]["planned"] == 500
    before = (await ask(text, CITY, asOf=str(TODAY - timedelta(1))))["budgetByLine"][0]
    assert (before["planned"], before["spent"], before["rate"]) == (600, 0, 0.0)


SNAPSHOT = Call(
    "takeSnapshot",
    {"figure": "M19", "year": 2015, "as_of": TODAY, "union_id": "east"},
    "snapshot",
    EAST,
)
RECOUNT = """query ($id: ID!) { recountSnapshot(figureSnapshotId: $id) {
  reproduces done of differences { what kept now }
  snapshot { done of knownAt query queryDigest digest } } }"""


def chief(facts: Facts, worker: str, **given: Any) -> None:
    facts.add("Designation", title="CHIEF_TECHNICIAN", worker=worker, **given)


@pytest.mark.policy("K06")
async def test_a_snapshot_is_counted_again_as_it_was_known_then(told: Teller, ask: Ask) -> None:
    facts = Facts()
    ours, other = (facts.add("Worker", region_path="/m/east/") for _ in range(2))
    for worker in (ours, facts.add("Worker", region_path="/m/west/")):
        chief(facts, worker)
    facts.add("MentoringAgreement", master=ours, state="ACTIVE", starts=date(2015, 1, 1))
    await facts.write(told.database)
    taken = await told.tell(SNAPSHOT)
    await told.database.run(
        Cypher("MATCH (d:Designation) SET d.recorded_to = $at", {"at": NOW + timedelta(days=1)})
    )
    later = Facts(prefix="later")
    chief(later, other, recorded_from=NOW + timedelta(days=1))
    await later.write(told.database)
    found = (await ask(RECOUNT, EAST, id=taken))["recountSnapshot"]
    assert (found["reproduces"], found["done"], found["of"]) == (True, 1, 1)
    kept = found["snapshot"]
    assert (kept["done"], kept["of"], "MATCH" in kept["query"]) == (1, 1, True)
    assert kept["knownAt"].startswith("2015-03-02T04:00:00")
    assert (await ask(RECOUNT, WEST, id=taken))["recountSnapshot"] is None
    await told.database.run(Cypher("MATCH (g:MentoringAgreement) SET g.state = 'DECLINED'"))
    changed = (await ask(RECOUNT, EAST, id=taken))["recountSnapshot"]
    assert changed["reproduces"] is False
    first = changed["differences"][0]
    assert (first["what"], first["kept"], first["now"]) == (
        "done", "1", "0",
    )  # fmt: skip
    assert {d["what"] for d in changed["differences"]} == {"done", "list"}


@pytest.mark.policy("K06")
async def test_only_what_reproduces_is_kept_and_once_a_day(told: Teller) -> None:
    assert await told.refusal(SNAPSHOT, figure="T13") == "NOT_REPRODUCIBLE"
    assert await told.refusal(SNAPSHOT, figure="T99") == "NOT_REPRODUCIBLE"
    assert await told.refusal(SNAPSHOT, year=2016) == "YEAR_NOT_BEGUN"
    assert await told.refusal(SNAPSHOT, union_id="west") == "FORBIDDEN"
    await told.database.run(Cypher("CREATE (:Node:Union {id: 'lone', key: 'lone', name: '孤'})"))
    lone = replace(SNAPSHOT, by=ADMINISTRATOR)
    assert await told.refusal(lone, union_id="lone") == "NOT_IN_A_TREE"
    await told.tell(SNAPSHOT)
    assert await told.refusal(SNAPSHOT) == "ALREADY_DONE"
    assert await told.refusal(SNAPSHOT, year=2014) == ""
    tomorrow = replace(SNAPSHOT, later=timedelta(days=1))
    assert await told.refusal(tomorrow) == ""


BY = {"union_id": "east"}
WRITE = Call(
    "writeStory", {**BY, "title": "焊花", "kind": "DEEDS", "worker_id": "w1"}, "story", EAST
)
EVENT = Call("holdPublicityEvent", {"union_id": "east", "name": "展", "held": TODAY}, "event", EAST)
PUBLISH = Call("publishStory", {"story_id": "$story", "event_id": "$event"}, by=EAST)


@pytest.mark.policy("Y08", "Y06")
async def test_a_person_is_publicised_only_with_her_consent(told: Teller, ask: Ask) -> None:
    await told.tell(EVENT, WRITE)
    end = "MATCH (c:Consent) SET c.valid_to = $day"
    await told.database.run(Cypher(end, {"day": TODAY}))
    assert await told.refusal(PUBLISH) == "NO_CONSENT"
    text = "{ stories { nodes { title worker { id } } } }"
    assert (await ask(text, ANYONE))["stories"]["nodes"] == []
    await told.database.run(Cypher(end, {"day": date(2030, 1, 1)}))
    await told.tell(PUBLISH)
    shown = (await ask(text, ANYONE))["stories"]["nodes"]
    assert shown == [{"title": "焊花", "worker": None}]
    await told.tell(Call("withdrawStory", {"story_id": "$story"}, by=EAST))
    assert (await ask(text, ANYONE))["stories"]["nodes"] == []


@pytest.mark.policy("M02", "Y07")
async def test_a_story_is_about_a_worker_or_about_some_practice(told: Teller) -> None:
    story = Call("writeStory", {**BY, "title": "师带徒", "kind": "PRACTICE"}, "practice", EAST)
    assert await told.refusal(story) == "ABOUT_ONE"
    assert await told.refusal(story, worker_id="w1", enterprise_id="e1") == "ABOUT_ONE"
    await told.tell(Call("writeStory", {**story.given, "enterprise_id": "e1"}, "story", EAST))
    await told.tell(EVENT, PUBLISH)


@pytest.mark.policy("J09", "K08", "W08")
async def test_demand_is_posted_for_its_enterprise_and_closed(told: Teller) -> None:
    given = {"enterprise_id": "e1", "occupation_id": "o1", "title": "焊工", "places": 5}
    post = Call("postDemand", given, "demand", EAST)
    assert await told.refusal(Call("postDemand", given, by=WEST)) == "FORBIDDEN"
    await told.tell(post)
    await told.tell(Call("fillDemand", {"talent_demand_id": "$demand"}, by=EAST))
    late = Call("postDemand", {**given, "closes": TODAY - timedelta(1)}, by=EAST)
    assert await told.refusal(late) == "DATES"
