"""The outbox and the timers: nothing due is lost, nothing is done twice that must not be, and nothing hangs."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

from aiohttp import web

from engage.kit import jobs
from engage.kit.job_lines import ASIDE, CROWD
from engage.kit.jobs import CLAIM_SECONDS, JobRunner, backoff
from engage.kit.unit_of_work import UnitOfWork
from tests.engage.kit.workshop import Workshop


class NotToday(Exception):
    """The world did not want it."""


async def test_job_that_fails_is_tried_again_later_and_later_and_its_reason_is_kept(workshop: Workshop) -> None:
    tries: list[int] = []

    @workshop.table.outside("mail")
    async def mail(_app: web.Application, _payload: dict[str, Any]) -> None:
        tries.append(len(tries))
        if len(tries) < 4:
            raise NotToday

    await workshop.enqueues("mail")
    runner, waits = workshop.runner(), []
    while await workshop.jobs():
        waits.append((await workshop.job()).due_at - workshop.clock.now())
        workshop.clock.advance(seconds=waits[-1].total_seconds())
        await runner.run_all_due()

    assert [wait.total_seconds() for wait in waits] == [0, 5, 10, 20]


async def test_reason_of_the_last_failure_is_readable(workshop: Workshop) -> None:
    @workshop.table.outside("mail")
    async def mail(_app: web.Application, _payload: dict[str, Any]) -> None:
        raise NotToday("451 busy")

    await workshop.enqueues("mail")
    await workshop.runner().run_all_due()

    job = await workshop.job()
    assert (job.last_error, job.attempts, job.dead_at, job.claimed_until) == ("NotToday: 451 busy", 1, None, None)


async def test_job_that_never_succeeds_becomes_a_dead_letter_and_is_left_alone(workshop: Workshop) -> None:
    tries: list[None] = []

    @workshop.table.outside("mail")
    async def mail(_app: web.Application, _payload: dict[str, Any]) -> None:
        tries.append(None)
        raise NotToday

    await workshop.enqueues("mail", max_attempts=3)
    for _ in range(6):
        await workshop.runner().run_all_due()
        workshop.clock.advance(seconds=3600)

    assert (await workshop.job()).dead_at is not None
    assert len(tries) == 3


async def test_dead_timer_that_is_set_again_lives(workshop: Workshop) -> None:
    done: list[str] = []

    @workshop.table.inside("look")
    async def look(_work: UnitOfWork, payload: dict[str, Any]) -> None:
        if payload["n"] == "first":
            raise NotToday
        done.append(payload["n"])

    await workshop.enqueues("look", {"n": "first"}, key="look:1", max_attempts=1)
    await workshop.runner().run_all_due()
    await workshop.enqueues("look", {"n": "second"}, key="look:1")
    await workshop.runner().run_all_due()

    assert done == ["second"]
    assert await workshop.jobs() == []


async def test_timer_that_is_set_again_is_moved_and_not_doubled(workshop: Workshop) -> None:
    done: list[str] = []

    @workshop.table.inside("look")
    async def look(_work: UnitOfWork, payload: dict[str, Any]) -> None:
        done.append(payload["n"])

    await workshop.enqueues("look", {"n": "first"}, after=10, key="look:1")
    await workshop.enqueues("look", {"n": "second"}, after=60, key="look:1")
    workshop.clock.advance(seconds=59)
    await workshop.runner().run_all_due()
    assert done == []
    workshop.clock.advance(seconds=1)
    await workshop.runner().run_all_due()

    assert done == ["second"]


async def test_timer_that_sets_itself_again_runs_again_at_its_time(workshop: Workshop) -> None:
    beats: list[float] = []
    begun = workshop.clock.now()

    @workshop.table.inside("beat")
    async def beat(work: UnitOfWork, _payload: dict[str, Any]) -> None:
        beats.append((work.now - begun).total_seconds())
        await jobs.enqueue(work, "beat", {}, due_at=work.now + timedelta(seconds=30), key="beat")

    await workshop.enqueues("beat", key="beat")
    for _ in range(70):
        await workshop.runner().run_all_due()
        workshop.clock.advance(seconds=1)

    assert beats == [0, 30, 60]


async def test_timer_that_cancels_itself_is_done_and_what_it_did_stands(workshop: Workshop) -> None:
    @workshop.table.inside("end")
    async def end(work: UnitOfWork, _payload: dict[str, Any]) -> None:
        await jobs.enqueue(work, "afterwards", {})
        await jobs.cancel(work, "end")

    await workshop.enqueues("end", key="end")
    await workshop.runner().run_all_due()

    assert [job.name for job in await workshop.jobs()] == ["afterwards"]


async def test_cancelled_timer_never_fires(workshop: Workshop) -> None:
    done: list[None] = []

    @workshop.table.inside("look")
    async def look(_work: UnitOfWork, _payload: dict[str, Any]) -> None:
        done.append(None)

    await workshop.enqueues("look", key="look:1", after=5)
    async with workshop.working() as work:
        await jobs.cancel(work, "look:1")
    workshop.clock.advance(seconds=10)
    await workshop.runner().run_all_due()

    assert done == []


async def test_job_that_fails_half_way_leaves_nothing_of_its_work(workshop: Workshop) -> None:
    @workshop.table.inside("half")
    async def half(work: UnitOfWork, _payload: dict[str, Any]) -> None:
        await jobs.enqueue(work, "afterwards", {})
        raise NotToday

    await workshop.enqueues("half")
    await workshop.runner().run_all_due()

    assert [job.name for job in await workshop.jobs()] == ["half"]


async def test_job_of_a_process_that_died_is_taken_up_by_the_next(workshop: Workshop) -> None:
    begun = asyncio.Event()
    done: list[None] = []

    @workshop.table.outside("mail")
    async def mail(_app: web.Application, _payload: dict[str, Any]) -> None:
        if not begun.is_set():
            begun.set()
            await asyncio.Event().wait()
        done.append(None)

    await workshop.enqueues("mail")
    dying = asyncio.create_task(workshop.runner().run_due())
    await begun.wait()
    await dies(dying)

    await workshop.runner().run_all_due()
    assert done == []
    workshop.clock.advance(seconds=CLAIM_SECONDS)
    await workshop.runner().run_all_due()

    assert len(done) == 1
    assert await workshop.jobs() == []


async def test_job_that_is_moved_while_it_runs_runs_again(workshop: Workshop) -> None:
    seen: list[str] = []

    @workshop.table.outside("tell")
    async def tell(_app: web.Application, payload: dict[str, Any]) -> None:
        seen.append(payload["n"])
        if payload["n"] == "first":
            await workshop.enqueues("tell", {"n": "second"}, key="tell:1")

    await workshop.enqueues("tell", {"n": "first"}, key="tell:1")
    await workshop.runner().run_all_due()

    assert seen == ["first", "second"]


async def test_several_workers_never_run_one_job_twice(workshop: Workshop) -> None:
    runs: Counter[int] = Counter()

    @workshop.table.inside("count")
    async def count(_work: UnitOfWork, payload: dict[str, Any]) -> None:
        runs[payload["n"]] += 1

    async with workshop.working() as work:
        for n in range(60):
            await jobs.enqueue(work, "count", {"n": n})
    await asyncio.gather(*(workshop.runner().run_all_due() for _ in range(4)))

    assert runs == Counter(range(60))
    assert await workshop.jobs() == []


async def test_job_that_this_version_does_not_know_waits_for_one_that_does(workshop: Workshop) -> None:
    await workshop.enqueues("of_tomorrow")

    assert await workshop.runner().run_due() == 0

    assert (await workshop.job()).attempts == 0


async def test_job_of_a_transaction_that_fails_was_never_enqueued(workshop: Workshop) -> None:
    with suppress(NotToday):
        async with workshop.working() as work:
            await jobs.enqueue(work, "mail", {})
            raise NotToday

    assert await workshop.jobs() == []


async def test_mail_server_that_hangs_delays_no_timer(workshop: Workshop) -> None:
    hanging, ran = asyncio.Event(), asyncio.Event()

    @workshop.table.outside("mail")
    async def mail(_app: web.Application, _payload: dict[str, Any]) -> None:
        hanging.set()
        await asyncio.Event().wait()

    @workshop.table.inside("timer")
    async def timer(_work: UnitOfWork, _payload: dict[str, Any]) -> None:
        ran.set()

    await workshop.enqueues("mail")
    await workshop.enqueues("timer", after=30)
    running = asyncio.create_task(workshop.runner().run())
    async with asyncio.timeout(20):
        await hanging.wait()
        workshop.clock.advance(seconds=30)
        await ran.wait()
    await dies(running)


async def test_sleeping_worker_wakes_for_what_is_enqueued_now_and_for_what_becomes_due(workshop: Workshop) -> None:
    done: asyncio.Queue[str] = asyncio.Queue()

    @workshop.table.inside("note")
    async def note(_work: UnitOfWork, payload: dict[str, Any]) -> None:
        done.put_nowait(payload["n"])

    await workshop.enqueues("note", {"n": "later"}, after=300)
    runner = workshop.runner()
    running = asyncio.create_task(runner.run())
    async with asyncio.timeout(20):
        await workshop.enqueues("note", {"n": "now"})
        runner.wake()
        assert await done.get() == "now"
        workshop.clock.advance(seconds=300)
        assert await done.get() == "later"
    await dies(running)


async def test_stream_that_goes_behind_lets_the_other_go_first_for_some_seconds(workshop: Workshop) -> None:
    filed, thanked, closed = asyncio.Queue[int](), asyncio.Queue[int](), asyncio.Event()

    @workshop.table.stream("file")
    async def file(_app: web.Application, payload: dict[str, Any]) -> None:
        filed.put_nowait(payload["n"])
        await closed.wait()

    @workshop.table.stream("thank", behind="file")
    async def thank(_app: web.Application, payload: dict[str, Any]) -> None:
        thanked.put_nowait(payload["n"])

    for n in range(CROWD):
        await workshop.enqueues("file", {"n": n})
    runner = workshop.runner()
    running = asyncio.create_task(runner.run())
    async with asyncio.timeout(60):
        for _ in range(CROWD):
            await filed.get()
        await thanks_wait_for_their_turn(workshop, runner, 1)
        assert thanked.empty()
        workshop.clock.advance(seconds=ASIDE.total_seconds())
        assert await thanked.get() == 1
        await thanks_wait_for_their_turn(workshop, runner, 2)
        assert thanked.empty()
        closed.set()
        assert await thanked.get() == 2
    await dies(running)


async def thanks_wait_for_their_turn(workshop: Workshop, runner: JobRunner, n: int) -> None:
    await workshop.enqueues("thank", {"n": n})
    runner.wake()
    while runner.sleeps_until("thank") != workshop.clock.now() + ASIDE:  # noqa: ASYNC110  # the loop itself is watched
        await asyncio.sleep(0)


async def dies(process: asyncio.Task[Any]) -> None:
    process.cancel()
    with suppress(asyncio.CancelledError):
        await process


def test_pause_doubles_up_to_an_hour() -> None:
    assert [backoff(n).total_seconds() for n in (1, 2, 3, 10, 11, 30)] == [5, 10, 20, 2560, 3600, 3600]
