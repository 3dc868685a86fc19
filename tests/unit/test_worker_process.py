"""`jiangpu work` beside a server: it ends when it is told to, also while it waits for Neo4j."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.server.filelock import try_lock
from graph.server.folder import DataFolder

PROJECT = Path(__file__).parents[2]
ENDED = {0, -signal.SIGTERM}  # the second of two signals may find it on its way out


def closed(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()


def interrupted(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)


@pytest.mark.parametrize("told", [closed, interrupted])
def test_a_worker_ends_at_once_while_it_waits_for_the_database(
    tmp_path: Path, told: Callable[[subprocess.Popen[bytes]], None]
) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    lock = try_lock(folder.holders_lock)
    assert lock is not None
    environment = {name: v for name, v in os.environ.items() if not name.startswith("JIANGPU_")}
    with subprocess.Popen(
        [sys.executable, "-m", "commands", "work", "--attached"],
        cwd=PROJECT,
        env=environment | {"JIANGPU_DATA_DIR": str(folder.root)},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"waiting for Neo4j to finish stopping\n"
        told(process)
        assert process.wait(timeout=60) in ENDED
        assert process.stderr.read() == b""
    os.close(lock)
