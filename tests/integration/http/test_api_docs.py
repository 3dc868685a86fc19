"""The first queries of docs/api/, run as they stand there by the clients themselves."""

import asyncio
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph.database import Database
from tests.npm import installed, node
from tests.seeded import OPEN

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "api" / "README.md").read_text(encoding="utf-8")
CLIENTS = ROOT / "tests" / "clients"
WORKER = OPEN.id("Worker", 0)
LOCAL = "http://127.0.0.1:8000"
NAME = f"匠谱 {OPEN.name} name 0"


def block(language: str) -> str:
    """The one piece of the page in a language."""
    [found] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


@pytest.fixture(scope="session")
async def packages(pytestconfig: pytest.Config) -> Path:
    return await installed(CLIENTS, pytestconfig)


async def test_curl(api_url: str, seeded: Database) -> None:
    if shutil.which("curl") is None:
        pytest.fail("curl is needed to try what the page says")
    command = block("sh").replace(LOCAL, api_url)
    process = await asyncio.create_subprocess_shell(command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    workers = json.loads(output)["data"]["workers"]
    assert (len(workers["nodes"]), workers["totalCount"]) == (2, 3)


async def test_python_gql(api_url: str, seeded: Database) -> None:
    names: dict[str, Any] = {}
    exec(block("python"), names)
    assert await names["first"](f"{api_url}/graphql", WORKER) == {
        "worker": {"id": WORKER, "name": NAME}
    }


async def test_apollo_client_with_persisted_queries(
    api_url: str, seeded: Database, packages: Path
) -> None:
    given = f'const address = "{api_url}/graphql", worker = "{WORKER}";\n'
    script = packages / "first.mjs"
    script.write_text(f"{given}{block('js')}\nconsole.log(JSON.stringify(data));\n")
    data = json.loads(await node(script, folder=packages))
    assert data["worker"] | {"__typename": "Worker"} == data["worker"]
    assert data["worker"]["name"] == NAME


async def test_graphql_codegen_makes_types_of_every_example(packages: Path, tmp_path: Path) -> None:
    work = packages / f"codegen-{tmp_path.name}"
    shutil.copytree(ROOT / "schema" / "http" / "examples", work / "documents")
    try:
        (work / "documents" / "ids.graphql").unlink()
        shutil.copy(ROOT / "schema" / "schema.graphql", work)
        (work / "codegen.json").write_text(block("json"))
        program = packages / "node_modules" / "@graphql-codegen" / "cli" / "cjs" / "bin.js"
        await node(program, "--config", "codegen.json", folder=work)
        types = (work / "types.ts").read_text(encoding="utf-8")
    finally:
        shutil.rmtree(work)
    for name in ("MentorsQuery", "PairingsSubscription"):
        assert f"export type {name} =" in types
