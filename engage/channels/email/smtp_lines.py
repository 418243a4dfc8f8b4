"""Lines to mail servers, kept open for the next mail: a few to each server, each for so many mails.

A server that hangs costs one caller his patience at a time, and all others a moment: the rest of the post goes on.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiosmtplib
from aiosmtplib import SMTP

#: many servers take no more from one client
MOST = 4
#: then it is closed: balancers and counters of mail servers like it so
MAILS = 50
IDLE_SECONDS = 20
ALIVE_SECONDS = 5
#: who gets no line within this comes again later, so that he keeps nobody waiting
TURN_SECONDS = 5
#: a server that fell silent is left alone for so long
PAUSE_SECONDS = 30

Dial = Callable[[], Awaitable[SMTP]]


@dataclass(eq=False)
class _Line:
    smtp: SMTP
    mails: int = 0
    hangs_up: asyncio.TimerHandle | None = None


class AllBusy(Exception):
    """All lines to this server are in use."""


class Silent(Exception):
    """The server fell silent a moment ago."""


class Lines:
    """Of one process. A line on which anything went wrong is closed, never used again."""

    def __init__(self) -> None:
        self._dialing: defaultdict[Hashable, asyncio.Lock] = defaultdict(asyncio.Lock)
        #: by the loop's clock
        self._paused_until: dict[Hashable, float] = {}
        self._idle: defaultdict[Hashable, list[_Line]] = defaultdict(list)
        self._turns: defaultdict[Hashable, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(MOST))

    @asynccontextmanager
    async def borrow(self, server: Hashable, dial: Dial) -> AsyncIterator[SMTP]:
        """A line to this server, an open one if there is one. Raises AllBusy, Silent, and what `dial` raises."""
        await self._turn(self._turns[server])
        try:
            line = await self._open_one(server) or _Line(await self._dialed(server, dial))
            try:
                yield line.smtp
            except BaseException as problem:
                line.smtp.close()
                self._note(server, problem)
                raise
            line.mails += 1
            self._keep(server, line)
        finally:
            self._turns[server].release()

    async def _turn(self, door: asyncio.Semaphore | asyncio.Lock) -> None:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await door.acquire()
        except TimeoutError as problem:
            raise AllBusy from problem

    async def _dialed(self, server: Hashable, dial: Dial) -> SMTP:
        """One at a time, for nobody knows yet whether the server answers."""
        await self._turn(self._dialing[server])
        try:
            if self._paused_until.get(server, 0) > asyncio.get_running_loop().time():
                raise Silent
            return await dial()
        except BaseException as problem:
            self._note(server, problem)
            raise
        finally:
            self._dialing[server].release()

    def _note(self, server: Hashable, problem: BaseException) -> None:
        if isinstance(problem, TimeoutError) or isinstance(problem.__cause__, TimeoutError):
            self._paused_until[server] = asyncio.get_running_loop().time() + PAUSE_SECONDS

    async def _open_one(self, server: Hashable) -> _Line | None:
        """One whose other end is still there: asked before the mail, so that no mail finds it gone."""
        while self._idle[server]:
            line = self._idle[server].pop()
            if line.hangs_up is not None:
                line.hangs_up.cancel()
            try:
                await line.smtp.noop(timeout=ALIVE_SECONDS)
            except (aiosmtplib.SMTPException, OSError):
                line.smtp.close()
            else:
                return line
        return None

    def _keep(self, server: Hashable, line: _Line) -> None:
        if line.mails >= MAILS or not line.smtp.is_connected:
            line.smtp.close()
            return
        line.hangs_up = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._hang_up, server, line)
        self._idle[server].append(line)

    def _hang_up(self, server: Hashable, line: _Line) -> None:
        if line in self._idle[server]:
            self._idle[server].remove(line)
            line.smtp.close()

    def close(self) -> None:
        for lines in self._idle.values():
            for line in lines:
                if line.hangs_up is not None:
                    line.hangs_up.cancel()
                line.smtp.close()
        self._idle.clear()
