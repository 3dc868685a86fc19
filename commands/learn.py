"""`jiangpu learn`: weights out of what people accepted and declined."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import click
from rich.console import Console
from rich.table import Table

from commands.database import say
from graph import clock
from graph.connection import connected
from graph.cypher import Cypher
from graph.database import Database
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.matching import JOBS
from graph.matching.acceptance import Learned, learn
from graph.matching.candidates import ALL_KNOWN, weighed
from graph.matching.features import Model
from graph.matching.job import Job
from graph.matching.judged_pairs import SOURCES, judgements, measured
from graph.rules.matching import weights_in_force
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from loaders.judged_files import read_judged


@click.command()
@click.argument("job", type=click.Choice(list(SOURCES)))
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Judged pairs from a file instead of the graph: asking, shown, accepted, day.",
)
@click.option("--propose", metavar="VERSION", help="Propose what was learned under this version.")
def command(*, job: str, pairs: Path | None, propose: str | None) -> None:
    """Learn the weights of a JOB from judged pairs, and report by group.

    Pairs in the graph are agreements accepted or declined and how they were assessed, pairings of
    studios and institutes, technology contracts, answers to problems. Below 300 pairs nothing is
    learned; then non-negative weights by logistic regression; above 5,000 trees are measured too
    (extra `learning`). Weights are proposed only if they order candidates better beyond chance
    (nDCG@10 on people not learned from, paired bootstrap, p < 0.05). Only the declared parts of the
    score are learned from: no age, no name, no post. A person puts them in force: activateWeights.

    \b
    jiangpu learn mentor
    jiangpu learn transfer --pairs judged.csv --propose transfer-2027.1
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    asyncio.run(learn_weights(job, pairs, propose))


async def learn_weights(name: str, pairs: Path | None, propose: str | None) -> None:
    """Learn, print, and propose under a version if one is given."""
    settings, job = Settings.from_environment(), JOBS[name]
    today = clock.beijing_day(clock.now())
    given = read_judged(pairs, today) if pairs else None
    async with connected(settings, say) as database:
        viewer = replace(ADMINISTRATOR, sees_synthetic=not settings.production)
        judged = await judgements(database, job, given)
        questions = await measured(database, job, judged, viewer, today)
        model = await _in_force(database, job)
        weights = {f.name: model.weights[f.name] for f in job.features}
        learned = await asyncio.to_thread(learn, questions, weights)
        _print(learned, weights, model.version, len(judged) - learned.judged)
        if propose and learned.weights:
            await _propose(database, name, propose, learned)
        elif propose:
            click.echo("nothing was proposed", err=True)


async def _in_force(database: Database, job: Job[Any]) -> Model:
    parameters = {"weights_version": None, "known_at": ALL_KNOWN}
    text: LiteralString = f"RETURN {weights_in_force(job.name)}"
    stored = await database.value(Cypher(text, parameters, name="weights in force"))
    return weighed(job.model, None, stored)


async def _propose(database: Database, name: str, version: str, learned: Learned) -> None:
    figures = ", ".join(f"{n} {f.ndcg:.3f}" for n, f in learned.figures.items())
    given = {
        "job": name.upper(),
        "name": version,
        "weights": [f"{n}={w:g}" for n, w in (learned.weights or {}).items()],
        "grounds": f"jiangpu learn: {learned.judged} judged pairs of {learned.questions} "
        f"questions; nDCG@10 {figures}",
    }
    actor = Actor(ADMINISTRATOR, "command line")
    await perform(database, OPERATIONS["proposeWeights"], given, actor, clock.now())
    click.echo(f"proposed as {version}; activateWeights puts it in force", err=True)


def _print(learned: Learned, now: dict[str, float], version: str, beyond: int) -> None:
    out = Console()
    out.print(
        f"{learned.judged} judged pairs in {learned.questions} questions; {beyond} more are not "
        f"among the candidates, or do not agree to be matched. {learned.reason}."
    )
    if learned.figures:
        table = Table("ranked by", "nDCG@10", "chance that it is no better")
        for name, figure in learned.figures.items():
            table.add_row(name, f"{figure.ndcg:.3f}", f"{figure.chance:.3f}")
        out.print(table)
    if learned.weights:
        table = Table("part", version, "learned")
        for name, weight in learned.weights.items():
            table.add_row(name, f"{now[name]:g}", f"{weight:g}")
        out.print(table)
    if learned.groups:
        table = Table("group", "", "judged", "accepted", "in the first ten", "with learned weights")
        for g in learned.groups:
            shares = (g.accepted, g.shown_before, g.shown_after)
            table.add_row(g.grouping, g.name, str(g.judged), *(f"{s:.1%}" for s in shares))
        out.print(table)
