"""For maintainers: put what jgo resolved into our lock, `python -m graph.server.relock JGO LOCK`.

The sizes come from Maven Central; version, main class and settings in the lock stay as they are.
"""

import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from graph.server.lock import jar_path

_FIELDS = ("groupId", "artifactId", "version", "classifier", "packaging", "sha256")
_REPOSITORY = "https://repo1.maven.org/maven2"


def main(jgo: Path, lock: Path) -> None:
    """Replace the list of dependencies in `lock` by that of `jgo`."""
    entries = tomllib.loads(jgo.read_text())["dependencies"]
    with httpx.Client() as client, ThreadPoolExecutor(8) as pool:
        lines = sorted(pool.map(lambda entry: _line(client, entry), entries))
    head = lock.read_text().partition("dependencies = [")[0]
    lock.write_text(f"{head}dependencies = [\n{''.join(lines)}]\n")


def _line(client: httpx.Client, entry: dict[str, str]) -> str:
    answer = client.head(f"{_REPOSITORY}/{jar_path(entry)}").raise_for_status()
    fields = [f'{name} = "{entry[name]}"' for name in _FIELDS if name in entry]
    fields.append(f"size = {answer.headers['content-length']}")
    return f"  {{ {', '.join(fields)} }},\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
