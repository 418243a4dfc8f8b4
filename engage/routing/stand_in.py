"""The stand-in: while nobody matches, every process lets free agents pull, and does what is due in the database.

It is the way on when the processes that work are gone, and a way out by a setting. It is said on every desk, for it is
slower: whoever operates this wants to know.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog
from aiohttp import web
from prometheus_client import Counter, Gauge

from engage.kit.jobs import JOBS
from engage.kit.unit_of_work import UNITS
from engage.kit.wakes import WAKES
from engage.realtime.background import running
from engage.routing import lease, pulling
from engage.routing.dispatcher import WAKE
from engage.routing.events import RoutingTurned
from engage.routing.schemas import RoutingMode
from engage.settings import SETTINGS

log = structlog.get_logger(__name__)

#: whether somebody matches is asked so often, and twice before it is believed
LOOK = timedelta(seconds=1)
#: a process that has just begun waits so long for the others
PATIENCE = timedelta(seconds=5)

PULLING = Gauge("engage_router_pulling", "1 while nobody matches and this process lets free agents pull")
PULLED = Counter("engage_router_pulled_total", "Offers that were pulled, not matched")


class StandIn:
    def __init__(self, app: web.Application, *, does_jobs: bool) -> None:
        self._app = app
        self._units = app[UNITS]
        #: whether this process does nothing of what is due as long as somebody matches
        self._does_jobs = does_jobs
        self._wake = asyncio.Event()
        self.mode: RoutingMode = "matched"

    def hear(self, _news: bytes) -> None:
        if self.mode == "pulled":
            self._wake.set()

    async def run(self) -> None:
        """For ever, until cancelled."""
        await self._sleep(PATIENCE)
        while True:
            while not await self._is_needed():
                await self._sleep(LOOK)
            await self._turn("pulled")
            async with running(*([self._app[JOBS].run_timers()] if self._does_jobs else [])):
                while await self._is_needed():
                    if not await self._round():
                        await self._nap()
            await self._turn("matched")

    async def _is_needed(self) -> bool:
        """Nobody is to match, or nobody has matched for a while."""
        if self._app[SETTINGS].routing == "pulled":
            return True
        if not await self._is_silent():
            return False
        if self.mode == "pulled":
            return True
        await self._sleep(LOOK)
        return await self._is_silent()

    async def _is_silent(self) -> bool:
        """A database that is away says nothing: all stays as it is."""
        try:
            async with self._units.glance() as work:
                return await lease.is_silent(work)
        except Exception as problem:  # noqa: BLE001  # asked again in a moment
            log.warning("router_unknown", problem=type(problem).__name__)
            return self.mode == "pulled"

    async def _turn(self, mode: RoutingMode) -> None:
        self.mode = mode
        PULLING.set(mode == "pulled")
        log.warning("router_pulls") if mode == "pulled" else log.info("router_matches_again")
        try:
            async with self._units.tell() as work:
                await work.publish(RoutingTurned(mode))
        except Exception as problem:  # noqa: BLE001  # the next snapshot says it
            log.warning("routing_mode_untold", problem=type(problem).__name__)

    async def _round(self) -> int:
        self._wake.clear()
        try:
            made = await pulling.pull_all(self._units)
        except Exception:
            log.exception("pull_failed")
            return 0
        PULLED.inc(made)
        return made

    async def _nap(self) -> None:
        await self._units.clock.wait(self._wake, until=self._units.clock.now() + LOOK)

    async def _sleep(self, time: timedelta) -> None:
        await self._units.clock.wait(asyncio.Event(), until=self._units.clock.now() + time)


async def _standing_in(app: web.Application) -> AsyncIterator[None]:
    async with running(app[STAND_IN].run()):
        yield


def install(app: web.Application, *, does_jobs: bool) -> None:
    """`does_jobs`: in a process that leaves what is due to others."""
    app[STAND_IN] = StandIn(app, does_jobs=does_jobs)
    if is_possible(app):
        app[WAKES].on_news(WAKE, app[STAND_IN].hear)
        app.cleanup_ctx.append(_standing_in)


def is_possible(app: web.Application) -> bool:
    chosen = app[SETTINGS].routing
    return chosen == "pulled" or (chosen == "auto" and not app[UNITS].database.is_sqlite)


STAND_IN = web.AppKey("stand_in", StandIn)
