"""Redis, where there is one: signals between processes, nothing that could not be lost."""

from aiohttp import web
from redis.asyncio import Redis

#: None when one process works alone
REDIS: web.AppKey[Redis | None] = web.AppKey("redis")


def connect(url: str | None) -> Redis | None:
    return Redis.from_url(url, health_check_interval=30) if url else None
