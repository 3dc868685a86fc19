"""`jiangpu load`: files of one's own, and the named public sources."""

import asyncio
import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Task as ProgressTask
from rich.table import Column, Table
from rich.text import Text

from graph import constraints, migrations
from graph.connection import connected
from graph.database import Database
from graph.errors import JiangpuError
from graph.settings import Settings
from loaders.files import NodeFile, RelationshipFile, declared_type, opened
from loaders.pipeline import BATCH_ROWS, Watch, check, load
from loaders.report import LoadReport, RejectFile
from loaders.rows import Part
from loaders.sources import SOURCES, Source
from loaders.titles import title_map

OWN_SOURCE = "local"

console = Console(stderr=True)


class NothingToLoad(JiangpuError):
    """The command line does not say what to load; the text says how to."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file, or one public source, to be loaded."""

    title: str
    fingerprint: str
    parts: Callable[[], Iterator[Part]]
    rejects: Path
    file: NodeFile | RelationshipFile | None = None


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "kind", metavar="TYPE", help="What the rows are: Worker, 职工, HAS_SKILL …")
@click.option("--source", metavar="NAME", help="A public source, or the name of your own.")
@click.option("--dry-run", is_flag=True, help="Only check the files; no database is touched.")
@click.option("--resume", is_flag=True, help="Go on where the same load was cut off.")
@click.option("--ignore-unknown", is_flag=True, help="Leave out columns that are not known.")
@click.option(
    "--batch",
    default=BATCH_ROWS,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="Rows written in one transaction.",
)
@click.option(
    "--rejects",
    metavar="PATH",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where rejected rows go instead.",
)
def command(
    paths: tuple[Path, ...],
    kind: str | None,
    source: str | None,
    *,
    dry_run: bool,
    resume: bool,
    ignore_unknown: bool,
    batch: int,
    rejects: Path | None,
) -> None:
    """Load files (CSV, JSON Lines, Excel) or a public source.

    \b
    jiangpu load 职工.xlsx --as 职工 --source 某区总工会
    jiangpu load skills.csv --as HAS_SKILL --source 某区总工会
    jiangpu load ../shared/data/csco --source csco
    jiangpu load ../shared/data --source all

    The first row names the columns, in Chinese or English as `jiangpu model` shows them. Rows are
    told apart by `key`, an official code, or `external_id` (编号), which is unique within --source.
    A relation's column names the other end by its code, external id, key or, except for people,
    exact name; several are parted by ; and a skill may have its level (氩弧焊:4). An empty cell
    says nothing: it changes no value. Loading the same twice changes nothing.

    Rows that cannot be loaded go to FILE.rejects.csv, each with its reason and what to do.
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    if kind is None:
        jobs = list(_public(paths, source, rejects))
    else:
        jobs = [
            _own(path, kind, source or OWN_SOURCE, rejects, ignore_unknown=ignore_unknown)
            for path in paths
        ]
    if rejects and len(jobs) > 1:
        raise NothingToLoad("--rejects names one file; load one input at a time")
    if dry_run:
        for job in jobs:
            with _progress(job) as watch:
                report = check(job.parts(), RejectFile(job.rejects), watch)
            _show(job, report, {"rows": "rows", "fit": "unchanged", "rejected": "rejected"})
    else:
        try:
            asyncio.run(_load(jobs, resume=resume, batch=batch))
        except KeyboardInterrupt:
            raise click.ClickException("stopped; the same with --resume goes on") from None


async def _load(jobs: Sequence[Job], *, resume: bool, batch: int) -> None:
    settings = Settings.from_environment()
    async with connected(settings, console.print) as database:
        await prepare(database, settings)
        await run_jobs(database, jobs, resume=resume, batch=batch)


async def run_jobs(
    database: Database, jobs: Sequence[Job], *, resume: bool, batch: int = BATCH_ROWS
) -> None:
    """Load one after the other, each with its progress and its table of figures."""
    for job in jobs:
        if isinstance(job.file, NodeFile) and job.file.has_job_titles:
            job.file.titles = await title_map(database)
            if job.file.titles is None:
                console.print("no occupations in the graph: job titles stay without an occupation")
        with _progress(job) as watch:
            report = await load(
                database,
                job.parts(),
                title=job.title,
                fingerprint=job.fingerprint,
                rejects=RejectFile(job.rejects),
                resume=resume,
                batch_rows=batch,
                watch=watch,
            )
        _show(job, report)


async def prepare(database: Database, settings: Settings) -> None:
    """Constraints, indexes and changes of what is stored come before the first row."""
    if settings.constraints == "apply":
        await constraints.apply(database)
    else:
        await constraints.check(database)
    await migrations.apply(database)


def _own(path: Path, kind: str, source: str, rejects: Path | None, *, ignore_unknown: bool) -> Job:
    if not source.strip() or ":" in source:
        raise NothingToLoad("--source is a name without a colon, such as 某区总工会")
    declared = declared_type(kind)
    file = opened(path, declared, source, ignore_unknown=ignore_unknown)
    return Job(
        title=path.name,
        fingerprint=_fingerprint([path], str(declared), source),
        parts=file.parts,
        rejects=rejects or path.with_suffix(".rejects.csv"),
        file=file,
    )


def _public(paths: Sequence[Path], name: str | None, rejects: Path | None) -> Iterator[Job]:
    if name not in {*SOURCES, "all"}:
        raise NothingToLoad(
            "say what the rows are with --as TYPE, or name a public source with --source: "
            f"{', '.join(SOURCES)}, or all"
        )
    if len(paths) != 1 or not paths[0].is_dir():
        raise NothingToLoad(f"--source {name} needs one folder, which holds its files")
    for source in SOURCES.values() if name == "all" else (SOURCES[name],):
        folder = paths[0] / source.NAME
        folder = folder if folder.is_dir() else paths[0]
        yield _public_job(source, folder, rejects or Path(f"{source.NAME}.rejects.csv"))


def _public_job(source: Source, folder: Path, rejects: Path) -> Job:
    files = [path for name in source.FILES if (path := folder / name).is_file()]
    return Job(
        title=source.NAME,
        fingerprint=_fingerprint(files, source.NAME),
        parts=lambda: source.read(folder),
        rejects=rejects,
    )


def _fingerprint(paths: Sequence[Path], *said: str) -> str:
    """The same for the same bytes, loaded as the same."""
    digest = hashlib.sha256("\n".join(said).encode())
    for path in paths:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


class _Rate(ProgressColumn):
    def render(self, task: ProgressTask) -> Text:
        rows: int = task.fields["rows"]
        return Text(f"{rows:,} rows, {rows / max(task.elapsed or 0, 0.1):,.0f}/s")


@contextmanager
def _progress(job: Job) -> Generator[Watch]:
    """A bar with rate and, where the length is known, remaining time; nothing if not watched."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(job.title, total=1.0 if job.file else None, rows=0)
        done = 0

        def watch(what: str, rows: int) -> None:
            nonlocal done
            done += rows
            fraction = job.file.reader.fraction if job.file else 0
            bar.update(task, description=f"{job.title} {what}", completed=fraction, rows=done)

        yield watch


_FIGURES: Mapping[str, str] = {
    name: name for name in ("rows", "created", "updated", "unchanged", "rejected")
}


def _show(job: Job, report: LoadReport, figures: Mapping[str, str] = _FIGURES) -> None:
    """A row for each file and for what is named in passing; `figures` by column title."""
    table = Table(Column(job.title, overflow="fold"), *figures, box=None)
    for name, found in (*report.files.items(), *report.passing.items()):
        table.add_row(name, *(f"{getattr(found, figure):,}" for figure in figures.values()))
    Console().print(table)
    if report.rejected:
        click.echo(f"{report.rejected:,} rows cannot be loaded; {job.rejects} says why", err=True)
