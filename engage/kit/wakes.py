"""Wake-up calls: somebody here or in another process has something to do sooner than he thinks."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Optional

import structlog
from aiohttp import web

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = structlog.get_logger(__name__)

TOPIC = "engage:wake:"
RETRY_SECONDS = 1
PUBLISH_SECONDS = 2
#: kept for a Redis that is away; beyond it only that something was lost is told
MOST_CALLS = 1_000


class Wakes:
    """Calls by name. A lost call costs the sleeper one of his own short sleeps, so it is never waited for."""

    def __init__(self, redis: Optional["Redis"]) -> None:
        self._redis = redis
        self._sleepers: defaultdict[str, list[Callable[[bytes], None]]] = defaultdict(list)
        self._called: set[tuple[str, bytes]] = set()
        self._news = asyncio.Event()
        #: whether calls of other processes reach us
        self.is_heard = False

    def on(self, name: str, wake: Callable[[], None]) -> None:
        self.on_news(name, lambda _news: wake())

    def on_news(self, name: str, hear: Callable[[bytes], None]) -> None:
        """For a sleeper who is told why; a call without news says that some may have been lost."""
        self._sleepers[name].append(hear)

    def call(self, name: str, news: bytes = b"") -> None:
        """Wakes the sleeper here at once, and those elsewhere as soon as Redis takes the call."""
        self._wake(name, news)
        if self._redis is None:
            return
        if len(self._called) >= MOST_CALLS:
            self._called = {(each, b"") for each, _news in self._called}
        self._called.add((name, news))
        self._news.set()

    def _wake(self, name: str, news: bytes) -> None:
        for hear in self._sleepers.get(name, ()):
            hear(news)

    async def tell(self) -> None:
        """Passes calls on to other processes, for ever: a Redis that hangs delays nobody but this task."""
        while self._redis is not None:
            await self._news.wait()
            self._news.clear()
            calls, self._called = self._called, set()
            if not await self._passed_on(self._redis, calls):
                self._called |= calls
                await asyncio.sleep(RETRY_SECONDS)
                self._news.set()

    async def _passed_on(self, redis: "Redis", calls: set[tuple[str, bytes]]) -> bool:
        with suppress(Exception):
            for name, news in calls:
                await asyncio.wait_for(redis.publish(TOPIC + name, news), PUBLISH_SECONDS)
            return True
        return False

    async def listen(self) -> None:
        """Hears the calls of other processes, for ever; comes back when Redis does."""
        while self._redis is not None and self._sleepers:
            try:
                await self._hear(self._redis)
            except Exception as problem:  # noqa: BLE001  # whatever ails Redis, we try again
                log.warning("wakes_unheard", problem=type(problem).__name__)
            self.is_heard = False
            await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self, redis: "Redis") -> None:
        async with redis.pubsub() as topics:
            await topics.subscribe(*(TOPIC + name for name in self._sleepers))
            async for message in topics.listen():
                name = message["channel"].decode().removeprefix(TOPIC)
                # what was called before we were heard is lost: being heard again counts as a call
                news = message["data"] if message["type"] == "message" else b""
                self._wake(name, news)
                self.is_heard = True


WAKES = web.AppKey("wakes", Wakes)
