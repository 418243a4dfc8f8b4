"""A mail that cannot be filed is tried again some times, and then waits for a person. It stops no other."""

from uuid import UUID

import structlog
from aiohttp import web
from prometheus_client import Counter
from sqlalchemy import update

from engage.channels.email import accept
from engage.channels.email.models import Mailbox, RawMail
from engage.kit import jobs
from engage.kit.unit_of_work import UNITS, UnitOfWork

TRIES = 5
TROUBLE = "A mail could not be filed and waits among the dead letters."
DEAD_LETTERS = Counter("engage_mail_dead_letters_total", "Mails that could not be filed and wait for a person")
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
    DEAD_LETTERS.inc()
    log.error("mail_dead_letter", raw_mail=str(raw_id), mailbox=str(raw.mailbox_id), tries=raw.tries)
    return True


async def _tell(work: UnitOfWork, raw: RawMail) -> None:
    box = update(Mailbox).where(Mailbox.id == raw.mailbox_id, Mailbox.trouble.is_(None))
    await work.db.execute(box.values(trouble=TROUBLE, trouble_since=work.now))


async def try_again(work: UnitOfWork, raw: RawMail) -> None:
    """Gives a dead letter, held by whoever asks, five new tries."""
    if raw.state != "dead_letter":
        return
    raw.state, raw.tries, raw.reason = "stored", 0, None
    await work.db.flush()
    await jobs.enqueue(
        work, "email.file", {"raw": str(raw.id)}, key=accept.job_key(raw.id), max_attempts=accept.ATTEMPTS
    )


#: states in which a mail is still to be filed
WAITING = ("stored", "retrying")
