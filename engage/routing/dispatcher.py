"""Runs a round of matching whenever something changed, and now and then in case nobody said so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import structlog
from aiohttp import web

from engage.kit.unit_of_work import UNITS, UnitsOfWork
from engage.kit.wakes import WAKES
from engage.routing.dispatch import DecidedOnThePast, dispatch

log = structlog.get_logger(__name__)

#: the name of the wake-up call
WAKE = "dispatcher"
#: a process that dies between a commit and its round leaves work behind: the sweep finds it
SWEEP = timedelta(seconds=3)


class Dispatcher:
    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """For ever, until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self.run_once()
            except DecidedOnThePast:
                continue
            except Exception:
                log.exception("dispatch_failed")
            await self._units.clock.wait(self._wake, until=self._units.clock.now() + SWEEP)

    async def run_once(self) -> int:
        async with self._units.begin() as work:
            return await dispatch(work)


async def running(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[DISPATCHER].run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def start(app: web.Application) -> None:
    app[DISPATCHER] = Dispatcher(app[UNITS])
    app[WAKES].on(WAKE, app[DISPATCHER].wake)
    app.cleanup_ctx.append(running)


DISPATCHER = web.AppKey("dispatcher", Dispatcher)
