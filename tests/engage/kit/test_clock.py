"""The clock of the tests: stands, moves when told to, and wakes who waits for it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from engage.kit import clock as clocks
from engage.kit.clock import ManualClock, SystemClock


async def test_waiting_ends_when_the_clock_passes_the_moment() -> None:
    clock = ManualClock()
    waiting = asyncio.create_task(clock.wait(asyncio.Event(), until=clock.now() + timedelta(seconds=60)))
    await asyncio.sleep(0)

    clock.advance(seconds=59)
    for _ in range(5):
        await asyncio.sleep(0)
    assert not waiting.done()

    clock.advance(seconds=1)
    await asyncio.wait_for(waiting, 20)


async def test_waiting_ends_when_somebody_wakes_it() -> None:
    clock, wake = ManualClock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(wake, until=clock.now() + timedelta(days=1)))

    wake.set()

    await asyncio.wait_for(waiting, 20)
    assert clock.now() == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def test_moment_that_has_come_is_not_waited_for() -> None:
    for clock in (ManualClock(), SystemClock()):
        await asyncio.wait_for(clock.wait(asyncio.Event(), until=clock.now()), 20)


async def test_system_clock_waits_no_longer_than_it_is_told_and_wakes_when_it_should() -> None:
    clock, wake = SystemClock(), asyncio.Event()
    await clock.wait(wake, until=clock.now() + timedelta(milliseconds=10))

    wake.set()
    begun = clock.now()
    await clock.wait(wake, until=begun + timedelta(hours=1))

    assert clock.now() - begun < timedelta(minutes=1)


async def test_clock_set_forward_or_a_machine_that_slept_makes_nobody_late() -> None:
    begun = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    told = iter([begun, begun, begun + timedelta(hours=1)])
    clock = SystemClock(lambda: next(told), look=0.01)

    await asyncio.wait_for(clock.wait(asyncio.Event(), until=begun + timedelta(minutes=50)), 20)


def test_moments_are_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == ManualClock().now().utcoffset() == timedelta(0)


def test_system_clock_notices_that_it_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    # the other clock goes on as it likes: the same as if this one were set
    passed = [0.0, 1.0, 2.0, 3602.0, 3603.0, 3.0]
    monkeypatch.setattr(clocks, "monotonic", lambda: passed.pop(0))
    clock = SystemClock()

    jumps = [(clock.now(), clock.jumps)[1] for _ in range(6)]

    assert jumps == [0, 0, 0, 1, 1, 2]
