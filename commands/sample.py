"""`jiangpu sample`: the sample that ships, synthetic people on it, and five years of theirs."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from commands.five_years import play_five_years, targets_of_five_years
from commands.load import Job, prepare, run_jobs
from graph.connection import connected
from graph.cypher import Cypher
from graph.database import Database
from graph.settings import Settings
from graph.writes.provenance import is_finished
from loaders import sample
from loaders.sample.cut import cut
from loaders.sample.generator import MOST_WORKERS, generate
from loaders.sample.people import CONSENT_TO_MATCHING
from loaders.sample.vocabulary import from_graph

console = Console(stderr=True)

WORKERS_OF_PROGRAMME = 2_000
_PATIENT_SECONDS = 120.0
OCCUPATIONS = Cypher(
    "MATCH (o:Occupation {source: 'csco'}) RETURN count(o)", name="occupations of the dictionary"
)


@click.command()
@click.option("--workers", type=click.IntRange(1, MOST_WORKERS), help="Generate so many workers.")
@click.option("--seed", default=1, show_default=True, help="The same seed, the same people.")
@click.option(
    "--consent",
    default=CONSENT_TO_MATCHING,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Share of the workers who agree to be matched.",
)
@click.option(
    "--programme",
    is_flag=True,
    help="Play 2015 to 2019 on them, operation by operation.",
)
@click.option("--resume", is_flag=True, help="Go on where the same load was cut off.")
@click.option(
    "--cut",
    "data",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Cut the sample anew from the public sources under DIR; for its maintainers.",
)
def command(
    workers: int | None,
    seed: int,
    consent: float,
    *,
    programme: bool,
    resume: bool,
    data: Path | None,
) -> None:
    """Load the sample that ships, synthetic people, and five years of the programme.

    \b
    jiangpu sample
    jiangpu sample --workers 20000 --seed 7
    jiangpu sample --programme

    The sample is real: occupations, districts, industries, patents with their inventors,
    institutes, companies; its sources stand in ATTRIBUTION.txt beside it. Workers, unions, their
    enterprises, studios, problems and achievements are made up and marked `synthetic`; they stand
    on the sample, or on the full sources if the graph has them.

    --programme adds people, studios and enterprises of 2014 to them and then has every operation
    of five years called on its day, from the naming of masters to contracts and yearly plans:
    `{ targets(year: 2019) { figure count { done planned met } trend { year done } } }` shows what
    came of it. A run that was cut off goes on where it was; one after the end changes nothing.
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    if data:
        cut(data, sample.DATA)
        click.echo(f"cut anew into {sample.DATA}")
    else:
        workers = workers or (WORKERS_OF_PROGRAMME if programme else None)
        asyncio.run(_load(workers, seed, consent, programme=programme, resume=resume))


async def _load(
    workers: int | None, seed: int, consent: float, *, programme: bool, resume: bool
) -> None:
    settings = patient(Settings.from_environment())
    async with connected(settings, console.print) as database:
        if not programme or workers is None:
            await fill(database, settings, workers, seed, consent, resume=resume)
            return
        if not await is_finished(database, fingerprint(workers, seed, consent)):
            await fill(database, settings, workers, seed, consent, resume=resume)
        await play_five_years(database, workers, seed, console)
        Console().print(await targets_of_five_years(database))


async def fill(
    database: Database,
    settings: Settings,
    workers: int | None,
    seed: int,
    consent: float = CONSENT_TO_MATCHING,
    *,
    resume: bool = False,
) -> None:
    """Load the sample, and generated people on it."""
    await prepare(database, settings)
    await run_jobs(database, await _shipped(database), resume=resume)
    if workers:
        vocabulary = await from_graph(database)
        people = Job(
            title=f"{workers:,} synthetic workers",
            fingerprint=fingerprint(workers, seed, consent),
            parts=partial(generate, vocabulary, workers, seed, consent=consent),
            rejects=Path("synthetic.rejects.csv"),
        )
        await run_jobs(database, [people], resume=resume)


def patient(settings: Settings) -> Settings:
    """The same for filling a graph: a statement that a busy machine plans slowly may take long."""
    return replace(settings, query_seconds=max(settings.query_seconds, _PATIENT_SECONDS))


def fingerprint(workers: int, seed: int, consent: float = CONSENT_TO_MATCHING) -> str:
    """What a load of generated people is known by."""
    return f"synthetic {workers} {seed} {consent}"


async def _shipped(database: Database) -> Sequence[Job]:
    """The sample, unless the graph holds more of the dictionary: then it has the full sources."""
    if await database.value(OCCUPATIONS) > sample.occupations():
        console.print("the graph holds the full sources: the sample, a cut of them, is left out")
        return []
    return [
        Job(
            title="sample",
            fingerprint="sample",
            parts=sample.parts,
            rejects=Path("sample.rejects.csv"),
        )
    ]
