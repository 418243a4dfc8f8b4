"""A chat goes on by mail: what an agent says to a visitor who has left goes to the address that he gave.

It waits a moment, so that several answers go in one mail, and none goes to somebody who comes back and reads.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import func, select

from engage.agents.models import Agent
from engage.channels.email import answer_page, outbox
from engage.channels.email.answer import ANSWERS, subject_of
from engage.channels.email.answer_page import Letter
from engage.channels.email.models import Mail
from engage.contacts import service as contacts
from engage.contacts.models import Visitor
from engage.conversations import attachments, cursors, timeline
from engage.conversations.events import EntryAppended
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements import service as engagements
from engage.kit import jobs
from engage.kit.bus import Reactions
from engage.kit.ids import new_id
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites import service as sites

JOB = "email.catch_up"
#: who has the widget open all the time and reads nothing is not written to after that
LONGEST = timedelta(days=1)


def reactions(app: web.Application) -> Reactions:
    table = Reactions()
    wait = timedelta(seconds=app[SETTINGS].chat_mail_seconds)

    @table.on_all(EntryAppended)
    async def look_whether_he_reads(work: UnitOfWork, appended: Sequence[EntryAppended]) -> None:
        said = {each.conversation_id for each in appended if each.kind in ANSWERS and each.author_kind == "agent"}
        for conversation_id in await _with_address(work, said) if said else []:
            await _look(work, conversation_id, wait)

    return table


async def _with_address(work: UnitOfWork, ids: set[UUID]) -> Sequence[UUID]:
    """Chats of people who gave one, in one order for everybody; what goes by mail anyway is none of them."""
    theirs = select(Conversation.id).join(Visitor, Visitor.id == Conversation.visitor_id)
    found = await work.db.scalars(
        theirs.where(Conversation.id.in_(ids), Visitor.email.is_not(None)).order_by(Conversation.id)
    )
    named = found.all()
    open_work = await engagements.open_among(work, named) if named else {}
    return [each for each in named if each in open_work and open_work[each].channel != "email"]


async def _look(work: UnitOfWork, conversation_id: UUID, after: timedelta) -> None:
    payload = {"conversation": str(conversation_id)}
    await jobs.enqueue(work, JOB, payload, due_at=work.now + after, key=f"{JOB}:{conversation_id}")


def timers(app: web.Application) -> JobTable:
    table = JobTable()

    @table.inside(JOB)
    async def send_what_he_missed(work: UnitOfWork, payload: dict[str, Any]) -> None:
        conversation = await timeline.locked(work, UUID(payload["conversation"]))
        visitor = await work.db.get_one(Visitor, conversation.visitor_id)
        missed = await _missed(work, conversation)
        if not missed or visitor.email is None:
            return
        age = work.now - missed[-1].created_at
        if not contacts.is_online(visitor, work.now):
            await outbox.add(work, app, await _mail(work, app, conversation, visitor, missed))
        elif age < LONGEST:
            # he may leave without reading: asked again, ever more rarely
            await _look(work, conversation.id, max(age, timedelta(seconds=app[SETTINGS].chat_mail_seconds)))

    return table


async def _missed(work: UnitOfWork, conversation: Conversation) -> Sequence[TimelineRow]:
    """Answers that he has not read, and that no mail has carried."""
    read = (await cursors.of(work, conversation.id, "visitor")).read_customer_seq
    carried = (
        select(func.coalesce(func.max(TimelineRow.seq), 0))
        .join(Mail, Mail.entry_id == TimelineRow.id)
        .where(TimelineRow.conversation_id == conversation.id, Mail.kind != "forward")
    ).scalar_subquery()
    rows = select(TimelineRow).where(
        TimelineRow.conversation_id == conversation.id,
        TimelineRow.kind.in_(ANSWERS),
        TimelineRow.author_kind == "agent",
        TimelineRow.customer_seq > read,
        TimelineRow.seq > carried,
    )
    return (await work.db.scalars(rows.order_by(TimelineRow.seq))).all()


async def _mail(
    work: UnitOfWork, app: web.Application, conversation: Conversation, visitor: Visitor, missed: Sequence[TimelineRow]
) -> Mail:
    site = await sites.by_id(work, conversation.site_id)
    subject = await subject_of(work, conversation, site)
    author_id = missed[-1].author_id
    agent = await work.db.get(Agent, author_id) if author_id else None
    letter = Letter(site, conversation, visitor, subject, missed, missed=True, agent=agent)
    written = answer_page.write(app, letter)
    files = await attachments.of_entries(work, [each.id for each in missed])
    return outbox.of_conversation(
        conversation, "answer", visitor.email or "", mail_id=new_id(), entry=missed[-1], subject=subject,
        written=written, files=[file for each in missed for file in files.get(each.id, [])], now=work.now,
    )  # fmt: skip
