"""The kit alone: a database, a clock, units of work and runners, without any slice above them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Self

from aiohttp import web
from sqlalchemy import select

from engage.kit.bus import Bus
from engage.kit.clock import ManualClock
from engage.kit.db import Database
from engage.kit.jobs import Job, JobRunner, JobTable, enqueue
from engage.kit.unit_of_work import UNITS, UnitOfWork, UnitsOfWork


class Workshop:
    """`async with Workshop(database_url) as workshop`."""

    def __init__(self, database_url: str) -> None:
        self.app = web.Application()
        self.clock = ManualClock()
        self.bus = Bus()
        self.database = Database(database_url)
        self.units = self.app[UNITS] = UnitsOfWork(self.app, self.database, clock=self.clock, bus=self.bus)
        self.table = JobTable()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_outcome: object) -> None:
        await self.database.close()

    def runner(self) -> JobRunner:
        """One worker that knows the jobs named so far; several stand for several processes."""
        runner = JobRunner(self.app, self.units, poll_seconds=None)
        runner.include(self.table)
        return runner

    @asynccontextmanager
    async def working(self) -> AsyncIterator[UnitOfWork]:
        async with self.units.begin() as work:
            yield work

    async def enqueues(
        self, name: str, payload: dict[str, Any] | None = None, *, after: float = 0, **options: Any
    ) -> None:
        async with self.units.begin() as work:
            await enqueue(work, name, payload or {}, due_at=self.clock.now() + timedelta(seconds=after), **options)

    async def jobs(self) -> list[Job]:
        async with self.units.read() as work:
            return list(await work.db.scalars(select(Job).order_by(Job.due_at, Job.id)))

    async def job(self) -> Job:
        (job,) = await self.jobs()
        return job
