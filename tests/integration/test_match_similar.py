"""Similarity computed on arrival, and what is read from it: visits, unmet demand, studios alike."""

import asyncio
from typing import Any

import pytest

from graph.cypher import Cypher
from graph.database import Database
from graph.jobs.worker import work
from graph.matching.arrivals import KINDS
from graph.viewer import Role, Viewer
from tests.integration.conftest import Ask
from tests.integration.test_match_documents import _WORLD

EAST = Viewer(frozenset({Role.UNION}), ("/m/east/",))
WEST = Viewer(frozenset({Role.UNION}), ("/m/west/",))

MORE = """
MATCH (b23k:TechnologyField {id: 'B23K'}), (steel:Industry {id: 'steel'}), (town:District)
CREATE (twin:Node:Studio {id: 'twin', key: 'twin', name: '焊接机器人工作室',
    focus: '焊接变形控制与机器人焊接', needs: '焊缝检测'})-[:FOCUSES_ON]->(b23k),
  (twin)-[:IN_INDUSTRY]->(steel), (twin)-[:LOCATED_IN]->(town),
  (path:Node:Achievement {id: 'path', key: 'path', title: '机器人焊接轨迹规划方法',
    abstract: '机器人焊接轨迹规划（welding robot path planning）'})-[:MADE_BY]->(twin),
  (:Node:Achievement {id: 'cooking', key: 'cooking', title: '红烧肉工艺',
    abstract: '红烧肉的家常做法'}),
  (firm:Node:Organisation:Enterprise {id: 'mill', key: 'mill', name: '轧钢厂'})
    -[:IN_INDUSTRY]->(steel),
  (:Node:TechnicalProblem {id: 'roll', key: 'roll', title: '轧辊表面磨损', state: 'OPEN',
    abstract: '轧辊表面磨损快，寿命短', region_path: '/m/east/', scope_tokens: ' m east '})
    -[:RAISED_BY]->(firm),
  (:Node:TechnicalProblem {id: 'wear', key: 'wear', title: '轧辊磨损监测', state: 'OPEN',
    abstract: '轧辊表面磨损难以在线监测', region_path: '/m/east/', scope_tokens: ' m east '})
    -[:RAISED_BY]->(firm)
WITH 1 AS one MATCH (s:Studio {id: 'studio'}), (steel:Industry), (town:District)
CREATE (s)-[:IN_INDUSTRY]->(steel), (s)-[:LOCATED_IN]->(town)
"""
VISITS = """query ($year: Int, $bands: VisitBands) { proposedVisits(year: $year, bands: $bands) {
  score district institute zh studio { id } expert { id } } }"""
UNMET = """{ unmetDemand { terms size industries { name count } districts { name }
  members { similarity zh problem { id } } }
  unusedAchievements { terms members { achievement { id } } } }"""


@pytest.fixture
async def compared(database: Database) -> Database:
    await database.run(Cypher(_WORLD))
    await database.run(Cypher(MORE))
    await finish(database)
    return database


async def finish(database: Database) -> None:
    await work(database, KINDS, asyncio.Event(), until_idle=True)
    problem = await database.value(Cypher("MATCH (j:Job) RETURN j.problem"))
    assert problem is None


async def alike(database: Database) -> dict[tuple[str, str], float]:
    text = "MATCH (a)-[s:SIMILAR]->(b) RETURN collect([a.id, b.id, s.score])"
    return {(a, b): score for a, b, score in await database.value(Cypher(text))}


async def test_documents_are_compared_when_they_arrive_and_again_when_their_text_changes(
    compared: Database,
) -> None:
    before = await alike(compared)
    assert before["gap", "method"] > 0.3
    assert before["roll", "wear"] == pytest.approx(before["wear", "roll"])
    assert ("path", "robot") in before
    assert not [pair for pair in before if "cooking" in pair]
    assert all(0 < score <= 1 for score in before.values())
    await compared.run(
        Cypher("MATCH ({id: 'wear'})-[s:SIMILAR]-({id: 'roll'}) SET s.found_by = 'roll'")
    )
    change = """
    MATCH (p:TechnicalProblem {id: 'wear'}), (j:Job)
    CREATE (:Change {property: 'title', at: datetime() + duration('P1D')})-[:CHANGE_OF]->(p)
    SET p.title = '红烧肉的做法', p.abstract = '红烧肉的家常做法', j.due_at = datetime('2015-01-01')
    """
    await compared.run(Cypher(change))
    await compared.run(Cypher("MATCH (c:Change) SET c.at = datetime() - duration('PT1S')"))
    await compared.run(
        Cypher("MATCH (p {id: 'wear'}) SET p.compared_at = datetime() - duration('PT1M')")
    )
    await finish(compared)
    after = await alike(compared)
    assert ("wear", "roll") not in after
    assert ("wear", "cooking") in after
    assert after["gap", "method"] == before["gap", "method"]


@pytest.mark.policy("V06", "T07")
async def test_visits_are_proposed_from_what_studios_and_experts_have_in_common(
    compared: Database, ask: Ask
) -> None:
    found = (await ask(VISITS, year=2026))["proposedVisits"]
    assert [(v["studio"]["id"], v["expert"]["id"]) for v in found] == [
        ("twin", "li"),
        ("studio", "li"),
    ]
    assert found[0]["institute"] == "Welding Institute"
    assert "Welding robot" in found[0]["zh"]
    one = await ask(VISITS, year=2026, bands={"mostOfDistrict": 1})
    assert [v["studio"]["id"] for v in one["proposedVisits"]] == ["twin"]
    visit = """MATCH (s:Studio {id: 'twin'}), (e:Scientist {id: 'li'})
      CREATE (s)<-[:VISITS]-(p:ExpertVisitProject {id: 'v', year: 2026, state: 'PLANNED'})
        -[:VISITED_BY]->(e)"""
    await compared.run(Cypher(visit))
    left = await ask(VISITS, year=2026)
    assert [v["studio"]["id"] for v in left["proposedVisits"]] == ["studio"]
    busy = await ask(VISITS, year=2026, bands={"mostOfExpert": 1})
    assert busy["proposedVisits"] == []


@pytest.mark.policy("J08", "V22")
async def test_unmet_demand_is_shown_in_clusters_named_by_their_terms(
    compared: Database, ask: Ask
) -> None:
    found = await ask(UNMET, EAST)
    [cluster] = [c for c in found["unmetDemand"] if c["size"] == 2]
    assert {m["problem"]["id"] for m in cluster["members"]} == {"roll", "wear"}
    assert cluster["industries"] == [{"name": "钢铁", "count": 2}]
    assert any(term in {"轧辊", "磨损", "表面"} for term in cluster["terms"])
    problems = [m["problem"]["id"] for c in found["unmetDemand"] for m in c["members"]]
    assert "gap" not in problems
    unused = [m["achievement"]["id"] for c in found["unusedAchievements"] for m in c["members"]]
    assert "cooking" in unused
    assert "method" not in unused
    elsewhere = await ask(UNMET, WEST)
    assert elsewhere["unmetDemand"] == []
    unused = [m["achievement"]["id"] for c in elsewhere["unusedAchievements"] for m in c["members"]]
    assert "method" in unused  # the problem that it answers is not hers to see


@pytest.mark.policy("S08")
async def test_studios_meet_those_alike_and_those_that_made_what_they_need(
    compared: Database, ask: Ask
) -> None:
    text = """{ a: studioPeerMatches(studioId: "studio") { nodes { ...P } }
      b: studioComplementMatches(studioId: "studio") { nodes { studio { id }
        parts { name evidence { zh } } } } }
      fragment P on StudioPeerMatch { studio { id } parts { name contribution } }"""
    found: Any = await ask(text)
    [peer] = found["a"]["nodes"]
    parts = {p["name"]: p["contribution"] for p in peer["parts"]}
    assert peer["studio"]["id"] == "twin"
    assert parts["industry"] > 0
    assert parts["text"] > 0
    complement = found["b"]["nodes"][0]
    assert complement["studio"]["id"] == "twin"
    said = [e["zh"] for p in complement["parts"] for e in p["evidence"]]
    assert any("轨迹规划" in sentence for sentence in said)
