"""Whatever happens later is a row with `due_at`: the outbox, time-outs, reminders. At least once, with retries."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID

import structlog
from aiohttp import web
from sqlalchemy import (
    Index,
    Insert,
    String,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from engage.kit import job_table, tracing
from engage.kit.db import (
    Db,
    Given,
    Json,
    Model,
    UtcDateTime,
    Write,
    columns_of,
    db_of,
    insert_all,
    insert_into,
    is_among,
)
from engage.kit.ids import new_id
from engage.kit.job_lines import AWAKE, Line
from engage.kit.metrics import JOBS_DONE
from engage.kit.unit_of_work import UnitOfWork, UnitsOfWork

log = structlog.get_logger(__name__)

JobTable = job_table.JobTable

#: a claim older than this belongs to a process that died
CLAIM_SECONDS = 120
#: the same for jobs that only touch the database
SHORT_CLAIM_SECONDS = 15
ATTEMPTS = 10
BATCH = 20
#: a worker that lives is never so late
LATE = timedelta(seconds=60)


class Job(Model):
    """One thing to be done at a time. Done means the row is gone; `dead_at` means that we gave up."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "dead_at", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]]
    #: who enqueues the same key again moves the job instead of adding one
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=ATTEMPTS)
    claimed_until: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)


def is_late(payload: dict[str, Any], now: datetime) -> bool:
    """All was down, or the clock was set forward: what the payload says was `due` long ago may be no news."""
    due = payload.get("due")
    return due is not None and now - datetime.fromisoformat(due) > LATE


async def enqueue(
    work: UnitOfWork,
    name: str,
    payload: dict[str, Any],
    *,
    due_at: datetime | None = None,
    key: str | None = None,
    max_attempts: int = ATTEMPTS,
) -> None:
    """Puts a job behind this transaction. With a `key` that is known, that job is moved and starts anew.

    Lock order: whoever arms a keyed timer holds the row the timer is about; the runner takes the same order.
    """
    moved_to = due_at or work.now
    moved = {"payload": payload, "due_at": moved_to, "attempts": 0, "claimed_until": None, "dead_at": None}
    row = {"id": new_id(), "name": name, "key": key, "max_attempts": max_attempts, **moved}
    await work.db.execute(
        insert_into(work.db, Job).values(row).on_conflict_do_update(index_elements=["key"], set_=moved)
    )
    if key is not None:
        work.settled_timers.add(key)
    await work.publish(JobEnqueued(moved_to, frozenset((name,))))


async def enqueue_all(
    work: UnitOfWork, name: str, due: Sequence[tuple[datetime, dict[str, Any]]], *, max_attempts: int = ATTEMPTS,
    key_of: Callable[[dict[str, Any]], str] | None = None,
) -> None:  # fmt: skip
    """Puts many of one name behind this transaction, by one statement; at least one. Keys must be new ones."""
    usual = {"name": name, "attempts": 0, "max_attempts": max_attempts}
    rows = [
        {"id": new_id(), "payload": payload, "due_at": due_at, "key": key_of(payload) if key_of else None, **usual}
        for due_at, payload in due
    ]
    await insert_all(work.db, Job, rows)
    await work.publish(JobEnqueued(min(due_at for due_at, _ in due), frozenset((name,))))


def enqueueing(work: UnitOfWork, due: Sequence[tuple[str, datetime, dict[str, Any]]]) -> tuple[Write, "JobEnqueued"]:
    """Many behind this transaction, at least one, each by name; with what is to be published of it."""
    statement, given = _enqueueing(db_of(work.db))
    rows = [(new_id(), *each) for each in due]
    coming = JobEnqueued(min(due_at for _, due_at, _ in due), frozenset(name for name, _, _ in due))
    return Write(statement, given.parameters(rows)), coming


@cache
def _enqueueing(db: Db) -> tuple[Insert, Given]:
    given = Given(db, "job", id=Uuid(), name=String(), due_at=UtcDateTime(), payload=Json)
    row = {
        "id": given.id, "name": given.name, "payload": given.payload, "due_at": given.due_at,
        "attempts": literal(0), "max_attempts": literal(ATTEMPTS),
    }  # fmt: skip
    return insert(cast(Table, Job.__table__)).from_select(list(row), select(*row.values())), given


async def cancel(work: UnitOfWork, key: str) -> None:
    await cancel_all(work, [key])


async def cancel_all(work: UnitOfWork, keys: Collection[str]) -> None:
    row = columns_of(Job)
    await work.db.execute(delete(cast(Table, Job.__table__)).where(is_among(db_of(work.db), row.key, keys)))
    work.settled_timers.update(keys)


@dataclass(frozen=True)
class JobEnqueued:
    """There may be something due sooner than the workers think."""

    due_at: datetime
    names: frozenset[str]

    @property
    def news(self) -> bytes:
        """For workers in other processes."""
        return ",".join(sorted(self.names)).encode()


class Overtaken(Exception):
    """The job was moved or claimed by another while it ran here: what it did is rolled back."""


class JobRunner:
    """Runs what is due, one batch after the other, and sleeps until the next is due or somebody wakes it."""

    def __init__(self, app: web.Application, units: UnitsOfWork, *, poll_seconds: float | None) -> None:
        self._app = app
        self._units = units
        #: longest sleep without a signal; None when every signal is sure to come (one process)
        self._poll = timedelta(seconds=poll_seconds if poll_seconds is not None else 3600)
        self._inside, self._outside = Line(), Line()
        self._streams: defaultdict[str, Line] = defaultdict(Line)
        self._table = JobTable()

    def include(self, table: JobTable) -> None:
        self._table.inside_jobs.update(table.inside_jobs)
        self._table.outside_jobs.update(table.outside_jobs)
        self._table.streams |= table.streams
        self._inside.names |= table.inside_jobs.keys()
        self._outside.names |= table.outside_jobs.keys() - table.streams.keys()
        for name, stream in table.streams.items():
            self._streams[stream.line].add(name, stream)
            if stream.behind is not None:
                self._streams[stream.line].let_first(self._streams[stream.behind])

    @property
    def _lines(self) -> Sequence[Line]:
        return [self._inside, self._outside, *self._streams.values()]

    def wake(self, news: bytes = b"") -> None:
        """All lines, or those of the jobs that the news name."""
        names = set(news.decode().split(",")) if news else None
        for each in self._lines:
            if names is None or not each.names.isdisjoint(names):
                each.wake.set()

    def expect(self, coming: "JobEnqueued") -> bool:
        """Wakes whoever would sleep beyond its moment; whether other processes would come too late for it."""
        for each in self._lines:
            if coming.due_at + each.aside < each.until and not each.names.isdisjoint(coming.names):
                each.wake.set()
        return coming.due_at <= self._units.clock.now() + self._poll

    def sleeps_until(self, name: str) -> datetime:
        """When the line of this stream looks again, if nothing comes."""
        return self._streams[name].until

    async def run(self) -> None:
        """For ever, until cancelled; a job in hand is finished by whoever claims it next.

        What talks to the world has lines of its own: a mail server that hangs delays no timer.
        """
        async with asyncio.TaskGroup() as lines:
            lines.create_task(self._run_line(self._inside))
            lines.create_task(self._run_line(self._outside))
            for each in self._streams.values():
                lines.create_task(self._run_stream(each))

    async def run_timers(self) -> None:
        """For ever, until cancelled: only what is done in the database, for a process that has no one to do it."""
        await self._run_line(self._inside)

    async def _run_line(self, line: Line) -> None:
        while True:
            line.until = AWAKE
            line.wake.clear()
            try:
                if await self._run_batch(line.names):
                    continue
                until = await self._next_due(line.names)
            except Exception:
                log.exception("job_round_failed")
                until = self._units.clock.now() + timedelta(seconds=1)
            line.until = until
            await self._units.clock.wait(line.wake, until=until)

    async def _run_stream(self, line: Line) -> None:
        try:
            while True:
                line.until = AWAKE
                line.wake.clear()
                until = await self._take_up(line)
                if not line.room:
                    await asyncio.wait(line.hands, return_when=asyncio.FIRST_COMPLETED)
                elif line.found and line.breath_seconds:
                    await asyncio.sleep(line.breath_seconds)
                elif until is not None:
                    line.until = until
                    await self._units.clock.wait(line.wake, until=until)
        finally:
            await line.end()

    async def _take_up(self, line: Line) -> datetime | None:
        """Begins what there is room for; until when there is nothing more, None if there may be."""
        if not (room := line.room):
            return None
        try:
            aside = line.aside
            line.is_aside = bool(aside)
            claimed = await self._claim(line.names, room, aside)
            until = await self._next_due(line.names) + aside if len(claimed) < room else None
        except Exception:
            log.exception("job_round_failed")
            line.found = 0
            return self._units.clock.now() + timedelta(seconds=1)
        for job in claimed:
            line.begin(self._run_guarded(job))
        line.found = len(claimed)
        line.tell_those_behind()
        return until

    async def _run_guarded(self, job: Job) -> None:
        try:
            await self._run_one(job)
        except Exception:  # the database is away: the claim runs out, and the job is done then
            log.exception("job_not_put_back", job=job.name)

    async def run_due(self) -> int:
        """Runs one batch of what is due now; how many there were."""
        return await self._run_batch([*self._table.inside_jobs, *self._table.outside_jobs])

    async def _run_batch(self, names: Collection[str]) -> int:
        claimed = await self._claim(names)
        await asyncio.gather(*(self._run_one(job) for job in claimed))
        return len(claimed)

    async def run_all_due(self) -> None:
        """Until nothing is due: for tests and for the end of a command."""
        while await self.run_due():
            pass

    async def _next_due(self, names: Collection[str]) -> datetime:
        latest = self._units.clock.now() + self._poll
        async with self._units.read() as work:
            due = await work.db.scalar(select(func.min(Job.due_at)).where(Job.dead_at.is_(None), Job.name.in_(names)))
        return min(due, latest) if due else latest

    async def _claim(self, names: Collection[str], most: int = BATCH, aside: timedelta = timedelta(0)) -> list[Job]:
        async with self._units.begin() as work:
            due = (
                select(Job)
                .where(
                    Job.dead_at.is_(None),
                    Job.due_at <= work.now - aside,
                    Job.name.in_(names),
                )
                .order_by(Job.due_at)
                .limit(most)
                .with_for_update(skip_locked=True)
            )
            jobs = list(await work.db.scalars(due))
            for job in jobs:
                # A claim is a due date in the future: a process that dies holding it loses the job to the next one.
                job.attempts += 1
                job.due_at = job.claimed_until = work.now + timedelta(seconds=self._claim_seconds(job.name))
            return jobs

    def _claim_seconds(self, name: str) -> int:
        if name in self._table.inside_jobs:
            return SHORT_CLAIM_SECONDS
        stream = self._table.streams.get(name)
        return stream.claim_seconds if stream else CLAIM_SECONDS

    async def _run_one(self, job: Job) -> None:
        try:
            with tracing.step(self._app, f"job {job.name}"):
                await self._perform(job)
            JOBS_DONE.labels(job.name, "done").inc()
        except Exception as problem:
            JOBS_DONE.labels(job.name, "failed").inc()
            log.warning("job_failed", job=job.name, id=str(job.id), attempt=job.attempts, exc_info=True)
            await self._put_back(job, problem)

    async def _perform(self, job: Job) -> None:
        if (outside := self._table.outside_jobs.get(job.name)) is not None:
            settled = await outside(self._app, job.payload)
            if not settled:
                async with self._units.begin() as work:
                    await _tick_off(work, job)
            return
        with suppress(Overtaken):
            async with self._units.begin() as work:
                await self._table.inside_jobs[job.name](work, job.payload)
                settled = job.key is not None and job.key in work.settled_timers
                if not settled and not await _tick_off(work, job):
                    raise Overtaken

    async def _put_back(self, job: Job, problem: Exception) -> None:
        async with self._units.begin() as work:
            later = work.now + backoff(job.attempts)
            gone = work.now if job.attempts >= job.max_attempts else None
            await work.db.execute(
                update(Job)
                .where(Job.id == job.id, Job.claimed_until == job.claimed_until)
                .values(
                    due_at=later,
                    dead_at=gone,
                    claimed_until=None,
                    last_error=f"{type(problem).__name__}: {problem}"[:2000],
                )
            )


async def _tick_off(work: UnitOfWork, job: Job) -> bool:
    mine = delete(Job).where(Job.id == job.id, Job.claimed_until == job.claimed_until)
    done = await work.db.execute(mine)
    return bool(done.rowcount)  # type: ignore[attr-defined]  # an executed DELETE is a CursorResult


def backoff(attempts: int) -> timedelta:
    """5 s, doubling to one hour."""
    return timedelta(seconds=min(5 * 2 ** (attempts - 1), 3600))


JOBS = web.AppKey("jobs", JobRunner)
