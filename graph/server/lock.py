"""Lock files: exactly which files are downloaded, by address, size and sha256."""

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LockedFile:
    """One file of a repository; `path` is relative to the repository's address."""

    path: str
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """The last part of the path, by which it is kept."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Lock:
    """The files of one lock; `table` holds what else it says, `digest` names this very content."""

    files: tuple[LockedFile, ...]
    table: Mapping[str, Any]
    digest: str


def server_lock(series: str) -> Lock:
    """The jars of one Neo4j series, 5.26 or 2026, and what is special about it."""
    return _read(_HERE / f"neo4j-{series}.lock.toml", jar_path)


def ide_lock() -> Lock:
    """The npm packages of the IDE page."""
    return _read(_HERE / "ide.lock.toml", _tarball_path)


def jar_path(entry: Mapping[str, str]) -> str:
    """Where a Maven repository keeps a file, from its coordinates."""
    group, artifact, version = entry["groupId"], entry["artifactId"], entry["version"]
    classifier = f"-{entry['classifier']}" if "classifier" in entry else ""
    name = f"{artifact}-{version}{classifier}.{entry['packaging']}"
    return f"{group.replace('.', '/')}/{artifact}/{version}/{name}"


def _tarball_path(entry: Mapping[str, str]) -> str:
    name = entry["name"]
    return f"{name}/-/{name.rpartition('/')[2]}-{entry['version']}.tgz"


def _read(file: Path, path_of: Callable[[Mapping[str, str]], str]) -> Lock:
    text = file.read_bytes()
    table = tomllib.loads(text.decode())
    files = tuple(
        LockedFile(path_of(entry), entry["sha256"], entry["size"])
        for entry in table["dependencies"]
    )
    return Lock(files, table, hashlib.sha256(text).hexdigest())
