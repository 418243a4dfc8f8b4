"""Redis, where there is one: signals between processes, nothing that could not be lost."""

from typing import TYPE_CHECKING, Optional

from aiohttp import web

if TYPE_CHECKING:
    from redis.asyncio import Redis

#: None when one process works alone
REDIS: web.AppKey[Optional["Redis"]] = web.AppKey("redis")


def connect(url: str | None) -> Optional["Redis"]:
    if url is None:
        return None
    # imported by those who have one: it takes a twelfth of the time to start
    from redis.asyncio import Redis  # noqa: PLC0415

    return Redis.from_url(url, health_check_interval=30)
