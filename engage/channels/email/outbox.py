"""Mails that wait to leave: putting one there, telling agents where it stands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.channels import OutboundMessage
from engage.channels.email import letterhead, sending
from engage.channels.email.answer_page import Written
from engage.channels.email.events import MailChanged
from engage.channels.email.models import Mail, MailId
from engage.channels.email.schemas import MailKind, MailRow
from engage.conversations import timeline
from engage.conversations.models import Attachment, Conversation, TimelineRow
from engage.kit import jobs
from engage.kit.db import insert_into
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites

POST, POST_ALL = "email.post", "email.post_all"
#: mails that leave together: so many are sent again, under the same names, if the program is killed behind the sending
TOGETHER = 20
#: by the backoff of jobs, hourly in the end: more than two days
TRIES = 80


async def add(work: UnitOfWork, app: web.Application, mail: Mail, *, leaves_at: datetime | None = None) -> None:
    """Stores the mail, with its name and its addresses, and has it leave then, or now."""
    site = await sites.by_id(work, mail.site_id)
    mail.not_before = leaves_at or work.now
    await letterhead.write(work, app, site, mail)
    work.db.add(mail)
    await work.db.flush()
    await post(work, mail)
    await tell(work, mail)


async def send_now(work: UnitOfWork, app: web.Application, mails: Sequence[Mail]) -> None:
    """What a program writes into conversations that have just begun, each into its own: nobody could take it back.

    They are given to the post within this transaction, by as many statements as one of them would be.
    """
    if not mails:
        return
    written = [(await sites.by_id(work, mail.site_id), mail) for mail in mails]
    await letterhead.write_all(work, app, written)
    await letterhead.follow_all(work, {mail.conversation_id: mail for mail in mails if mail.conversation_id})
    for site, mail in written:
        mail.not_before = mail.left_at = work.now
        mail.state = "queued" if sending.has_server(app, site) else "kept"
    work.db.add_all(mails)
    await work.db.flush()
    await remember(work, [(mail, name) for mail in mails for name in letterhead.names_of(mail)])
    await _post_all(work, [mail for mail in mails if mail.state == "queued"])
    for mail in mails:
        await tell(work, mail)


async def _post_all(work: UnitOfWork, mails: Sequence[Mail]) -> None:
    ids = [str(mail.id) for mail in mails]
    if len(ids) == 1:
        await post_alone(work, mails[0].id)
    elif ids:
        together = [{"mails": ids[at : at + TOGETHER]} for at in range(0, len(ids), TOGETHER)]
        due = [(work.now, each) for each in together]
        await jobs.enqueue_all(work, POST_ALL, due, max_attempts=TRIES, key_of=key_of_all)


def key_of_all(payload: dict[str, Any]) -> str:
    return f"{POST_ALL}:{payload['mails'][0]}"


async def post_alone(work: UnitOfWork, mail_id: UUID) -> None:
    await jobs.enqueue(work, POST, {"mail": str(mail_id)}, key=f"{POST}:{mail_id}", max_attempts=TRIES)


async def remember(work: UnitOfWork, names: Sequence[tuple[Mail, str]]) -> None:
    """Answers that name these mails are found by them."""
    rows = [
        {
            "site_id": mail.site_id,
            "message_id": name,
            "direction": "out",
            "conversation_id": mail.conversation_id,
            "entry_id": mail.entry_id,
        }
        for mail, name in names
    ]
    if rows:
        await work.db.execute(insert_into(work.db, MailId).on_conflict_do_nothing(), rows)


async def post(work: UnitOfWork, mail: Mail, *, after: timedelta = timedelta(0)) -> None:
    """Has it leave when it is due; asked again, that moment holds."""
    due = max(mail.not_before or work.now, work.now) + after
    await jobs.enqueue(work, POST, {"mail": str(mail.id)}, due_at=due, key=key_of(mail), max_attempts=TRIES)


def key_of(mail: Mail) -> str:
    return f"{POST}:{mail.id}"


def mail_from(message: OutboundMessage, now: datetime) -> Mail:
    """The row of a message that another slice sends; its addresses come by `letterhead`."""
    return Mail(
        id=message.id,
        site_id=message.site_id,
        conversation_id=message.conversation_id,
        recipient=message.to,
        subject=" ".join(message.subject.split())[:300],
        text=message.text,
        html=message.html,
        secret=message.secret,
        files=[str(each) for each in message.files],
        state="queued",
        attempts=0,
        created_at=now,
        kind=message.kind,
        cc=list(message.cc),
        bcc=[],
        headers=dict(message.headers),
        reference_ids=[],
    )


def of_conversation(
    conversation: Conversation, kind: MailKind, to: str, *, mail_id: UUID, entry: TimelineRow, subject: str,
    written: Written, files: Sequence[Attachment], now: datetime, cc: Sequence[str] = (), bcc: Sequence[str] = (),
) -> Mail:  # fmt: skip
    """The row of a mail that carries an entry, or the last one of several; its addresses come by `letterhead`."""
    return Mail(
        id=mail_id,
        site_id=conversation.site_id,
        conversation_id=conversation.id,
        recipient=to,
        cc=list(cc),
        bcc=list(bcc),
        subject=" ".join(subject.split())[:300],
        text=written.text,
        html=written.html,
        files=[str(each.id) for each in files],
        state="queued",
        kind=kind,
        entry_id=entry.id,
        agent_id=entry.author_id,
        headers={},
        reference_ids=[],
        created_at=now,
    )


async def locked(work: UnitOfWork, mail_id: UUID) -> Mail:
    """The mail's row, held until the commit; its conversation is locked before it."""
    conversation_id = await work.db.scalar(select(Mail.conversation_id).where(Mail.id == mail_id))
    if conversation_id is not None:
        await timeline.locked(work, conversation_id)
    row = select(Mail).where(Mail.id == mail_id).with_for_update().execution_options(populate_existing=True)
    return (await work.db.scalars(row)).one()


async def tell(work: UnitOfWork, mail: Mail) -> None:
    """Agents who look at its conversation see where it stands; visitors are told nothing of mails."""
    if mail.conversation_id is None or mail.secret:
        return
    conversation = await timeline.found(work, mail.conversation_id)
    agents = frozenset(each for each in (mail.agent_id, conversation.with_agent_id) if each is not None)
    work.push(MailChanged(conversation_id=conversation.id, mail=row_of(mail), agent_ids=agents))


def row_of(mail: Mail) -> MailRow:
    return MailRow(
        id=mail.id,
        to=mail.recipient,
        cc=mail.cc,
        subject=mail.subject,
        kind=mail.kind,
        state=mail.state,
        conversation_id=mail.conversation_id,
        entry_id=mail.entry_id,
        agent_id=mail.agent_id,
        created_at=mail.created_at,
        leaves_at=mail.not_before or mail.created_at,
        left_at=mail.left_at or mail.sent_at,
        sent_at=mail.sent_at,
        last_error=mail.last_error,
    )
