"""What becomes of mails when their conversation is merged, split, or taken apart again."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from engage.channels.email import threads
from engage.channels.email.models import Mail, MailId, MailParticipant, MailThread, RawMail, ReceivedMail
from engage.channels.email.parsed import Person
from engage.conversations import merging
from engage.conversations.events import ConversationMerged, ConversationUnmerged, EntriesMoved
from engage.conversations.models import Conversation
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork

#: primary keys change; nothing of these rows is in the session
UNSEEN = {"synchronize_session": False}
#: by the entry that each stands for
OF_ENTRIES = (Mail, MailId, RawMail, ReceivedMail)

reactions = Reactions()


@reactions.on(ConversationMerged)
async def go_along(work: UnitOfWork, event: ConversationMerged) -> None:
    """The one that stays keeps its words and its address, if it has some."""
    await _note(work, event)
    for model in OF_ENTRIES:
        its = update(model).where(model.conversation_id == event.gone_id)
        await work.db.execute(its.values(conversation_id=event.into_id))
    row = MailParticipant
    there = select(row.address).where(row.conversation_id == event.into_id)
    people = update(row).where(row.conversation_id == event.gone_id, row.address.not_in(there))
    await work.db.execute(people.values(conversation_id=event.into_id), execution_options=UNSEEN)
    if await work.db.get(MailThread, event.into_id) is None:
        thread = update(MailThread).where(MailThread.conversation_id == event.gone_id)
        await work.db.execute(thread.values(conversation_id=event.into_id), execution_options=UNSEEN)


async def _note(work: UnitOfWork, event: ConversationMerged) -> None:
    """What hangs on no entry is known by itself: an acknowledgement, a mail that came twice."""
    for kind, key, model in (("mails", Mail.id, Mail), ("raw_mails", RawMail.id, RawMail)):
        ids = await work.db.scalars(select(key).where(model.conversation_id == event.gone_id))
        await merging.note_came(work, event.merge_id, kind, ids)
    row = MailParticipant
    there = select(row.address).where(row.conversation_id == event.into_id)
    people = select(row.address).where(row.conversation_id == event.gone_id, row.address.not_in(there))
    await merging.note_came(work, event.merge_id, "people", await work.db.scalars(people))
    names = select(MailId.message_id).where(MailId.conversation_id == event.gone_id, MailId.entry_id.is_(None))
    await merging.note_came(work, event.merge_id, "mail_names", await work.db.scalars(names))
    moves = await work.db.get(MailThread, event.into_id) is None
    its = select(MailThread.reference).where(MailThread.conversation_id == event.gone_id)
    await merging.note_came(work, event.merge_id, "mail_threads", await work.db.scalars(its) if moves else [])


@reactions.on(ConversationUnmerged)
async def go_back(work: UnitOfWork, event: ConversationUnmerged) -> None:
    for kind, key, model in (("mails", Mail.id, Mail), ("raw_mails", RawMail.id, RawMail)):
        ids = [UUID(each) for each in event.came.get(kind, [])]
        its = update(model).where(key.in_(ids), model.conversation_id == event.from_id)
        await work.db.execute(its.values(conversation_id=event.restored_id))
    names, people = event.came.get("mail_names", []), event.came.get("people", [])
    known = update(MailId).where(MailId.message_id.in_(names), MailId.conversation_id == event.from_id)
    await work.db.execute(known.values(conversation_id=event.restored_id))
    row = MailParticipant
    took_part = update(row).where(row.conversation_id == event.from_id, row.address.in_(people))
    await work.db.execute(took_part.values(conversation_id=event.restored_id), execution_options=UNSEEN)
    await _thread_back(work, event)


async def _thread_back(work: UnitOfWork, event: ConversationUnmerged) -> None:
    """The one that came and no other: after a second merge it stands in between if the last one had its own."""
    references = [int(each) for each in event.came.get("mail_threads", [])]
    site_id = select(Conversation.site_id).where(Conversation.id == event.restored_id).scalar_subquery()
    its = update(MailThread).where(MailThread.reference.in_(references), MailThread.site_id == site_id)
    await work.db.execute(its.values(conversation_id=event.restored_id), execution_options=UNSEEN)


@reactions.on(EntriesMoved)
async def follow_entries(work: UnitOfWork, event: EntriesMoved) -> None:
    """Answers to a mail that moved find the conversation in which it stands now."""
    for model in OF_ENTRIES:
        its = update(model).where(model.entry_id.in_(event.entry_ids))
        await work.db.execute(its.values(conversation_id=event.into_id))
    if event.is_split:
        await _begin_thread(work, event)


async def _begin_thread(work: UnitOfWork, event: EntriesMoved) -> None:
    """Under the subject of the first mail that went, and with those who had part in what went."""
    thread = await work.db.get(MailThread, event.from_id)
    mails = select(ReceivedMail).where(ReceivedMail.entry_id.in_(event.entry_ids)).order_by(ReceivedMail.received_at)
    went = (await work.db.scalars(mails)).all()
    if thread is None:
        return
    work.db.add(
        MailThread(
            conversation_id=event.into_id,
            site_id=thread.site_id,
            mailbox_id=thread.mailbox_id,
            address=thread.address,
            reference=threads.reference_of(event.into_id),
            subject=threads.plain_subject(went[0].subject) if went and went[0].subject else thread.subject,
            linked_id=event.from_id,
        )
    )
    await work.db.flush()
    await _copy_people(work, event, {each for mail in went for each in _people_of(mail)})


def _people_of(mail: ReceivedMail) -> Iterable[str]:
    people: list[dict[str, Any]] = [mail.sender, *mail.reply_to, *mail.to, *mail.cc]
    return (str(each.get("address") or "").lower() for each in people)


async def _copy_people(work: UnitOfWork, event: EntriesMoved, addresses: set[str]) -> None:
    its = select(MailParticipant).where(
        MailParticipant.conversation_id == event.from_id, MailParticipant.address.in_(addresses)
    )
    for each in (await work.db.scalars(its)).all():
        await threads.take_part(work, event.into_id, [Person(each.address, each.name)], each.role)
