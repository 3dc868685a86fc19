"""`jiangpu visits`: which studios experts shall visit this year."""

import asyncio
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from commands.database import say
from graph import clock
from graph.connection import connected
from graph.plans.visiting import Proposed, Search, propose_visits
from graph.plans.visits import PROJECTS, Bands
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from loaders.export import file_of

_COLUMNS = ("studio", "expert", "institute", "district", "industry", "score", "zh", "en")
_SECONDS = 120.0


@click.command()
@click.option("--year", type=int, help="Year of the projects; this year by default.")
@click.option("--union", help="Id of a union: only studios of its enterprises.")
@click.option("--projects", default=PROJECTS, show_default=True, help="How many.")
@click.option("--most-of-district", default=4, show_default=True, help="In one district.")
@click.option("--most-of-industry", default=6, show_default=True, help="In one industry.")
@click.option("--fewest-of-district", default=0, show_default=True, help="In each district.")
@click.option("--fewest-of-industry", default=0, show_default=True, help="In each industry.")
@click.option("--most-of-expert", default=2, show_default=True, help="Of one expert.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="Write them here (xlsx, csv, jsonl) instead of printing.")  # fmt: skip
def command(
    *, year: int | None, union: str | None, projects: int, output: Path | None, **bands: int
) -> None:
    """Propose the expert visits of a year: the best pairs, spread over the city (V06, T07).

    Experts are those whose patents are like what a studio makes and needs; `jiangpu work` keeps
    that similarity. Studios that have a project this year are left out. An exact solver chooses
    within the bands.
    """
    year = year or clock.beijing_day(clock.now()).year
    search = Search(year, union, projects, Bands(**bands))
    found = asyncio.run(_proposed(search))
    if output:
        with file_of(output, list(_COLUMNS)) as write:
            write([_row(p) for p in found])
    else:
        table = Table(*_COLUMNS[:6])
        for p in found:
            table.add_row(*[str(v) for v in list(_row(p).values())[:6]])
        Console().print(table)
    click.echo(f"{len(found)} of {projects} projects", err=True)


async def _proposed(search: Search) -> list[Proposed]:
    settings = Settings.from_environment()
    async with connected(settings, say) as database:
        viewer = replace(ADMINISTRATOR, sees_synthetic=not settings.production)
        return await propose_visits(database, search, viewer, seconds=_SECONDS)


def _row(p: Proposed) -> dict[str, object]:
    return {
        "studio": p.studio_name,
        "expert": p.expert_name,
        "institute": p.institute,
        "district": p.visit.district,
        "industry": p.visit.industry,
        "score": round(p.visit.score, 3),
        "zh": p.zh,
        "en": p.en,
    }
