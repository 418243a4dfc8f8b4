"""Conversations that begin with a message, many by as many statements as one.

Nobody looks at a conversation that is not there yet: agents hear of it by the work that it becomes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from engage.conversations.attachments import StoredFile
from engage.conversations.events import EntryAppended
from engage.conversations.models import Attachment, Conversation, TimelineRow
from engage.conversations.schemas import Author
from engage.kit.db import insert_all
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Opening:
    """What a visitor says who has not said anything here yet."""

    site_id: UUID
    visitor_id: UUID
    #: the same for the conversation and its first entry: a second try meets it
    client_id: str
    topic: str
    locale: str
    author: Author
    text: str
    #: they lie on the disk
    files: Sequence[StoredFile] = ()
    conversation_id: UUID = field(default_factory=new_id)
    entry_id: UUID = field(default_factory=new_id)


async def begin_all(work: UnitOfWork, openings: Sequence[Opening]) -> None:
    """At least one; each conversation with its first entry and its files."""
    await insert_all(work.db, Conversation, [_conversation(work, each) for each in openings])
    await insert_all(work.db, TimelineRow, [_entry(work, each) for each in openings])
    await insert_all(work.db, Attachment, [_file(work, each, file) for each in openings for file in each.files])
    await work.publish_all([_appended(each) for each in openings])


def _conversation(work: UnitOfWork, each: Opening) -> dict[str, Any]:
    return {
        "id": each.conversation_id,
        "site_id": each.site_id,
        "visitor_id": each.visitor_id,
        "client_id": each.client_id,
        "topic": each.topic,
        "locale": each.locale,
        "fields": [],
        "last_seq": 1,
        "last_customer_seq": 1,
        "last_text": each.text[:200],
        "last_author": each.author.kind,
        "last_at": work.now,
        "created_at": work.now,
    }


def _entry(work: UnitOfWork, each: Opening) -> dict[str, Any]:
    return {
        "conversation_id": each.conversation_id,
        "seq": 1,
        "customer_seq": 1,
        "id": each.entry_id,
        "kind": "message",
        "audience": "customer",
        "author_kind": each.author.kind,
        "author_id": each.author.id,
        "author_name": each.author.name,
        "author_picture": each.author.picture,
        "client_id": each.client_id,
        "text": each.text,
        "details": {"type": "plain"},
        "created_at": work.now,
    }


def _file(work: UnitOfWork, each: Opening, stored: StoredFile) -> dict[str, Any]:
    file = stored.file
    return {
        "id": stored.id,
        "site_id": each.site_id,
        "uploader": f"{each.author.kind}:{each.author.id}",
        "conversation_id": each.conversation_id,
        "entry_id": each.entry_id,
        "name": file.name,
        "content_type": file.content_type,
        "size": len(file.content),
        "width": file.width,
        "height": file.height,
        "created_at": work.now,
    }


def _appended(each: Opening) -> EntryAppended:
    return EntryAppended(
        conversation_id=each.conversation_id,
        site_id=each.site_id,
        visitor_id=each.visitor_id,
        entry_id=each.entry_id,
        kind="message",
        author_kind=each.author.kind,
        author_id=each.author.id,
    )
