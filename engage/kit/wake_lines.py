"""The lines over which wake-up calls reach other processes: Redis where there is one, else PostgreSQL itself."""

import asyncio
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Optional, Protocol, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

if TYPE_CHECKING:
    from redis.asyncio import Redis

TOPIC = "engage:wake:"
SAY_SECONDS = 2
#: a line that says nothing is asked so often whether it still stands
ASK_SECONDS = 10
#: PostgreSQL takes a text below 8,000 bytes; longer news are told as "something happened"
LONGEST = 7_000

#: the sleeper's name, and what he is told
Call: TypeAlias = tuple[str, bytes]
Heard: TypeAlias = Callable[[str, bytes], None]


class Line(Protocol):
    async def say(self, calls: Collection[Call]) -> None:
        """Passes them on. Raises whatever ails the line."""

    async def hear(self, names: Collection[str], heard: Heard) -> None:
        """For ever; raises when the line breaks. Being heard again counts as a call: what was called before is lost."""


class RedisLine:
    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    async def say(self, calls: Collection[Call]) -> None:
        for name, news in calls:
            await asyncio.wait_for(self._redis.publish(TOPIC + name, news), SAY_SECONDS)

    async def hear(self, names: Collection[str], heard: Heard) -> None:
        async with self._redis.pubsub() as topics:
            await topics.subscribe(*(TOPIC + name for name in names))
            async for message in topics.listen():
                name = message["channel"].decode().removeprefix(TOPIC)
                heard(name, message["data"] if message["type"] == "message" else b"")


class LineBroken(Exception):
    """The connection that listened has ended."""


_NOTIFY = "SELECT pg_notify('engage_wake', each) FROM unnest($1::text[]) AS each"


class PostgresLine:
    """LISTEN and NOTIFY; what this process says itself it does not hear."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._own = secrets.token_hex(4)

    async def say(self, calls: Collection[Call]) -> None:
        texts = [self._written(name, news.decode()) for name, news in calls]
        async with asyncio.timeout(SAY_SECONDS), self._engine.connect() as connection:
            await (await _driver_of(connection)).execute(_NOTIFY, texts)

    def _written(self, name: str, news: str) -> str:
        return f"{self._own} {name} {news if len(news) < LONGEST else ''}"

    async def hear(self, names: Collection[str], heard: Heard) -> None:
        async with self._engine.connect() as connection:
            try:
                await self._listen(await _driver_of(connection), names, heard)
            finally:
                await connection.invalidate()

    async def _listen(self, driver: Any, names: Collection[str], heard: Heard) -> None:
        def take(_connection: object, _pid: int, _topic: str, told: str) -> None:
            who, name, news = told.split(" ", 2)
            if who != self._own and name in names:
                heard(name, news.encode())

        ended = asyncio.Event()
        driver.add_termination_listener(lambda _connection: ended.set())
        await driver.add_listener("engage_wake", take)
        for name in names:
            heard(name, b"")
        while not ended.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), ASK_SECONDS)
            await driver.execute("SELECT 1", timeout=SAY_SECONDS)
        raise LineBroken


async def _driver_of(connection: AsyncConnection) -> Any:
    """The driver's own connection: it has no transaction while it listens, and SQLAlchemy knows nothing of LISTEN."""
    return (await connection.get_raw_connection()).driver_connection


def line(redis: Optional["Redis"], engine: AsyncEngine) -> Line | None:
    """None where one process works alone."""
    if redis is not None:
        return RedisLine(redis)
    return None if engine.dialect.name == "sqlite" else PostgresLine(engine)
