"""`jiangpu webhook`: where events are sent for partners who cannot hold a socket."""

import click

from commands.database import run
from graph.jobs.webhooks import Sender, add, remove, send_again, webhooks


@click.group()
def command() -> None:
    """Send events to partners over https; see docs/api/webhooks.md.

    `jiangpu work`, which `jiangpu serve` starts, delivers them.
    """


@command.command("add")
@click.argument("partner")
@click.argument("url")
@click.option("--verb", "verbs", multiple=True, required=True, help="Beginning, such as pairing.")
def add_(partner: str, url: str, verbs: tuple[str, ...]) -> None:
    """Add a webhook for PARTNER; prints its id and, this once, the secret that signs."""
    webhook, secret = run(lambda database: add(database, partner, url, verbs))
    click.echo(f"id      {webhook}\nsecret  {secret}")


@command.command("list")
def list_() -> None:
    """List webhooks with their last problem and the number of their dead letters."""
    for row in run(webhooks):
        trouble = f"  attempt {row['attempts']}: {row['problem']}" if row["problem"] else ""
        verbs = ", ".join(row["verbs"])
        click.echo(f"{row['id']}  {row['partner']}  {row['url']}  {verbs}  "
                   f"{row['dead']} dead letters{trouble}")  # fmt: skip


@command.command("remove")
@click.argument("webhook")
def remove_(webhook: str) -> None:
    """Remove a webhook and its dead letters."""
    run(lambda database: remove(database, webhook))


@command.command("redeliver")
@click.argument("webhook")
def redeliver(webhook: str) -> None:
    """Send the dead letters of a webhook once more."""
    taken, failed = run(lambda database: send_again(database, webhook, Sender()))
    click.echo(f"{taken} delivered, {failed} not")
