"""`jiangpu partner`: applications that may ask, and their API keys."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import click
from rich.console import Console
from rich.table import Table

from commands.database import run
from graph import clock
from graph.database import Database
from graph.errors import InvalidRequest
from graph.jurisdiction import FORMS, is_form, viewer_of
from graph.model import SLICE_OF
from graph.partners import Key, Partner, Trust, create, partners, revoke, rotate

ACTOR = "operator"
SLICES = sorted(set(SLICE_OF.values()))

_LIFE = click.option(
    "--days", default=365, show_default=True, type=click.IntRange(1, 3650), help="Life of the key."
)


@click.group()
def command() -> None:
    """Create, rotate, revoke and list the API keys of partners.

    \b
    jiangpu partner create chaoyang --as union:un:chaoyang --write mentoring
    curl -H "Authorization: Bearer jpk_..." https://api.example/graphql ...

    A key is shown once; the database holds only its SHA-256.
    """  # noqa: D301 - click takes the backspace for "do not wrap"


@command.command("create")
@click.argument("name")
@click.option("--as", "form", required=True, metavar="ROLE", help=f"For whom: {FORMS}.")
@click.option("--read", "reads", multiple=True, type=click.Choice(SLICES), help="Only these.")
@click.option("--write", "writes", multiple=True, type=click.Choice(SLICES), help="May change.")
@click.option("--write-all", is_flag=True, help="May change all that the role may.")
@click.option("--origin", "origins", multiple=True, help="Page in a browser that may ask.")
@click.option("--documents", default="off", type=click.Choice([t.value for t in Trust]))
@click.option("--demands-keys", is_flag=True, help="Its mutations need an Idempotency-Key.")
@click.option("--introspects", is_flag=True, help="It may ask about the schema.")
@click.option("--budget", default=Partner.budget, show_default=True, help="Points of its bucket.")
@click.option("--restore", default=Partner.restore, show_default=True, help="Points a second.")
@_LIFE
def create_(
    name: str, form: str, reads: tuple[str, ...], writes: tuple[str, ...], *, write_all: bool,
    origins: tuple[str, ...], documents: str, demands_keys: bool, introspects: bool, budget: int,
    restore: int, days: int,
) -> None:  # fmt: skip
    """Add a partner and print its first key. Without --write it only reads."""
    if not is_form(form):
        raise InvalidRequest("BAD_USER_INPUT", f"--as {form!r} is none of {FORMS}")
    partner = Partner(
        name,
        form,
        reads or None,
        None if write_all else writes,
        budget=budget,
        restore=restore,
        documents=Trust(documents),
        demands_keys=demands_keys,
        introspects=introspects,
        origins=origins,
    )

    async def work(database: Database) -> str:
        if await viewer_of(database, form) is None:
            raise InvalidRequest("BAD_USER_INPUT", f"there is nobody that {form!r} could name")
        life = timedelta(days=days)
        return await create(database, partner, clock.now(), life, actor=ACTOR)

    _show(run(work))


@command.command("rotate")
@click.argument("name")
@click.option(
    "--overlap", default=7, show_default=True, type=click.IntRange(0), help="Days for older keys."
)
@_LIFE
def rotate_(name: str, overlap: int, days: int) -> None:
    """Print a new key; older ones go on for the days of the overlap."""

    async def work(database: Database) -> str:
        return await rotate(
            database,
            name,
            clock.now(),
            life=timedelta(days=days),
            overlap=timedelta(days=overlap),
            actor=ACTOR,
        )

    _show(run(work))


@command.command("revoke")
@click.argument("name")
@click.option("--key", help="Only the key with this id; else all of them.")
def revoke_(name: str, key: str | None) -> None:
    """End keys at once: no process accepts them after two seconds."""
    ended = run(lambda database: revoke(database, name, clock.now(), key=key, actor=ACTOR))
    click.echo(f"{ended} keys revoked")


@command.command("list")
def list_() -> None:
    """Show partners, their keys, and when each was last used."""
    Console().print(_table(run(partners), clock.now()))


def _show(key: str) -> None:
    click.echo("Keep this key; it is not shown again:", err=True)
    click.echo(key)


def _table(found: Sequence[tuple[Partner, Sequence[Key]]], now: datetime) -> Table:
    table = Table("partner", "for", "reads", "writes", "key", "state", "expires", "last used")
    for partner, keys in found:
        for key in keys:
            used = _day(key.last_used)
            scopes = (_scope(partner.reads), _scope(partner.writes))
            dates = (key.state(now), _day(key.expires), used)
            table.add_row(partner.name, partner.viewer, *scopes, key.id, *dates)
    return table


def _scope(slices: Sequence[str] | None) -> str:
    return "all" if slices is None else " ".join(slices) or "nothing"


def _day(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else "never"
