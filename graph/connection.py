"""The database that the settings name: a given one, or the local Neo4j, started if need be."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from graph.database import Database, open_database
from graph.server import Say
from graph.server.local import Address, local_server
from graph.settings import Settings


@asynccontextmanager
async def connected(settings: Settings, say: Say = lambda _: None) -> AsyncGenerator[Database]:
    """An open database; raises ServerError, GraphUnavailable or AccessDenied."""
    async with (
        _address(settings, say) as address,
        open_database(
            address.uri,
            address.user,
            address.password,
            name=settings.database_name,
            seconds=settings.query_seconds,
        ) as database,
    ):
        yield database


@asynccontextmanager
async def _address(settings: Settings, say: Say) -> AsyncGenerator[Address]:
    if settings.database_uri is not None:
        yield Address(settings.database_uri, settings.database_user, settings.database_password)
    else:
        async with local_server(settings, say=say) as address:
            yield address
