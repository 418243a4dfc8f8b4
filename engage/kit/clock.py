"""Time as a port: injected, aware, UTC."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol

from aiohttp import web

#: a clock that moves by so much more or less than time passes was set
JUMP_SECONDS = 5


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


class SystemClock:
    """The machine's clock, which somebody may set."""

    def __init__(self) -> None:
        self.jumps = 0
        self._ahead: float | None = None

    def now(self) -> datetime:
        now = datetime.now(UTC)
        # of the one that nobody can set
        ahead, before = now.timestamp() - monotonic(), self._ahead
        self.jumps += before is not None and abs(ahead - before) > JUMP_SECONDS
        self._ahead = ahead
        return now

    async def wait(self, wake: asyncio.Event, *, until: datetime) -> None:
        seconds = (until - self.now()).total_seconds()
        if seconds <= 0:
            return
        try:
            await asyncio.wait_for(wake.wait(), seconds)
        except TimeoutError:
            return


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
