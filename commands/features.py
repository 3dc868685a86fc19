"""`jiangpu features`: what the score of each match is made of."""

import re
from collections.abc import Iterator
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from graph.matching import JOBS
from graph.matching.job import Evidence, Job

_PATTERN = re.compile(
    r"\b(?:path|up|down) = (.+?)(?= WHERE | MATCH | WITH |\n *(?:WHERE|WITH)|$)", re.S
)


@click.command()
@click.argument("jobs", nargs=-1, type=click.Choice(list(JOBS)), metavar="[JOB]...")
@click.option("--markdown", is_flag=True, help="All of it as a Markdown page.")
def command(jobs: tuple[str, ...], *, markdown: bool) -> None:
    """Print the parts of each match's score: weight, formula, meaning.

    \b
    jiangpu features                   all jobs
    jiangpu features mentor transfer   these
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    if markdown:
        click.echo("\n".join(page()))
        return
    console = Console()
    for name in jobs or JOBS:
        job = JOBS[name]
        console.print(f"\n[bold]{name}[/bold] {job.zh}  {job.description}  {job.model.version}")
        table = Table("part", "中文", "weight", "value from 0 to 1", "", box=None)
        for f in job.features:
            weight = f"{job.model.weights[f.name]:g}"
            table.add_row(f.name, f.zh, weight, f.formula, f.description)
        console.print(table)


def page() -> Iterator[str]:
    """The lines of docs/matching-features.md."""
    yield "# What scores are made of"
    yield ""
    yield (
        "Written by `jiangpu features --markdown`; do not edit. A score is the sum of weight × "
        "value over the parts of its job; every value is from 0 to 1. The weights below ship; "
        "`weightsVersions` shows which others are in force, and every match names its version. The "
        "conditions are no parts: who fails one is not shown, and counted under its name."
    )
    for job in JOBS.values():
        yield from _section(job)


def _section(job: Job[Any]) -> Iterator[str]:
    rules = f" Policy rows: {', '.join(job.rules)}." if job.rules else ""
    yield from ("", f"## {job.name} {job.zh}", "")
    yield f"{job.description} Asked by a {job.asking}, shows a {job.shown}.{rules}"
    constants = ", ".join(f"{name} {value:g}" for name, value in job.model.constants.items())
    yield from ("", f"Weights `{job.model.version}`; constants: {constants or 'none'}.", "")
    yield "| part | 中文 | weight | value | meaning | rows |"
    yield "|---|---|---|---|---|---|"
    for f in job.features:
        weight = f"{job.model.weights[f.name]:g}"
        formula = f.formula.replace("|", "\\|")
        rows = ", ".join(f.rules)
        yield f"| `{f.name}` | {f.zh} | {weight} | {formula} | {f.description} | {rows} |"
    yield from ("", "| evidence for | paths in the graph | sentence |", "|---|---|---|")
    for e in job.evidence:
        yield f"| `{e.feature}` | {_paths(e)} | {e.zh}<br>{e.en} |"
    yield from ("", "| condition | 中文 | meaning | rows |", "|---|---|---|---|")
    for c in job.all_conditions:
        yield f"| `{c.reason}` | {c.zh} | {c.description} | {', '.join(c.rules)} |"


def _paths(evidence: Evidence) -> str:
    found = _PATTERN.findall(evidence.find(lambda *_: "true"))
    return "<br>".join(f"`{' '.join(path.split())}`".replace("|", "\\|") for path in found)
