"""Mails on the disk that no row names, as when the line broke before the row was stored: removed after a day."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import structlog
from aiohttp import web
from sqlalchemy import select

from engage.channels.email.models import RawMail
from engage.kit.unit_of_work import UNITS
from engage.realtime.background import running
from engage.settings import SETTINGS

#: whoever stores a mail stores its row within seconds
AGE_SECONDS = 86_400
EVERY_SECONDS, FIRST_SECONDS = 86_400, 3_600
log = structlog.get_logger(__name__)


async def sweep(app: web.Application, *, age_seconds: float = AGE_SECONDS) -> int:
    """How many were removed."""
    folder, removed = app[SETTINGS].mail_dir, 0
    for part in await asyncio.to_thread(_folders, folder):
        old = await asyncio.to_thread(_old, part, age_seconds)
        for name in await _unnamed(app, old):
            removed += await _remove(app, part / name, age_seconds)
    return removed


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def _old(folder: Path, age_seconds: float) -> list[str]:
    return [each.name for each in folder.iterdir() if _is_old(each, age_seconds)]


def _is_old(path: Path, age_seconds: float) -> bool:
    try:
        return path.stat().st_mtime < time.time() - age_seconds
    except FileNotFoundError:
        return False


async def _unnamed(app: web.Application, names: list[str]) -> list[str]:
    found: set[str] = set()
    async with app[UNITS].read() as work:
        for at in range(0, len(names), 500):
            some = select(RawMail.sha256).where(RawMail.sha256.in_(names[at : at + 500]))
            found |= set(await work.db.scalars(some))
    return [each for each in names if each not in found]


async def _remove(app: web.Application, path: Path, age_seconds: float) -> bool:
    """Put aside first: if the same mail came again meanwhile, it is put back."""
    aside = path.with_name(f".{path.name}")
    await asyncio.to_thread(path.replace, aside)
    is_new = not await asyncio.to_thread(_is_old, aside, age_seconds)
    if is_new or not await _unnamed(app, [path.name]):
        await asyncio.to_thread(aside.replace, path)
        return False
    await asyncio.to_thread(aside.unlink)
    return True


async def _daily(app: web.Application) -> None:
    await asyncio.sleep(FIRST_SECONDS)
    while True:
        try:
            if removed := await sweep(app):
                log.info("mails_without_rows_removed", count=removed)
        except Exception:
            log.exception("mails_not_swept")
        await asyncio.sleep(EVERY_SECONDS)


async def resource(app: web.Application) -> AsyncIterator[None]:
    async with running(_daily(app)):
        yield
