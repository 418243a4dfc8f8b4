"""What is stored of conversations by mail: where a mail's clues lead, who takes part, under which words it goes."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from engage.channels.email import forwarded, message_ids, thread_match
from engage.channels.email.mail_keys import Keys
from engage.channels.email.models import (
    Mail,
    Mailbox,
    MailId,
    MailParticipant,
    MailSender,
    MailThread,
)
from engage.channels.email.parsed import ParsedMail, Person
from engage.channels.email.route import Route
from engage.channels.email.schemas import ParticipantRole
from engage.channels.email.thread_match import Clues
from engage.contacts.models import Contact, Visitor
from engage.conversations import labels
from engage.conversations.models import Conversation
from engage.kit.db import insert_into
from engage.kit.errors import NotFound
from engage.kit.unit_of_work import UnitOfWork

REFERENCES = 10**9
MOST_PARTICIPANTS = 50


async def clues_of(work: UnitOfWork, site_id: UUID, mail: ParsedMail, way: Route, keys: Keys) -> Clues:
    """Each one looked up among the conversations of the site: those of another site are none."""
    own = [found for found in (message_ids.find_own(keys, each) for each in mail.answers_to) if found is not None]
    mine = await _of_own_mails(work, site_id, own)
    return Clues(
        token=await _of_site(work, site_id, way.conversation_id),
        passed_on=mine.get("forward"),
        own_id=mine.get("answer"),
        stored_id=await _of_names(work, site_id, mail.answers_to),
        reference=await _of_references(work, site_id, mail.subject),
    )


async def _of_site(work: UnitOfWork, site_id: UUID, conversation_id: UUID | None) -> UUID | None:
    if conversation_id is None:
        return None
    its = select(func.coalesce(Conversation.merged_into_id, Conversation.id))
    return await work.db.scalar(its.where(Conversation.id == conversation_id, Conversation.site_id == site_id))


async def _of_own_mails(work: UnitOfWork, site_id: UUID, mail_ids: Sequence[UUID]) -> dict[str, UUID]:
    """The conversation of the nearest mail of ours that passed something on, and of the nearest other one."""
    if not mail_ids:
        return {}
    rows = select(Mail.id, Mail.conversation_id, Mail.kind).where(Mail.id.in_(mail_ids), Mail.site_id == site_id)
    known = {row.id: row for row in (await work.db.execute(rows)).all() if row.conversation_id}
    nearest: dict[str, UUID] = {}
    for row in (known[each] for each in mail_ids if each in known):
        nearest.setdefault("forward" if row.kind == "forward" else "answer", row.conversation_id)
    return nearest


async def _of_names(work: UnitOfWork, site_id: UUID, names: Sequence[str]) -> UUID | None:
    if not names:
        return None
    rows = select(MailId.message_id, MailId.conversation_id).where(
        MailId.site_id == site_id, MailId.message_id.in_(names)
    )
    return thread_match.first_known(names, dict((await work.db.execute(rows)).all()))


async def _of_references(work: UnitOfWork, site_id: UUID, subject: str) -> UUID | None:
    numbers = [number for _brand, number in thread_match.references(subject)]
    if not numbers:
        return None
    rows = select(MailThread.conversation_id).where(MailThread.site_id == site_id, MailThread.reference.in_(numbers))
    return await work.db.scalar(rows.limit(1))


async def insiders(work: UnitOfWork, conversation_id: UUID) -> frozenset[str]:
    """Who may write into it: those who take part, whom it is answered to, and his contact's other addresses."""
    row = MailParticipant
    taking_part = await work.db.scalars(select(row.address).where(row.conversation_id == conversation_id))
    whose = (
        select(Visitor.email, Contact.id, Contact.email, Contact.external_id)
        .join(Conversation, Conversation.visitor_id == Visitor.id)
        .outerjoin(Contact, Contact.id == Visitor.contact_id)
        .where(Conversation.id == conversation_id)
    )
    answered_to, contact_id, email, external_id = (await work.db.execute(whose)).one()
    # what an agent or he himself has typed proves nothing; what his site says does
    found = [*taking_part, answered_to, email if external_id else None]
    if contact_id is not None:
        others = select(MailSender.address).join(Visitor, Visitor.id == MailSender.visitor_id)
        found += await work.db.scalars(others.where(Visitor.contact_id == contact_id).limit(MOST_PARTICIPANTS))
    return frozenset(each.lower() for each in found if each)


async def begin(
    work: UnitOfWork, conversation: Conversation, box: Mailbox, way: Route, *, subject: str,
    linked_id: UUID | None = None, is_automatic: bool = False,
) -> MailThread:  # fmt: skip
    """The words and the address under which a conversation goes by mail; those of an earlier mail stay."""
    if (known := await work.db.get(MailThread, conversation.id)) is not None:
        return known
    row = row_of(conversation.id, box, way, subject=subject)
    thread = MailThread(**row, linked_id=linked_id, is_automatic=is_automatic)
    work.db.add(thread)
    await work.db.flush()
    return thread


def row_of(conversation_id: UUID, box: Mailbox, way: Route, *, subject: str) -> dict[str, Any]:
    return {
        "conversation_id": conversation_id,
        "site_id": box.site_id,
        "mailbox_id": box.id,
        "address": way.address,
        "reference": reference_of(conversation_id),
        "subject": subject[:300],
    }


def reference_of(conversation_id: UUID) -> int:
    """The end of the id is random; whoever guesses it is stopped by the guard."""
    return conversation_id.int % REFERENCES


def plain_subject(subject: str) -> str:
    return thread_match.without_reference(forwarded.bare_subject(subject))


async def take_part(work: UnitOfWork, conversation_id: UUID, people: Iterable[Person], role: ParticipantRole) -> None:
    """Who takes part already stays what he is."""
    if rows := participants(conversation_id, people, role, work.now):
        new = insert_into(work.db, MailParticipant).values(rows)
        await work.db.execute(new.on_conflict_do_nothing())


def participants(
    conversation_id: UUID, people: Iterable[Person], role: ParticipantRole, now: datetime
) -> list[dict[str, Any]]:
    """Each address once."""
    rows = {
        each.address[:320]: {
            "conversation_id": conversation_id,
            "address": each.address[:320],
            "name": " ".join(each.name.split())[:100],
            "role": role,
            "added_at": now,
        }
        for each in people
        if each.address
    }
    return list(rows.values())[:MOST_PARTICIPANTS]


async def name(work: UnitOfWork, site_id: UUID, message_id: str, conversation_id: UUID, entry_id: UUID) -> None:
    await name_all(work, [name_of(site_id, message_id, conversation_id, entry_id)])


async def name_all(work: UnitOfWork, names: Sequence[dict[str, Any]]) -> None:
    """Answers that name these mails are found by them; a name that is known stays what it is."""
    if names:
        await work.db.execute(insert_into(work.db, MailId).on_conflict_do_nothing(), list(names))


def name_of(site_id: UUID, message_id: str, conversation_id: UUID, entry_id: UUID) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "message_id": message_id,
        "direction": "in",
        "conversation_id": conversation_id,
        "entry_id": entry_id,
    }


async def label(work: UnitOfWork, conversation: Conversation, label_ids: Iterable[UUID]) -> None:
    """Those of rules; one that is gone by now is left out."""
    for each in label_ids:
        with suppress(NotFound):
            await labels.put_on(work, conversation, each, None)


async def own_addresses(work: UnitOfWork) -> frozenset[str]:
    """Of all mailboxes of all sites: a mail from one of them is never answered by a program."""
    found: set[str] = set()
    for address, aliases in (await work.db.execute(select(Mailbox.address, Mailbox.aliases))).all():
        found |= {address, *(str(each.get("address", "")).lower() for each in aliases)}
    return frozenset(found - {""})
