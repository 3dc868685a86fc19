"""`jiangpu person`: what the law gives a person over her record."""

from pathlib import Path
from typing import Any

import click
import orjson

from commands.database import run
from commands.partner import ACTOR
from graph import clock
from graph.errors import InvalidRequest
from graph.persons.erase import erase
from graph.persons.export import everything
from graph.persons.retention import RETAINED


@click.group()
def command() -> None:
    """Export everything about one person, or erase her.

    \b
    jiangpu person export hr:W1 -o W1.json
    jiangpu person erase hr:W1
    """  # noqa: D301 - click takes the backspace for "do not wrap"


@command.command("export")
@click.argument("key")
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)
def export_(key: str, output: Path) -> None:
    """Write properties, relationships, records, former values, accesses, logins and events."""
    found = run(lambda database: everything(database, key))
    if found is None:
        raise InvalidRequest("NOT_FOUND", f"there is no worker with the key {key!r}")
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    output.write_bytes(orjson.dumps(found, default=_plain, option=options))
    output.chmod(0o600)
    click.echo(f"{len(found['records'])} records in {output}", err=True)


def _plain(value: Any) -> str:
    return value.iso_format()


@command.command("erase")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_(key: str, *, yes: bool) -> None:
    """Erase a person for good; what the law keeps is listed, with its period."""
    if not yes:
        click.confirm(f"Erase {key}? It cannot be undone", abort=True)
    done = run(lambda database: erase(database, key, clock.now(), actor=ACTOR))
    click.echo(f"erased, with {done.records} records and {done.former_values} former values")
    click.echo(f"{len(done.retained)} records stay without her name:")
    for kept in RETAINED:
        click.echo(f"  {kept.label}, {kept.years} years. {kept.law}")
    click.echo("Backups made before still hold her; they end with their own period.")
