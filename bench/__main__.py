"""Runs the quick benches one after the other and prints their ratios: python -m bench.

It also writes what each measured to FOLDER/NAME.json. `bench.sources`, `bench.frequencies` and
`bench.quality` need the public data and are run by name.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

BENCHES = ("api", "load", "growth")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where the JSON files go")
    parser.add_argument("names", nargs="*", default=BENCHES, help=f"of {', '.join(BENCHES)}")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="jiangpu-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    table: list[str] = []
    for name in given.names:
        file = folder / f"{name}.json"
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"bench.{name}", "--json", str(file)]
        ended = subprocess.run(command, check=False).returncode
        table += (
            [f"{name}: failed, exit {ended}"]
            if ended
            else _lines(name, json.loads(file.read_text()))
        )
    print(f"\n== all (in {folder})", *table, sep="\n")


def _lines(name: str, figures: Mapping[str, Any]) -> Iterator[str]:
    """Every number, but for those that stand beside ratios."""
    for key, value in figures.items():
        if isinstance(value, int | float):
            yield f"{f'{name}: {key}':64}{value:12,.3f}"
        elif isinstance(value, dict) and key not in {"absolute", "machine"}:
            yield from _lines(f"{name}: {key}", value)


if __name__ == "__main__":
    main()
