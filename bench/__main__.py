"""Runs the benches one after the other and prints their ratios: python -m bench [NAME...].

It also writes what each measured to FOLDER/NAME.json. `--report` runs none and prints
docs/performance.md out of docs/figures. `bench.sources`, `bench.frequencies`, `bench.research` and
`bench.quality` need the public data and are run by name.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import flat, report

BENCHES = ("completion", "api", "peers", "load", "growth")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, help="where the JSON files go")
    parser.add_argument("--report", action="store_true", help="print docs/performance.md instead")
    parser.add_argument("names", nargs="*", default=BENCHES, help=f"of {', '.join(BENCHES)}")
    given = parser.parse_args()
    if given.report:
        print(report(), end="")
        return
    folder = given.folder or Path(tempfile.mkdtemp(prefix="jiangpu-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    table: list[str] = []
    for n, name in enumerate(given.names, start=1):
        print(f"\n== {name} ({n} of {len(given.names)})", flush=True)
        table += run(name, folder / f"{name}.json")
    print(f"\n== all (in {folder})", *table, sep="\n")


def run(name: str, file: Path) -> list[str]:
    """Run one bench; a line for each of its figures."""
    started = time.monotonic()
    command = [sys.executable, "-m", f"bench.{name}", "--json", str(file)]
    ended = subprocess.run(command, check=False).returncode
    print(f"== {name} took {time.monotonic() - started:.0f} s", flush=True)
    if ended:
        return [f"{name}: failed, exit {ended}"]
    figures = json.loads(file.read_text(encoding="utf-8"))
    return [f"{f'{name} {key}':64}{value:12,.3f}" for key, value in flat(figures)]


if __name__ == "__main__":
    main()
