"""What is written before Neo4j starts: its settings, its password, its command line."""

import hashlib
import os
import secrets
from pathlib import Path

from graph.errors import ServerError
from graph.server.distribution import Distribution
from graph.server.folder import DataFolder, write_whole
from graph.server.memory import Memory

USER = "neo4j"

_OPENED = "nio", "io", "util.concurrent"
_HASH_ROUNDS = 1024
_LIGHT = {
    # else it would read every index each time
    "db.index_sampling.background_enabled": "false",
    # else it would plan the same statement again for other counts, or for longer lists
    "dbms.cypher.min_replan_interval": "1h",
    "internal.cypher.use_parameter_size": "false",
}


def write_settings(
    folder: DataFolder, distribution: Distribution, memory: Memory, port: int, *, light: bool
) -> None:
    """neo4j.conf: loopback only, Bolt only, nothing sent anywhere.

    A light server is emptied and filled again, over and over: see `_LIGHT`.
    """
    settings = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        # else the driver waits for each piece of an answer in a task with a timer of its own
        "server.bolt.connection_keep_alive_for_requests": "OFF",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": f"{memory.page_cache}m",
        "dbms.usage_report.enabled": "false",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "64m",
        "db.tx_log.rotation.retention_policy": "128M size",
        **(_LIGHT if light else {}),
        **distribution.settings,
    }
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    conf = folder.home / "conf" / "neo4j.conf"
    conf.parent.mkdir(exist_ok=True)
    write_whole(conf, "".join(lines))


def write_password(folder: DataFolder) -> None:
    """A random password at the first start, put where Neo4j looks for the initial one."""
    if folder.password.exists():
        return
    if (folder.home / "data" / "databases" / "system").exists():
        raise ServerError(
            f"{folder.password} is gone, so nobody can log in to the data beside it; "
            "put it back, or name another folder with JIANGPU_DATA_DIR"
        )
    password = secrets.token_urlsafe(24)
    initial = folder.home / "data" / "dbms" / "auth.ini"
    initial.parent.mkdir(parents=True, exist_ok=True)
    write_whole(initial, f"{USER}:{_hashed(password)}:\n")
    write_whole(folder.password, password)


def _hashed(password: str) -> str:
    salt = os.urandom(32)
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(_HASH_ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return f"SHA-256,{digest.hex()},{salt.hex()},{_HASH_ROUNDS}"


def java(distribution: Distribution, learning: Path | None = None) -> list[str]:
    """Java with Neo4j's classes and what they need of the runtime; options and a class follow.

    `learning` is where to keep what it learns. What it learnt as another Java or from other jars it
    leaves alone.
    """
    learnt = distribution.learnt
    if learning:
        learns = ["-Xlog:aot*=off", f"-XX:AOTCacheOutput={learning}"]
    elif learnt and learnt.exists():
        learns = ["-Xlog:aot*=off", f"-XX:AOTCache={learnt}"]
    else:
        learns = []
    return [
        str(distribution.java),
        *learns,
        *(f"--add-opens=java.base/java.{name}=ALL-UNNAMED" for name in _OPENED),
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        f"{distribution.jars}/*",
    ]


def command_line(
    folder: DataFolder, distribution: Distribution, memory: Memory, learning: Path | None = None
) -> list[str]:
    """How to start the JVM."""
    few_cores = (os.cpu_count() or 1) <= 2
    return [
        *java(distribution, learning),
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+UseSerialGC" if few_cores else "-XX:+UseG1GC",
        f"-Xmx{memory.heap}m",
        "-Dfile.encoding=UTF-8",
        distribution.main_class,
        f"--home-dir={folder.home}",
        f"--config-dir={folder.home / 'conf'}",
    ]
