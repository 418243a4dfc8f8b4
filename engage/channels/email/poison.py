"""A mail that cannot be filed is tried again some times, and then waits for a person. It stops no other."""

from uuid import UUID

import structlog
from aiohttp import web

from engage.channels.email import accept, mailbox_state
from engage.channels.email.models import Mailbox, RawMail
from engage.kit import jobs
from engage.kit.unit_of_work import UNITS, UnitOfWork

TRIES = 5
log = structlog.get_logger(__name__)


async def note(app: web.Application, raw_id: UUID, reason: str) -> bool:
    """Counts a try that failed; whether it was the last one."""
    async with app[UNITS].begin() as work:
        raw = await work.db.get_one(RawMail, raw_id, with_for_update=True, populate_existing=True)
        if raw.state not in WAITING:
            return True
        raw.tries, raw.reason = raw.tries + 1, reason[:500]
        raw.state = "dead_letter" if raw.tries >= TRIES else "retrying"
        if raw.state == "retrying":
            return False
        await jobs.cancel(work, accept.job_key(raw_id))
        await _tell(work, raw)
    log.error("mail_dead_letter", raw_mail=str(raw_id), mailbox=str(raw.mailbox_id), tries=raw.tries)
    return True


async def _tell(work: UnitOfWork, raw: RawMail) -> None:
    await work.db.flush()
    box = await work.db.get_one(Mailbox, raw.mailbox_id, with_for_update=True, populate_existing=True)
    if box.trouble is None:
        await mailbox_state.settle(work, box)


async def try_again(work: UnitOfWork, raw: RawMail) -> None:
    """Gives a dead letter, held by whoever asks, five new tries."""
    if raw.state != "dead_letter":
        return
    raw.state, raw.tries, raw.reason = "stored", 0, None
    await work.db.flush()
    box = await work.db.get_one(Mailbox, raw.mailbox_id, with_for_update=True, populate_existing=True)
    if box.trouble == mailbox_state.DEAD_LETTERS:
        await mailbox_state.settle(work, box)
    await jobs.enqueue(
        work, accept.FILE, {"raw": str(raw.id)}, key=accept.job_key(raw.id), max_attempts=accept.ATTEMPTS
    )


#: states in which a mail is still to be filed
WAITING = ("stored", "retrying")
