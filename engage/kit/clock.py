"""Time as a port: injected, aware, UTC."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol

from aiohttp import web

#: a clock that moves by so much more or less than time passes was set
JUMP_SECONDS = 5
#: who waits looks at the clock at least so often: it may have been set forward, or the machine may have slept
LOOK_SECONDS = 60.0


class Clock(Protocol):
    """What tells the time and waits for it."""

    @property
    def jumps(self) -> int:
        """How often it was set while it ran: then what looks like a long silence may be none."""
        ...

    def now(self) -> datetime:
        """The moment, aware and in UTC."""
        ...

    async def wait(self, wake: asyncio.Event, *, until: datetime) -> None:
        """Returns when `wake` is set or `until` has come."""
        ...


def _told() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The machine's clock, which somebody may set."""

    def __init__(self, tell: Callable[[], datetime] = _told, *, look: float = LOOK_SECONDS) -> None:
        self.jumps = 0
        self._tell = tell
        self._look = look
        self._ahead: float | None = None

    def now(self) -> datetime:
        now = self._tell()
        # of the one that nobody can set
        ahead, before = now.timestamp() - monotonic(), self._ahead
        self.jumps += before is not None and abs(ahead - before) > JUMP_SECONDS
        self._ahead = ahead
        return now

    async def wait(self, wake: asyncio.Event, *, until: datetime) -> None:
        while (left := (until - self.now()).total_seconds()) > 0 and not wake.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), min(left, self._look))


class ManualClock:
    """A clock that stands until it is moved: whoever waits wakes when it passes his moment."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self._moved = asyncio.Event()
        self.jumps = 0

    def now(self) -> datetime:
        return self._now

    def advance(self, *, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._moved.set()
        self._moved = asyncio.Event()

    def jump(self, *, seconds: float) -> None:
        """Somebody sets it."""
        self.jumps += 1
        self.advance(seconds=seconds)

    async def wait(self, wake: asyncio.Event, *, until: datetime) -> None:
        while self._now < until and not wake.is_set():
            waits = [asyncio.ensure_future(wake.wait()), asyncio.ensure_future(self._moved.wait())]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for each in waits:
                    each.cancel()


CLOCK: web.AppKey[Clock] = web.AppKey("clock", Clock)
