"""The command `jiangpu`: one small module per verb, loaded only when it is called."""

from collections.abc import Mapping
from dataclasses import fields
from importlib import import_module
from types import MappingProxyType

import click

from graph.errors import JiangpuError
from graph.settings import PREFIX, Settings

VERBS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Begin": {
            "demo": "Fill a local database, show the three matches with reasons, and serve.",
            "serve": "Serve the GraphQL API, with its IDE page in a browser.",
        },
        "Data": {
            "load": "Load files (CSV, JSONL, XLSX) or a public source.",
            "sample": "Load the sample that ships, and synthetic people.",
            "export": "Write lists and matches to a file.",
        },
        "Match": {
            "plan": "Plan masters for hundreds of apprentices, review and publish.",
            "visits": "Propose the expert visits of a year, spread over the city.",
            "learn": "Learn the weights of matches from what people accepted and declined.",
            "verify-plan": "Recheck the certificate of a plan, without a database.",
        },
        "Understand": {
            "features": "Show what the score of each match is made of.",
            "model": "Show what the graph contains: types, properties, relationships.",
            "schema": "Print the GraphQL schema.",
            "policy": "Show what carries and proves each row of the policy.",
        },
        "Operate": {
            "partner": "Create, rotate, revoke and list the API keys of partners.",
            "person": "Export everything about one person, or erase her.",
            "login": "Bind logins of an issuer of tokens to people and organisations.",
            "webhook": "Send events to partners who cannot hold a socket.",
            "audit": "Show who did what, and verify that nobody changed the record.",
            "document": "Register the documents that portals send by their id.",
            "db": "Start, stop, back up, restore, inspect and query the database.",
            "work": "Do long work: plans, reminders; `serve` starts one by itself.",
        },
    }
)


class Verbs(click.Group):
    """Lists the verbs without loading them, and shows our own errors as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of the help."""
        return [verb for verbs in VERBS.values() for verb in verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb's module, which exposes `command`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return import_module(f"commands.{cmd_name.replace('-', '_')}").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One section per kind of verb, then the settings."""
        for title, verbs in VERBS.items():
            with formatter.section(title):
                formatter.write_dl(list(verbs.items()))
        with formatter.section("Settings, as environment variables"):
            formatter.write_dl(
                [(PREFIX + f.name.upper(), f.metadata["help"]) for f in fields(Settings)]
            )

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except JiangpuError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jiangpu")
def main() -> None:
    """匠谱 Jiangpu: a graph of craftsmen, studios, patents, institutes and enterprises.

    It answers who could teach an apprentice, which institute fits a studio, and which enterprise
    could use an achievement, each with its reasons. Without a database of your own it brings up a
    Neo4j by itself; nothing else has to be installed.

    Try `jiangpu demo` first, and `jiangpu VERB --help` for more about a verb.
    """
