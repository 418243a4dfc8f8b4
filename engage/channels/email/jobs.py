"""Mails in: filing what was taken."""

from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy.exc import IntegrityError, OperationalError

from engage.channels.email import accept, blobs, filing, poison, prepared
from engage.channels.email.models import RawMail
from engage.channels.email.parser_pool import PARSERS, Unparsed
from engage.channels.email.plain_mails import PLAIN_MAILS, Ready
from engage.kit import jobs
from engage.kit.db import told_of
from engage.kit.errors import DatabaseAway
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.settings import SETTINGS

table = JobTable()

#: mails that are filed at a time: they share commits
AT_ONCE = 100
#: while many come, for those that share one
BREATH_SECONDS = 0.2


class NotFiled(Exception):
    """The mail could not be filed this time."""


@table.stream(accept.FILE, at_once=AT_ONCE, breath_seconds=BREATH_SECONDS)
async def file_raw_mail(app: web.Application, payload: dict[str, Any]) -> bool:
    """Parses and files one mail, any number of times: what was filed is left alone. True once it is settled."""
    raw_id = UUID(payload["raw"])
    sha256 = payload.get("sha256") or await _waits(app, raw_id)
    if sha256 is None:
        return False
    try:
        parsed = await app[PARSERS].parse(blobs.path_of(app[SETTINGS].mail_dir, sha256))
        ready = Ready(raw_id, parsed, await prepared.prepare(app, parsed))
        if not (await app[PLAIN_MAILS].submit(ready) or await _file_alone(app, ready)):
            await prepared.throw_away(app, ready.prepared)
        return True
    except Exception as problem:
        if _is_away(problem):
            # not the mail's fault: it waits until the database and the disk are there again
            raise
        reason = str(problem) if isinstance(problem, Unparsed) else f"{type(problem).__name__}: {problem}"
        if await poison.note(app, raw_id, reason):
            return True
        raise NotFiled(reason) from problem


async def _waits(app: web.Application, raw_id: UUID) -> str | None:
    """Where its bytes lie, unless it is settled; of a job that does not say so."""
    async with app[UNITS].read() as work:
        raw = await work.db.get(RawMail, raw_id)
    return raw.sha256 if raw is not None and raw.state in poison.WAITING else None


async def _file_alone(app: web.Application, ready: Ready) -> bool:
    """Whether it is in a conversation, with its files."""
    try:
        return await _file(app, ready)
    except IntegrityError:
        # the same mail was filed at the same moment: now that it is there, this one is its duplicate
        return await _file(app, ready)


async def _file(app: web.Application, ready: Ready) -> bool:
    async with app[UNITS].begin() as work:
        held = await _held(work, ready.raw_id)
        if held is not None:
            await filing.file(work, app, held, ready.mail, ready.prepared)
        await jobs.cancel(work, accept.job_key(ready.raw_id))
    return held is not None and held.entry_id is not None and held.state != "duplicate"


def _is_away(problem: Exception) -> bool:
    return isinstance(problem, OperationalError | DatabaseAway | OSError) or isinstance(told_of(problem), DatabaseAway)


async def _held(work: UnitOfWork, raw_id: UUID) -> RawMail | None:
    """The mail until the commit, unless another has settled it meanwhile."""
    raw = await work.db.get(RawMail, raw_id, with_for_update=True, populate_existing=True)
    return raw if raw is not None and raw.state in poison.WAITING else None
