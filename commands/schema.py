"""`jiangpu schema`: the GraphQL contract."""

from pathlib import Path

import click
from graphql import build_schema, find_breaking_changes

from graph.errors import JiangpuError
from schema import schema

PUBLISHED = Path(__file__).parents[1] / "schema" / "schema.graphql"


class ContractBroken(JiangpuError):
    """The schema no longer keeps what the published file promises."""


def sdl() -> str:
    """The schema as text, as it is checked in."""
    return f"{schema.as_str()}\n"


def breaking(published: str) -> list[str]:
    """What an older contract promises and the schema no longer keeps, in words."""
    changes = find_breaking_changes(build_schema(published), build_schema(sdl()))
    return [change.description for change in changes]


@click.command()
@click.option(
    "--check",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Compare with an older contract instead; fails if it is broken.",
)
def command(*, check: Path | None) -> None:
    """Print the GraphQL schema, or say what of an older one it no longer keeps."""
    if check is None:
        click.echo(sdl(), nl=False)
        return
    broken = breaking(check.read_text(encoding="utf-8"))
    if broken:
        raise ContractBroken("breaking changes:\n  " + "\n  ".join(broken))
    click.echo("nothing that was promised is broken")
