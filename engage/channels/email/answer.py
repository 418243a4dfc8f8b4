"""What an agent says in a conversation that goes by mail leaves as a mail, unless he takes it back in time."""

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.agents.models import Agent
from engage.channels.email import answer_page, outbox, thread_match
from engage.channels.email.answer_page import Letter
from engage.channels.email.models import Mail, MailParticipant, MailThread, ReceivedMail
from engage.contacts.models import Visitor
from engage.conversations import attachments, timeline
from engage.conversations.events import AnswerHeld, EntryAppended
from engage.conversations.models import Conversation, TimelineRow
from engage.conversations.schemas import Posting
from engage.engagements import service as engagements
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites import service as sites
from engage.sites.models import Site

ANSWERS = ("message", "article")
#: what mail programs put before the subject of an answer
ANSWERED = re.compile(r"^(?:(?:re|aw|antw|sv|rif|res)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)

#: the reference must fit behind it
LONGEST_SUBJECT = 200
#: of a conversation's mails, for the customer's last one
LOOKED_AT = 50


def reactions(app: web.Application) -> Reactions:
    table = Reactions()

    @table.on(AnswerHeld)
    async def post(work: UnitOfWork, event: AnswerHeld) -> None:
        row = (await work.db.scalars(select(TimelineRow).where(TimelineRow.id == event.entry_id))).one()
        await _post(work, app, row, event.posting, undo_seconds=app[SETTINGS].mail_undo_seconds)

    @table.on_all(EntryAppended)
    async def post_what_was_not_held(work: UnitOfWork, appended: Sequence[EntryAppended]) -> None:
        """A program's answers: nobody is there who could take one back."""
        for row in await _going_by_mail(work, appended):
            await _post(work, app, row, Posting(), undo_seconds=0)

    return table


async def _going_by_mail(work: UnitOfWork, appended: Sequence[EntryAppended]) -> Sequence[TimelineRow]:
    """Answers in conversations whose work is e-mail, and that no mail carries yet."""
    answers = [each for each in appended if each.kind in ANSWERS and each.author_kind == "agent"]
    if not answers:
        return []
    open_work = await engagements.open_among(work, {each.conversation_id for each in answers})
    by_mail = {conversation_id for conversation_id, each in open_work.items() if each.channel == "email"}
    ids = [each.entry_id for each in answers if each.conversation_id in by_mail]
    if not ids:
        return []
    carried = select(Mail.entry_id).where(Mail.entry_id.in_(ids))
    rows = select(TimelineRow).where(TimelineRow.id.in_(ids), TimelineRow.id.not_in(carried))
    return (await work.db.scalars(rows.order_by(TimelineRow.seq))).all()


async def _post(work: UnitOfWork, app: web.Application, row: TimelineRow, posting: Posting, undo_seconds: int) -> None:
    """Without an address there is no mail, and the customer reads it on the site."""
    conversation = await work.db.get_one(Conversation, row.conversation_id)
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    to = await answered_to(work, conversation, visitor)
    if to is None:
        await timeline.release(work, conversation, row.id)
        return
    mail = await _mail(work, app, row, conversation, visitor, posting, to)
    soonest = work.now + timedelta(seconds=undo_seconds)
    await outbox.add(work, app, mail, leaves_at=max(posting.send_at or soonest, soonest))


async def _mail(
    work: UnitOfWork,
    app: web.Application,
    row: TimelineRow,
    conversation: Conversation,
    visitor: Visitor,
    posting: Posting,
    to: str,
) -> Mail:
    site = await sites.by_id(work, conversation.site_id)
    subject = posting.subject or await subject_of(work, conversation, site)
    quoted = await asked_before(work, row) if posting.quoted else None
    agent = await work.db.get(Agent, row.author_id) if row.author_id else None
    written = answer_page.write(app, Letter(site, conversation, visitor, subject, [row], quoted, agent=agent))
    files = (await attachments.of_entries(work, [row.id]))[row.id]
    return outbox.of_conversation(
        conversation, "answer", to, mail_id=row.id, entry=row, subject=subject, written=written, files=files,
        now=work.now, cc=[str(each) for each in posting.cc], bcc=[str(each) for each in posting.bcc],
    )  # fmt: skip


async def answered_to(work: UnitOfWork, conversation: Conversation, visitor: Visitor) -> str | None:
    """The customer's address; or where his last mail asks answers to be sent, while whoever is there takes part."""
    row, here = ReceivedMail, MailParticipant.conversation_id == conversation.id
    last = select(row.sender, row.reply_to).where(row.conversation_id == conversation.id)
    mails = await work.db.execute(last.order_by(row.received_at.desc(), row.entry_id.desc()).limit(LOOKED_AT))
    his = (to for sender, to in mails if visitor.email and sender.get("address") == visitor.email.lower())
    wanted = next((str(each["address"]) for each in next(his, [])), None)
    if wanted is None:
        return visitor.email
    return await work.db.scalar(select(MailParticipant.address).where(here, MailParticipant.address == wanted)) or (
        visitor.email
    )


async def subject_of(work: UnitOfWork, conversation: Conversation, site: Site) -> str:
    """That of his mail, so that his program threads it, and its reference; else what the conversation is about."""
    thread = await work.db.get(MailThread, conversation.id)
    if thread is None or not (plain := ANSWERED.sub("", thread.subject.strip())[:LONGEST_SUBJECT]):
        return f"Re: {conversation.topic} – {site.name}"
    return f"Re: {plain} {thread_match.reference(site.name, thread.reference)}"


async def asked_before(work: UnitOfWork, row: TimelineRow) -> TimelineRow | None:
    """What the customer wrote last before this answer, if it was words."""
    return await asked_last(work, row.conversation_id, before=row.seq)


async def asked_last(work: UnitOfWork, conversation_id: UUID, *, before: int | None = None) -> TimelineRow | None:
    """The customer's last words, or those before a number."""
    his = select(TimelineRow).where(
        TimelineRow.conversation_id == conversation_id,
        TimelineRow.author_kind == "visitor",
        TimelineRow.kind == "message",
        TimelineRow.text != "",
    )
    if before is not None:
        his = his.where(TimelineRow.seq < before)
    return await work.db.scalar(his.order_by(TimelineRow.seq.desc()).limit(1))
