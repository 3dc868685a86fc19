"""What is exported can be loaded again; matches and plans carry their reasons."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import InvalidRequest
from graph.matching.candidates import Days
from graph.matching.mentoring import MENTOR
from graph.model import MODEL
from graph.viewer import ADMINISTRATOR, Role, Viewer
from loaders.export import columns_of, file_of, rows_of
from loaders.files import declared_type, opened
from loaders.pipeline import load
from loaders.proposals import Asking, match_columns, match_rows
from loaders.report import LoadReport, RejectFile

LOGGED = """MATCH (a:PersonalAccess)-[:SHOWED]->(file) WHERE a.who = $who
WITH a.fields AS fields, count(DISTINCT file) AS persons RETURN collect([fields, persons])"""
SHAPE = Cypher(
    """
    MATCH (n:Node)
    OPTIONAL MATCH (n)-[r]->(m:Node)
    WITH n, r, m ORDER BY n.key, type(r), m.key
    RETURN collect([
      labels(n),
      [p IN keys(n) WHERE NOT p IN
        ['id', 'source', 'load', 'row_hash', 'recorded_from', 'path', 'region_path', 'system_path',
         'scope_tokens'] AND NOT p =~ '(region|system)_[0-9]' | [p, n[p]]],
      type(r), m.key, r.level
    ]) AS graph
    """
)
WORLD = {
    "District": "code,name,上级区划\nb,北京市,\nd,东城区,b\n",
    "Occupation": "code,name,level,上级类别\n6-18,机械加工,3,\n6-18-02,焊工,4,6-18\n",
    "Skill": "编号,名称\narc,氩弧焊\ncut,气割\n",
    "REQUIRES_SKILL": "from,to,weight\n6-18-02,arc,0.8\n6-18-02,cut,0.2\n",
    "Enterprise": "编号,名称\ne,某公司\n",
    "Union": "编号,名称,所属系统\nu,市总工会,地区\n",
    "Worker": (
        "编号,姓名,名师,技能等级,所属工会,所在区,职业,带徒职业,技能\n"
        "m1,张师傅,是,高级技师,u,d,焊工,焊工,arc:5;cut:4\n"
        "m2,李师傅,是,技师,u,d,焊工,焊工,arc:4\n"
        "a1,小王,否,中级工,u,d,焊工,,arc:1\n"
        "a2,小赵,否,初级工,u,d,焊工,,\n"
    ),
    "Employment": (
        "编号,聘任等级,生效日期,职工,企业\n1,高级技师,2020-01-01,m1,e\n2,技师,2020-01-01,m2,e\n"
    ),
    "MentorProfile": "编号,带徒名额,生效日期,师傅\n1,1,2020-01-01,m1\n2,2,2021-01-01,m2\n",
    "Consent": (
        "编号,用途,生效日期,职工\n"
        + "".join(f"{w},匹配,2020-01-01,{w}\n" for w in ("m1", "m2", "a1", "a2"))
    ),
}


@pytest.fixture(scope="module")
async def filled(
    open_session_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    """Two masters and two apprentices, loaded from files."""
    await open_session_database.run(Cypher("MATCH (n) DETACH DELETE n"))
    folder = tmp_path_factory.mktemp("filled")
    for kind, text in WORLD.items():
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        file = opened(path, declared_type(kind), "hr")
        report = await load_parts(open_session_database, list(file.parts()), folder)
        assert report.rejected == 0, (folder / "rejects.csv").read_text(encoding="utf-8")
    return open_session_database


async def load_parts(database: Database, parts: Sequence[Any], folder: Path) -> LoadReport:
    rejects = RejectFile(folder / "rejects.csv")
    return await load(database, parts, title="t", fingerprint="t", rejects=rejects)


async def exported(database: Database, path: Path, label: str, **options: Any) -> list[Any]:
    node_type = MODEL.node_type(label)
    rows: list[Any] = []
    with file_of(path, columns_of(node_type, chinese=options.get("chinese", False))) as write:
        async for page in rows_of(database, node_type, ADMINISTRATOR, **options):
            write(page)
            rows += page
    return rows


@pytest.mark.parametrize(("suffix", "chinese"), [("csv", False), ("xlsx", True), ("jsonl", False)])
async def test_a_list_loaded_again_changes_nothing(
    filled: Database, tmp_path: Path, suffix: str, chinese: bool
) -> None:
    before = await filled.value(SHAPE)
    for label in WORLD.keys() - {"REQUIRES_SKILL"}:
        path = tmp_path / f"{label}.{suffix}"
        rows = await exported(filled, path, label, chinese=chinese)
        assert len(rows) == await filled.value(Cypher(f"MATCH (n:{label}) RETURN count(n)"))  # pyright: ignore
        file = opened(path, MODEL.node_type(label), "whatever")
        report = await load_parts(filled, list(file.parts()), tmp_path)
        assert report.rejected == 0, (tmp_path / "rejects.csv").read_text(encoding="utf-8")
        assert report.loaded == 0
        assert report.files[path.name].rows == len(rows)
    assert await filled.value(SHAPE) == before


async def test_lists_are_filtered_and_show_only_what_the_viewer_sees(filled: Database) -> None:
    worker = MODEL.node_type("Worker")
    skilled = {"skill_level": {"gte": "TECHNICIAN"}}
    pages = [p async for p in rows_of(filled, worker, ADMINISTRATOR, skilled)]
    levels = {row["skill_level"] for page in pages for row in page}
    assert levels <= {"TECHNICIAN", "SENIOR_TECHNICIAN", "CHIEF_TECHNICIAN"}
    assert levels
    stranger = Viewer(frozenset({Role.UNION}), ("/nowhere/",))
    assert [p async for p in rows_of(filled, worker, stranger)] == []


@pytest.mark.policy("K09")
async def test_whose_values_are_written_stands_in_the_log(filled: Database) -> None:
    operator = replace(ADMINISTRATOR, name="operator")
    [_] = [p async for p in rows_of(filled, MODEL.node_type("Worker"), operator)]
    today = clock.beijing_day(clock.now())
    await match_rows(Asking(filled, operator, Days(today, today)), MENTOR, ["hr:a1"], 5)
    logged = await filled.value(Cypher(LOGGED, {"who": "operator"}))
    personal = sorted(MODEL.node_type("Worker").personal)
    assert sorted(logged) == sorted([[personal, 4], [["key", "name"], 2]])
    [_] = [p async for p in rows_of(filled, MODEL.node_type("Skill"), operator)]
    assert await filled.value(Cypher(LOGGED, {"who": "operator"})) == logged


async def test_a_corrected_record_is_not_in_the_list(filled: Database, tmp_path: Path) -> None:
    employment = MODEL.node_type("Employment")
    [first, *_] = [p async for p in rows_of(filled, employment, ADMINISTRATOR)]
    text = "key,position,valid_from\n{key},别的岗位,{valid_from}\n".format(**first[0])
    path = tmp_path / "Employment.csv"
    path.write_text(text, encoding="utf-8")
    report = await load_parts(filled, list(opened(path, employment, "x").parts()), tmp_path)
    assert report.files["Employment.csv"].updated == 1
    again = [row async for page in rows_of(filled, employment, ADMINISTRATOR) for row in page]
    assert len(again) == len(first)
    assert again[0]["position"] == "别的岗位"


async def test_matches_come_with_their_reasons(filled: Database) -> None:
    today = clock.beijing_day(clock.now())
    asking = Asking(filled, ADMINISTRATOR, Days(today, today))
    rows = await match_rows(asking, MENTOR, ["hr:a1"], 5)
    assert [row["name"] for row in rows] == ["张师傅", "李师傅"]
    parts = [f.name for f in MENTOR.features]
    for row in rows:
        assert list(row) == match_columns(MENTOR)
        assert row["score"] == pytest.approx(sum(row[p] for p in parts), abs=1e-3)
        assert "氩弧焊" in row["reasons_zh"]
        assert row["reasons_en"]
        assert "M05" in row["policy_rows"]


async def test_whoever_is_not_there_is_named(filled: Database) -> None:
    today = clock.beijing_day(clock.now())
    asking = Asking(filled, ADMINISTRATOR, Days(today, today))
    with pytest.raises(InvalidRequest, match="there is no Worker hr:x"):
        await match_rows(asking, MENTOR, ["hr:a1", "hr:x"], 5)
