"""Mails that are on their way, several to a transaction: what is read before each is sent, and noted once it was taken.

For mails that were given to the post before, such as acknowledgements and second tries; all else goes the ordinary way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from aiohttp import web
from sqlalchemy import or_, select

from engage.channels.email import outbox, trouble
from engage.channels.email.models import Mail, SuppressedAddress
from engage.channels.email.smtp import Receipt
from engage.conversations.models import Conversation
from engage.kit import jobs
from engage.kit.db import db_of, is_among
from engage.kit.group_commit import GroupCommit
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.sites.models import Site

#: a mail that may be sent, and whose it is
Leaving: TypeAlias = tuple[Mail, Site]

FORGOTTEN = "This mail held a one-time link. It was sent, and its text was not kept."


@dataclass(frozen=True)
class Taken:
    """A server took it."""

    mail: Mail
    receipt: Receipt


LEAVING: web.AppKey[GroupCommit[UUID, Leaving]] = web.AppKey("mails_leaving", GroupCommit)
TAKEN: web.AppKey[GroupCommit[Taken, bool]] = web.AppKey("mails_taken", GroupCommit)


def install(app: web.Application) -> None:
    units = app[UNITS]
    app[LEAVING] = GroupCommit("mails leaving", units.read, leaving, key_of=lambda each: each, most_waiting=None)
    app[TAKEN] = GroupCommit("mails taken", units.begin, note, key_of=lambda each: each.mail.id, most_waiting=None)
    for group in (app[LEAVING], app[TAKEN]):
        app.cleanup_ctx.append(group.running)


async def leaving(work: UnitOfWork, mail_ids: Sequence[UUID]) -> list[Leaving | None]:
    """None for what has not left us yet, or is not to be sent."""
    rows = select(Mail, Site).join(Site, Site.id == Mail.site_id)
    due = (
        Mail.state == "queued",
        Mail.left_at.is_not(None),
        or_(Mail.not_before.is_(None), Mail.not_before <= work.now),
    )
    found = (await work.db.execute(rows.where(is_among(db_of(work.db), Mail.id, mail_ids), *due))).all()
    unwanted = await _unwanted(work, [mail for mail, _ in found])
    by_id: dict[UUID, Leaving] = {mail.id: (mail, site) for mail, site in found if mail.id not in unwanted}
    return [by_id.get(each) for each in mail_ids]


async def _unwanted(work: UnitOfWork, mails: Sequence[Mail]) -> set[UUID]:
    """Those to an address to which mails came back."""
    row, to = SuppressedAddress, {mail.recipient.lower() for mail in mails}
    rows = select(row.site_id, row.address).where(is_among(db_of(work.db), row.address, to))
    known = {(site_id, address) for site_id, address in await work.db.execute(rows)}
    return {mail.id for mail in mails if (mail.site_id, mail.recipient.lower()) in known}


async def note(work: UnitOfWork, taken: Sequence[Taken]) -> list[bool | None]:
    """Each is sent, and its job done. None for one whose conversation went into another one meanwhile."""
    conversations = await _held(work, {each.mail.conversation_id for each in taken if each.mail.conversation_id})
    mails = await _locked(work, [each.mail.id for each in taken])
    plain = [each for each in taken if _is_plain(mails[each.mail.id], conversations)]
    for each in plain:
        sent(work, mails[each.mail.id], each.receipt)
    named = [(mails[e.mail.id], name) for e in plain for name in e.receipt.names if _is_named(mails[e.mail.id])]
    await outbox.remember(work, named)
    for site_id in {each.mail.site_id for each in plain}:
        await trouble.end(work, site_id)
    await jobs.cancel_all(work, [outbox.key_of(each.mail) for each in plain])
    for each in plain:
        await outbox.tell(work, mails[each.mail.id])
    done = {each.mail.id for each in plain}
    return [True if each.mail.id in done else None for each in taken]


async def note_one(work: UnitOfWork, taken: Taken) -> None:
    """One that went the ordinary way; its job is whose it is."""
    mail = await outbox.locked(work, taken.mail.id)
    sent(work, mail, taken.receipt)
    if _is_named(mail):
        await outbox.remember(work, [(mail, name) for name in taken.receipt.names])
    await trouble.end(work, mail.site_id)
    await outbox.tell(work, mail)


async def _held(work: UnitOfWork, ids: set[UUID]) -> dict[UUID, Conversation]:
    """Locked before their mails."""
    rows = select(Conversation).where(is_among(db_of(work.db), Conversation.id, ids)).order_by(Conversation.id)
    found = await work.db.scalars(rows.with_for_update(key_share=True).execution_options(populate_existing=True))
    return {each.id: each for each in found}


async def _locked(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, Mail]:
    rows = select(Mail).where(is_among(db_of(work.db), Mail.id, ids)).order_by(Mail.id).with_for_update()
    return {each.id: each for each in await work.db.scalars(rows.execution_options(populate_existing=True))}


def _is_plain(mail: Mail, conversations: dict[UUID, Conversation]) -> bool:
    if mail.conversation_id is None:
        return True
    conversation = conversations.get(mail.conversation_id)
    return conversation is not None and conversation.merged_into_id is None


def _is_named(mail: Mail) -> bool:
    """Whether an answer to it belongs to its conversation."""
    return mail.conversation_id is not None and mail.kind != "forward"


def sent(work: UnitOfWork, mail: Mail, receipt: Receipt) -> None:
    """What is known of a locked mail from now on."""
    mail.state, mail.sent_at, mail.attempts = "sent", work.now, mail.attempts + 1
    mail.last_error = receipt.complaint
    mail.provider_id = receipt.provider_id
    if mail.secret:
        mail.text, mail.html = FORGOTTEN, None
