"""Whatever a file holds, loading it twice is loading it once; and after kill -9 so is --resume."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.cypher import Cypher
from graph.database import Database
from graph.settings import Settings
from loaders.files import declared_type, opened
from loaders.pipeline import load
from loaders.report import Figures, LoadReport, RejectFile

ROOT = Path(__file__).parents[2]
WIPE = Cypher("MATCH (n) DETACH DELETE n")
GRAPH = Cypher(
    """
    MATCH (n) WHERE n:Node OR n:Change
    OPTIONAL MATCH (n)-[r]->(m)
    WITH n, r, m ORDER BY n.key, type(r), m.key, n.property
    RETURN collect([labels(n), properties(n), type(r), m.key, properties(r)]) AS graph
    """
)
SHAPE = Cypher(
    """
    MATCH (n:Node)
    OPTIONAL MATCH (n)-[r]->(m:Node)
    WITH n, r, m ORDER BY n.key, type(r), m.key
    RETURN collect([labels(n), n.key, n.name, type(r), m.key, r.level]) AS graph
    """
)

ids = st.sampled_from(["A", "B", "C", "D", " A", "", "x:y"])
references = st.sampled_from(["A", "B", "local:C", "Z", "", "甲", "车工", "SENIOR"])
worker = st.fixed_dictionaries(
    {"工号": ids, "姓名": st.sampled_from(["甲", "乙", " ", "=1+1"])},
    optional={
        "技能等级": st.sampled_from(["高级工", "3", "师", "", 2]),
        "名师": st.sampled_from(["是", "否", True, "?"]),
        "出生年份": st.sampled_from([1980, "1980", "1800", 1980.5]),
        "所属工会": st.one_of(references, st.lists(references, max_size=3)),
        "技能": st.sampled_from(["甲:3", "甲:4;乙", "丙", ["甲", "甲"]]),
    },
)
union = st.fixed_dictionaries(
    {
        "编号": ids,
        "名称": st.sampled_from(["甲", "乙"]),
        "所属系统": st.sampled_from(["地区", "系统"]),
    },
    optional={"上级工会": references},
)


async def load_rows(
    database: Database, folder: Path, kind: str, rows: Sequence[Mapping[str, Any]]
) -> LoadReport:
    path = folder / f"{kind}.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return await load(
        database,
        opened(path, declared_type(kind), "local").parts(),
        title=path.name,
        fingerprint=path.name,
        rejects=RejectFile(path.with_suffix(".rejects.csv")),
        batch_rows=3,
    )


def adds_up(figures: Figures) -> bool:
    f = figures
    return f.rows == f.created + f.updated + f.unchanged + f.rejected


@settings(
    max_examples=max(6, settings().max_examples // 5),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    unions=st.lists(union, min_size=1, max_size=8), workers=st.lists(worker, min_size=1, max_size=8)
)
async def test_loading_twice_is_loading_once_whatever_the_rows(
    open_session_database: Database, unions: list[Any], workers: list[Any]
) -> None:
    database = open_session_database
    await database.run(WIPE)
    with TemporaryDirectory() as folder:

        async def all_of_it() -> list[LoadReport]:
            skills = [{"编号": name, "名称": name} for name in ("甲", "乙")]
            inputs = {"Skill": skills, "Union": unions, "Worker": workers}
            return [await load_rows(database, Path(folder), *i) for i in inputs.items()]

        first = await all_of_it()
        graph = await database.value(GRAPH)
        second = await all_of_it()
        assert await database.value(GRAPH) == graph
    for once, again in zip(first, second, strict=True):
        assert again.loaded == 0
        for figures in (*once.files.values(), *once.passing.values(), *again.files.values()):
            assert adds_up(figures), (once, again)
        assert {n: f.rejected for n, f in again.files.items()} == {
            n: f.rejected for n, f in once.files.items()
        }


async def test_kill_9_and_resume_end_in_the_same_graph(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "workers.csv"
    lines = [f"W{n},张{n},{n % 7},技能{n % 3}:{n % 5 + 1}" for n in range(400)]
    path.write_text("\n".join(("工号,姓名,技能等级,技能", *lines)), encoding="utf-8")
    rejects = path.with_suffix(".rejects.csv")
    await load_skills(database, tmp_path)
    await jiangpu_load(settings, path)
    expected = await database.value(SHAPE), rejects.read_bytes()
    await database.run(WIPE)
    await load_skills(database, tmp_path)

    killed = await started(settings, path)
    far_enough = Cypher("MATCH (l:Load) WHERE l.row >= 60 RETURN l.row")
    while not await database.value(far_enough):  # noqa: ASYNC110 - another process moves it
        await asyncio.sleep(0.01)
    killed.kill()
    await killed.wait()
    assert await database.value(Cypher("MATCH (w:Worker) RETURN count(w)")) < len(lines)
    await jiangpu_load(settings, path, "--resume")
    assert (await database.value(SHAPE), rejects.read_bytes()) == expected
    loads = Cypher("MATCH (l:Load {title: 'workers.csv'}) RETURN [count(l), count(l.finished)]")
    assert await database.value(loads) == [1, 1]


async def load_skills(database: Database, folder: Path) -> None:
    await load_rows(database, folder, "Skill", [{"编号": n, "名称": f"技能{n}"} for n in range(3)])


async def started(settings: Settings, path: Path, *options: str) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "JIANGPU_DATABASE_URI": settings.database_uri or "",
        "JIANGPU_DATABASE_PASSWORD": str(settings.database_password),
    }
    pipe = asyncio.subprocess.PIPE
    verb = ("-m", "commands", "load", str(path), "--as", "职工", "--batch", "20", *options)
    return await asyncio.create_subprocess_exec(
        sys.executable, *verb, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe
    )


async def jiangpu_load(settings: Settings, path: Path, *options: str) -> str:
    process = await started(settings, path, *options)
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return out.decode() + errors.decode()


async def test_a_load_is_reported_in_a_table_that_adds_up(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "w.csv"
    path.write_text("工号,姓名\n1,张三\n2,\n", encoding="utf-8")
    out = await jiangpu_load(settings, path)
    assert "1 rows cannot be loaded" in out
    [line] = [
        line.split() for line in out.splitlines() if line.split()[:1] == ["w.csv"] and "2" in line
    ]
    assert line == ["w.csv", "2", "1", "0", "0", "1"]
