"""The self-test: asks every part for real and says in words what is ill."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import aiosmtplib
from sqlalchemy import func, select, text

from engage import migrations
from engage.channels.email.smtp import SmtpPostman, postman
from engage.kit.db import Database
from engage.kit.jobs import Job
from engage.kit.redis import connect
from engage.settings import Settings

SECONDS = 5


@dataclass(frozen=True)
class Finding:
    part: str
    well: bool
    detail: str


async def examine(settings: Settings) -> list[Finding]:
    """One finding a part, whatever happens in it."""
    parts: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "database": _database,
        "migrations": _migrations,
        "outbox": _outbox,
        "redis": _redis,
        "mail": _mail,
        "front ends": _front_ends,
        "server": _server,
    }
    return [await _find(part, ask, settings) for part, ask in parts.items()]


async def _find(part: str, ask: Callable[[Settings], Awaitable[str]], settings: Settings) -> Finding:
    try:
        return Finding(part, True, await asyncio.wait_for(ask(settings), SECONDS))
    except Exception as problem:  # noqa: BLE001  # whatever it is, it is the finding
        return Finding(part, False, f"{type(problem).__name__}: {problem}".strip(": "))


async def _database(settings: Settings) -> str:
    database = Database(settings.sqlalchemy_url)
    try:
        async with database.writing() as session:
            await session.execute(text("SELECT 1"))
    finally:
        await database.close()
    return f"{database.engine.dialect.name} answers"


async def _migrations(settings: Settings) -> str:
    now, newest = await asyncio.to_thread(migrations.current, settings), migrations.newest()
    if now != newest:
        raise RuntimeError(f"the database is at {now}, this program wants {newest}: run `engage migrate`")
    return f"at {now}"


async def _outbox(settings: Settings) -> str:
    """What was given up lies in the table until somebody looks: this is somebody."""
    database = Database(settings.sqlalchemy_url)
    try:
        async with database.reading() as session:
            waiting = await session.scalar(select(func.count()).where(Job.dead_at.is_(None), Job.due_at < func.now()))
            dead = await session.scalar(select(func.count()).where(Job.dead_at.is_not(None)))
    finally:
        await database.close()
    if dead:
        raise RuntimeError(f"{dead} dead letters; the column last_error of the table jobs says why")
    return f"{waiting} due, none dead"


async def _redis(settings: Settings) -> str:
    redis = connect(settings.redis_url)
    if redis is None:
        return "not set: one process works alone"
    async with redis:
        await redis.ping()
    return "answers"


async def _mail(settings: Settings) -> str:
    if settings.smtp_url is None:
        return "not set: mails are kept and readable in the console"
    to = postman(settings.smtp_url.get_secret_value())
    if isinstance(to, SmtpPostman):
        async with aiosmtplib.SMTP(
            hostname=to.host, port=to.port, use_tls=to.tls, username=to.user, password=to.password
        ) as smtp:
            await smtp.noop()
    return "the server answers"


async def _front_ends(settings: Settings) -> str:
    wanted = ("widget/widget.js", "widget/manifest.json", "console/manifest.json")
    missing = [each for each in wanted if not (settings.static_dir / each).exists()]
    if missing:
        raise RuntimeError(f"not built: {', '.join(missing)}; run `make run`")
    return "built"


async def _server(settings: Settings) -> str:
    """A running server answers, and its door for sockets opens."""
    url = settings.public_url or f"http://127.0.0.1:{settings.port}"
    try:
        async with aiohttp.ClientSession(url) as browser:
            async with browser.get("/health/ready") as ready:
                found = await ready.json()
            async with browser.ws_connect("/socket.io/?EIO=4&transport=websocket") as socket:
                await socket.receive(timeout=SECONDS)
    except aiohttp.ClientConnectorError:
        return f"none runs at {url}"
    if found["problems"]:
        raise RuntimeError(str(found["problems"]))
    return f"ready at {url}, sockets open"
