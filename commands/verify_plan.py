"""`jiangpu verify-plan`: recheck the certificate of a plan, without a database."""

import sys

import click

from commands.plan_verifier import verify


@click.command("verify-plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--digest", help="The digest that was published with the plan.")
def command(*, file: str, digest: str | None) -> None:
    """Recheck the certificate FILE of a plan; nobody has to be believed.

    It confirms that no master has more apprentices than places, and that no apprentice and master
    on each other's lists would rather have each other; or it names them. Pairs that only pins and
    acceptances cause are listed as their price. Exit code 0: right, 1: wrong, 2: not readable, or
    not the file that was published.

    \b
    jiangpu plan certificate PLAN -o plan.jsonl
    jiangpu verify-plan plan.jsonl --digest 3f2a…

    The program is one file of Python without dependencies, commands/plan_verifier.py: give it to
    whoever wants to check.
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    sys.exit(verify(file, digest))
