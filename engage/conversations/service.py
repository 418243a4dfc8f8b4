"""Conversations: opening one, speaking in it, and the transcript."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.agents.models import Agent
from engage.contacts.models import Visitor
from engage.conversations import timeline
from engage.conversations.errors import NoSuchConversation, NothingToSay
from engage.conversations.models import Conversation
from engage.conversations.schemas import (
    Author,
    Entry,
    EntryQuery,
    FormDetails,
    FormField,
    PlainDetails,
    Posting,
    SendMessage,
    StateDetails,
    StateName,
)
from engage.conversations.timeline import SYSTEM, Appended, NewEntry
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

#: a transcript longer than this is cut at its beginning
TRANSCRIPT_ENTRIES = 2000


async def opened_before(work: UnitOfWork, visitor_id: UUID, client_id: str) -> Conversation | None:
    """The conversation that an earlier try of the same click opened."""
    opened = select(Conversation.id).where(Conversation.visitor_id == visitor_id, Conversation.client_id == client_id)
    known = await work.db.scalar(opened)
    return await timeline.found(work, known) if known else None


async def open_conversation(
    work: UnitOfWork, visitor: Visitor, *, client_id: str, topic: str, locale: str, fields: Sequence[FormField]
) -> Conversation:
    """A new conversation; what he filled in before stands at its head."""
    conversation = Conversation(
        id=new_id(),
        site_id=visitor.site_id,
        visitor_id=visitor.id,
        client_id=client_id,
        topic=topic,
        locale=locale,
        fields=[field.model_dump() for field in fields],
        last_seq=0,
        last_customer_seq=0,
        last_text="",
        last_at=work.now,
        created_at=work.now,
    )
    work.db.add(conversation)
    await work.db.flush()
    if fields:
        form = NewEntry("form", author_visitor(visitor), details=FormDetails(fields=list(fields)))
        await timeline.append(work, conversation, form)
    return conversation


def author_visitor(visitor: Visitor) -> Author:
    return Author(kind="visitor", id=visitor.id, name=visitor.name or "", picture=None)


def author_agent(agent: Agent) -> Author:
    return Author(kind="agent", id=agent.id, name=agent.name, picture=agent.picture)


async def say(
    work: UnitOfWork,
    conversation: Conversation,
    author: Author,
    message: SendMessage,
    *,
    html: str | None = None,
    posting: Posting | None = None,
) -> Appended:
    """Appends a message to a locked conversation; with a `posting` it is held until it has been posted.

    Raises NothingToSay, UnknownAttachment.
    """
    if not message.text.strip() and not message.attachment_ids:
        raise NothingToSay
    return await timeline.append(
        work,
        conversation,
        NewEntry(
            "message",
            author,
            text=message.text.strip(),
            client_id=message.client_id,
            attachment_ids=message.attachment_ids,
            details=PlainDetails(html=html),
            posting=posting,
        ),
    )


async def note_state(work: UnitOfWork, conversation: Conversation, state: StateName, **facts: Any) -> Appended:
    """A quiet line in the timeline that the customer sees too."""
    details = StateDetails(state=state, **facts)
    return await timeline.append(work, conversation, NewEntry("state", SYSTEM, details=details))


async def of_visitor(work: UnitOfWork, conversation_id: UUID, visitor_id: UUID, *, lock: bool = False) -> Conversation:
    """Raises NoSuchConversation for what is not his."""
    conversation = await (timeline.locked if lock else timeline.found)(work, conversation_id)
    if conversation.visitor_id != visitor_id:
        raise NoSuchConversation
    return conversation


async def transcript(work: UnitOfWork, conversation: Conversation) -> list[Entry]:
    """Everything the customer may see, in order."""
    from_seq = max(0, conversation.last_customer_seq - TRANSCRIPT_ENTRIES)
    entries: list[Entry] = []
    while from_seq < conversation.last_customer_seq:
        query = EntryQuery(after_seq=from_seq, limit=200)
        found = await timeline.page(work, conversation, "customer", query)
        if not found.items:
            break
        entries += found.items
        from_seq = found.items[-1].seq
    return entries
