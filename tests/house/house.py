"""The server, its clock, and the people in it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from sqlalchemy import select
from structlog.processors import format_exc_info
from structlog.testing import capture_logs
from structlog.typing import EventDict

from engage.access.principals import Role
from engage.app import create_app
from engage.channels.email.models import MailAcknowledgement
from engage.kit.afterwards import AFTERWARDS
from engage.kit.clock import ManualClock
from engage.kit.jobs import JOBS, Job
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.realtime import REALTIME
from engage.routing.dispatcher import Dispatcher
from engage.routing.models import Offer
from engage.selfcare import service as selfcare
from engage.settings import Settings
from engage.sites.models import Site
from tests.house import rows, thrift
from tests.house.people import HouseAgent, HouseVisitor
from tests.house.screen import MemoryScreen

#: time goes by in steps of this length, so that no living socket is taken for a dead one
HEARTBEAT_SECONDS = 20


class House:
    """`async with House(database_url, folder) as house`."""

    def __init__(self, database_url: str, folder: Path, **settings: Any) -> None:
        chosen: dict[str, Any] = {
            "data_dir": folder,
            "secret": SecretStr("of the house"),
            "stop_seconds": 0,
            "routing": "matched",
            **settings,
        }
        self.clock = ManualClock()
        self.app: web.Application = create_app(
            Settings(database_url=database_url, **chosen), role="web", clock=self.clock
        )
        thrift.saves(self.app[UNITS].database.engine)
        self.dispatcher = Dispatcher(self.app[UNITS])
        # hearts beat when the test lets time pass, and only those that live
        heads = self.app[REALTIME].heads
        self._beacons, heads.beacons = heads.beacons, []
        #: jobs that may fail in this test; any other failure fails the test
        self.expects_failures_of: set[str] = set()
        self.log: list[EventDict] = []

    async def __aenter__(self) -> Self:
        self._capture = capture_logs(processors=[format_exc_info])
        self.log = self._capture.__enter__()
        self._server = TestServer(self.app)
        await self._server.start_server()
        self.url = str(self._server.make_url("")).rstrip("/")
        async with self.working() as work:
            self.site = await rows.a_site(work, "nordlink")
        thrift.has_connected(self.app[UNITS].database.engine)
        return self

    async def __aexit__(self, *_outcome: object) -> None:
        await self._server.close()
        self._capture.__exit__(None, None, None)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[UnitOfWork]:
        """A transaction of the test's own."""
        async with self.app[UNITS].begin() as work:
            yield work

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[UnitOfWork]:
        async with self.app[UNITS].read() as work:
            yield work

    # People.

    @asynccontextmanager
    async def visitor(self, *, on_site: bool = True, site_key: str = "nordlink") -> AsyncIterator[HouseVisitor]:
        """Somebody with the widget open, unless he is not `on_site`."""
        async with HouseVisitor(self.url, site_key, screens=self._screens) as visitor:
            if on_site:
                await visitor.open_widget()
            yield visitor

    @asynccontextmanager
    async def agent(
        self, name: str, *, presence: str = "available", capacity: int = 4, queues: Sequence[str] | None = None,
        site_key: str = "nordlink", role: Role = "agent", all_queues: bool = True,
    ) -> AsyncIterator[HouseAgent]:  # fmt: skip
        """Somebody at his desk, who serves all queues of the site unless some are named."""
        async with self.working() as work:
            token = await rows.an_agent(work, name, site_key=site_key, queues=queues, capacity=capacity, role=role)
            if not all_queues:
                await rows.sees_his_queues_only(work, token)
        async with HouseAgent(self.url, name, token, presence=presence, screens=self._screens) as agent:
            yield agent

    def new_screen(self, namespace: str) -> MemoryScreen:
        return self._screens(self.url, namespace)

    @property
    def _screens(self) -> partial[MemoryScreen]:
        return partial(MemoryScreen, self.app)

    # Time.

    async def settles(self) -> None:
        """Until nothing is due and nothing can be offered."""
        while await self.app[JOBS].run_due() + await self.dispatcher.run_once():
            pass
        await self.app[AFTERWARDS].told()

    async def passes(self, seconds: float) -> None:
        """Time goes by: hearts beat, timers fire, free hands are offered what waits."""
        await self.settles()
        while seconds > 0:
            step = min(seconds, HEARTBEAT_SECONDS)
            self.clock.advance(seconds=step)
            await self._hearts_beat()
            await self.settles()
            seconds -= step

    async def leaps(self, seconds: float) -> None:
        """The same in one leap, in which everybody stays where he is: for timers that lie far ahead."""
        self.clock.advance(seconds=seconds)
        await self._hearts_beat()
        await self.settles()

    async def _hearts_beat(self) -> None:
        for beacon in self._beacons:
            alive = {
                socket.identity: None
                for socket in self.app[REALTIME].connections.sockets(beacon.namespace)
                if isinstance(socket.transport, MemoryScreen) and socket.transport.is_alive
            }
            await beacon.query(self.app, list(alive))

    # The site.

    async def closes(self) -> None:
        """The desk is closed from now on, today and every other day."""
        async with self.working() as work:
            (await work.db.get_one(Site, self.site.id)).opening_hours = {"mon": []}

    async def opens(self) -> None:
        async with self.working() as work:
            (await work.db.get_one(Site, self.site.id)).opening_hours = None

    async def publishes_articles(self) -> None:
        async with self.working() as work:
            await selfcare.publish_folder(work, await work.db.get_one(Site, self.site.id))

    async def has_told_that_it_came(self, chat: dict[str, Any]) -> None:
        """No acknowledgement goes to who asked it, for he had one."""
        row = {
            "conversation_id": UUID(chat["id"]),
            "site_id": self.site.id,
            "address": "kim@shop.example",
            "domain": "shop.example",
        }
        async with self.working() as work:
            work.db.add(MailAcknowledgement(**row, at=work.now))

    # What no screen shows.

    async def rule_of(self, offer_id: str) -> str:
        """Why he was chosen."""
        async with self.looking() as work:
            return (await work.db.get_one(Offer, UUID(offer_id))).rule

    async def jobs_waiting(self) -> list[str]:
        async with self.looking() as work:
            return list(await work.db.scalars(select(Job.name).where(Job.dead_at.is_(None))))

    async def complaints(self) -> list[str]:
        """What went wrong behind the scenes: failed jobs and logged errors that nobody expected."""
        async with self.looking() as work:
            failed = await work.db.scalars(select(Job).where(Job.last_error.is_not(None)))
        jobs = [f"{job.name}: {job.last_error}" for job in failed if job.name not in self.expects_failures_of]
        errors = [f"{line['event']}: {line.get('exception')}" for line in self.log if line["log_level"] == "error"]
        return jobs + errors
