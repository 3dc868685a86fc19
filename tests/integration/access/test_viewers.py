"""Who sees whom, and whose name: every role, with and without an agreement and consent."""

from dataclasses import replace
from typing import Any

import pytest

from graph.clock import beijing_day, now
from graph.cypher import Cypher
from graph.database import Database
from graph.viewer import ADMINISTRATOR, ANYONE, AUDITOR
from schema.plan.documents import Refused
from schema.plan.engine import Engine
from tests.integration.access.conftest import names
from tests.seeded import OPEN

WORKERS = "{ workers { nodes { id key name birthYear motivation jobTitle } totalCount } }"
FORMS = {
    "union:t:east": {"w-master", "w-apprentice"},
    "union:t:west": {"w-other", "w-stranger"},
    "enterprise:t:one": {"w-master", "w-other"},
    "enterprise:t:two": {"w-apprentice", "w-stranger"},
    "studio:t:studio": {"w-master"},
    "institute:t:institute": set[str](),
    "worker:t:master": {"w-master"},
    "worker:t:other": {"w-other"},
    "public": set[str](),
    "auditor": {"w-master", "w-apprentice", "w-other", "w-stranger"},
}


@pytest.mark.policy("M09", "H09")
@pytest.mark.parametrize("form", FORMS)
async def test_each_role_lists_its_own_people_and_counts_no_others(
    form: str, viewer: Any, ask: Any
) -> None:
    data = await ask(WORKERS, await viewer(form))
    assert set(names(data)) == FORMS[form]
    assert data["workers"]["totalCount"] == len(FORMS[form])


@pytest.mark.parametrize("form", FORMS)
async def test_what_is_not_listed_is_not_found_by_id_key_or_node(
    form: str, viewer: Any, ask: Any
) -> None:
    text = """query ($id: ID!, $key: String!) {
      worker(id: $id) { id } workerByKey(key: $key) { id } node(id: $id) { id } }"""
    for who in ("w-master", "w-apprentice", "w-other", "w-stranger"):
        found = await ask(text, await viewer(form), id=who, key=who.replace("w-", "t:"))
        seen = {"id": who} if who in FORMS[form] else None
        keyed = None if form == "auditor" else seen
        assert found == {"worker": seen, "workerByKey": keyed, "node": seen}


@pytest.mark.parametrize("field", ["employments", "consents"])
@pytest.mark.parametrize("form", FORMS)
async def test_records_follow_their_person(form: str, field: str, viewer: Any, ask: Any) -> None:
    text = f"{{ {field} {{ nodes {{ worker {{ id }} }} totalCount }} }}"
    data = await ask(text, await viewer(form))
    found = {node["worker"]["id"] for node in data[field]["nodes"]}
    assert (found, data[field]["totalCount"]) == (FORMS[form], len(FORMS[form]))


async def test_own_organisation_sees_its_problems(viewer: Any, ask: Any) -> None:
    text = "{ technicalProblems { nodes { id } } }"
    seen = {
        form: len((await ask(text, await viewer(form)))["technicalProblems"]["nodes"])
        for form in ("enterprise:t:one", "enterprise:t:two", "union:t:east", "union:t:west")
    }
    assert list(seen.values()) == [1, 0, 1, 0]


async def test_who_left_the_enterprise_is_no_longer_seen_by_it(
    town: Database, viewer: Any, ask: Any
) -> None:
    await town.run(Cypher("MATCH (e:Employment {id: 'job-w-other'}) SET e.valid_to = date()"))
    data = await ask(WORKERS, await viewer("enterprise:t:one"))
    assert set(names(data)) == {"w-master"}


@pytest.mark.policy("H09")
async def test_auditor_reads_records_without_personal_values(ask: Any, town: Database) -> None:
    text = """{ workers { nodes { key name nameEn birthYear motivation skillLevel }
      aggregate { birthYear { min } } } consents { nodes { purpose evidence } } }"""
    data = await ask(text, AUDITOR)
    for node in data["workers"]["nodes"]:
        assert node["name"].startswith("职工 ")
        assert node["key"].startswith("w-")
        assert node["skillLevel"] is not None
        assert [node[f] for f in ("nameEn", "birthYear", "motivation")] == [None] * 3
    assert data["workers"]["aggregate"]["birthYear"]["min"] is None
    assert {c["evidence"] for c in data["consents"]["nodes"]} == {None}
    full = await ask(text, ADMINISTRATOR)
    assert {n["name"] for n in full["workers"]["nodes"]} == {"师一", "徒一", "旁", "生"}
    assert full["workers"]["aggregate"]["birthYear"]["min"] == 1982


PERSONAL = [
    '{ workers(filter: {name: {eq: "师一"}}) { totalCount } }',
    '{ workers(filter: {NOT: {key: {eq: "t:master"}}}) { totalCount } }',
    "{ workers(filter: {birthYear: {isNull: true}}) { totalCount } }",
    "{ workers(orderBy: NAME_ASC) { nodes { id } } }",
    "{ workers(orderBy: [SKILL_LEVEL_ASC, BIRTH_YEAR_DESC]) { nodes { id } } }",
    "{ workers { groups(by: [BIRTH_YEAR]) { count } } }",
    '{ employments(filter: {worker: {name: {contains: "师"}}}) { totalCount } }',
]


@pytest.mark.parametrize("text", PERSONAL)
async def test_hidden_property_decides_nothing_that_its_viewer_finds(
    text: str, engine: Engine, viewer: Any, town: Database
) -> None:
    for form in ("auditor", "worker:t:master"):
        with pytest.raises(Refused) as refused:
            await engine.execute(text, {}, None, await viewer(form))
        assert refused.value.code == "FORBIDDEN", form
    for form in ("administrator", "union:t:east", "enterprise:t:one", "public"):
        response = await engine.execute(text, {}, None, await viewer(form))
        assert not response.errors, form


async def test_auditor_finds_words_of_posts_but_not_names(town: Database, ask: Any) -> None:
    await town.run(Cypher("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()"))
    text = """query ($q: String!) { search(query: $q, types: [Worker]) {
      edges { highlights { property } node { id } } } }"""
    assert (await ask(text, AUDITOR, q="师一"))["search"]["edges"] == []
    found = (await ask(text, AUDITOR, q="焊工"))["search"]["edges"]
    assert {h["property"] for e in found for h in e["highlights"]} == {"jobTitle"}
    assert len(found) == 4
    named = (await ask(text, ADMINISTRATOR, q="师一"))["search"]["edges"]
    assert [e["node"]["id"] for e in named] == ["w-master"]


async def test_a_search_compiled_for_one_viewer_shows_the_next_only_what_is_his(
    town: Database, ask: Any, viewer: Any
) -> None:
    await town.run(Cypher("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()"))
    text = """query ($q: String!) { search(query: $q, types: [Worker]) { edges { node {
      id ... on Worker { name employments { totalCount } } } } } }"""
    seen = {
        "administrator": {"w-master", "w-apprentice", "w-other", "w-stranger"},
        "union:t:east": {"w-master", "w-apprentice"},
        "union:t:west": {"w-other", "w-stranger"},
        "enterprise:t:one": set(),
        "public": set(),
    }
    for form in [*seen, *reversed(seen)]:
        found = (await ask(text, await viewer(form), q="焊工"))["search"]["edges"]
        assert {edge["node"]["id"] for edge in found} == seen[form], form


PARTNERS = """{ workers { nodes { id name employments { totalCount } consents { totalCount } } }
  mentoringAgreements { nodes { id master { name } apprentice { name } } } }"""


@pytest.mark.policy("M05")
@pytest.mark.parametrize(
    ("state", "agrees", "named"),
    [
        ("PROPOSED", True, False),
        ("ACCEPTED_BY_MASTER", True, False),
        ("AGREED", False, False),
        ("AGREED", True, True),
        ("ACTIVE", True, True),
        ("DECLINED", True, False),
    ],
)
async def test_pair_knows_names_only_after_both_agreed_and_she_agrees_to_be_named(
    state: str, agrees: bool, named: bool, *, town: Database, viewer: Any, ask: Any, pair: Any
) -> None:
    await pair("w-apprentice", state)
    if agrees:
        await town.run(
            Cypher("MATCH (c:Consent) WHERE c.id = 'c-w-master' SET c.purpose = 'IDENTITY'")
        )
    data = await ask(PARTNERS, await viewer("worker:t:apprentice"))
    people = names(data)
    assert set(people) == {"w-apprentice", "w-master"}
    assert people["w-apprentice"] == "徒一"
    assert people["w-master"] == ("师一" if named else "职工 w-mast")
    [agreement] = data["mentoringAgreements"]["nodes"]
    assert agreement["master"]["name"] == people["w-master"]


async def test_partner_of_a_pairing_shows_no_records_and_no_other_pairing(
    viewer: Any, ask: Any, pair: Any
) -> None:
    await pair("w-apprentice", "ACTIVE")
    await pair("w-other", "ACTIVE")
    data = await ask(PARTNERS, await viewer("worker:t:apprentice"))
    records = {n["id"]: n["employments"]["totalCount"] for n in data["workers"]["nodes"]}
    assert records == {"w-apprentice": 1, "w-master": 0}
    assert [a["id"] for a in data["mentoringAgreements"]["nodes"]] == ["a-w-apprentice"]


async def test_withdrawn_consent_hides_the_name_at_once(
    town: Database, viewer: Any, ask: Any, pair: Any
) -> None:
    await pair("w-apprentice", "ACTIVE")
    await town.run(Cypher("MATCH (c:Consent) SET c.purpose = 'IDENTITY'"))
    asking = await viewer("worker:t:apprentice")
    assert names(await ask(WORKERS, asking))["w-master"] == "师一"
    await town.run(
        Cypher(
            "MATCH (c:Consent {id: 'c-w-master'}) SET c.valid_to = $day",
            {"day": beijing_day(now())},
        )
    )
    assert names(await ask(WORKERS, asking))["w-master"] == "职工 w-mast"


@pytest.mark.parametrize("form", ["enterprise:t:one", "auditor"])
async def test_figures_over_fewer_than_five_persons_are_withheld(
    form: str, town: Database, viewer: Any, ask: Any
) -> None:
    text = """{ workers { groups(by: [SKILL_LEVEL]) { key count }
      aggregate { count birthYear { max } } } }"""
    data = await ask(text, await viewer(form))
    assert data["workers"]["groups"] == []
    assert data["workers"]["aggregate"]["birthYear"]["max"] is None
    await town.run(Cypher(_MANY))
    more = await ask(text, await viewer(form))
    assert more["workers"]["groups"] == [{"key": ["PRIMARY"], "count": 6}]
    expected = None if form == "auditor" else 1999
    assert more["workers"]["aggregate"]["birthYear"]["max"] == expected


async def test_persons_whom_one_may_not_see_do_not_make_a_group_large_enough(
    town: Database, viewer: Any, ask: Any
) -> None:
    await town.run(Cypher(_MANY))
    await town.run(Cypher(_TAUGHT_BY_MANY))
    text = """{ mentoringAgreements { totalCount groups(by: [STATE]) { count }
      aggregate { starts { max } } } }"""
    one = (await ask(text, await viewer("enterprise:t:one")))["mentoringAgreements"]
    assert (one["totalCount"], one["groups"]) == (6, [{"count": 6}])
    assert one["aggregate"]["starts"]["max"] == "2015-01-01"
    two = (await ask(text, await viewer("enterprise:t:two")))["mentoringAgreements"]
    assert (two["totalCount"], two["groups"]) == (6, []), "she taught them, whom it does not see"
    assert two["aggregate"]["starts"]["max"] is None


_TAUGHT_BY_MANY = """
MATCH (one:Worker {id: 'w-apprentice'}), (w:Worker) WHERE w.id STARTS WITH 'm'
CREATE (w)<-[:HAS_MASTER]-(:Node:MentoringAgreement {id: 'g' + w.id, key: 'g:' + w.id,
  state: 'ACTIVE', starts: date('2015-01-01')})-[:HAS_APPRENTICE]->(one)
"""
_MANY = """
MATCH (e:Enterprise {id: 'e-one'})
UNWIND range(1, 6) AS n
CREATE (:Node:Person:Worker {id: 'm' + n, key: 'm:' + n, name: '多', skill_level: 1,
  birth_year: 1999})<-[:ABOUT_WORKER]-(:Node:Employment {id: 'j' + n, key: 'j:' + n,
  valid_from: date('2020-01-01')})-[:AT_ENTERPRISE]->(e)
"""


async def test_key_that_reads_only_some_slices_finds_nothing_of_others(
    town: Database, ask: Any
) -> None:
    narrow = replace(ADMINISTRATOR, reads=frozenset({"organisations"}))
    data = await ask("{ workers { totalCount } enterprises { totalCount } }", narrow)
    assert data == {"workers": {"totalCount": 0}, "enterprises": {"totalCount": 2}}
    assert (await ask("{ workers { totalCount } }", ANYONE))["workers"]["totalCount"] == 0


async def test_key_that_may_not_read_what_a_match_shows_hears_of_no_candidate(
    seeded: Database, ask: Any
) -> None:
    narrow = replace(ADMINISTRATOR, reads=frozenset({"organisations"}))
    asking = OPEN.id("Enterprise", 0)
    asked = f'{{ enterpriseSolutionMatches(enterpriseId: "{asking}") {{ considered }} }}'
    considered = [
        (await ask(asked, viewer))["enterpriseSolutionMatches"]["considered"]
        for viewer in (ADMINISTRATOR, narrow)
    ]
    assert considered == [3, 0]
