"""`jiangpu audit`: who did what, and whether anybody has changed what was written about it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click
import orjson

from commands.database import run
from graph.database import Database, Row
from graph.errors import InvalidRequest, JiangpuError
from graph.writes.audit import Fault, Heads, entries, verify


class TrailBroken(JiangpuError):
    """The audit trail is not as it was written."""


@click.group()
def command() -> None:
    """Show and verify the audit trail: who did what, when, and through which partner.

    It holds verbs, ids and names of fields, never values.
    """


@command.command("list")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on, in UTC.")
@click.option("--actor", help="Only of who acts under this name.")
@click.option("--partner", help="Only what came through this partner.")
@click.option("--subject", metavar="ID", help="Only what was done to this node.")
@click.option("--verb", help="Only verbs that begin so, such as `pairing.`.")
def list_(*, since: datetime | None, **wanted: str | None) -> None:
    """List entries from the oldest to the newest."""
    run(lambda database: _list(database, since, wanted))


@command.command("verify")
@click.option(
    "--kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Heads that --keep wrote earlier: even a stream that was made anew is found.",
)
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write where each stream ends; keep the file where database users cannot write.",
)
def verify_(*, kept: Path | None, keep: Path | None) -> None:
    """Compute every hash anew; fails and names what was changed, removed or inserted."""
    heads = None if kept is None else _heads(kept)
    verdict = run(lambda database: verify(database, heads))
    if verdict.faults:
        raise TrailBroken("the audit trail is broken:\n" + "\n".join(map(_told, verdict.faults)))
    click.echo(f"{verdict.events} entries in {len(verdict.heads)} streams are as they were written")
    if keep is not None:
        keep.write_bytes(orjson.dumps(verdict.heads, option=orjson.OPT_INDENT_2))


def _told(fault: Fault) -> str:
    return f"  {fault.address} {fault.text}"


def _heads(file: Path) -> Heads:
    try:
        return {name: (int(n), str(h)) for name, (n, h) in orjson.loads(file.read_bytes()).items()}
    except (ValueError, TypeError, AttributeError):
        text = f"{file} holds no heads; --keep writes such a file"
        raise InvalidRequest("BAD_USER_INPUT", text) from None


async def _list(
    database: Database, since: datetime | None, wanted: Mapping[str, str | None]
) -> None:
    async with entries(database, since=since, **wanted) as rows:
        async for row in rows:
            click.echo(_line(row))


def _line(row: Row) -> str:
    at = row["at"].to_native().isoformat(timespec="seconds")
    more = " ".join([*row["subjects"], *(f".{name}" for name in row["fields"])])
    through = f" through {row['partner']}" if row["partner"] else ""
    return f"{at}  {row['verb']:<32} {row['actor']}{through}  {more}  [{row['address']}]"
