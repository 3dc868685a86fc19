"""The audits of npm's graphql-http, run by the Node.js that comes from PyPI."""

import json
from pathlib import Path

import pytest

from tests.npm import installed, node

AUDIT = Path(__file__).parents[2] / "graphql-over-http"


@pytest.fixture(scope="session")
async def packages(pytestconfig: pytest.Config) -> Path:
    return await installed(AUDIT, pytestconfig)


async def test_all_61_audits_are_ok(api_url: str, packages: Path) -> None:
    lines = await node(AUDIT / "audit.mjs", f"{api_url}/graphql", packages, folder=packages)
    audits = [json.loads(line) for line in lines.splitlines()]
    failed = [a for a in audits if a["status"] != "ok"]
    print(f"{len(audits) - len(failed)} of {len(audits)} audits ok")  # noqa: T201 - the figure is wanted
    assert failed == []
    assert len(audits) == 61
