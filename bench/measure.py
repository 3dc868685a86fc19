"""How benches measure: everything is warmed, then takes many short turns; the median counts."""

import argparse
import json
import os
import platform
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import psutil
from rich.console import Console
from rich.progress import Progress

from graph.settings import Settings

K = TypeVar("K")
Figures = Mapping[str, float]
Way = Callable[[float], Awaitable[Figures]]
"""Works for so many seconds; its figures."""

WARM_TURNS = 3


def options(
    description: str | None, *, seconds: float, rounds: int = 15
) -> argparse.ArgumentParser:
    """The options that benches share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--seconds", type=float, default=seconds, help="length of a turn")
    parser.add_argument("--rounds", type=int, default=rounds, help="turns of each")
    parser.add_argument(
        "--warm", type=float, default=30.0, help="seconds of warming, of each server"
    )
    return parser


async def in_turns(ways: Mapping[K, Way], given: argparse.Namespace) -> dict[K, list[Figures]]:
    """Warm all ways, then let them take turns, to and fro; the figures of every turn."""
    found = defaultdict[K, list[Figures]](list)
    with Progress(console=Console(stderr=True)) as shown:
        warming = shown.add_task("warming", total=WARM_TURNS * len(ways))
        for _ in range(WARM_TURNS):
            for way in ways.values():
                await way(given.warm / len(ways) / WARM_TURNS)
                shown.advance(warming)
        turns = shown.add_task("taking turns", total=given.rounds * len(ways))
        for turn in range(given.rounds):
            for name in list(ways)[:: -1 if turn % 2 else 1]:
                found[name].append(await ways[name](given.seconds))
                shown.advance(turns)
    return found


def middle(turns: Sequence[Figures]) -> dict[str, float]:
    """The median of each figure."""
    return {name: round(median(turn[name] for turn in turns), 3) for name in turns[0]}


def ratio(one: Sequence[Figures], other: Sequence[Figures], figure: str) -> float:
    """The median of a figure's ratios; turns side by side share what else the machine did."""
    pairs = zip(one, other, strict=True)
    return round(median(a[figure] / b[figure] for a, b in pairs), 3)


def machine() -> dict[str, Any]:
    """When and on what it was measured."""
    packages = ("neo4j", "neo4j-rust-ext", "strawberry-graphql", "graphql-core", "uvicorn")
    return {
        "date": date.today().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "load_average": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "neo4j_server": Settings.from_environment().neo4j_version,
        **{name: version(name) for name in packages},
    }


def _processor() -> str:
    with suppress(OSError):
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        if found:
            return found[1]
    return platform.processor()


def told(figures: Mapping[str, Any], given: argparse.Namespace) -> None:
    """Write the figures where --json says, with the machine."""
    if given.json:
        whole = {**figures, "machine": figures.get("machine") or machine()}
        text = json.dumps(whole, indent=2, ensure_ascii=False)
        given.json.write_text(f"{text}\n", encoding="utf-8")
