import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph import clock
from graph.cypher import Cypher
from graph.database import Database
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.viewer import ADMINISTRATOR
from loaders.files import NodeFile, declared_type, opened
from loaders.pipeline import load
from loaders.report import Figures, LoadReport, RejectFile
from loaders.titles import title_map

FINGERPRINT = Cypher(
    """
    MATCH (n:Node)
    OPTIONAL MATCH (n)-[r]->(m:Node)
    WITH n, r, m ORDER BY n.key, type(r), m.key
    WITH n, collect([type(r), m.key, properties(r)]) AS edges
    RETURN collect([labels(n), properties(n), edges]) AS graph
    """
)
UNIONS = """\
编号,名称,所属系统,上级工会
M,市总工会,地区,
D,东城区总工会,地区,M
S,第一车间工会,地区,D
I,机械产业工会,系统,
"""
SKILLS = "编号,名称\n" + "".join(f"{n},技能{n}\n" for n in range(10))
WORKERS = """\
工号,姓名,技能等级,所属工会,出生年份
W1,张三,高级工,S;I,1980
W2,李四,技师,D,1990
"""


async def load_text(
    database: Database, folder: Path, text: str, kind: str, **options: Any
) -> LoadReport:
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return await load_file(database, path, kind, **options)


async def load_file(database: Database, path: Path, kind: str, **options: Any) -> LoadReport:
    file = opened(path, declared_type(kind), options.pop("source", "hr"))
    if isinstance(file, NodeFile) and file.has_job_titles:
        file.titles = await title_map(database)
    return await load(
        database,
        file.parts(),
        title=path.name,
        fingerprint=path.name,
        rejects=RejectFile(path.with_suffix(".rejects.csv")),
        **options,
    )


async def rows(database: Database, text: str) -> list[dict[str, Any]]:
    return await database.rows(Cypher(text))  # pyright: ignore[reportArgumentType]


async def row(database: Database, text: str) -> dict[str, Any]:
    [found] = await rows(database, text)
    return found


def rejects(folder: Path, kind: str) -> list[str]:
    path = folder / f"{kind}.rejects.csv"
    return path.read_text(encoding="utf-8-sig").splitlines()[1:] if path.exists() else []


async def test_a_row_becomes_a_node_that_knows_where_it_came_from(
    database: Database, tmp_path: Path
) -> None:
    report = await load_text(database, tmp_path, "工号,姓名,名师\nW1,张三,是\nW2,李四,\n", "Worker")
    assert report.files["Worker.csv"] == Figures(rows=2, created=2)
    found = await row(database, "MATCH (w:Worker {key: 'hr:W1'}) MATCH (l:Load) RETURN w, l")
    assert set(found["w"].labels) == {"Worker", "Node", "Person", "Master"}
    assert found["w"]["source"] == "hr"
    assert found["w"]["load"] == found["l"]["name"]
    assert "is_master" not in found["w"]
    assert found["l"]["finished"] >= found["l"]["started"]


async def test_loading_twice_is_loading_once(database: Database, tmp_path: Path) -> None:
    await load_text(database, tmp_path, UNIONS, "Union")
    await load_text(database, tmp_path, WORKERS, "Worker")
    before = await database.value(FINGERPRINT)
    events = await row(database, "MATCH (e:Event) RETURN count(e) AS count")
    for text, kind, count in ((UNIONS, "Union", 4), (WORKERS, "Worker", 2)):
        report = await load_text(database, tmp_path, text, kind)
        assert report.files[f"{kind}.csv"] == Figures(rows=count, unchanged=count)
        assert report.loaded == 0
    assert await database.value(FINGERPRINT) == before
    assert await row(database, "MATCH (e:Event) RETURN count(e) AS count") == events


async def test_a_changed_value_leaves_a_record_and_a_blank_one_changes_nothing(
    database: Database, tmp_path: Path
) -> None:
    await load_text(database, tmp_path, WORKERS, "Worker")
    text = "工号,姓名,技能等级,名师\nW1,张三丰,,是\nW2,李四,技师,\n"
    report = await load_text(database, tmp_path, text, "Worker")
    assert report.files["Worker.csv"] == Figures(rows=2, updated=1, unchanged=1)
    changes = await rows(
        database,
        """
        MATCH (c:Change)-[:CHANGE_OF]->(w:Worker)
        RETURN w.key AS key, c.property AS property, c.old AS old, c.new AS new ORDER BY property
        """,
    )
    assert changes == [
        {"key": "hr:W1", "property": "is_master", "old": False, "new": True},
        {"key": "hr:W1", "property": "name", "old": "张三", "new": "张三丰"},
    ]
    found = await row(database, "MATCH (w:Master) RETURN w.skill_level AS level, w.name AS name")
    assert found == {"level": 3, "name": "张三丰"}


async def test_a_role_is_taken_away_by_a_no(database: Database, tmp_path: Path) -> None:
    await load_text(database, tmp_path, "工号,姓名,名师\nW1,张三,是\n", "Worker")
    await load_text(database, tmp_path, "工号,姓名,名师\nW1,张三,否\n", "Worker")
    assert await row(database, "MATCH (w:Master) RETURN count(w) AS count") == {"count": 0}


async def test_a_corrected_fact_keeps_what_was_known_before(
    database: Database, tmp_path: Path
) -> None:
    await load_text(database, tmp_path, WORKERS, "Worker")
    text = "编号,岗位,生效日期,职工\nE1,车工,2020-01-01,W1\n"
    await load_text(database, tmp_path, text, "Employment")
    await load_text(database, tmp_path, text.replace("车工", "铣工"), "Employment")
    found = await rows(
        database,
        """
        MATCH (e:Employment)-[:ABOUT_WORKER]->(:Worker {key: 'hr:W1'})
        RETURN e.key AS key, e.position AS position, e.recorded_to IS NULL AS current,
               e.recorded_from AS known_from, e.recorded_to AS known_to, e.id AS id
        ORDER BY position
        """,
    )
    assert [(f["position"], f["current"]) for f in found] == [("车工", False), ("铣工", True)]
    was, now = found
    assert now["key"] == "hr:E1"
    assert was["key"].startswith("hr:E1@")
    assert was["id"] != now["id"]
    assert was["known_from"] < was["known_to"] == now["known_from"]


async def test_paths_follow_the_trees_of_unions(database: Database, tmp_path: Path) -> None:
    await load_text(database, tmp_path, WORKERS, "Worker")  # before the unions: all are missing
    assert len(rejects(tmp_path, "Worker")) == 3
    await load_text(database, tmp_path, UNIONS, "Union")
    await load_text(database, tmp_path, WORKERS, "Worker")
    ids = await row(database, "MATCH (u:Union) WITH u ORDER BY u.key RETURN collect(u.id) AS ids")
    d, i, m, s = ids["ids"]
    paths = "MATCH (w:Worker) RETURN w.region_path AS r, w.system_path AS s ORDER BY w.key"
    assert await rows(database, paths) == [
        {"r": f"/{m}/{d}/{s}/", "s": f"/{i}/"},
        {"r": f"/{m}/{d}/", "s": None},
    ]
    tokens = await row(database, "MATCH (w:Worker {key: 'hr:W1'}) RETURN w.scope_tokens AS tokens")
    assert tokens["tokens"].split() == [m, d, s, i]
    moved = UNIONS.replace("S,第一车间工会,地区,D", "S,第一车间工会,地区,M")
    report = await load_text(database, tmp_path, moved, "Union")
    assert report.passing["Union-SUBORDINATE_TO-Union"] == Figures(rows=2, updated=1, unchanged=1)
    assert (await rows(database, paths))[0]["r"] == f"/{m}/{s}/"
    above = (
        "MATCH (w:Worker {key: 'hr:W1'}) RETURN [w.region_1, w.region_2, w.region_3, w.system_1]"
    )
    assert await row(database, f"{above} AS above") == {"above": [m, s, None, i]}
    change = "MATCH (c:Change) RETURN c.property AS property, c.old AS old, c.new AS new"
    assert await row(database, change) == {"property": "parent", "old": "hr:D", "new": "hr:M"}


async def test_a_union_that_changes_trees_takes_its_members_along(
    database: Database, tmp_path: Path
) -> None:
    await load_text(database, tmp_path, UNIONS, "Union")
    await load_text(database, tmp_path, WORKERS, "Worker")
    await load_text(database, tmp_path, UNIONS.replace("产业工会,系统", "产业工会,地区"), "Union")
    found = await row(database, "MATCH (w:Worker {key: 'hr:W1'}) RETURN w.system_path AS path")
    assert found == {"path": None}


async def test_rows_that_close_a_circle_are_rejected_and_the_rest_loads(
    database: Database, tmp_path: Path
) -> None:
    unions = ("A,甲,地区,C", "B,乙,地区,A", "C,丙,地区,B", "E,戊,地区,E", "F,己,地区,A")
    text = "\n".join(("编号,名称,所属系统,上级工会", *unions))
    for batch_rows in (5000, 1):
        report = await load_text(database, tmp_path, text, "Union", batch_rows=batch_rows)
        assert report.passing["Union-SUBORDINATE_TO-Union"].rejected == 2
        found = await row(
            database,
            """
            MATCH (u:Union) OPTIONAL MATCH (u)-[:SUBORDINATE_TO]->(above)
            WITH u, above ORDER BY u.key
            RETURN collect(right(u.key, 1) + coalesce(right(above.key, 1), '')) AS above,
                   count(u.path) AS paths
            """,
        )
        assert found == {"above": ["AC", "BA", "C", "E", "FA"], "paths": 5}
    assert [line.split(",")[1] for line in rejects(tmp_path, "Union")] == ["4", "5"]


async def test_missing_ends_are_reported_and_not_invented(
    database: Database, tmp_path: Path
) -> None:
    skills = "编号,名称\n1,焊接\n2,焊接\n3,车削\n"
    await load_text(database, tmp_path, skills, "Skill", source="csco")
    await load_text(database, tmp_path, WORKERS, "Worker")
    text = "从,到,水平\nW1,csco:3,4\nW9,csco:3,1\nW2,铣削,2\nW2,焊接,2\nhr:W2,车削,5\n"
    report = await load_text(database, tmp_path, text, "HAS_SKILL")
    assert report.files["HAS_SKILL.csv"] == Figures(rows=5, created=2, rejected=3)
    reasons = [line.split(",", 4)[1:] for line in rejects(tmp_path, "HAS_SKILL")]
    assert sorted([*r[:3], r[3].split(",")[0]] for r in reasons) == [
        ["3", "从", "W9", "there is no such Worker"],
        ["4", "到", "铣削", "there is no such Skill"],
        ["5", "到", "焊接", "2 nodes of type Skill have this name"],
    ]
    found = await row(database, "MATCH (:Worker)-[r:HAS_SKILL]->() RETURN sum(r.level) AS sum")
    assert found == {"sum": 9}


async def test_properties_of_relationships_are_updated_with_a_record(
    database: Database, tmp_path: Path
) -> None:
    await load_text(database, tmp_path, "编号,名称\n1,焊接\n", "Skill")
    await load_text(database, tmp_path, WORKERS, "Worker")
    await load_text(database, tmp_path, "从,到,水平\nW1,1,3\n", "HAS_SKILL")
    report = await load_text(database, tmp_path, "从,到,水平\nW1,1,4\n", "HAS_SKILL")
    assert report.files["HAS_SKILL.csv"] == Figures(rows=1, updated=1)
    report = await load_text(database, tmp_path, "从,到,水平\nW1,1,\n", "HAS_SKILL")
    assert report.files["HAS_SKILL.csv"] == Figures(rows=1, unchanged=1)
    change = "MATCH (c:Change)-[:CHANGE_OF]->(w) RETURN w.key AS key, c.old AS old, c.new AS new"
    assert await row(database, change) == {"key": "hr:W1", "old": 3, "new": 4}


async def test_a_to_one_relation_moves_whichever_side_states_it(
    database: Database, tmp_path: Path
) -> None:
    await load_text(database, tmp_path, WORKERS, "Worker")
    await load_text(database, tmp_path, "编号,名称,领军人物\nA,甲工作室,W1\nB,乙,W1\n", "Studio")
    report = await load_text(database, tmp_path, "从,到\nW2,A\n", "LEADS")
    assert report.files["LEADS.csv"] == Figures(rows=1, updated=1)
    leads = "MATCH (w)-[:LEADS]->(s) RETURN w.key + s.key AS pair ORDER BY pair"
    assert [r["pair"] for r in await rows(database, leads)] == ["hr:W1hr:B", "hr:W2hr:A"]


async def test_what_is_named_in_passing_fills_gaps_but_changes_nothing(
    database: Database, tmp_path: Path
) -> None:
    await load_text(database, tmp_path, "编号,名称\n1,某公司\n", "Enterprise")
    path = tmp_path / "p.csv"
    path.write_text("编号,名称,城市\n1,某有限公司,北京\n2,又一家,上海\n", encoding="utf-8")
    [part] = opened(path, declared_type("Enterprise"), "hr").parts()
    passing = type(part)(part.node_type, "hr", part.rows, counted=False)  # pyright: ignore
    await load(
        database, [passing], title="", fingerprint="", rejects=RejectFile(tmp_path / "r.csv")
    )
    found = await rows(
        database, "MATCH (e:Enterprise) RETURN e.name AS n, e.city AS c ORDER BY e.key"
    )
    assert found == [{"n": "某公司", "c": "北京"}, {"n": "又一家", "c": "上海"}]


async def test_each_batch_that_changed_something_leaves_one_event(
    database: Database, tmp_path: Path
) -> None:
    text = "编号,名称\n" + "".join(f"{n},技能{n}\n" for n in range(25))
    await load_text(database, tmp_path, text, "Skill", batch_rows=10)
    events = "MATCH (e:Event) RETURN e.verb AS verb, e.fields AS fields, e.count AS n ORDER BY n"
    assert await rows(database, events) == [
        {"verb": "loaded", "fields": ["Skill"], "n": n} for n in (5, 10, 10)
    ]


async def test_two_loads_of_the_same_rows_at_once_make_each_node_once(
    database: Database, tmp_path: Path
) -> None:
    folders = [tmp_path / str(n) for n in range(3)]
    for folder in folders:
        folder.mkdir()
    reports = await asyncio.gather(
        *(load_text(database, folder, SKILLS, "Skill", batch_rows=4) for folder in folders)
    )
    assert sum(report.files["Skill.csv"].created for report in reports) == 10
    assert sum(report.files["Skill.csv"].unchanged for report in reports) == 20
    assert await row(database, "MATCH (s:Skill) RETURN count(s) AS count") == {"count": 10}


async def test_job_titles_practise_an_occupation_with_the_confidence_kept(
    database: Database, tmp_path: Path
) -> None:
    occupations = "职业编码,名称,别名\n6-18-02-04,焊工,氩弧焊工;电焊工\n6-18-01-01,车工,数控车工\n"
    await load_text(database, tmp_path, occupations, "Occupation", source="csco")
    text = "工号,姓名,岗位\nW1,张三,诚聘氩弧焊工\nW2,李四,xyz\n"
    await load_text(database, tmp_path, text, "Worker")
    found = await row(
        database,
        """
        MATCH (w:Worker)-[:PRACTISES]->(o:Occupation)
        RETURN w.key AS key, o.name AS occupation, w.occupation_confidence AS confidence
        """,
    )
    assert (found["key"], found["occupation"]) == ("hr:W1", "焊工")
    assert 0.5 < found["confidence"] < 1


@pytest.mark.parametrize(
    ("text", "kind", "batches"),
    [
        (SKILLS + "3,别的\n,缺\n", "Skill", 6),
        (UNIONS, "Union", 3),
    ],
    ids=["nodes", "tree"],
)
async def test_a_load_cut_off_at_any_batch_resumes_to_the_same_graph(
    database: Database, tmp_path: Path, text: str, kind: str, batches: int
) -> None:
    whole = await load_text(database, tmp_path, text, kind, batch_rows=2)
    expected = await _shape(database), rejects(tmp_path, kind)
    for cut in range(1, batches + 1):
        await database.run(Cypher("MATCH (n) DETACH DELETE n"))
        with pytest.raises(_Cut):
            await load_text(database, tmp_path, text, kind, batch_rows=2, watch=_cut_after(cut))
        resumed = await load_text(database, tmp_path, text, kind, batch_rows=3, resume=True)
        assert (await _shape(database), rejects(tmp_path, kind)) == expected
        assert resumed == whole
        assert await row(database, "MATCH (l:Load) RETURN count(l) AS count") == {"count": 1}


class _Cut(Exception):
    """A power failure."""


def _cut_after(batches: int) -> Any:
    left = batches

    def watch(_part: str, _rows: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise _Cut

    return watch


async def _shape(database: Database) -> Sequence[Any]:
    """The graph without what is random."""
    return await rows(
        database,
        """
        MATCH (n:Node) OPTIONAL MATCH (n)-[r]->(m:Node)
        RETURN labels(n) AS labels, n.key AS key, n.name AS name, size(n.path) AS path,
               type(r) AS type, m.key AS target
        ORDER BY key, type, target
        """,
    )


async def test_now_is_told_once_for_a_whole_load(database: Database, tmp_path: Path) -> None:
    text = "编号,岗位,生效日期\n" + "".join(f"E{n},车工,2020-01-01\n" for n in range(5))
    await load_text(database, tmp_path, text, "Employment", batch_rows=2)
    found = await row(
        database, "MATCH (e:Employment) RETURN collect(DISTINCT e.recorded_from) AS at"
    )
    [at] = found["at"]
    assert at.to_native() <= datetime.now(UTC)


@pytest.mark.policy("K09")
async def test_a_corrected_fact_stays_until_its_source_says_something_new(
    database: Database, tmp_path: Path
) -> None:
    async def said(title: str, year: int) -> tuple[str, int]:
        text = f"工号,姓名,岗位名称,出生年份\nW1,张三,{title},{year}\n"
        await load_text(database, tmp_path, text, "Worker")
        found = await row(database, "MATCH (w:Worker) RETURN w.job_title AS t, w.birth_year AS y")
        return found["t"], found["y"]

    async def corrected(title: str) -> None:
        worker = await row(database, "MATCH (w:Worker) RETURN w.id AS worker_id")
        operation = OPERATIONS["correctFacts"]
        given = {**worker, "job_title": title}
        await perform(database, operation, given, Actor(ADMINISTRATOR, "test"), clock.now())

    await said("车工", 1980)
    await corrected("钳工")
    await corrected("焊工")
    assert await said("车工", 1981) == ("焊工", 1981)
    assert await said("车工", 1982) == ("焊工", 1982)
    assert await said("铣工", 1982) == ("铣工", 1982)
    assert await said("车工", 1982) == ("车工", 1982)
    await corrected("焊工")
    await corrected("车工")
    assert await said("焊工", 1982) == ("焊工", 1982)
