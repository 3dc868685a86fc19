"""A piece of a verb's work on the database that the settings name."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from graph.connection import connected
from graph.database import Database
from graph.settings import Settings

T = TypeVar("T")


def run(work: Callable[[Database], Awaitable[T]]) -> T:
    """What the work returns; a local database that has to start says so on stderr."""

    async def connect() -> T:
        async with connected(Settings.from_environment(), say) as database:
            return await work(database)

    return asyncio.run(connect())


def say(text: str) -> None:
    """One line on stderr, apart from what the verb prints."""
    click.echo(text, err=True)
