"""A mail in the timeline: what is new in it as its words, and all the rest beside it, for agents only."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from engage.agents.models import Agent
from engage.channels.email import quotes
from engage.channels.email.models import RawMail, ReceivedMail
from engage.channels.email.parsed import Invitation, ParsedMail, Person
from engage.channels.email.prepared import Prepared
from engage.channels.email.schemas import MailFlag
from engage.conversations import attachments, timeline
from engage.conversations import service as conversations
from engage.conversations.models import Conversation
from engage.conversations.schemas import Author
from engage.conversations.timeline import NewEntry
from engage.kit.unit_of_work import UnitOfWork

#: what nobody in the conversation has said
SYSTEM = timeline.SYSTEM
#: a longer text is cut in the timeline; all of it stands beside
LONGEST = 20_000
LONGEST_NOTE = 10_000


async def append(
    work: UnitOfWork, conversation: Conversation, author: Author, mail: ParsedMail, prepared: Prepared,
    *, raw: RawMail, flags: Sequence[MailFlag], text: str | None, for_agents: bool, reply_to: Person | None,
) -> UUID:  # fmt: skip
    """The entry's id. Takes a locked conversation; `text` stands for the mail's own words where it was passed on."""
    uploader = f"{author.kind}:{author.id}"
    for _part, stored in prepared.files:
        await attachments.keep(work, stored, site_id=conversation.site_id, uploader=uploader)
    await work.db.flush()
    appended = await timeline.append(
        work,
        conversation,
        NewEntry(
            "message",
            author,
            text=words_of(mail) if text is None else text[:LONGEST],
            audience="agents" if for_agents else "customer",
            client_id=f"mail-{raw.id}",
            attachment_ids=[stored.id for _part, stored in prepared.files],
        ),
    )
    seen = received(mail, prepared, raw, flags, reply_to)
    work.db.add(ReceivedMail(**seen, entry_id=appended.row.id, conversation_id=conversation.id))
    await work.db.flush()
    return appended.row.id


def words_of(mail: ParsedMail) -> str:
    """What is new in it, as long as an entry may be."""
    return quotes.joined(mail.text, mail.shown)[:LONGEST]


def received(
    mail: ParsedMail, prepared: Prepared, raw: RawMail, flags: Sequence[MailFlag], reply_to: Person | None
) -> dict[str, Any]:
    """The row beside its entry, but for the names of both."""
    return {
        "site_id": raw.site_id,
        "raw_mail_id": raw.id,
        "message_id": mail.message_id,
        "sender": _person(mail.sender) if mail.sender else {},
        "reply_to": [_person(reply_to)] if reply_to else [],
        "to": [_person(each) for each in mail.to],
        "cc": [_person(each) for each in mail.cc],
        "subject": mail.subject[:300],
        "dated": mail.dated,
        "received_at": raw.received_at,
        "text": mail.text,
        "shown": [list(span) for span in mail.shown],
        "html": mail.html,
        "pictures": {part.content_id: str(stored.id) for part, stored in prepared.files if part.content_id},
        "invitation": _invitation(mail.invitation) if mail.invitation else {},
        "flags": list(flags),
        "faults": list(mail.faults),
        "is_signed": mail.is_signed,
        "is_encrypted": mail.is_encrypted,
    }


def _person(person: Person) -> dict[str, str]:
    return {"address": person.address[:320], "name": person.name[:200]}


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "method": invitation.method,
        "summary": invitation.summary,
        "starts_at": invitation.starts_at.isoformat() if invitation.starts_at else None,
        "ends_at": invitation.ends_at.isoformat() if invitation.ends_at else None,
        "location": invitation.location,
        "organizer": invitation.organizer,
    }


async def note(work: UnitOfWork, conversation: Conversation, agent: Agent, text: str) -> None:
    """What an agent wrote above a mail that he passed on; the customer never sees it."""
    author = conversations.author_agent(agent)
    await timeline.append(work, conversation, NewEntry("note", author, text=text[:LONGEST_NOTE], audience="agents"))
