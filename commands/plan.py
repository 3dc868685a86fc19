"""`jiangpu plan`: masters for hundreds of apprentices, reviewed and published."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from commands.database import say
from graph import clock
from graph.connection import connected
from graph.cypher import Cypher
from graph.database import Database
from graph.errors import JiangpuError, TransitionRefused
from graph.jobs.worker import work
from graph.lifecycles.operations import OPERATIONS
from graph.lifecycles.perform import Actor, perform
from graph.matching.candidates import Days
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR, Viewer
from graph.work import KINDS
from graph.writes.merged import standing
from loaders.export import file_of
from loaders.plan_files import COLUMNS, plan_rows, read_asked

console = Console(stderr=True)
T = TypeVar("T")
_OVER = {"DONE", "FAILED", "CANCELLED"}
_WIDEST = 130  # what the table of prices needs


class NotDone(JiangpuError):
    """What was asked of a plan was not done; the text says why."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an officer works: the database, and what they may see."""

    database: Database
    viewer: Viewer

    async def do(self, operation: str, **given: Any) -> str:
        """One operation; raises NotDone with its words."""
        actor = Actor(self.viewer, "command line")
        values = {name: value for name, value in given.items() if value is not None}
        try:
            return await perform(self.database, OPERATIONS[operation], values, actor, clock.now())
        except TransitionRefused as refused:
            raise NotDone(f"{refused.code}: {refused}") from refused

    async def find(self, label: str, name: str) -> str:
        """The id of a plan, union or worker by id, key or name; raises NotDone."""
        whole = {"name": await standing(self.database.rows, name)}
        found = await self.database.value(Cypher(_FIND[label], whole, name="find"))
        if len(found) == 1:
            return found[0]
        how = "there is no" if not found else f"there are {len(found)}"
        raise NotDone(f"{how} {label} {name!r}; name it by its id or key")


_ANY: LiteralString = "WHERE n.id = $name OR n.key = $name OR n.name = $name RETURN collect(n.id)"
_FIND: Mapping[str, LiteralString] = {
    "MentoringPlan": f"MATCH (n:MentoringPlan) {_ANY}",
    "Union": f"MATCH (n:Union) {_ANY}",
    "Worker": "MATCH (n:Worker) WHERE n.id = $name OR n.key = $name RETURN collect(n.id)",
}


@asynccontextmanager
async def _desk() -> AsyncGenerator[Desk]:
    settings = Settings.from_environment()
    async with connected(settings, say) as database:
        yield Desk(database, replace(ADMINISTRATOR, sees_synthetic=not settings.production))


def _run(job: Callable[[Desk], Awaitable[T]]) -> T:
    async def main() -> T:
        async with _desk() as desk:
            return await job(desk)

    return asyncio.run(main())


@click.group()
def command() -> None:
    """Plan masters for hundreds of apprentices: compute, review, publish.

    \b
    jiangpu plan create apprentices.xlsx --name 九月方案 --union 东城区总工会
    jiangpu plan show 九月方案
    jiangpu plan exclude 九月方案 hr:A17 hr:M3      a pair that must not be
    jiangpu plan leave-out 九月方案 hr:A20          a worker who takes no part
    jiangpu plan pin 九月方案 hr:A21 hr:M5          a pair that shall be
    jiangpu plan accept 九月方案                    keep what is there
    jiangpu plan rerun 九月方案
    jiangpu plan publish 九月方案 --answer-by 2026-10-31
    jiangpu plan export 九月方案 -o result.xlsx
    jiangpu plan certificate 九月方案 -o plan.jsonl

    A plan proposes: publishing asks each apprentice and master, and two consents make a pair. A
    PLAN is named by its name, id or key; workers by key or id. The same steps are mutations of the
    API (createMentoringPlan and so on); docs/officer.md goes through a whole case.
    """  # noqa: D301 - click takes the backspace for "do not wrap"


@command.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", required=True, help="Name of the plan, unique in the union.")
@click.option("--union", required=True, help="Whose apprentices: a union's name, key or id.")
@click.option("--masters-from", help="Union whose masters teach; the same by default.")
@click.option(
    "--objective",
    type=click.Choice(["STABLE", "PARTICIPATION"]),
    default="STABLE",
    show_default=True,
    help="Nobody would rather swap, or as many pairs as can be.",
)
@click.option("--list-length", default=50, show_default=True, help="Masters on a list (K).")
@click.option("--answer-by", type=click.DateTime(["%Y-%m-%d"]), help="Last day for an answer.")
def create(
    *,
    file: Path | None,
    name: str,
    union: str,
    masters_from: str | None,
    objective: str,
    list_length: int,
    answer_by: datetime | None,
) -> None:
    """Make a plan for the workers in FILE, or for all apprentices of the union.

    FILE (xlsx, csv, jsonl) has a column `key` (编号) with the workers' keys, in the order in which
    they asked; a column `wishes` (志愿) may name masters they want, separated by ; best first.
    """

    async def job(desk: Desk) -> None:
        asked = await read_asked(desk.database, file) if file else None
        for worker, preferred in (asked.own_lists if asked else {}).items():
            await _own_list(desk, worker, list(preferred))
        plan = await desk.do(
            "createMentoringPlan",
            name=name,
            objective=objective,
            union_id=await desk.find("Union", union),
            masters_union_id=await desk.find("Union", masters_from) if masters_from else None,
            worker_ids=list(asked.workers) if asked else None,
            list_length=list_length,
            answer_by=answer_by.date() if answer_by else None,
        )
        await _finish(desk, plan)

    _run(job)


async def _own_list(desk: Desk, worker: str, preferred: list[str]) -> None:
    try:
        await desk.do("setOwnList", worker_id=worker, preferred_ids=preferred)
    except NotDone as refused:
        if not str(refused).startswith("SAME_LIST"):
            raise


@command.command()
@click.argument("plan")
def show(plan: str) -> None:
    """Show a plan: who takes part, and what each objective is worth."""
    _run(lambda desk: _shown(desk, plan))


async def _shown(desk: Desk, plan: str) -> None:
    identifier = await desk.find("MentoringPlan", plan)
    row = await desk.database.value(Cypher(_SHOW, {"id": identifier}, name="plan"))
    _print(row)


def _print(row: dict[str, Any]) -> None:
    out = Console()
    out.width = max(out.width, _WIDEST)
    out.print(f"[bold]{row['name']}[/bold]  {row['objective']}  {row['state']}  {row['id']}")
    out.print(
        f"in scope {row.get('considered')}, planned for {row.get('apprentices')} with "
        f"{row.get('masters')} masters; without consent {row.get('without_consent')}, already "
        f"paired {row.get('already_paired')}, left out {row.get('left_out')}"
    )
    if row.get("exposure_by_score") is not None:
        out.print(
            f"suggestions of ten: Gini of exposure {row['exposure_by_score']:.2f} by score, "
            f"{row['exposure_balanced']:.2f} balanced, which costs {row['balance_costs']:.1%} of "
            "the score"
        )
    table = Table("objective", "matched", "blocking pairs", "mean rank", "joint score", "Gini",
                  "masters never shown", "seconds")  # fmt: skip
    for price in row["prices"]:
        table.add_row(
            price["objective"],
            f"{price['matched']} ({price['matched_share']:.1%})",
            str(price["blocking_pairs"]),
            f"{price['mean_rank']:.2f}",
            f"{price['joint_score']:.1f}",
            f"{price['exposure_gini']:.3f}",
            str(price["never_shown"]),
            f"{price['seconds']:.2f}",
        )
    out.print(table)
    out.print("  ".join(f"{state} {count}" for state, count in row["states"]) or "no pairs")


def _pair_step(name: str, operation: str, text: str) -> None:
    @command.command(name, help=text)
    @click.argument("plan")
    @click.argument("apprentice")
    @click.argument("master")
    def step(plan: str, apprentice: str, master: str) -> None:
        async def job(desk: Desk) -> None:
            await desk.do(
                operation,
                plan_id=await desk.find("MentoringPlan", plan),
                worker_id=await desk.find("Worker", apprentice),
                master_id=await desk.find("Worker", master),
            )

        _run(job)
        click.echo("done; `jiangpu plan rerun` lets the others settle around it", err=True)


_pair_step("pin", "pinPairing", "Set a pair yourself; further runs keep it.")
_pair_step("exclude", "excludePairing", "Rule out a pair; further runs avoid it.")


def _worker_step(name: str, operation: str, text: str) -> None:
    @command.command(name, help=text)
    @click.argument("plan")
    @click.argument("worker")
    def step(plan: str, worker: str) -> None:
        async def job(desk: Desk) -> None:
            await desk.do(
                operation,
                mentoring_plan_id=await desk.find("MentoringPlan", plan),
                worker_id=await desk.find("Worker", worker),
            )

        _run(job)


_worker_step("leave-out", "leaveOutOfPlan", "Leave a worker out, as apprentice and as master.")
_worker_step("take-back", "takeBackIntoPlan", "Take a worker who was left out back in.")


def _plan_step(name: str, operation: str, text: str, *, works: bool) -> None:
    @command.command(name, help=text)
    @click.argument("plan")
    def step(plan: str) -> None:
        async def job(desk: Desk) -> None:
            identifier = await desk.find("MentoringPlan", plan)
            await desk.do(operation, mentoring_plan_id=identifier)
            if works:
                await _finish(desk, identifier)

        _run(job)


_plan_step("accept", "acceptAllPairings", "Accept every pair that was found.", works=False)
_plan_step(
    "rerun", "rerunMentoringPlan", "Compute again, keeping pins and acceptances.", works=True
)
_plan_step(
    "continue",
    "continueMentoringPlan",
    "Plan on after answers, for those who are free again.",
    works=True,
)
_plan_step("discard", "discardMentoringPlan", "Give a plan up.", works=False)


@command.command()
@click.argument("plan")
@click.option("--answer-by", type=click.DateTime(["%Y-%m-%d"]), help="Last day for an answer.")
def publish(plan: str, answer_by: datetime | None) -> None:
    """Propose the pairs of a plan to the people; two consents make a pair (M05)."""

    async def job(desk: Desk) -> None:
        identifier = await desk.find("MentoringPlan", plan)
        day = answer_by.date() if answer_by else None
        await desk.do("publishMentoringPlan", mentoring_plan_id=identifier, answer_by=day)
        await _finish(desk, identifier)

    _run(job)


_OUTPUT = click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)


@command.command()
@click.argument("plan")
@_OUTPUT
def export(plan: str, output: Path) -> None:
    """Write the pairs with every part of the score and the reasons: *.xlsx, *.csv or *.jsonl."""

    async def job(desk: Desk) -> int:
        identifier = await desk.find("MentoringPlan", plan)
        today = clock.beijing_day(clock.now())
        rows = await plan_rows(desk.database, identifier, desk.viewer, Days(today, today))
        with file_of(output, list(COLUMNS)) as write:
            write(rows)
        return len(rows)

    click.echo(f"{_run(job):,} rows in {output}", err=True)


@command.command()
@click.argument("plan")
@_OUTPUT
def certificate(plan: str, output: Path) -> None:
    """Write what a third party rechecks with `jiangpu verify-plan`: lists under pseudonyms."""
    from graph.plans.certificate import certificate as lines_of  # noqa: PLC0415 - its own name

    async def job(desk: Desk) -> None:
        identifier = await desk.find("MentoringPlan", plan)
        with output.open("wb") as file:
            file.writelines(await lines_of(desk.database, identifier))

    _run(job)
    click.echo(f"{output}: recheck it with `jiangpu verify-plan {output}`", err=True)


async def _finish(desk: Desk, plan: str) -> None:
    """Do the plan's long work here, unless another process does it already; show how far it is."""
    stop = asyncio.Event()
    kinds = [kind for kind in KINDS if kind.name.startswith("plan.")]
    working = asyncio.create_task(work(desk.database, kinds, stop, viewer=desk.viewer))
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as shown:
        task = shown.add_task("waiting", total=1.0)
        while True:
            job = await desk.database.value(Cypher(_JOB, {"id": plan}, name="job of a plan"))
            shown.update(task, completed=job["progress"], description=job.get("stage") or "waiting")
            if job["state"] in _OVER:
                break
            await asyncio.sleep(0.3)
    stop.set()
    await working
    if job["state"] != "DONE":
        raise NotDone(f"the job {job['id']} is {job['state']}: {job.get('problem')}")
    await _shown(desk, plan)


_JOB = """
MATCH (:Node:MentoringPlan {id: $id})-[:SOLVED_BY]->(job:Job)
RETURN job {.*} ORDER BY job.created_at DESC LIMIT 1
"""

_SHOW = """
MATCH (plan:Node:MentoringPlan {id: $id})
WITH plan,
  COLLECT { MATCH (plan)<-[:PRICE_OF]-(p:PlanPrice)
    RETURN p {.*} AS price ORDER BY price.objective DESC } AS prices,
  COLLECT { MATCH (plan)<-[:IN_PLAN]-(p:PlannedPairing)
    WITH p.state AS state, count(*) AS count RETURN [state, count] ORDER BY state } AS states
RETURN plan {.*, prices: prices, states: states}
"""
