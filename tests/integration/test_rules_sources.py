"""Records of several sources: merged under one id, split with nothing lost, shared with consent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, LiteralString

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.jurisdiction import viewer_of
from graph.logins import accept, bound_form, claim, invite
from graph.model import MODEL
from graph.persons.erase import erase
from graph.persons.export import everything
from graph.viewer import ADMINISTRATOR, ANYONE, Role, Viewer
from graph.writes.nodes import NodeValues, digest, upsert_nodes
from graph.writes.paths import unions_above
from graph.writes.provenance import Origin
from graph.writes.references import resolve
from tests.facts import Facts
from tests.integration.conftest import Ask
from tests.seeded import WIPE
from tests.stories.sources import MERGE, PROPOSE, REGISTER, SHARE, SPLIT, WORLD
from tests.stories.told import CITY, EAST, NOW, WEST, Call, Teller

WHOLE = """query ($id: ID!) { node(id: $id) { id ... on Worker {
  skillLevel jobTitle birthYear isMaster titles { nodes { id } } unions { totalCount }
  skills { edges { level node { id } } } } } }"""


@pytest.fixture
async def told(database: Database) -> Teller:
    teller = Teller(database)
    await teller.world(WORLD)
    return teller


@pytest.mark.policy("K10", "K09")
async def test_merged_records_are_one_under_either_id_and_key(told: Teller, ask: Ask) -> None:
    await told.tell(PROPOSE)
    proposal = """{ mergeProposals { nodes { state evidence differing filled
      keptWorker { id } joinedWorker { id } } } }"""
    [proposed] = (await ask(proposal, EAST))["mergeProposals"]["nodes"]
    assert set(proposed["evidence"]) == {"name", "birth_year", "unions", "district", "skills"}
    assert proposed["differing"] == ["skill_level"]
    assert (proposed["state"], proposed["joinedWorker"]) == ("PROPOSED", {"id": "same"})
    await told.tell(MERGE)
    found = (await ask(WHOLE, EAST, id="same"))["node"]
    assert (found["id"], found["skillLevel"], found["jobTitle"]) == ("own", "SENIOR", "焊工")
    assert (found["isMaster"], found["titles"]["nodes"]) == (True, [{"id": "title"}])
    assert found["unions"]["totalCount"] == 1
    skills = {e["node"]["id"]: e["level"] for e in found["skills"]["edges"]}
    assert skills == {"weld": 2, "cut": 3}
    text = """{ a: workerByKey(key: "gov:9") { id } b: worker(id: "same") { id }
      nodes(ids: ["same", "nobody", "own"]) { id } workers { totalCount } }"""
    data = await ask(text, EAST)
    assert (data["a"], data["b"]) == ({"id": "own"}, {"id": "own"})
    assert data["nodes"] == [{"id": "own"}, None, {"id": "own"}]
    assert data["workers"]["totalCount"] == 2
    assert (await ask('{ worker(id: "same") { id } }', WEST))["worker"] is None
    await told.tell(replace(SHARE, given={**SHARE.given, "worker_id": "same"}))
    shares = '{ worker(id: "own") { dataShares { nodes { fields partner { id } } } } }'
    assert (await ask(shares, EAST))["worker"]["dataShares"]["nodes"] == [
        {"fields": ["name", "skill_level"], "partner": {"id": "gov"}}
    ]


@pytest.mark.policy("K10")
async def test_an_old_id_asks_for_the_whole_wherever_an_id_is_taken(told: Teller, ask: Ask) -> None:
    given = {"kept_id": "i1", "joined_id": "i2"}
    institutes = Call("proposeResearchInstituteMerge", given, "i", CITY)
    merge = Call("mergeRecords", {"merge_proposal_id": "$i"}, by=CITY)
    await told.tell(PROPOSE, MERGE, institutes, merge)
    data = await ask(
        """{ mentorMatches(workerId: "same") { considered } fieldOrigins(id: "same") { record }
          researchInstitute(id: "i2") { id city district { id } } }"""
    )
    assert data["mentorMatches"] == {"considered": 0}
    assert {origin["record"] for origin in data["fieldOrigins"]} == {"own", "same"}
    assert data["researchInstitute"] == {"id": "i1", "city": "北京", "district": {"id": "d"}}
    with pytest.raises(AssertionError, match="there is no such Worker"):
        await ask('{ mentorMatches(workerId: "same") { considered } }', WEST)


@pytest.mark.policy("K10", "K09")
async def test_an_old_key_names_the_whole_to_the_law_and_to_a_login(told: Teller) -> None:
    await told.tell(PROPOSE, MERGE)
    held = await everything(told.database, "gov:9")
    assert held is not None
    assert held["person"]["key"] == "union:1"
    herself = await viewer_of(told.database, "worker:gov:9")
    assert herself is not None
    assert (herself.person, herself.name) == ("own", "worker:union:1")
    code = await invite(told.database, "worker:gov:9", NOW, actor="test")
    await accept(told.database, "invited", code, NOW)
    assert await bound_form(told.database, "invited") == "worker:union:1"
    await claim(told.database, "claiming", "gov:9", "本人", NOW)
    assert await told.value("MATCH (:LoginClaim)-[:CLAIMS_TO_BE]->(w) RETURN w.id") == "own"


@pytest.mark.policy("K10")
async def test_each_field_tells_its_source_and_who_says_otherwise(told: Teller, ask: Ask) -> None:
    alike = '{ possibleDuplicates(id: "own") { evidence differing node { id } } }'
    [found] = (await ask(alike, EAST))["possibleDuplicates"]
    assert (found["node"], found["differing"]) == ({"id": "same"}, ["skillLevel"])
    assert {"birthYear", "name", "district"} <= set(found["evidence"])
    assert len((await ask(alike, CITY))["possibleDuplicates"]) == 2
    with pytest.raises(AssertionError, match="records are compared by unions"):
        await ask(alike, ANYONE)
    await told.tell(PROPOSE, MERGE)
    text = '{ fieldOrigins(id: "own") { field source record same otherwise } }'
    origins = {o.pop("field"): o for o in (await ask(text, EAST))["fieldOrigins"]}
    assert origins["jobTitle"] == {
        "source": "gov", "record": "same", "same": [], "otherwise": [],
    }  # fmt: skip
    assert origins["skillLevel"] == {
        "source": "union", "record": "own", "same": [], "otherwise": ["gov"],
    }  # fmt: skip
    assert origins["birthYear"]["same"] == ["gov"]
    assert (await ask(text, WEST))["fieldOrigins"] is None


@pytest.mark.policy("K10")
async def test_a_source_that_is_loaded_again_tells_the_record_it_became_part_of(
    told: Teller,
) -> None:
    await told.tell(PROPOSE, MERGE)
    values = {"name": "甲", "birth_year": 1980, "skill_level": 5, "job_title": "高级焊工"}
    worker = MODEL.node_type("Worker")

    async def work(transaction: Transaction) -> Any:
        rows = [NodeValues("gov:9", values, digest(values))]
        counts = await upsert_nodes(transaction, worker, rows, Origin("gov", "load", NOW))
        return counts, await resolve(transaction, worker, ["9", "gov:9", "7"], "gov")

    counts, meant = await told.database.write(work)
    assert (counts.created, counts.updated) == (0, 1)
    assert meant == {"9": ["union:1"], "gov:9": ["union:1"], "7": []}
    text = "MATCH (w:Worker {id: 'own'}) RETURN [w.job_title, w.skill_level]"
    assert await told.value(text) == ["高级焊工", 3]
    await told.tell(SPLIT)
    text = "MATCH (w:Worker) WHERE w.id IN ['own', 'same'] RETURN collect([w.id, w.skill_level])"
    assert sorted(await told.value(text)) == [["own", 3], ["same", 5]]


@pytest.mark.policy("K10")
async def test_what_is_no_evidence_or_speaks_against_it_is_refused(told: Teller) -> None:
    assert await told.refusal(PROPOSE, joined_id="own") == "SAME_RECORD"
    await told.database.run(Cypher("MATCH (w:Worker {id: 'other'})-[r]->() DELETE r"))
    assert await told.refusal(PROPOSE, joined_id="other") == "NO_EVIDENCE"
    assert await told.refusal(PROPOSE, joined_id="far") == "NOT_FOUND"
    synthetic = "MATCH (w:Worker {id: 'same'}) SET w.synthetic = $made"
    await told.database.run(Cypher(synthetic, {"made": True}))
    assert await told.refusal(PROPOSE) == "REAL_AND_GENERATED"
    await told.database.run(Cypher(synthetic, {"made": False}))
    await told.tell(PROPOSE)
    assert await told.refusal(PROPOSE) == "ALREADY_PROPOSED"
    both = Call("proposeWorkerMerge", {"kept_id": "own", "joined_id": "far"}, "far", CITY)
    await told.tell(both)
    decide = {"merge_proposal_id": "$far"}
    assert await told.refusal(Call("mergeRecords", decide, by=EAST)) == "FORBIDDEN"
    taught = """MATCH (a:Worker {id: 'own'}), (b:Worker {id: 'far'})
      CREATE (b)<-[:HAS_MASTER]-(:Node:MentoringAgreement {id: 'g', key: 'g', state: 'DECLINED'})
        -[:HAS_APPRENTICE]->(a)"""
    await told.database.run(Cypher(taught))
    assert await told.refusal(Call("mergeRecords", decide, by=CITY)) == "TAUGHT_ONE_ANOTHER"
    await told.database.run(Cypher("MATCH (g:MentoringAgreement) DETACH DELETE g"))
    await told.tell(MERGE, Call("mergeRecords", decide, by=CITY))
    assert await told.refusal(replace(SPLIT, by=CITY)) == "MERGED_FURTHER"
    await told.tell(Call("splitRecords", decide, by=CITY))
    assert await told.refusal(SPLIT) == ""


@pytest.mark.policy("K10")
@pytest.mark.parametrize(
    ("label", "kept", "joined"), [("Enterprise", "e1", "e2"), ("ResearchInstitute", "i1", "i2")]
)
async def test_organisations_that_agree_in_nothing_are_not_proposed(
    told: Teller, label: str, kept: str, joined: str
) -> None:
    await told.database.run(
        Cypher("MATCH (n:Node {id: $id}) SET n.name = '另一家'", {"id": joined})
    )
    propose = Call(f"propose{label}Merge", {"kept_id": kept, "joined_id": joined}, by=CITY)
    assert await told.refusal(propose) == "NO_EVIDENCE"


@pytest.mark.policy("K10")
async def test_who_became_part_of_another_is_not_merged_again(told: Teller) -> None:
    other = Call("proposeWorkerMerge", {"kept_id": "far", "joined_id": "same"}, "other", CITY)
    await told.tell(PROPOSE, other, MERGE)
    call = Call("mergeRecords", {"merge_proposal_id": "$other"}, by=CITY)
    assert await told.refusal(call) == "ALREADY_MERGED"


@pytest.mark.policy("K09")
async def test_erasure_takes_the_merged_records_too(told: Teller, ask: Ask) -> None:
    await told.tell(PROPOSE, MERGE)
    held = await everything(told.database, "union:1")
    assert held is not None
    assert [part["key"] for part in held["merged"]] == ["gov:9"]
    await erase(told.database, "gov:9", NOW, actor="test")
    text = "MATCH (n) UNWIND keys(n) AS k RETURN collect(toStringOrNull(n[k]))"
    left = [value or "" for value in await told.value(text)]
    assert not any(gone in value for value in left for gone in ("gov:9", "union:1", "焊工"))
    assert (await ask(WHOLE, id="same"))["node"] is None


@pytest.mark.policy("K09")
async def test_a_record_is_shared_with_consent_and_she_sees_with_whom(
    told: Teller, ask: Ask
) -> None:
    assert await told.refusal(SHARE, worker_id="same") == "NO_CONSENT"
    assert await told.refusal(SHARE, fields=["shoe_size"]) == "UNKNOWN_FIELD"
    assert await told.refusal(replace(SHARE, by=WEST)) == "NOT_FOUND"
    await told.tell(SHARE)
    assert await told.refusal(SHARE) == "ALREADY_DONE"
    assert await told.refusal(SHARE, purpose="统计") == ""
    text = "{ dataShares { nodes { purpose shared partner { name } worker { id } } } }"
    herself = Viewer(frozenset({Role.WORKER}), person="own")
    seen = (await ask(text, herself))["dataShares"]["nodes"]
    assert [s["worker"]["id"] for s in seen] == ["own", "own"]
    assert (await ask(text, WEST))["dataShares"]["nodes"] == []
    assert (await ask(text, ANYONE))["dataShares"]["nodes"] == []


@pytest.mark.policy("K10")
async def test_a_register_has_one_code_and_one_keeper(told: Teller, ask: Ask) -> None:
    assert await told.refusal(REGISTER, partner_id=None) == "ONE_KEEPER"
    assert await told.refusal(REGISTER, union_id="east") == "ONE_KEEPER"
    await told.database.run(Cypher("CREATE (:Node:DataSource {id: 's', key: 's', code: 'old'})"))
    assert await told.refusal(REGISTER, code="old") == "CODE_TAKEN"
    await told.tell(REGISTER)
    text = '{ dataSources(filter: { code: { eq: "gov" } }) { nodes { name partner { id } } } }'
    assert (await ask(text))["dataSources"]["nodes"] == [
        {"name": "人社局技能人才库", "partner": {"id": "gov"}}
    ]


WORKERS = ("a", "b", "c")
PLACES = st.sampled_from(["d0", "d1"])
PERSON = st.fixed_dictionaries(
    {"name": st.just("甲")},
    optional={
        "birth_year": st.sampled_from([1980, 1981]),
        "skill_level": st.integers(1, 6),
        "job_title": st.sampled_from(["焊工", "钳工"]),
        "is_master": st.booleans(),
        "district": PLACES,
        "unions": st.lists(st.sampled_from(["east", "west"]), unique=True),
        "skills": st.lists(st.sampled_from(["weld", "cut"]), unique=True),
        "massActivities": st.lists(st.just("drill"), max_size=1),
        "leads": st.lists(st.just("studio"), max_size=1),
    },
)  # fmt: skip
MERGES = st.permutations(WORKERS).map(
    lambda names: [(names[0], names[1]), (names[0], names[2])]
) | st.permutations(WORKERS).map(lambda names: [(names[0], names[1]), (names[2], names[0])])
"""Two joined to one, one after the other; or a whole that becomes part of a third."""


_DERIVED: LiteralString = f"""
MATCH (w:Worker) SET w.scope_tokens = replace(w.region_path, '/', ' ') {unions_above("w")}
"""


async def state(database: Database) -> Mapping[str, Any]:
    """Every node but proposals, with labels, values and relationships."""
    text = """
    MATCH (n:Node) WHERE NOT n:MergeProposal
    RETURN n.id AS id, [apart IN labels(n) | apart] AS labels, n {.*, version: null} AS values,
      COLLECT { MATCH (n)-[r]->(far:Node) RETURN [type(r), far.id, properties(r)] } AS edges
    """
    rows = await database.rows(Cypher(text))
    return {
        row["id"]: (sorted(row["labels"]), row["values"], sorted(map(repr, row["edges"])))
        for row in rows
    }


@pytest.mark.policy("K10")
@settings(
    max_examples=max(5, settings().max_examples // 5),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(people=st.tuples(PERSON, PERSON, PERSON), merges=MERGES)
async def test_what_is_merged_and_split_is_as_it_was(
    people: tuple[dict[str, Any], ...],
    merges: list[tuple[str, str]],
    open_session_database: Database,
) -> None:
    database = open_session_database
    await database.run(WIPE)
    teller = Teller(database)
    await teller.world()
    facts = Facts()
    for label, identifier in (
        ("District", "d0"), ("District", "d1"), ("Skill", "weld"), ("Skill", "cut"),
        ("MassActivity", "drill"), ("Studio", "studio"),
    ):  # fmt: skip
        facts.add(label, id=identifier)
    for name, values in zip(WORKERS, people, strict=True):
        path = "/m/west/" if "west" in values.get("unions", ()) else "/m/east/"
        facts.add("Worker", id=name, **values, region_path=path, system_path=None)
        facts.add("Employment", worker=name, valid_from=date(2014, 1, 1))
        facts.add("Designation", worker=name, title="CHIEF_TECHNICIAN")
    await facts.write(database)
    await database.run(Cypher(_DERIVED))
    before = await state(database)
    proposals = [
        await teller.tell(
            Call("proposeWorkerMerge", {"kept_id": kept, "joined_id": joined}, by=ADMINISTRATOR)
        )
        for kept, joined in merges
    ]
    for proposal in proposals:
        await teller.tell(Call("mergeRecords", {"merge_proposal_id": proposal}))
    [worker] = await database.rows(Cypher("MATCH (w:Worker) RETURN w.id AS id"))
    records = "MATCH (:Worker)<-[r:ABOUT_WORKER|NAMES]-() RETURN count(r)"
    assert (worker["id"], await teller.value(records)) == (merges[-1][0], 6)
    for proposal in reversed(proposals):
        await teller.tell(Call("splitRecords", {"merge_proposal_id": proposal}))
    assert await state(database) == before
