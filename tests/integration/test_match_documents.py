"""Research and transfer matches on a small graph, with texts in two languages."""

from datetime import date
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.matching import JOBS
from graph.matching.answer import Match, MatchPage, Question, answer
from graph.matching.candidates import Days
from graph.projection.fragment import Fragment
from graph.viewer import ADMINISTRATOR, Role, Viewer

TODAY = date(2026, 11, 24)
DAYS = Days(TODAY, TODAY)
EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))
WEST = Viewer(frozenset({Role.UNION}), ("/m/west/",))

_WORLD = """
CREATE (b23:Node:TechnologyField {id: 'B23', code: 'B23', name: '机床', level: 2}),
  (b23k:Node:TechnologyField {id: 'B23K', code: 'B23K', name: '焊接', name_en: 'Welding', level: 3})
    -[:BROADER]->(b23),
  (arc:Node:TechnologyField {id: 'B23K9/00', code: 'B23K9/00', name: 'B23K9/00', level: 4})
    -[:BROADER]->(b23k),
  (a47g:Node:TechnologyField {id: 'A47G', code: 'A47G', name: '餐具', level: 3}),
  (town:Node:District {id: 'town', name: '海淀区'}),
  (steel:Node:Industry {id: 'steel', name: '钢铁', name_en: 'Steel', level: 2}),
  (firm:Node:Enterprise {id: 'firm', name: '钢构公司', city: 'Beijing'})-[:IN_INDUSTRY]->(steel),
  (firm)-[:LOCATED_IN]->(town),
  (studio:Node:Studio {id: 'studio', name: '焊接工作室', focus: '焊接变形控制',
    needs: '机器人焊接轨迹规划（welding robot path planning）'})-[:BELONGS_TO]->(firm),
  (studio)-[:FOCUSES_ON]->(b23k),
  (method:Node:Achievement {id: 'method', title: '焊接变形矫正操作法', kind: 'OPERATION_METHOD',
    abstract: '控制钢板焊接变形', maturity: 3})-[:MADE_BY]->(studio),
  (method)-[:OWNED_BY]->(firm), (method)-[:IN_FIELD]->(b23k),
  (near:Node:ResearchInstitute {id: 'near', name: 'Welding Institute', in_beijing: true}),
  (far:Node:ResearchInstitute {id: 'far', name: 'Tableware Institute', in_beijing: false}),
  (old:Node:ResearchInstitute {id: 'old', name: 'Old Partner', city: 'Beijing'}),
  (robot:Node:Patent {id: 'robot', number: '1', title: 'Welding robot',
    abstract: 'Path planning of a welding robot'})-[:ASSIGNED_TO]->(near),
  (robot)-[:IN_FIELD]->(arc),
  (robot)-[:INVENTED_BY]->(li:Node:Scientist {id: 'li', name: 'Li'})-[:AFFILIATED_WITH]->(near),
  (cup:Node:Patent {id: 'cup', number: '2', title: 'Cup', abstract: 'A cup for a robot'})
    -[:ASSIGNED_TO]->(far),
  (cup)-[:IN_FIELD]->(a47g),
  (joint:Node:Patent {id: 'joint', number: '3', title: 'Joint patent', abstract: 'Steel'})
    -[:ASSIGNED_TO]->(old),
  (joint)-[:ASSIGNED_TO]->(firm), (joint)-[:INVENTED_BY]->(wu:Node:Scientist {id: 'wu', name: 'Wu'})
    -[:AFFILIATED_WITH]->(old),
  (bridge:Node:Enterprise {id: 'bridge', name: '桥梁公司', city: 'Tianjin'})-[:IN_INDUSTRY]->(steel),
  (pots:Node:Enterprise {id: 'pots', name: '餐具公司', city: 'Beijing', summary: 'Robot welding of pots'}),
  (gap:Node:TechnicalProblem {id: 'gap', title: '钢板焊接变形', abstract: '桥梁钢板焊接变形难以控制',
    state: 'OPEN', region_path: '/m/east/', system_path: '/s/', scope_tokens: ' m east  s '})
    -[:RAISED_BY]->(bridge),
  (gap)-[:IN_FIELD]->(b23k),
  (:Node:TechnicalProblem {id: 'solved', title: '焊接变形', abstract: '焊接变形', state: 'SOLVED',
    region_path: '/m/east/', scope_tokens: ' m east '})-[:RAISED_BY]->(pots),
  (:Node:TechnicalProblem {id: 'expired', title: '焊接变形', abstract: '焊接变形', state: 'OPEN',
    expires: date('2026-01-01'), region_path: '/m/east/', scope_tokens: ' m east '})
    -[:RAISED_BY]->(pots)
"""  # noqa: E501


@pytest.fixture
async def works(database: Database) -> Database:
    await database.run(Cypher(_WORLD))
    return database


async def matches(
    database: Database, job: str, asking: str, viewer: Viewer = ADMINISTRATOR, **filters: Any
) -> MatchPage:
    selections = {"shown": Fragment("[shown.id]")} | {
        c.name: Fragment(f"[{c.name}.id]") for c in JOBS[job].companions
    }
    page = await answer(
        database, JOBS[job], Question(asking, filters), viewer, selections, days=DAYS, first=10
    )
    assert page is not None
    for match in page.matches:
        assert match.score == pytest.approx(sum(p.contribution for p in match.parts), abs=1e-9)
        assert match.values["shown"] == [match.shown]
    return page


def shown(page: MatchPage) -> list[str]:
    return [match.shown for match in page.matches]


def said(match: Match) -> dict[str, list[str]]:
    return {part.name: [path.zh for path in part.evidence] for part in match.parts}


async def exists(database: Database, match: Match) -> bool:
    """Whether every step of every evidence path is in the graph."""
    steps = [
        (left.id, step.type, right.id) if step.forward else (right.id, step.type, left.id)
        for part in match.parts
        for path in part.evidence
        for left, step, right in zip(path.nodes, path.steps, path.nodes[1:], strict=False)
    ]
    return await database.value(
        Cypher(
            "RETURN all(s IN $steps WHERE EXISTS { "
            "MATCH (:Node {id: s[0]})-[r]->(:Node {id: s[2]}) WHERE type(r) = s[1] })",
            {"steps": steps},
        )
    )


@pytest.mark.policy("V05")
async def test_a_studio_finds_the_institute_whose_patents_are_near(works: Database) -> None:
    page = await matches(works, "research", "studio")
    assert shown(page) == ["near", "old", "far"]
    near = page.matches[0]
    assert await exists(works, near)
    assert near.values["scientist"] == ["li"]
    reasons = said(near)
    assert reasons["text"][0].startswith("“Welding robot”与“焊接工作室”用词相近（余弦0.")
    assert "“Welding robot”与“焊接工作室”同属技术领域B23K（焊接）" in reasons["field"]
    assert reasons["place"] == ["该单位驻京"]
    assert {"V05", "V06", "V07"} <= set(near.rule_ids)


@pytest.mark.policy("V07")
async def test_an_old_partner_is_known_by_the_joint_patent_which_does_not_count_as_text(
    works: Database,
) -> None:
    [old] = [m for m in (await matches(works, "research", "studio")).matches if m.shown == "old"]
    assert await exists(works, old)
    reasons = said(old)
    assert reasons["tie"] == ["双方共有专利“Joint patent”"]
    assert reasons["people"] == ["该单位的Wu是企业专利“Joint patent”的发明人"]
    assert reasons["text"] == []
    assert old.values["scientist"] is None


async def test_technology_that_no_patent_of_the_institute_touches_is_a_gap(works: Database) -> None:
    near, _, far = (await matches(works, "research", "studio")).matches
    assert near.gaps == ()
    assert [(gap.label, gap.name, gap.need, gap.have) for gap in far.gaps] == [
        ("TechnologyField", "焊接", 1, 0)
    ]


async def test_a_filter_leaves_only_institutes_in_beijing(works: Database) -> None:
    page = await matches(works, "research", "studio", in_beijing=True)
    assert shown(page) == ["near"]
    assert [(e.reason, e.count) for e in page.excluded] == [("NOT_IN_BEIJING", 2)]


async def test_an_institute_finds_the_studio(works: Database) -> None:
    page = await matches(works, "studio", "near")
    assert shown(page) == ["studio"]
    assert await exists(works, page.matches[0])
    assert "“焊接工作室”与“Welding robot”同属技术领域B23K（焊接）" in said(page.matches[0])["field"]


@pytest.mark.policy("V22")
async def test_an_achievement_finds_who_has_the_problem_it_answers(works: Database) -> None:
    page = await matches(works, "transfer", "method")
    assert shown(page)[0] == "bridge"
    bridge = page.matches[0]
    assert await exists(works, bridge)
    assert bridge.values["problem"] == ["gap"]
    assert bridge.details == {"suggested_contract": "SERVICE"}
    reasons = said(bridge)
    assert reasons["problem"] == ["该企业的未解难题“钢板焊接变形”与成果相近"]
    assert reasons["industry"] == ["双方同属行业“钢铁”"]
    assert ("SAME_OWNER", 1) in [(e.reason, e.count) for e in page.excluded]


async def test_problems_solved_or_expired_are_not_named(works: Database) -> None:
    page = await matches(works, "transfer", "method")
    assert [m.values["problem"] for m in page.matches if m.shown == "pots"] in ([], [None])


@pytest.mark.policy("M09")
async def test_a_problem_out_of_sight_leaves_no_trace(works: Database) -> None:
    assert (await matches(works, "transfer", "method", EAST)).matches[0].values["problem"] == [
        "gap"
    ]
    page = await matches(works, "transfer", "method", WEST)
    [bridge] = [m for m in page.matches if m.shown == "bridge"]
    assert bridge.values["problem"] is None
    assert not any("钢板焊接变形" in path for paths in said(bridge).values() for path in paths)
    assert shown(await matches(works, "transfer", "method", WEST, with_open_problem=True)) == []
    asked = Question("gap")
    assert await answer(works, JOBS["solution"], asked, WEST, {}, days=DAYS, first=1) is None


@pytest.mark.policy("J08")
async def test_a_problem_finds_the_achievement_that_could_solve_it(works: Database) -> None:
    page = await matches(works, "solution", "gap", EAST)
    assert shown(page) == ["method"]
    match = page.matches[0]
    assert await exists(works, match)
    assert match.details == {"suggested_contract": "SERVICE"}
    assert said(match)["maturity"] == ["成果的成熟度为“已应用”"]
    assert said(match)["title"][0].startswith("“焊接变形矫正操作法”与“钢板焊接变形”标题用词相近")
    assert said(match)["field"] == ["“焊接变形矫正操作法”与“钢板焊接变形”同属技术领域B23K（焊接）"]


async def test_an_enterprise_finds_achievements_by_its_problems(works: Database) -> None:
    page = await matches(works, "enterprise_solution", "bridge", EAST)
    assert shown(page) == ["method"]
    assert page.matches[0].values["problem"] == ["gap"]
    assert await exists(works, page.matches[0])
    unseen = (await matches(works, "enterprise_solution", "bridge", WEST)).matches[0]
    assert unseen.values["problem"] is None


async def test_an_enterprise_is_not_shown_its_own_achievement(works: Database) -> None:
    page = await matches(works, "enterprise_solution", "firm")
    assert (shown(page), page.excluded[0].reason) == ([], "SAME_OWNER")


@pytest.mark.parametrize(
    "text", ["，。！？", "", "+-*/ AND OR NOT", '"unclosed [a TO', "焊" * 2000, "weld " * 2000]
)
async def test_any_text_may_ask(works: Database, text: str) -> None:
    await works.run(Cypher("MATCH (s:Studio) SET s.focus = $text, s.needs = $text", {"text": text}))
    assert shown(await matches(works, "research", "studio"))[-1] in {"near", "old", "far"}
    await works.run(Cypher("MATCH (a:Achievement) SET a.abstract = $text", {"text": text}))
    assert shown(await matches(works, "transfer", "method"))[0] == "bridge"
