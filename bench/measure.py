"""How benches measure: everything is warmed, then takes many short turns; the median counts."""

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import Progress

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
    """What else matters for absolute figures."""
    return {"cores": os.cpu_count(), "load_average": os.getloadavg()[0]}


def told(figures: Mapping[str, Any], given: argparse.Namespace) -> None:
    """Write the figures where --json says."""
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
