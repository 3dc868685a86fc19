"""`jiangpu demo`: a filled graph, the three main jobs with their reasons, five years, the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

import click
import uvloop
from rich import box
from rich.console import Console
from rich.table import Table

import server
from commands.five_years import play_five_years, targets_of_five_years
from commands.sample import fill, fingerprint, patient
from graph import clock
from graph.connection import connected
from graph.cypher import Cypher
from graph.database import Database
from graph.matching.answer import Match, MatchPage, Question, answer
from graph.matching.candidates import Days
from graph.matching.job import Job
from graph.matching.mentoring import MENTOR
from graph.matching.research import RESEARCH
from graph.matching.transfer import TRANSFER
from graph.partners import Partner, create, partners, rotate
from graph.projection.fragment import Fragment
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from graph.writes.provenance import is_finished

WORKERS = 20_000
SEED = 1
_TRIED = 8
_SHOWN = 3
_DEVELOPMENT = "development"

console = Console()


@dataclass(frozen=True, slots=True)
class Showcase:
    """A job, and how to find somebody worth asking it for."""

    job: Job[Any]
    zh: str
    en: str
    askers: LiteralString


SHOWCASES = (
    Showcase(
        MENTOR,
        "谁能带这名徒弟？",
        "Who could teach this apprentice?",
        "MATCH (asking:Worker)-[:PRACTISES]->(o:Occupation) "
        "WHERE asking.skill_level <= 3 AND NOT asking:Master "
        "AND EXISTS { (asking)<-[:ABOUT_WORKER]-(:Consent {purpose: 'MATCHING'}) } "
        "WITH asking, o ORDER BY asking.key LIMIT $most "
        "RETURN asking.id AS id, asking.name + '，' + o.name AS name",
    ),
    Showcase(
        RESEARCH,
        "哪家科研单位适合这个工作室？",
        "Which research institute fits this studio?",
        "MATCH (asking:Studio) WHERE EXISTS { (asking)-[:FOCUSES_ON]->(:TechnologyField) } "
        "WITH asking ORDER BY asking.key LIMIT $most "
        "RETURN asking.id AS id, asking.name AS name",
    ),
    Showcase(
        TRANSFER,
        "哪家企业用得上这项成果？",
        "Which enterprise could use this achievement?",
        "MATCH (asking:Achievement) WITH asking ORDER BY asking.key LIMIT $most "
        "RETURN asking.id AS id, asking.title AS name",
    ),
)


@click.command()
@click.option("--once", is_flag=True, help="Print jobs and targets and exit, without serving.")
def command(*, once: bool) -> None:
    """Fill a local database, show the three matches with reasons, and serve the API.

    People, studios, problems and achievements in it are generated and marked `synthetic`;
    occupations, patents, institutes and companies are real. The targets of 2015 to 2019 come of
    operations called on their days. A second run finds all of it there.
    """
    uvloop.run(_demo(Settings.from_environment(), once=once))


async def _demo(settings: Settings, *, once: bool) -> None:
    async with connected(patient(settings), console.print) as database:
        if not await is_finished(database, fingerprint(WORKERS, SEED)):
            await fill(database, settings, WORKERS, SEED, resume=True)
        await play_five_years(database, WORKERS, SEED, console)
        for showcase in SHOWCASES:
            await _present(database, showcase)
        console.print(await targets_of_five_years(database))
        if not once:
            await _show_key(database, settings)
            await server.serve(settings, console.print)


async def _show_key(database: Database, settings: Settings) -> None:
    """Print a key of a day for portals that are being developed, in place of yesterday's."""
    life, now = timedelta(days=1), clock.now()
    if not any(partner.name == _DEVELOPMENT for partner, _ in await partners(database)):
        made = Partner(_DEVELOPMENT, "administrator", introspects=True)
        key = await create(database, made, now, life, actor="demo")
    else:
        key = await rotate(
            database, _DEVELOPMENT, now, life=life, overlap=timedelta(0), actor="demo"
        )
    console.print("A key for development, good for a day:")
    console.print(
        f"curl http://{settings.host}:{settings.port}/graphql -H 'Content-Type: application/json' "
        f"-H 'Authorization: Bearer {key}' -d '{{\"query\": \"{{ workers {{ totalCount }} }}\"}}'",
        soft_wrap=True,
        markup=False,
        highlight=False,
    )


async def _present(database: Database, showcase: Showcase) -> None:
    console.rule(f"{showcase.zh}  {showcase.en}")
    askers = await database.rows(Cypher(showcase.askers, {"most": _TRIED}, name="askers"))
    best: tuple[str, MatchPage] | None = None
    for asker in askers:
        page = await _ask(database, showcase.job, asker["id"])
        if page and page.matches and (best is None or _worth(page) > _worth(best[1])):
            best = (asker["name"], page)
    if best is None:
        console.print("nobody to show; the graph holds nothing to match")
        return
    name, page = best
    excluded = "，".join(f"{e.reason} {e.count}" for e in page.excluded) or "-"
    console.print(f"[bold]{name}[/bold]   considered {page.considered}, excluded: {excluded}")
    console.print(_scores(showcase.job, page.matches))
    for match in page.matches:
        console.print(f"[bold]{match.position}  {match.values['shown'][0]}[/bold]")
        for evidence in [e for p in match.parts for e in p.evidence[:1]]:
            console.print(f"   {evidence.zh}。\n   [dim]{evidence.en}.[/dim]", soft_wrap=True)
    console.print()


def _worth(page: MatchPage) -> tuple[bool, int, float]:
    """Full pages first, then those with more reasons, then the better score."""
    reasons = sum(bool(part.evidence) for part in page.matches[0].parts)
    return len(page.matches) == _SHOWN, reasons, page.matches[0].score


async def _ask(database: Database, job: Job[Any], asking: str) -> MatchPage | None:
    today = clock.beijing_day(clock.now())
    return await answer(
        database,
        job,
        Question(asking),
        ADMINISTRATOR,
        {"shown": Fragment("[shown.name]")},
        days=Days(today, today),
        first=_SHOWN,
    )


def _scores(job: Job[Any], matches: Sequence[Match]) -> Table:
    """A column for each match, a row for each part: the parts sum to the score."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column(f"{job.zh}\n[dim]{job.model.version}[/dim]")
    for match in matches:
        table.add_column(f"{match.position} {match.values['shown'][0]}", overflow="fold")
    for n, part in enumerate(matches[0].parts):
        values = [f"{m.parts[n].contribution:.3f}" for m in matches]
        table.add_row(f"{part.zh} [dim]{part.name}[/dim]", *values)
    table.add_row("[bold]得分 score[/bold]", *[f"[bold]{m.score:.3f}[/bold]" for m in matches])
    return table
