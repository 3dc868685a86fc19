"""`jiangpu serve`: the GraphQL API, with its IDE page in a browser."""

import logging
from dataclasses import replace

import click
import uvloop

import server
from commands.database import say
from graph.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on, instead of JIANGPU_HOST.")
@click.option("--port", type=int, help="Port to listen on, instead of JIANGPU_PORT.")
def command(*, host: str | None, port: int | None) -> None:
    """Serve the GraphQL API at /graphql, with an IDE page for the browser at /ide.

    Without JIANGPU_DATABASE_URI it brings up the local Neo4j. Ctrl-C ends it.
    """
    settings = Settings.from_environment()
    serve(
        replace(
            settings,
            host=settings.host if host is None else host,
            port=settings.port if port is None else port,
        )
    )


def serve(settings: Settings) -> None:
    """Serve until Ctrl-C."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    uvloop.run(server.serve(settings, say))
