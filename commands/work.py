"""`jiangpu work`: the process that does long work, so that the API never waits for it."""

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from dataclasses import replace

import click
import uvloop

from commands.database import say
from graph import constraints, migrations
from graph.connection import connected
from graph.jobs.worker import work
from graph.settings import Settings
from graph.viewer import ADMINISTRATOR
from graph.work import KINDS


@click.command()
@click.option("--until-idle", is_flag=True, help="End as soon as nothing is due.")
@click.option("--attached", is_flag=True, hidden=True, help="End with the process that started it.")
def command(*, until_idle: bool, attached: bool) -> None:
    """Do long work: plans, reminders, expiry, deliveries; one job after the other.

    `jiangpu serve` starts one such process by itself. Start more of them, also on other machines
    that reach the database, to do more at once. A job is leased: if its process dies, another goes
    on from what was committed, within 20 seconds. Ctrl-C gives the job back at once.

    \b
    jiangpu work                 until Ctrl-C
    jiangpu work --until-idle    for cron: do what is due, then end
    """  # noqa: D301 - click takes the backspace for "do not wrap"
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    uvloop.run(_work(Settings.from_environment(), until_idle=until_idle, attached=attached))


async def _work(settings: Settings, *, until_idle: bool, attached: bool) -> None:
    stop, ready = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    working = asyncio.create_task(_connected_work(settings, stop, ready, until_idle=until_idle))

    def end() -> None:
        if attached:
            loop.remove_reader(sys.stdin.fileno())
        if not stop.is_set() and not ready.is_set():
            working.cancel()  # nothing is held yet: not worth the wait for a database
        stop.set()

    for caught in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(caught, end)
    if attached:
        loop.add_reader(sys.stdin.fileno(), end)  # readable when the other end is gone
    with suppress(asyncio.CancelledError):
        await working


async def _connected_work(
    settings: Settings, stop: asyncio.Event, ready: asyncio.Event, *, until_idle: bool
) -> None:
    async with connected(settings, say) as database:
        ready.set()
        if settings.constraints == "apply":
            await constraints.apply(database)
        await migrations.apply(database)
        viewer = replace(ADMINISTRATOR, sees_synthetic=not settings.production)
        await work(database, KINDS, stop, until_idle=until_idle, viewer=viewer)
