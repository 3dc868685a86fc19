"""`jiangpu export`: lists, matches and plans as files."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import orjson
from graphql import GraphQLError, coerce_input_value

from graph import clock
from graph.connection import connected
from graph.database import Database
from graph.errors import JiangpuError
from graph.matching.candidates import Days
from graph.model import NodeType
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from loaders.export import columns_of, file_of, rows_of
from loaders.files import UnknownType, declared_type
from loaders.proposals import Asking, match_columns, match_rows, plan_columns, plan_rows
from schema import schema
from schema.plan.pages import plain
from schema.types.matching import MATCH_FIELDS

PLAN = "mentoringPlan"


class NothingToExport(JiangpuError):
    """The command line does not say what to write; the text says how to."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    what: str
    asked: Sequence[str]
    first: int
    conditions: str | None
    chinese: bool


@click.command()
@click.argument("what", metavar="WHAT")
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)
@click.option("--filter", "conditions", metavar="JSON", help="A list's filter, as in GraphQL.")
@click.option("--of", "asked", multiple=True, metavar="ID", help="Whom to match: an id or key.")
@click.option("--first", default=20, show_default=True, type=click.IntRange(1, 500))
@click.option("--chinese", is_flag=True, help="Columns and terms of a list in Chinese.")
def command(
    what: str,
    output: Path,
    conditions: str | None,
    asked: tuple[str, ...],
    first: int,
    *,
    chinese: bool,
) -> None:
    """Write a list, matches or a plan to FILE: *.csv, *.jsonl or *.xlsx.

    \b
    jiangpu export Worker -o workers.csv --filter '{"skillLevel": {"gte": "TECHNICIAN"}}'
    jiangpu export 职工 -o 职工.xlsx --chinese
    jiangpu export mentorMatches --of hr:W1 --first 10 -o masters.xlsx
    jiangpu export mentoringPlan --of hr:W1 --of hr:W2 -o plan.csv

    A list can be loaded again with `jiangpu load`. Matches and plans come with every part of the
    score and the reasons in Chinese and English; they are proposals, people decide. A cell that a
    spreadsheet would take for a formula begins with an apostrophe.
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    request = Request(what, asked, first, conditions, chinese)
    written = asyncio.run(_export(request, output))
    click.echo(f"{written:,} rows in {output}", err=True)


async def _export(request: Request, output: Path) -> int:
    settings = Settings.from_environment()
    matching = {f.name: f.job for f in MATCH_FIELDS}
    async with connected(settings, lambda text: click.echo(text, err=True)) as database:
        if request.what in {*matching, PLAN}:
            return await _proposals(database, matching.get(request.what), request, output)
        return await _list(database, _node_type(request.what, matching), request, output)


async def _list(database: Database, node_type: NodeType, request: Request, output: Path) -> int:
    conditions = _conditions(node_type, request.conditions)
    chinese = request.chinese
    written = 0
    with file_of(output, columns_of(node_type, chinese=chinese)) as write:
        pages = rows_of(database, node_type, ADMINISTRATOR, conditions, chinese=chinese)
        async for page in pages:
            write(page)
            written += len(page)
    return written


async def _proposals(database: Database, job: Any, request: Request, output: Path) -> int:
    if not request.asked:
        raise NothingToExport(f"{request.what} needs --of with an id or key")
    today = clock.beijing_day(clock.now())
    asking = Asking(database, ADMINISTRATOR, Days(today, today))
    if job is None:
        columns, rows = plan_columns(), await plan_rows(asking, request.asked)
    else:
        rows = await match_rows(asking, job, request.asked, request.first)
        columns = match_columns(job)
    with file_of(output, columns) as write:
        write(rows)
    return len(rows)


def _node_type(what: str, matching: Mapping[str, object]) -> NodeType:
    try:
        declared = declared_type(what)
    except UnknownType:
        declared = None
    if isinstance(declared, NodeType):
        return declared
    raise NothingToExport(
        f"{what} cannot be exported; name a node type such as Worker (see `jiangpu model`), "
        f"or one of {', '.join((*matching, PLAN))}"
    )


def _conditions(node_type: NodeType, text: str | None) -> Mapping[str, Any] | None:
    """The filter as GraphQL takes it; raises NothingToExport with GraphQL's own words."""
    if text is None:
        return None
    core = schema._schema  # pyright: ignore[reportPrivateUsage]
    try:
        return plain(
            coerce_input_value(orjson.loads(text), core.type_map[f"{node_type.label}Filter"])
        )
    except (orjson.JSONDecodeError, GraphQLError) as error:
        raise NothingToExport(f"--filter: {error}") from error
