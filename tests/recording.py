"""`pytest --record FILE`: the run writes down what came of it, one row for each choice of tests."""

import os
import platform
import sys
import time
from pathlib import Path

import pytest

from graph.server.lock import server_lock
from graph.settings import Settings

HEAD = """# The last whole runs

Written by `make test-all`, `make test-probe` and `make test-rules`: a row is of one run.

| tests, Neo4j | day (UTC) | Python, system | passed | failed | errors | minutes | load before |
|---|---|---|---|---|---|---|---|
"""
LOAD = os.getloadavg()[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", type=Path, help="write the figures of this run into a table")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    path: Path | None = config.getoption("--record")
    if path is not None and not config.option.collectonly:
        chosen: str = config.getoption("markexpr")
        row = _row(chosen, {n: len(terminalreporter.stats.get(n, ())) for n in FIGURES})
        path.write_text(HEAD + "".join(_rows(path, row)), encoding="utf-8")


FIGURES = ("passed", "failed", "error")
STARTED = time.time()


def _row(chosen: str, figures: dict[str, int]) -> str:
    version = server_lock(Settings.from_environment().neo4j_version).table["version"]
    day = time.strftime("%Y-%m-%d", time.gmtime())
    system = f"{platform.python_version()}, {sys.platform}, {os.cpu_count()} cores"
    minutes = f"{(time.time() - STARTED) / 60:.1f}"
    cells = [
        f"`{chosen or 'all'}`, {version}",
        day,
        system,
        *map(str, figures.values()),
        minutes,
        f"{LOAD:.1f}",
    ]
    return f"| {' | '.join(cells)} |\n"


def _rows(path: Path, row: str) -> list[str]:
    """The rows of the file, with this one in the place of an earlier one of the same tests."""
    kept = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    tests = row.split("|")[1]
    others = [line for line in kept[len(HEAD.splitlines()) :] if line.split("|")[1] != tests]
    return sorted([*others, row])
