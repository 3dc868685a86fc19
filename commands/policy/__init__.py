"""`jiangpu policy`: the policy's rows, and where the graph holds, does or counts each."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from commands.policy.coverage import Covered, covered, page

TESTS = Path(__file__).parents[2] / "tests"


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--coverage", is_flag=True, help="All rows as a Markdown page.")
def command(ids: tuple[str, ...], *, coverage: bool) -> None:
    """Show what carries a row of the policy, and which tests prove it.

    \b
    jiangpu policy M05 T09      these rows
    jiangpu policy              the rows that are not covered yet
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    rows = covered(TESTS)
    if coverage:
        click.echo("\n".join(page(rows)))
        return
    unknown = sorted(set(ids) - {row.id for row in rows})
    if unknown:
        raise click.UsageError(f"no row {', '.join(unknown)}; rows are T01 to Z05")
    _print([row for row in rows if (row.id in ids if ids else row.is_open)])


def _print(rows: list[Covered]) -> None:
    table = Table("row", "", "carried by", "proved by", box=None)
    for row in rows:
        proofs = "\n".join(row.tests) or row.reason
        table.add_row(row.id, row.term, "\n".join(row.carriers), proofs)
    Console().print(table)
