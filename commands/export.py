"""`jiangpu export`: lists and matches as files."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import click
import orjson
from graphql import GraphQLError, GraphQLInputType
from graphql.utilities import coerce_input_value, validate_input_value

from commands.database import say
from commands.partner import ACTOR
from graph import clock
from graph.connection import connected
from graph.database import Database
from graph.errors import JiangpuError
from graph.matching.candidates import Days
from graph.matching.job import Job
from graph.model import NodeType
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from loaders.export import columns_of, file_of, rows_of
from loaders.files import UnknownType, declared_type
from loaders.proposals import Asking, match_columns, match_rows
from schema import schema
from schema.plan.pages import plain
from schema.types.matching import MATCH_FIELDS

_OPERATOR = replace(ADMINISTRATOR, name=ACTOR)


class NothingToExport(JiangpuError):
    """The command line does not say what to write; the text says how to."""


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
    """Write a list or matches to FILE: *.csv, *.jsonl or *.xlsx.

    \b
    jiangpu export Worker -o workers.csv --filter '{"skillLevel": {"gte": "TECHNICIAN"}}'
    jiangpu export 职工 -o 职工.xlsx --chinese
    jiangpu export mentorMatches --of hr:W1 --first 10 -o masters.xlsx

    A list can be loaded again with `jiangpu load`. Matches come with every part of the
    score and the reasons in Chinese and English; they are proposals, people decide. A cell that a
    spreadsheet would take for a formula begins with an apostrophe. Whose personal values were
    written stands in the log that these persons read.
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    matching = {f.name: f.job for f in MATCH_FIELDS}
    if what in matching:
        if not asked:
            raise NothingToExport(f"{what} needs --of with an id or key")
        work = partial(_proposals, job=matching[what], asked=asked, first=first)
    else:
        node_type = _node_type(what, matching)
        wanted = _conditions(node_type, conditions)
        work = partial(_list, node_type=node_type, conditions=wanted, chinese=chinese)
    written = asyncio.run(_export(work, output))
    click.echo(f"{written:,} rows in {output}", err=True)


async def _export(work: Callable[[Database, Path], Awaitable[int]], output: Path) -> int:
    settings = Settings.from_environment()
    async with connected(settings, say) as database:
        return await work(database, output)


async def _list(
    database: Database,
    output: Path,
    *,
    node_type: NodeType,
    conditions: Mapping[str, Any] | None,
    chinese: bool,
) -> int:
    written = 0
    with file_of(output, columns_of(node_type, chinese=chinese)) as write:
        pages = rows_of(database, node_type, _OPERATOR, conditions, chinese=chinese)
        async for page in pages:
            write(page)
            written += len(page)
    return written


async def _proposals(
    database: Database, output: Path, *, job: Job[Any], asked: Sequence[str], first: int
) -> int:
    today = clock.beijing_day(clock.now())
    asking = Asking(database, _OPERATOR, Days(today, today))
    rows = await match_rows(asking, job, asked, first)
    with file_of(output, match_columns(job)) as write:
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
        f"or one of {', '.join(matching)}"
    )


def _conditions(node_type: NodeType, text: str | None) -> Mapping[str, Any] | None:
    """The filter as GraphQL takes it; raises NothingToExport with GraphQL's own words."""
    if text is None:
        return None
    core = schema._schema  # pyright: ignore[reportPrivateUsage]
    filter_type = cast("GraphQLInputType", core.type_map[f"{node_type.label}Filter"])
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NothingToExport(f"--filter is not JSON: {error}") from error
    validate_input_value(given, filter_type, _refuse)
    return plain(coerce_input_value(given, filter_type))


def _refuse(error: GraphQLError, path: Sequence[str | int]) -> None:
    raise NothingToExport(f"--filter {'.'.join(map(str, path)) or 'as a whole'}: {error.message}")
