"""Figures that are read when somebody asks for them, and the loop's own pulse."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from prometheus_client import Gauge, Histogram
from sqlalchemy import case, func, select
from sqlalchemy.pool import QueuePool

from engage.kit import metrics
from engage.kit.jobs import Job
from engage.kit.unit_of_work import UNITS, UnitOfWork

log = structlog.get_logger(__name__)

OVERDUE = Gauge("engage_jobs_overdue_seconds", "How long the oldest job that is due has waited.")
DUE = Gauge("engage_jobs_due", "Jobs that are due and not done.")
DEAD = Gauge("engage_jobs_dead", "Jobs that were given up.")
CONNECTIONS = Gauge("engage_database_connections", "Connections to the database that this process uses right now.")
LAG = Histogram(
    "engage_loop_lag_seconds",
    "How late the event loop comes to what is due; much of it is a process that has too much to do.",
    buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5),
)
PULSE_SECONDS = 1
#: what slices count in the database when somebody asks: the worker, which has no address, shows in it too
Count = Callable[[UnitOfWork], Awaitable[None]]
COUNTS: web.AppKey[list[Count]] = web.AppKey("counts", list)


async def answer(request: web.Request) -> web.Response:
    """`/metrics`, also while the database is away."""
    units = request.app[UNITS]
    pool = units.database.engine.pool
    CONNECTIONS.set(pool.checkedout() if isinstance(pool, QueuePool) else 0)
    try:
        async with asyncio.timeout(2), units.read() as work:
            await _count_jobs(work)
            for count in request.app[COUNTS]:
                await count(work)
    except Exception as problem:  # noqa: BLE001  # the other figures are wanted most when something is ill
        log.warning("jobs_uncounted", problem=type(problem).__name__)
    return await metrics.metrics(request)


async def _count_jobs(work: UnitOfWork) -> None:
    is_due = Job.dead_at.is_(None) & (Job.due_at <= work.now)
    asked = select(
        func.count(case((is_due, 1))), func.min(case((is_due, Job.due_at))), func.count(Job.dead_at)
    ).select_from(Job)
    due, oldest, dead = (await work.db.execute(asked)).one()
    DUE.set(due)
    DEAD.set(dead)
    OVERDUE.set((work.now - oldest).total_seconds() if oldest is not None else 0)


async def beat() -> None:
    """For ever."""
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await asyncio.sleep(PULSE_SECONDS)
        LAG.observe(max(0.0, loop.time() - began - PULSE_SECONDS))
