"""The process between us and the JVM: stops it when the last process that needs it is gone.

`graph.server.local` starts it as `python -m graph.server.watcher ROOT LAUNCH`. It inherits the
descriptor that carries the folder's server lock, and where its output and the JVM's goes.
It imports little, because it stays for long.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.server.filelock import try_lock
from graph.server.folder import DataFolder, write_whole

_STOP_SECONDS = 60
_BOLT = bytes.fromhex("6060b017 00000405 00000005 00000004 00000000")
_PARENT_DEATH_SIGNAL = 1


def main() -> None:
    """Leave the starter's family, then watch."""
    root, launch = sys.argv[1:]
    if os.fork():
        os._exit(0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    watch(DataFolder(Path(root)), **json.loads(launch))


def watch(
    folder: DataFolder,
    command: list[str],
    port: int,
    server: dict[str, Any],
    learnt: tuple[str, str] | None = None,
) -> None:
    """Run Neo4j until it ends by itself or nobody needs it; then keep what Java has learnt."""
    jvm = subprocess.Popen(  # noqa: S603 - our own command line
        command,
        stdin=subprocess.DEVNULL,
        cwd=folder.home,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads here
    )
    try:
        _wait_until_unneeded(folder, jvm, port, server)
    finally:
        folder.running.unlink(missing_ok=True)
        folder.kept.unlink(missing_ok=True)
        jvm.terminate()
        with suppress(subprocess.TimeoutExpired):
            jvm.wait(_STOP_SECONDS)
        jvm.kill()
        if learnt and jvm.wait() == 0:  # else it may be half of it
            with suppress(FileNotFoundError):
                os.replace(*learnt)


def _wait_until_unneeded(
    folder: DataFolder, jvm: subprocess.Popen[bytes], port: int, server: dict[str, Any]
) -> None:
    ready = False
    while jvm.poll() is None:
        if not ready and answers(port):
            ready = True
            write_whole(folder.running, json.dumps({**server, "pid": jvm.pid}))
        if not folder.kept.exists() and try_lock(folder.holders_lock) is not None:
            return  # the lock stays ours to the end of this process
        time.sleep(0.2 if ready else 0.05)


def answers(port: int) -> bool:
    """Whether a Bolt server on loopback agrees on a version of the protocol."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(_BOLT)
            return connection.recv(4) not in (b"", bytes(4))
    except OSError:
        return False


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


if __name__ == "__main__":
    main()
