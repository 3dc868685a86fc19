"""This loader, all checks on, against a bare UNWIND … MERGE loop: python -m bench.load.

Both write the same properties and labels of the same file to one Neo4j of its own, in turns. Beside
rows a second stand the microseconds of processor time a row, of Neo4j and Python together, which
other work on the machine disturbs less. Memory is the peak of a process of its own that loads a
file, and of one that loads ten times it.
"""

import argparse
import asyncio
import csv
import json
import random
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, LiteralString

import neo4j
import psutil

from bench.measure import told
from graph import constraints
from graph.cypher import Cypher
from graph.database import Database, open_database
from graph.server.folder import DataFolder
from graph.server.local import Address, local_server, stopped
from graph.settings import Settings
from loaders.files import declared_type, opened
from loaders.pipeline import BATCH_ROWS, load
from loaders.report import RejectFile

ROWS, SKILLS, SKILLS_EACH, TURNS, WARM_SECONDS = 40_000, 2_000, 3, 3, 30
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
TITLES = ("数控车工", "焊工", "钳工", "电工", "汽车维修工", "起重装卸机械操作工", "茶艺师", "铣工")
LEVELS = ("初级工", "中级工", "高级工", "技师", "高级技师")
SAID = ("工号", "姓名", "英文名称", "技能等级", "出生年份", "一线职工", "学习意愿", "岗位名称")

BARE_NODES = """
UNWIND $rows AS row
MERGE (n:Worker {key: row.key})
SET n:Node:Person, n += row
"""
BARE_RELATIONSHIPS = """
UNWIND $rows AS row
MATCH (w:Worker {key: row.source})
MATCH (s:Skill {key: row.target})
MERGE (w)-[r:HAS_SKILL]->(s)
SET r += row.values
"""
WIPE = Cypher("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
CUT = Cypher("MATCH (:Worker)-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS")


def write_workers(path: Path, rows: int) -> None:
    rng = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(SAID)
        for n in range(rows):
            name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2))
            level, title = rng.choice(LEVELS), rng.choice(TITLES)
            wish = f"想学{rng.choice(TITLES)}的新工艺"
            out.writerow((f"W{n}", name, f"Worker {n}", level, 1960 + n % 45, "是", wish, title))


def write_skills(path: Path, rows: int) -> None:
    rng = random.Random(8)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("from", "to", "level", "since"))
        for n in range(rows):
            for skill in rng.sample(range(SKILLS), SKILLS_EACH):
                out.writerow((f"local:W{n}", f"local:S{skill}", rng.randint(1, 5), "2020-05-01"))


def bare_nodes(path: Path) -> Iterator[dict[str, Any]]:
    level = {name: n for n, name in enumerate(LEVELS, start=1)}
    load_name, row_hash = secrets.token_hex(16), secrets.token_hex(12)
    with path.open(encoding="utf-8", newline="") as file:
        for n, row in enumerate(csv.DictReader(file)):
            yield {
                "key": f"local:{row['工号']}",
                "id": f"{n:032x}",
                "source": "local",
                "load": load_name,
                "row_hash": row_hash,
                "name": row["姓名"],
                "name_en": row["英文名称"],
                "skill_level": level[row["技能等级"]],
                "birth_year": int(row["出生年份"]),
                "frontline": row["一线职工"] == "是",
                "motivation": row["学习意愿"],
                "job_title": row["岗位名称"],
            }


def bare_relationships(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            since = neo4j.time.Date.from_iso_format(row["since"])
            values = {"level": int(row["level"]), "since": since}
            yield {"source": row["from"], "target": row["to"], "values": values}


def bare(address: Address, text: LiteralString, rows: Iterator[dict[str, Any]]) -> None:
    """The loop that anyone would write first."""
    with (
        neo4j.GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver,
        driver.session() as session,
    ):
        while batch := list(islice(rows, BATCH_ROWS)):
            session.execute_write(lambda tx, batch=batch: tx.run(text, rows=batch).consume())


async def ours(database: Database, path: Path, kind: str) -> None:
    file = opened(path, declared_type(kind), "local")
    rejects = RejectFile(path.with_suffix(".rejects.csv"))
    report = await load(
        database, file.parts(), title=path.name, fingerprint=secrets.token_hex(8), rejects=rejects
    )
    if report.rejected:
        raise SystemExit(f"{report.rejected} rows were rejected; see {rejects.path}")


@dataclass(frozen=True)
class Cost:
    """What a load of so many rows took."""

    rows: int
    seconds: float
    processor_seconds: float


async def cost(server: psutil.Process, rows: int, work: Awaitable[None]) -> Cost:
    def processor_seconds() -> float:
        times = [process.cpu_times() for process in (server, psutil.Process())]
        return sum(t.user + t.system for t in times)

    started, before = time.perf_counter(), processor_seconds()
    await work
    return Cost(rows, time.perf_counter() - started, processor_seconds() - before)


async def compare(
    server: psutil.Process,
    rows: int,
    clear: Callable[[], Awaitable[Any]],
    ways: dict[str, Callable[[], Awaitable[None]]],
) -> dict[str, Any]:
    """The middle of several turns of each way, and the ratio of the second to the first."""
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, way in ways.items():
            await clear()
            costs[name].append(await cost(server, rows, way()))
    rates = {name: median(c.rows / c.seconds for c in found) for name, found in costs.items()}
    processor = {
        name: median(c.processor_seconds / c.rows for c in found) for name, found in costs.items()
    }
    bare_rate, rate = rates.values()
    bare_processor, own_processor = processor.values()
    return {
        "rows_per_second": {name: round(found) for name, found in rates.items()},
        "ratio": round(rate / bare_rate, 3),
        "processor_microseconds_per_row": {n: round(f * 1e6, 1) for n, f in processor.items()},
        "processor_ratio": round(bare_processor / own_processor, 3),
    }


async def measure(folder: Path) -> dict[str, Any]:
    data = DataFolder(folder / "data")
    settings = replace(Settings.from_environment(), data_dir=data.root)
    try:
        async with (
            local_server(settings) as address,
            open_database(address.uri, address.user, address.password, seconds=600) as database,
        ):
            await constraints.apply(database)
            running = data.running_server()
            assert running is not None
            server = psutil.Process(running.pid)
            return await _measure(folder, address, database, server)
    finally:
        await stopped(data)


async def _measure(
    folder: Path, address: Address, database: Database, server: psutil.Process
) -> dict[str, Any]:
    workers, skills = folder / "workers.csv", folder / "skills.csv"
    write_workers(workers, ROWS)
    write_skills(skills, ROWS)

    async def bare_loop(text: LiteralString, rows: Iterator[dict[str, Any]]) -> None:
        await asyncio.to_thread(bare, address, text, rows)

    async def wipe() -> None:
        await database.run(WIPE)

    started = time.perf_counter()
    while time.perf_counter() - started < WARM_SECONDS:
        await wipe()
        await ours(database, workers, "Worker")
        await bare_loop(BARE_NODES, bare_nodes(workers))
    nodes = await compare(
        server,
        ROWS,
        wipe,
        {
            "bare": lambda: bare_loop(BARE_NODES, bare_nodes(workers)),
            "jiangpu": lambda: ours(database, workers, "Worker"),
        },
    )
    again = await cost(server, ROWS, ours(database, workers, "Worker"))
    create = "UNWIND range(0, $n - 1) AS n CREATE (:Skill:Node {key: 'local:S' + n, id: 's' + n})"
    await database.run(Cypher(create, {"n": SKILLS}))
    relationships = await compare(
        server,
        ROWS * SKILLS_EACH,
        lambda: database.run(CUT),
        {
            "bare": lambda: bare_loop(BARE_RELATIONSHIPS, bare_relationships(skills)),
            "jiangpu": lambda: ours(database, skills, "HAS_SKILL"),
        },
    )
    await wipe()
    return {
        "rows": ROWS,
        "batch": BATCH_ROWS,
        "nodes": nodes,
        "nodes_again_per_second": round(again.rows / again.seconds),
        "relationships": relationships,
        "peak_megabytes": {n: await _peak(folder, address, n) for n in (ROWS // 2, ROWS * 5)},
    }


async def _peak(folder: Path, address: Address, rows: int) -> float:
    """Peak memory of a process that loads so many rows."""
    path = folder / f"workers-{rows}.csv"
    write_workers(path, rows)
    arguments = ("-m", "bench.load", "--child", str(path), address.uri, address.password)
    child = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await child.communicate()
    return round(float(out) / 1024, 1)


async def _child(path: Path, uri: str, password: str) -> None:
    async with open_database(uri, "neo4j", password, seconds=600) as database:
        await ours(database, path, "Worker")
    status = await asyncio.to_thread(Path("/proc/self/status").read_text)
    print(re.findall(r"VmHWM:\s+(\d+)", status)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        path, uri, password = arguments.child
        asyncio.run(_child(Path(path), uri, password))
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(Path(folder)))
    print(json.dumps(figures, indent=2))
    told(figures, arguments)


if __name__ == "__main__":
    main()
