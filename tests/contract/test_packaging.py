"""What an installed Jiangpu consists of."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_our_packages_and_their_data_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"graph", "schema", "loaders", "commands", "server.py"}
    for needed in (
        "schema/schema.graphql",
        "graph/server/neo4j-5.26.lock.toml",
        "loaders/sample/data/ATTRIBUTION.txt",
    ):
        assert needed in names
    assert not [name for name in names if name.endswith((".pyc", ".rejects.csv"))]


def test_every_setting_stands_in_the_readme() -> None:
    from dataclasses import fields

    from graph.settings import PREFIX, Settings

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [f.name for f in fields(Settings) if PREFIX + f.name.upper() not in readme]
    assert missing == []
