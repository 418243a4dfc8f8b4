"""Notices: what a contact is told by mail of an event, once, as long as he wants it.

Whoever tells names the event; the same event tells the same contact once, however often it is told.
"""

from dataclasses import dataclass
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.channels.email import opt_outs, outbox, signature
from engage.channels.email.models import Mail, MailNotice
from engage.channels.email.schemas import NoticePurpose
from engage.contacts.models import Contact
from engage.kit import languages
from engage.kit.db import insert_into
from engage.kit.ids import new_id
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites import mails as mails_of_site
from engage.sites import service as sites


@dataclass(frozen=True)
class Notice:
    """What is to be told."""

    contact_id: UUID
    #: names what happened, such as `order:4711:shipped`
    event: str
    purpose: NoticePurpose
    subject: str
    #: paragraphs, in his language
    lines: tuple[str, ...]
    locale: str
    #: where he reads more
    link: str | None = None
    #: into which his answer goes
    conversation_id: UUID | None = None


async def tell(work: UnitOfWork, app: web.Application, notice: Notice) -> UUID | None:
    """The mail that tells it; None if he has no address, does not want it, or has been told already."""
    contact = await work.db.get_one(Contact, notice.contact_id)
    if contact.email is None or await opt_outs.has_ended(work, contact.site_id, contact.email, notice.purpose):
        return None
    mail_id = new_id()
    if not await _is_first(work, contact, notice, mail_id):
        return None
    await outbox.add(work, app, await _mail(work, app, contact, notice, mail_id))
    return mail_id


async def _is_first(work: UnitOfWork, contact: Contact, notice: Notice, mail_id: UUID) -> bool:
    """Of two that tell at once, one stores its row."""
    row = {
        "site_id": contact.site_id,
        "contact_id": contact.id,
        "event": notice.event,
        "mail_id": mail_id,
        "created_at": work.now,
    }
    await work.db.execute(insert_into(work.db, MailNotice).values(row).on_conflict_do_nothing())
    its = select(MailNotice.mail_id).where(
        MailNotice.site_id == contact.site_id, MailNotice.contact_id == contact.id, MailNotice.event == notice.event
    )
    return await work.db.scalar(its) == mail_id


async def _mail(work: UnitOfWork, app: web.Application, contact: Contact, notice: Notice, mail_id: UUID) -> Mail:
    site = await sites.by_id(work, contact.site_id)
    language, address = languages.spoken(notice.locale), contact.email or ""
    end = opt_outs.link(app, site.id, address, notice.purpose)
    page = {
        **mails_of_site.around(site, language, own_url=app[SETTINGS].own_url),
        "subject": notice.subject,
        "lines": notice.lines,
        "link": notice.link,
        "signature": signature.of_site(site, language),
        "end": end,
        "words": opt_outs.WORDS[language],
    }
    return Mail(
        id=mail_id,
        site_id=site.id,
        conversation_id=notice.conversation_id,
        recipient=address,
        cc=[],
        bcc=[],
        subject=" ".join(notice.subject.split())[:300],
        text=app[TEMPLATES].render("email/notice.txt", **page),
        html=app[TEMPLATES].render("email/notice.html", **page),
        files=[],
        state="queued",
        kind="notice",
        headers={"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        reference_ids=[],
        created_at=work.now,
    )
