"""One request or job is one transaction. Only the edge, which opens the unit of work, commits it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, Protocol, TypeVar

import structlog
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from engage.kit.bus import Bus
from engage.kit.clock import Clock
from engage.kit.db import Database

log = structlog.get_logger(__name__)

T = TypeVar("T")


class Pushable(Protocol):
    """An event that leaves the server; it names its audience."""

    def rooms(self) -> frozenset[str]: ...


class Memory:
    """What a process keeps from one unit of work to the next: copies of rows, which it may lose at any moment."""

    def __init__(self) -> None:
        self._kept: dict[type[Any], Any] = {}

    def of(self, kind: type[T]) -> T:
        """The one of this kind; it is made when it is asked for first."""
        if kind not in self._kept:
            self._kept[kind] = kind()
        kept: T = self._kept[kind]
        return kept


class UnitOfWork:
    """What a command works with: a session, the moment, and what is to happen once all of it is saved."""

    def __init__(self, db: AsyncSession, *, clock: Clock, bus: Bus, memory: "Memory | None" = None) -> None:
        self.db = db
        self.memory = memory or Memory()
        self.clock = clock
        self._bus = bus
        self.published: list[object] = []
        self.pushes: list[Pushable] = []
        self.callbacks: list[Callable[[], Awaitable[None] | None]] = []
        self.undoings: list[Callable[[], None]] = []
        #: keys of the timers set or cancelled in this transaction: a job that does so to its own has settled it
        self.settled_timers: set[str] = set()
        self._last_acts: dict[Hashable, Callable[[], Awaitable[None]]] = {}

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def publish(self, event: object) -> None:
        """Tells the slices above what happened; they react within this transaction and after it."""
        await self.publish_all([event])

    async def publish_all(self, events: Sequence[object]) -> None:
        """The same for several events of one kind, at least one."""
        self.published += events
        for reaction in self._bus.reactions_to(events[0]):
            await reaction(self, events)

    def push(self, event: Pushable) -> None:
        """Sends the event to its audience after the commit, and never if there is none."""
        self.pushes.append(event)

    def before_commit(self, key: Hashable, act: Callable[[], Awaitable[None]]) -> None:
        """Runs the act once for its key as the last thing in the transaction, in the order of the keys' text.

        For rows that many transactions touch: locked last and in one order, they cannot dead-lock.
        """
        self._last_acts.setdefault(key, act)

    async def finish(self) -> None:
        """Flushes what was changed and runs the last acts; for the edge only."""
        await self.db.flush()
        while self._last_acts:
            # an act may ask for another one
            await self._last_acts.pop(min(self._last_acts, key=str))()

    def if_it_fails(self, undo: Callable[[], None]) -> None:
        """For what a rollback does not take back, such as a file."""
        self.undoings.append(undo)

    def after_commit(self, callback: Callable[[], Awaitable[None] | None]) -> None:
        self.callbacks.append(callback)


class UnitsOfWork:
    """Opens units of work. `push` is set by the real-time slice, which this layer does not know."""

    def __init__(self, app: web.Application, database: Database, *, clock: Clock, bus: Bus) -> None:
        self._app = app
        self.database = database
        self.clock = clock
        self._bus = bus
        self.push: Callable[[Any], None] = _nobody_listens
        self.memory = Memory()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that is committed when the block ends well; then the pushes and aftermaths run."""
        async with self.database.writing() as session:
            work = UnitOfWork(session, clock=self.clock, bus=self._bus, memory=self.memory)
            try:
                yield work
                await work.finish()
            except BaseException:
                for undo in work.undoings:
                    undo()
                raise
        await self._settle(work)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that only looks."""
        async with self.database.reading() as session:
            yield UnitOfWork(session, clock=self.clock, bus=self._bus, memory=self.memory)

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[UnitOfWork]:
        """The same for who looks again and again: its statements share no transaction."""
        async with self.database.glancing() as session:
            yield UnitOfWork(session, clock=self.clock, bus=self._bus, memory=self.memory)

    @asynccontextmanager
    async def tell(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that only looks, so that somebody is told of it: what it pushes leaves when the block ends."""
        async with self.read() as work:
            yield work
        for push in work.pushes:
            self._run(self.push, push)

    async def _settle(self, work: UnitOfWork) -> None:
        for push in work.pushes:
            self._run(self.push, push)
        for callback in work.callbacks:
            await _guarded(callback)
        for _kind, alike in groupby(work.published, key=type):
            events = list(alike)
            for aftermath in self._bus.aftermaths_of(events[0]):
                await _guarded(partial(aftermath, self._app, events))

    def _run(self, push: Callable[[Any], None], event: Pushable) -> None:
        try:
            push(event)
        except Exception:
            log.exception("push_failed", kind=type(event).__name__)


async def _guarded(callback: Callable[[], Awaitable[None] | None]) -> None:
    """What comes after the commit cannot undo it, so a failure is logged and the rest goes on."""
    try:
        result = callback()
        if result is not None:
            await result
    except Exception:
        log.exception("aftermath_failed")


def _nobody_listens(_event: Any) -> None:
    return None


UNITS = web.AppKey("units", UnitsOfWork)
