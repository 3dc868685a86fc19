"""docs/performance.md out of the benches' JSON files: `python -m bench --report` prints it.

The files lie in docs/figures, one for each bench; `python -m bench --folder docs/figures` writes
them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
FIGURES = DOCS / "figures"
NOTES = Path(__file__).with_name("notes.md")
_BESIDE = frozenset({"absolute", "machine", "left_out", "connections", "each", "seconds"})

# Figure -> the least that is wanted, or with a minus sign the most.
WANTED: Mapping[str, float] = MappingProxyType(
    {
        "api list_vs_bare_asgi": 0.9,
        "api nested_list_vs_bare_asgi": 0.9,
        "api point_read_vs_bare_asgi": 0.8,
        "peers list_vs_bare_asgi": 0.9,
        "peers nested_list_vs_bare_asgi": 0.9,
        "peers point_read_vs_bare_asgi": 0.8,
        "peers list_vs_neo4j_graphql": 3.5,
        "peers nested_list_vs_neo4j_graphql": 4.5,
        "peers point_read_vs_neo4j_graphql": 2.4,
        "peers connection_vs_neo4j_graphql": 10,
        "peers connection_some_vs_neo4j_graphql": 10,
        "peers list_vs_mercurius": 1.0,
        "peers point_read_vs_mercurius": 0.9,
        "peers list_p99_vs_bare_asgi": -1.5,
        "peers nested_list_p99_vs_bare_asgi": -1.5,
        "peers point_read_p99_vs_bare_asgi": -1.5,
        "completion list_completion_vs_graphql_jit": 0.8,
        "completion nested_list_completion_vs_graphql_jit": 0.8,
        "growth match_growth": -1.5,
        "growth match_vs_its_cypher": -1.5,
        "load nodes ratio": 0.8,
        "load relationships ratio": 0.8,
        "targets a figure over its bare Cypher, most": -1.3,
        "targets targets of five years, seconds": -2,
        "attacks fragment bomb best_ms": -5,
        "restricted worst_vs_unrestricted": -3,
        "plan seconds": -60,
        "plan peak_bytes": -2e9,
        "plan_database seconds": -180,
        "plan suggestions gini_balanced": -0.35,
    }
)


def report(folder: Path = FIGURES) -> str:
    """The page, of those files that are there."""
    sections = [
        "\n".join(_section(file.stem, json.loads(file.read_text(encoding="utf-8"))))
        for file in sorted(folder.glob("*.json"))
    ]
    head = (
        "# Performance\n\n"
        "Printed by `python -m bench --report` out of `docs/figures`; never edited by hand. "
        "Ratios of one run are facts, absolute figures belong to the machine named beside them. "
        "✓ and ✗ say whether a figure reaches what we want of it."
    )
    return "\n\n".join([head, *sections, NOTES.read_text(encoding="utf-8").rstrip()]) + "\n"


def _section(name: str, figures: Mapping[str, Any]) -> Iterator[str]:
    first = (import_module(f"bench.{name}").__doc__ or name).partition("\n")[0]
    yield f"## {first.partition(': python -m')[0]}\n\n`python -m bench.{name}`\n"
    yield "| figure | | wanted | |\n|---|---:|---:|---|"
    for key, value in flat(figures):
        yield _row(key, value, WANTED.get(f"{name} {key}"))
    absolute = figures.get("absolute")
    if absolute:
        yield ""
        yield from _table(absolute)
    machine = ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in figures["machine"].items())
    yield f"\n{machine}"


def flat(figures: Mapping[str, Any], *above: str) -> Iterator[tuple[str, float]]:
    """Every number with the words that lead to it, but for those that stand beside ratios."""
    for key, value in figures.items():
        if isinstance(value, int | float):
            yield " ".join([*above, str(key)]), value
        elif isinstance(value, Mapping) and key not in _BESIDE:
            yield from flat(value, *above, str(key))


def _row(key: str, value: float, wanted: float | None) -> str:
    shown = f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    if wanted is None:
        return f"| {key} | {shown} | | |"
    reached = value <= -wanted if wanted < 0 else value >= wanted
    sign = "≤" if wanted < 0 else "≥"
    return f"| {key} | {shown} | {sign} {abs(wanted):g} | {'✓' if reached else '✗'} |"


def _table(absolute: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    rows = [
        (name, side, figures if isinstance(figures, Mapping) else {"µs": figures})
        for name, sides in absolute.items()
        for side, figures in sides.items()
    ]
    columns: Sequence[str] = list(rows[0][2])
    yield f"| | | {' | '.join(c.replace('_', ' ') for c in columns)} |"
    yield f"|---|---|{'---:|' * len(columns)}"
    for name, side, figures in rows:
        yield f"| {name} | {side} | {' | '.join(f'{figures[c]:,.2f}' for c in columns)} |"
