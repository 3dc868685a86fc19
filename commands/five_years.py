"""Playing the sample programme, and its five years of targets as a table."""

from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from graph import clock
from graph.database import Database
from graph.rules.figures import FIGURES
from graph.rules.figures.count import Answered, Count, Question, answer
from graph.viewer import ADMINISTRATOR
from loaders.report import RejectFile
from loaders.sample.population import source_of
from loaders.sample.programme.cast import Cast
from loaders.sample.programme.numbers import YEARS
from loaders.sample.programme.play import play
from loaders.sample.vocabulary import from_graph


async def play_five_years(
    database: Database, workers: int, seed: int, console: Console, size: float = 1
) -> None:
    """Play the programme on a generated population, as far as it has not been played."""
    cast = Cast(await from_graph(database), source_of(workers, seed), size, seed)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("2015–2019, operation by operation", total=None)

        def watch(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)
            if not console.is_terminal and 10 * done // of > 10 * (done - 1) // of:
                console.print(f"2015–2019: {done:,} of {of:,} operations looked at")

        performed = await play(database, cast, RejectFile(Path("programme.rejects.csv")), watch)
    if performed:
        console.print(f"2015–2019: {performed:,} operations performed, each on its day")
    else:
        console.print("2015–2019: has been played; nothing was changed")


async def targets_of_five_years(database: Database) -> Table:
    """Each T row with its target and what was done in each year: green if it is met."""
    now = clock.now()
    question = Question(
        tuple(f for f in FIGURES.values() if f.code.startswith("T")),
        YEARS[-1],
        clock.beijing_day(now),
        now,
        back=len(YEARS) - 1,
    )
    table = Table(box=box.SIMPLE_HEAD, title="五年目标  Targets of five years")
    for title in ("", "指标 figure", "目标 target"):
        table.add_column(title)
    for year in YEARS:
        table.add_column(str(year), justify="right")
    for one in await answer(database, question, ADMINISTRATOR, {}):
        table.add_row(*_named(one), *[_done(c) for c in reversed(one.counts)])
    return table


def _named(one: Answered) -> tuple[str, str, str]:
    planned, f = one.counts[0].planned, one.figure
    wanted = "" if planned is None else f"{planned:.0%}" if f.is_share else f"{planned:,.0f}"
    about = "±" + f"{f.band:.0%}" if f.band else ""
    return f.code, f"{f.zh}\n[dim]{f.description}[/dim]", f"{wanted} {about}"


def _done(count: Count) -> str:
    text = f"{count.done:,}" if count.rate is None else f"{count.rate:.0%}"
    colour = {True: "green", False: "red", None: "default"}[count.met]
    return f"[{colour}]{text}{' ✓' if count.met else ''}[/{colour}]"
