"""`jiangpu document`: the GraphQL documents that partners may name by their hash."""

from pathlib import Path

import click
from graphql import GraphQLError

from commands.database import run
from graph import clock
from graph.errors import InvalidRequest
from graph.writes.documents import distrust, trust, trusted
from schema import schema
from schema.plan.documents import Documents, Refused


@click.group()
def command() -> None:
    """Register the documents that portals send by `documentId` instead of their text.

    A partner whose documents are `only` may send no others; see docs/api/limits.md.
    """


@command.command("trust")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def trust_(*, files: tuple[Path, ...]) -> None:
    """Check documents, register them, and print their ids.

    A folder stands for the .graphql files in it.
    """
    found = [f for p in files for f in (sorted(p.rglob("*.graphql")) if p.is_dir() else [p])]
    texts = [file.read_text(encoding="utf-8") for file in found]
    for file, text in zip(found, texts, strict=True):
        _check(file, text)
    hashes = run(lambda database: trust(database, texts, now=clock.now()))
    for file, hash_ in zip(found, hashes, strict=True):
        click.echo(f"sha256:{hash_}  {file}")


@command.command()
@click.argument("document_ids", nargs=-1, required=True)
def forget(*, document_ids: tuple[str, ...]) -> None:
    """Forget documents; servers that have read them go on to know them until they restart."""
    for name in document_ids:
        hash_ = name.removeprefix("sha256:")
        was_there = run(lambda database, h=hash_: distrust(database, h))
        click.echo(f"{name} {'is forgotten' if was_there else 'was not registered'}")


@command.command("list")
def list_() -> None:
    """List what is registered: id, day, and the first line."""
    for row in run(trusted):
        day = row["at"].to_native().date()
        click.echo(f"sha256:{row['hash']}  {day}  {row['text'].strip().splitlines()[0]}")


def _check(file: Path, text: str) -> None:
    core = schema._schema  # pyright: ignore[reportPrivateUsage]
    try:
        Documents(core).read(text)
    except Refused as refused:
        told = "\n".join(f"  {_told(error)}" for error in refused.errors)
        raise InvalidRequest(refused.code, f"{file} cannot be registered:\n{told}") from None


def _told(error: GraphQLError) -> str:
    at = f" (line {error.locations[0].line})" if error.locations else ""
    return f"{error.message}{at}"
