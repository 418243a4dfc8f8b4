"""Wake-up calls: somebody here or in another process has something to do sooner than he thinks."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress

import structlog
from aiohttp import web

from engage.kit.wake_lines import Call, Line

log = structlog.get_logger(__name__)

RETRY_SECONDS = 1
#: kept for a line that is broken; beyond it only that something was lost is told
MOST_CALLS = 1_000


class Wakes:
    """Calls by name. A lost call costs the sleeper one of his own short sleeps, so it is never waited for."""

    def __init__(self, line: Line | None) -> None:
        self._line = line
        self._sleepers: defaultdict[str, list[Callable[[bytes], None]]] = defaultdict(list)
        self._called: set[Call] = set()
        self._news = asyncio.Event()
        #: whether calls of other processes reach us
        self.is_heard = False

    def on(self, name: str, wake: Callable[[], None]) -> None:
        self.on_news(name, lambda _news: wake())

    def on_news(self, name: str, hear: Callable[[bytes], None]) -> None:
        """For a sleeper who is told why; a call without news says that some may have been lost."""
        self._sleepers[name].append(hear)

    def call(self, name: str, news: bytes = b"") -> None:
        """Wakes the sleeper here at once, and those elsewhere as soon as the line takes the call."""
        self._wake(name, news)
        if self._line is None:
            return
        if len(self._called) >= MOST_CALLS:
            self._called = {(each, b"") for each, _news in self._called}
        self._called.add((name, news))
        self._news.set()

    def _wake(self, name: str, news: bytes) -> None:
        for hear in self._sleepers.get(name, ()):
            hear(news)

    async def tell(self) -> None:
        """Passes calls on to other processes, for ever: a line that hangs delays nobody but this task."""
        while self._line is not None:
            await self._news.wait()
            self._news.clear()
            calls, self._called = self._called, set()
            if not await self._passed_on(self._line, calls):
                self._called |= calls
                await asyncio.sleep(RETRY_SECONDS)
                self._news.set()

    async def _passed_on(self, line: Line, calls: set[Call]) -> bool:
        with suppress(Exception):
            await line.say(calls)
            return True
        return False

    async def listen(self) -> None:
        """Hears the calls of other processes, for ever; comes back when the line does."""
        while self._line is not None and self._sleepers:
            try:
                await self._line.hear(self._sleepers.keys(), self._hear)
            except Exception as problem:  # noqa: BLE001  # whatever ails the line, we try again
                log.warning("wakes_unheard", problem=type(problem).__name__)
            self.is_heard = False
            await asyncio.sleep(RETRY_SECONDS)

    def _hear(self, name: str, news: bytes) -> None:
        self._wake(name, news)
        self.is_heard = True


WAKES = web.AppKey("wakes", Wakes)
