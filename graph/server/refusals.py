"""Reasons not to start a Neo4j on a data folder; each says what to do instead."""

import asyncio
import fcntl
import re
import shutil
import socket

from graph.errors import ServerError
from graph.server.folder import DataFolder
from graph.server.memory import MB

_LEAST_DISK_MB = 256
_PATIENCE = 50


def refuse_newer_store(folder: DataFolder, version: str) -> None:
    """Neo4j upgrades a store without asking and has no way back."""
    if folder.version.exists():
        refuse_newer(f"the data in {folder.root}", folder.version.read_text().strip(), version)


def refuse_newer(what: str, written_by: str, version: str) -> None:
    """Raise ServerError where a newer Neo4j wrote it than the one that is to read it."""
    if _numbers(written_by) > _numbers(version):
        raise ServerError(
            f"{what} was written by Neo4j {written_by}, which {version} cannot "
            "read; set JIANGPU_NEO4J_VERSION=2026 or name another folder with JIANGPU_DATA_DIR"
        )


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


async def refuse_foreign_server(folder: DataFolder) -> None:
    """A server whose watcher was killed needs a moment to end; one that stays isn't ours."""
    for _ in range(_PATIENCE):
        if not _store_is_locked(folder):
            return
        await asyncio.sleep(0.1)
    raise ServerError(
        f"another program runs a Neo4j on {folder.home}; "
        "end it, or name another folder with JIANGPU_DATA_DIR"
    )


def _store_is_locked(folder: DataFolder) -> bool:
    try:
        with (folder.store / "store_lock").open("r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def refuse_full_disk(folder: DataFolder) -> None:
    """Neo4j on a full disk stops in the middle of a transaction."""
    free = shutil.disk_usage(folder.root).free // MB
    if free < _LEAST_DISK_MB:
        raise ServerError(
            f"{folder.root} has {free} MB left and Neo4j needs {_LEAST_DISK_MB}; "
            "free some space or name another folder with JIANGPU_DATA_DIR"
        )


def free_port(wanted: int) -> int:
    """The wanted port of loopback if nobody has it; any free one for 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError as error:
            raise ServerError(
                f"port {wanted} is in use by another program; name another with "
                "JIANGPU_DATABASE_PORT, or 0 for any free one"
            ) from error
        return probe.getsockname()[1]
