"""How a mailbox is, and what is wrong in words. A trouble that begins is an alarm: a log line and a number."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from aiohttp import web
from prometheus_client import Gauge
from sqlalchemy import func, select

from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.schemas import MailboxState
from engage.kit.unit_of_work import UNITS, UnitOfWork

IN_TROUBLE = Gauge("engage_mailboxes_in_trouble", "Mailboxes that are on and in trouble.")
DEAD = Gauge("engage_mail_dead_letters", "Mails that could not be filed and wait for a person.")
UNFILED = Gauge("engage_mails_unfiled_seconds", "How long the oldest mail that is not filed has waited.")
DEAD_LETTERS = "Mails could not be filed and wait among the dead letters."
#: `read_at` is no more exact than this
READ_EVERY = timedelta(seconds=20)
log = structlog.get_logger(__name__)


async def ill(app: web.Application, mailbox_id: UUID, state: MailboxState, trouble: str) -> None:
    """The alarm sounds once, when the trouble begins."""
    async with app[UNITS].begin() as work:
        box = await _box(work, mailbox_id)
        is_new = box.trouble_since is None or box.trouble == DEAD_LETTERS
        box.state, box.trouble = state, trouble[:500]
        if is_new:
            box.trouble_since = work.now
    if is_new:
        log.warning("mailbox_in_trouble", mailbox=str(mailbox_id), state=state, trouble=trouble[:500])


async def well(app: web.Application, mailbox_id: UUID, state: MailboxState, *, was: MailboxState | None) -> None:
    """It is read without trouble; what is still wrong is only what lies among its dead letters."""
    async with app[UNITS].read() as work:
        seen = await work.db.get_one(Mailbox, mailbox_id)
    is_fresh = seen.read_at is not None and seen.read_at > app[UNITS].clock.now() - READ_EVERY
    if was == state == seen.state and is_fresh:
        return
    async with app[UNITS].begin() as work:
        box = await _box(work, mailbox_id)
        box.state, box.read_at = state, work.now
        await settle(work, box)


async def settle(work: UnitOfWork, box: Mailbox) -> None:
    """Its trouble is that of its dead letters, or none."""
    dead = select(func.min(RawMail.received_at)).where(RawMail.mailbox_id == box.id, RawMail.state == "dead_letter")
    since: datetime | None = await work.db.scalar(dead)
    box.trouble, box.trouble_since = (DEAD_LETTERS, box.trouble_since or work.now) if since else (None, None)


async def _box(work: UnitOfWork, mailbox_id: UUID) -> Mailbox:
    return await work.db.get_one(Mailbox, mailbox_id, with_for_update=True, populate_existing=True)


async def count(work: UnitOfWork) -> None:
    """For whoever watches the figures."""
    waits = RawMail.state.in_(("stored", "retrying"))
    oldest: datetime | None = await work.db.scalar(select(func.min(RawMail.received_at)).where(waits))
    UNFILED.set((work.now - oldest).total_seconds() if oldest is not None else 0)
    dead, ill = RawMail.state == "dead_letter", Mailbox.is_on & Mailbox.trouble.is_not(None)
    DEAD.set(await work.db.scalar(select(func.count(RawMail.id)).where(dead)) or 0)
    IN_TROUBLE.set(await work.db.scalar(select(func.count(Mailbox.id)).where(ill)) or 0)
