"""Mentoring matches on a small graph: who is shown, who is not and why, what the reasons say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database, Transaction
from graph.matching.answer import Match, MatchPage, Question, answer
from graph.matching.candidates import Days
from graph.matching.mentoring import APPRENTICE, MENTOR
from graph.projection.fragment import Fragment
from graph.viewer import ADMINISTRATOR, Role, Viewer

TODAY = date(2026, 11, 24)
DAYS = Days(TODAY, TODAY)
EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))

_WORLD = """
CREATE (city:Node:District {id: 'city', name: '北京市'}),
  (east:Node:District {id: 'east', name: '东城区'})-[:PART_OF]->(city),
  (west:Node:District {id: 'west', name: '西城区'})-[:PART_OF]->(city),
  (metal:Node:Occupation {id: 'metal', code: '6-18', name: '机械加工', level: 3}),
  (food:Node:Occupation {id: 'food', code: '6-01', name: '食品加工', level: 3}),
  (welder:Node:Occupation {id: 'welder', code: '6-18-02', name: '焊工', level: 4})-[:BROADER]->(metal),
  (miller:Node:Occupation {id: 'miller', code: '6-18-01', name: '铣工', level: 4})-[:BROADER]->(metal),
  (baker:Node:Occupation {id: 'baker', code: '6-01-01', name: '烘焙工', level: 4})-[:BROADER]->(food),
  (welder)-[:REQUIRES_SKILL {weight: 0.8}]->
    (:Node:Skill {id: 'arc', name: '氩弧焊', name_en: 'arc welding'}),
  (welder)-[:REQUIRES_SKILL {weight: 0.2}]->(:Node:Skill {id: 'cut', name: '气割'})
"""  # noqa: E501

_PERSON = """
MATCH (home:Node {id: $district}), (trade:Node {id: $occupation})
CREATE (w:Node:Worker {id: $id, key: $id, name: $id, skill_level: $level, region_path: $region,
  system_path: '/s/', motivation: $motivation})
CREATE (w)-[:LIVES_IN]->(home)
FOREACH (_ IN CASE WHEN $capacity IS NULL THEN [1] ELSE [] END | CREATE (w)-[:PRACTISES]->(trade))
FOREACH (_ IN CASE WHEN $capacity IS NULL THEN [] ELSE [1] END |
  SET w:Master CREATE (w)-[:TEACHES]->(trade)
  CREATE (w)<-[:DECLARED_BY]-(:Node:MentorProfile
    {id: 'p-' + $id, capacity: $capacity, valid_from: date('2020-01-01')}))
FOREACH (_ IN CASE WHEN $engaged IS NULL THEN [] ELSE [1] END |
  CREATE (w)<-[:ABOUT_WORKER]-(:Node:Employment {id: 'e-' + $id, engaged_level: $engaged,
    valid_from: date('2020-01-01'), valid_to: $engaged_to}))
FOREACH (_ IN CASE WHEN $consent THEN [1] ELSE [] END |
  CREATE (w)<-[:ABOUT_WORKER]-(:Node:Consent {id: 'c-' + $id, purpose: 'MATCHING',
    valid_from: date('2020-01-01')}))
WITH w UNWIND keys($skills) AS name MATCH (skill:Node {id: name})
CREATE (w)-[:HAS_SKILL {level: $skills[name]}]->(skill)
"""

_AGREEMENT = """
MATCH (m:Node {id: $master}), (a:Node {id: $apprentice})
CREATE (m)<-[:HAS_MASTER]-(:Node:MentoringAgreement {id: $id, state: $state})-[:HAS_APPRENTICE]->(a)
"""


@dataclass
class Person:
    """A worker who consents; with a capacity, a master in post as a senior technician."""

    id: str
    level: int = 1
    occupation: str = "welder"
    district: str = "east"
    capacity: int | None = None
    engaged: int | None = 5
    engaged_to: date | None = None
    consent: bool = True
    motivation: str = ""
    skills: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def parameters(self) -> dict[str, Any]:
        return {**vars(self), "region": f"/m/{self.district}/"}


def master(id: str, **given: Any) -> Person:
    return Person(id, **{"level": 5, "capacity": 2, "skills": {"arc": 5}} | given)


async def write(database: Database, *rows: Person | tuple[str, str, str]) -> None:
    """People, and agreements as (master, apprentice, state)."""

    async def work(transaction: Transaction) -> None:
        for row in rows:
            if isinstance(row, Person):
                await transaction.run(Cypher(_PERSON, row.parameters))
            else:
                m, a, state = row
                values = {"master": m, "apprentice": a, "state": state, "id": f"{m}-{a}-{state}"}
                await transaction.run(Cypher(_AGREEMENT, values))

    await database.write(work)


@pytest.fixture
async def shop(database: Database) -> Database:
    """A district with a worker `me`, one good master, and one of each sort to be left out."""
    await database.run(Cypher(_WORLD))
    await write(
        database,
        Person("me", skills={"arc": 1}, motivation="想学氩弧焊"),
        Person("other"),
        master("good"),
        master("neighbour", occupation="miller"),
        master("cook", occupation="baker"),
        master("silent", consent=False),
        master("retired", engaged_to=TODAY),
        master("low", engaged=1),
        master("full", capacity=1),
        master("paired"),
        master("former"),
        master("outsider", district="west"),
        ("full", "other", "ACTIVE"),
        ("paired", "me", "PROPOSED"),
    )
    await database.run(Cypher("MATCH (m:Node {id: 'former'}) REMOVE m:Master"))
    return database


async def mentors(
    database: Database, viewer: Viewer = ADMINISTRATOR, *, days: Days = DAYS, **filters: Any
) -> MatchPage:
    page = await answer(database, MENTOR, Question("me", filters), viewer, {}, days=days, first=10)
    assert page is not None
    return page


def shown(page: MatchPage) -> list[str]:
    return [match.shown for match in page.matches]


def reasons(page: MatchPage) -> dict[str, int]:
    return {e.reason: e.count for e in page.excluded}


async def exists(database: Database, match: Match) -> bool:
    """Whether every step of every evidence path is in the graph."""
    for path in (path for part in match.parts for path in part.evidence):
        assert len(path.nodes) == len(path.steps) + 1
        for left, step, right in zip(path.nodes, path.steps, path.nodes[1:], strict=False):
            ends = (left.id, right.id) if step.forward else (right.id, left.id)
            found = await database.value(
                Cypher(
                    "RETURN EXISTS { MATCH (:Node {id: $a})-[r]->(:Node {id: $b}) "
                    "WHERE type(r) = $type }",
                    {"a": ends[0], "b": ends[1], "type": step.type},
                )
            )
            if not found:
                return False
    return True


@pytest.mark.policy("M05")
@pytest.mark.policy("M06")
@pytest.mark.policy("M22")
async def test_hard_conditions_hold_and_are_counted(shop: Database) -> None:
    page = await mentors(shop)
    assert shown(page) == ["good", "outsider", "neighbour"]
    assert reasons(page) == {
        "ALREADY_PAIRED": 1,
        "WITHOUT_CONSENT": 1,
        "NOT_A_MASTER": 1,
        "NOT_ENGAGED": 1,
        "LEVEL_NOT_HIGHER": 1,
        "NO_PLACE_LEFT": 1,
    }
    assert page.considered == 9
    assert not page.has_next


@pytest.mark.policy("M09")
async def test_whom_the_viewer_does_not_see_is_neither_shown_nor_counted(shop: Database) -> None:
    await write(shop, master("outsider silent", district="west", consent=False))
    page = await mentors(shop, EAST)
    assert shown(page) == ["good", "neighbour"]
    assert page.considered == 8
    assert reasons(page)["WITHOUT_CONSENT"] == 1


async def test_a_worker_out_of_sight_cannot_be_asked_about(shop: Database) -> None:
    west = Viewer(frozenset({Role.UNION}), ("/m/west/",))
    assert await answer(shop, MENTOR, Question("me"), west, {}, days=DAYS, first=10) is None
    nobody = Question("nobody")
    assert await answer(shop, MENTOR, nobody, ADMINISTRATOR, {}, days=DAYS, first=10) is None


async def test_without_consent_of_her_own_nobody_is_shown(shop: Database) -> None:
    await shop.run(Cypher("MATCH (c:Node {id: 'c-me'}) SET c.valid_to = $today", {"today": TODAY}))
    page = await mentors(shop)
    assert shown(page) == []
    assert reasons(page) == {"ASKING_WITHOUT_CONSENT": 8, "ALREADY_PAIRED": 1}


async def test_a_consent_withdrawn_since_hides_also_in_the_past(shop: Database) -> None:
    withdraw = "MATCH (c:Node {id: 'c-good'}) SET c.valid_to = date('2026-11-01')"
    await shop.run(Cypher(withdraw))
    page = await mentors(shop, days=Days(date(2026, 1, 1), TODAY))
    assert "good" not in shown(page)
    assert "retired" in shown(page)


async def test_a_corrected_record_does_not_count(shop: Database) -> None:
    await shop.run(Cypher("MATCH (p:Node {id: 'p-good'}) SET p.recorded_to = datetime()"))
    assert "good" not in shown(await mentors(shop))


async def test_nobody_is_her_own_master(shop: Database) -> None:
    await write(shop, master("both"))
    teach = (
        "MATCH (w:Node {id: 'me'}), (o:Node {id: 'welder'}) SET w:Master CREATE (w)-[:TEACHES]->(o)"
    )
    await shop.run(Cypher(teach))
    page = await mentors(shop)
    assert "me" not in shown(page)
    assert reasons(page)["SAME_PERSON"] == 1


async def test_a_filter_excludes_with_its_own_reason(shop: Database) -> None:
    page = await mentors(shop, within_district=True)
    assert shown(page) == ["good", "neighbour"]
    assert reasons(page)["OUTSIDE_DISTRICT"] == 1


async def test_the_score_is_explained_by_paths_that_are_in_the_graph(shop: Database) -> None:
    await write(shop, ("good", "other", "COMPLETED"))
    await shop.run(
        Cypher(
            "MATCH (m:Node {id: 'good'}) CREATE (m)-[:CONTRIBUTED_TO]->"
            "(:Node:Achievement {id: 'method', title: '窄间隙焊接操作法'})"
        )
    )
    match = (await mentors(shop)).matches[0]
    assert match.score == pytest.approx(sum(part.contribution for part in match.parts), abs=1e-9)
    assert await exists(shop, match)
    said = {part.name: [(path.zh, path.en) for path in part.evidence] for part in match.parts}
    assert said["gap_coverage"] == [
        (
            "“焊工”要求“氩弧焊”：师傅5级，徒弟1级",
            "焊工 asks for “arc welding”: the master has level 5, the apprentice 1",
        )
    ]
    assert said["occupation"][0][0] == "师傅所带正是徒弟的职业“焊工”"
    assert said["record"][0][1] == "An agreement of the master ran to its end"
    assert said["place"][0][0] == "两人都在东城区"
    assert said["methods"][0][0] == "师傅参与完成“窄间隙焊接操作法”"
    assert [(gap.name, gap.need, gap.have, gap.offered) for gap in match.gaps] == [
        ("氩弧焊", 3, 1, 5),
        ("气割", 3, 0, 0),
    ]
    assert {"M05", "M06", "M22", "C11", "E10"} <= set(match.rule_ids)


async def test_paths_to_a_neighbouring_occupation_and_district_are_told(shop: Database) -> None:
    page = await mentors(shop)
    outsider, neighbour = page.matches[1:]
    assert await exists(shop, outsider)
    assert await exists(shop, neighbour)
    said = [
        path.zh for match in (outsider, neighbour) for part in match.parts for path in part.evidence
    ]
    assert "两人都在北京市" in said
    assert "徒弟的“焊工”与师傅所带的“铣工”同属“机械加工”" in said


async def test_pages_go_on_where_the_last_one_ended(shop: Database) -> None:
    pages: list[MatchPage] = []
    for position in range(4):
        page = await answer(
            shop, MENTOR, Question("me"), ADMINISTRATOR, {},
            days=DAYS, first=1, after_position=position,
        )  # fmt: skip
        assert page is not None
        pages.append(page)
    assert [(shown(p), p.has_next) for p in pages] == [
        (["good"], True),
        (["outsider"], True),
        (["neighbour"], False),
        ([], False),
    ]
    assert [m.position for p in pages for m in p.matches] == [1, 2, 3]


async def test_what_the_client_selects_comes_with_the_match(shop: Database) -> None:
    selections = {
        "shown": Fragment("[shown.name, $p0]", parameters={"p0": 7}),
        "lacking": Fragment("[lacking.name]"),
    }
    page = await answer(shop, MENTOR, Question("me"), ADMINISTRATOR, selections, days=DAYS, first=1)
    assert page is not None
    assert page.matches[0].values == {"shown": ["good", 7]}
    assert [gap.values for gap in page.matches[0].gaps] == [["氩弧焊"], ["气割"]]


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, EAST], ids=["administrator", "union"])
async def test_a_match_is_two_statements(
    shop: Database, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    value = Database.value

    async def counted(self: Database, cypher: Cypher, **given: Any) -> Any:
        asked.append(cypher.name)
        return await value(self, cypher, **given)

    monkeypatch.setattr(Database, "value", counted)
    await mentors(shop, viewer)
    assert asked == ["mentor candidates", "mentor explanations"]


async def test_both_directions_agree_on_who_may_be_paired(shop: Database) -> None:
    everyone = await shop.value(Cypher("MATCH (m:Master) RETURN collect(m.id)"))
    wanted = set(shown(await mentors(shop)))
    for one in everyone:
        page = await answer(shop, APPRENTICE, Question(one), ADMINISTRATOR, {}, days=DAYS, first=10)
        assert page is not None
        assert ("me" in shown(page)) == (one in wanted)


async def test_an_apprentice_is_explained_to_the_master(shop: Database) -> None:
    page = await answer(shop, APPRENTICE, Question("good"), ADMINISTRATOR, {}, days=DAYS, first=10)
    assert page is not None
    assert shown(page) == ["me", "other"]
    match = page.matches[0]
    assert await exists(shop, match)
    said = {part.name: [path.en for path in part.evidence] for part in match.parts}
    assert said["readiness"] == [
        "The level at which the master is engaged is senior technician, the apprentice's is primary"
    ]
    assert said["motivation"] != []
    assert match.score == pytest.approx(sum(part.contribution for part in match.parts), abs=1e-9)


async def test_a_neighbour_is_explained_by_the_skills_of_the_masters_trade(shop: Database) -> None:
    await write(shop, Person("turner", occupation="miller"))
    page = await answer(shop, APPRENTICE, Question("good"), ADMINISTRATOR, {}, days=DAYS, first=10)
    assert page is not None
    [match] = [m for m in page.matches if m.shown == "turner"]
    assert match.parts[0].evidence[0].zh == "“焊工”要求“氩弧焊”：师傅5级，徒弟0级"
    assert await exists(shop, match)
