"""`jiangpu login`: which logins of the issuer stand for whom."""

from datetime import timedelta

import click

from commands.database import run
from commands.partner import ACTOR
from graph import clock
from graph.database import Database
from graph.logins import invite, logins, release


@click.group()
def command() -> None:
    """Invite people and organisations to sign in, list their logins, release them.

    \b
    jiangpu login invite worker:hr:W1      prints a code for her
    mutation { acceptInvitation(code: "jpi_...") { ... } }   sent with her token

    Until then a login sees what is public.
    """  # noqa: D301 - click takes the backspace for "do not wrap"


@command.command("invite")
@click.argument("form", metavar="ROLE:KEY")
@click.option("--days", default=14, show_default=True, type=click.IntRange(1, 90))
def invite_(form: str, days: int) -> None:
    """Print a code that binds one login, once, to whom ROLE:KEY names."""

    async def work(database: Database) -> None:
        life = timedelta(days=days)
        click.echo(await invite(database, form, clock.now(), life=life, actor=ACTOR))

    run(work)


@command.command("list")
def list_() -> None:
    """Show bound logins; the digest stands for issuer and subject."""

    async def work(database: Database) -> None:
        for login in await logins(database):
            click.echo(f"{login.digest[:12]}  {login.bound:%Y-%m-%d}  {login.form}")

    run(work)


@command.command("release")
@click.argument("digest")
def release_(digest: str) -> None:
    """Unbind the login whose digest begins so; within two seconds it sees what is public."""

    async def work(database: Database) -> None:
        ended = await release(database, digest, clock.now(), actor=ACTOR)
        click.echo(f"{ended} logins released")

    run(work)
