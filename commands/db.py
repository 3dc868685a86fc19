"""`jiangpu db`: the local Neo4j, and a prompt for the database."""

import asyncio
import readline  # noqa: F401  # pyright: ignore[reportUnusedImport] - gives input() its arrow keys
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, LiteralString, cast

import click
from rich.console import Console
from rich.table import Table

from commands.database import say
from graph.clock import now
from graph.connection import connected
from graph.cypher import Cypher
from graph.database import Database, Row
from graph.errors import GraphError, ServerError
from graph.server.backup import back_up, restore
from graph.server.folder import DataFolder
from graph.server.local import local_server, stopped
from graph.server.memory import MB
from graph.settings import Settings


@click.group()
def command() -> None:
    """Start, stop, inspect and query the database.

    Every verb that needs the local Neo4j starts it and lets it end with the last one that uses it,
    so `start` and `stop` only keep it up in between.
    """


@command.command()
def start() -> None:
    """Start the local Neo4j and keep it up until `stop`."""
    asyncio.run(_start(_local_settings()))


@command.command()
def stop() -> None:
    """Let the local Neo4j end, once no other process uses it."""
    asyncio.run(_stop(DataFolder(_local_settings().data_dir)))


@command.command()
def status() -> None:
    """Show which server runs, who uses it, and how much room it takes."""
    for name, value in _facts(DataFolder(_local_settings().data_dir)):
        click.echo(f"{name:<12}{value}")


@command.command()
def path() -> None:
    """Print the data folder."""
    click.echo(DataFolder(Settings.from_environment().data_dir).root)


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write everything in the local Neo4j to FILE, which must not exist yet.

    Nothing may use the data meanwhile: end `jiangpu serve` and `jiangpu db stop` first. FILE holds
    personal data and is readable by you alone; a day's backup beside the last one is wise:
    jiangpu db backup "jiangpu-$(date +%F).backup"
    """
    asyncio.run(back_up(_local_settings(), file, now(), say))


@command.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put the backup in the place of the present data.")
def restore_(file: Path, *, replace: bool) -> None:
    """Put the data of a backup FILE into the local Neo4j.

    A restore that fails or is killed leaves the data as they were. With --replace the data before
    are kept in a folder that is named at the end.
    """
    before = asyncio.run(restore(_local_settings(), file, replace=replace, say=say))
    click.echo("The backup is in place")
    if before is not None:
        click.echo(f"The data before are in {before}; remove them when all is well")


@command.command()
@click.option("--write", is_flag=True, help="Allow statements that change data.")
def shell(write: bool) -> None:
    """Ask in Cypher, one statement a line; reads only unless --write. Ctrl-D ends it.

    For operators: do not paste what others wrote, Cypher can reach whatever the server can.
    """
    asyncio.run(_shell(Settings.from_environment(), write=write))


def _local_settings() -> Settings:
    settings = Settings.from_environment()
    if settings.database_uri is not None:
        raise ServerError(
            "JIANGPU_DATABASE_URI names a database that is not ours to manage; "
            "unset it to use the local Neo4j"
        )
    return settings


async def _start(settings: Settings) -> None:
    folder = DataFolder(settings.data_dir)
    async with local_server(settings, say=say) as address:
        folder.kept.touch()
    click.echo(f"Neo4j is up at {address.uri}, user {address.user}, password in {folder.password}")


async def _stop(folder: DataFolder) -> None:
    if folder.running_server() is None:
        click.echo("Neo4j is not running")
        return
    folder.kept.unlink(missing_ok=True)
    holders = folder.holders()
    if holders:
        listed = ", ".join(f"{holder.command} (process {holder.pid})" for holder in holders)
        click.echo(f"Neo4j ends as soon as it is no longer used by {listed}")
        return
    await stopped(folder)
    click.echo("Neo4j has ended")


def _facts(folder: DataFolder) -> list[tuple[str, str]]:
    server = folder.running_server()
    size = sum(path.stat().st_size for path in folder.home.rglob("*") if path.is_file())
    facts = [("data", f"{folder.root}, {size / MB:.1f} MB")]
    if server is None:
        return [("Neo4j", "not running"), *facts]
    up = timedelta(seconds=round(now().timestamp() - server.started))
    holders = [f"process {holder.pid}, {holder.command}" for holder in folder.holders()]
    if folder.kept.exists():
        holders.append("jiangpu db start")
    return [
        ("Neo4j", f"{server.version}, process {server.pid}, up {up}"),
        ("address", server.uri),
        *facts,
        ("heap", f"{server.heap} MB at most"),
        ("page cache", f"{server.page_cache} MB"),
        *(("used by", holder) for holder in holders),
    ]


async def _shell(settings: Settings, *, write: bool) -> None:
    async with connected(settings, say) as database:
        while (line := _line()) is not None:
            if line.strip():
                await _answer(database, line, write=write)


def _line() -> str | None:
    try:
        return input("cypher> " if sys.stdin.isatty() else "")
    except EOFError:
        return None


async def _answer(database: Database, line: str, *, write: bool) -> None:
    statement = Cypher(cast("LiteralString", line), name="shell")  # the operator's own words
    try:
        _show(await (database.run(statement) if write else database.rows(statement)))
    except GraphError as error:
        click.echo(getattr(error.__cause__, "message", None) or str(error), err=True)


def _show(rows: list[Row]) -> None:
    table = Table(*(rows[0] if rows else ()))
    for row in rows:
        table.add_row(*(_text(value) for value in row.values()))
    Console().print(table, f"{len(rows)} rows")


def _text(value: Any) -> str:
    labels = getattr(value, "labels", None)  # only a node has them
    return str(value) if labels is None else f":{':'.join(sorted(labels))} {dict(value)}"
