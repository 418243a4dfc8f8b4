"""Appending to a timeline and reading from it: dense numbers, known client ids, one order for everybody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select

from engage.conversations import attachments
from engage.conversations.errors import NoSuchConversation
from engage.conversations.events import AnswerHeld, EntryAddedForAgents, EntryAddedForVisitor, EntryAppended
from engage.conversations.models import Attachment, Conversation, TimelineRow
from engage.conversations.schemas import (
    Audience,
    Author,
    Details,
    Entry,
    EntryKind,
    EntryPage,
    EntryQuery,
    PlainDetails,
    Posting,
)
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

Reader = Literal["customer", "agents"]

SYSTEM = Author(kind="system", id=None, name="", picture=None)


@dataclass(frozen=True)
class NewEntry:
    """What is to be appended; the numbers come with the append."""

    kind: EntryKind
    author: Author
    text: str = ""
    audience: Audience = "customer"
    details: Details = field(default_factory=PlainDetails)
    client_id: str | None = None
    attachment_ids: Sequence[UUID] = ()
    #: the customer gets it when it has been posted: see `release`
    posting: Posting | None = None


@dataclass(frozen=True)
class Appended:
    """The stored row, and whether an earlier try had stored it already."""

    row: TimelineRow
    attachments: Sequence[Attachment]
    known: bool

    def seen_by(self, reader: Reader) -> Entry:
        return entry(self.row, self.attachments, reader)


async def locked(work: UnitOfWork, conversation_id: UUID) -> Conversation:
    """The conversation's row, held until the commit; of one that was merged, the one it went into.

    Raises NoSuchConversation.
    """
    conversation = await work.db.scalar(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if conversation is None:
        raise NoSuchConversation
    if conversation.merged_into_id is not None:
        return await locked(work, conversation.merged_into_id)
    return conversation


async def hold_all(work: UnitOfWork, ids: Collection[UUID]) -> None:
    """Their rows, held until the commit, in the order of ids and by one statement."""
    rows = select(Conversation.id).where(Conversation.id.in_(ids)).order_by(Conversation.id)
    await work.db.execute(rows.with_for_update(key_share=True))


async def found(work: UnitOfWork, conversation_id: UUID) -> Conversation:
    """The same without the lock. Raises NoSuchConversation."""
    conversation = await work.db.get(Conversation, conversation_id)
    if conversation is None:
        raise NoSuchConversation
    if conversation.merged_into_id is not None:
        return await found(work, conversation.merged_into_id)
    return conversation


async def append(work: UnitOfWork, conversation: Conversation, new: NewEntry) -> Appended:
    """Adds a row to a locked conversation; with a client id that is known, returns the row it made then.

    Last + 1 under the row's lock: a rollback gives the numbers back, so there are no holes.
    """
    if new.client_id and (known := await _known(work, conversation.id, new.client_id)):
        return known
    conversation.last_seq += 1
    if new.audience == "customer" and new.posting is None:
        conversation.last_customer_seq += 1
    row = _row(work, conversation, new)
    work.db.add(row)
    await work.db.flush()
    files = await attachments.bind(work, new.attachment_ids, uploader=_uploader(new.author), row=row)
    appended = Appended(row, files, known=False)
    if new.posting is not None:
        await _hold(work, conversation, appended, new.posting)
        return appended
    _note_last_words(work, conversation, row)
    await _tell(work, conversation, appended)
    return appended


async def _hold(work: UnitOfWork, conversation: Conversation, appended: Appended, posting: Posting) -> None:
    _tell_agents(work, conversation, appended)
    facts = conversation.id, conversation.site_id, conversation.visitor_id, appended.row.id
    await work.publish(AnswerHeld(*facts, posting))


async def release(work: UnitOfWork, conversation: Conversation, entry_id: UUID) -> None:
    """A held answer has been posted: from now on it is the customer's too. Twice is once.

    It gets the next number for customers, whatever was said since it was written; its place for agents stays.
    """
    row = (await work.db.scalars(select(TimelineRow).where(TimelineRow.id == entry_id))).one()
    if row.customer_seq is not None:
        return
    conversation.last_customer_seq += 1
    row.customer_seq = conversation.last_customer_seq
    await work.db.flush()
    files = await attachments.of_entries(work, [row.id])
    _note_last_words(work, conversation, row)
    released = Appended(row, files.get(row.id, []), known=False)
    _tell_customer(work, conversation, released)
    await work.publish(_event_of(conversation, row))


async def _known(work: UnitOfWork, conversation_id: UUID, client_id: str) -> Appended | None:
    row = await work.db.scalar(
        select(TimelineRow).where(TimelineRow.conversation_id == conversation_id, TimelineRow.client_id == client_id)
    )
    if row is None:
        return None
    files = await attachments.of_entries(work, [row.id])
    return Appended(row, files.get(row.id, []), known=True)


def _row(work: UnitOfWork, conversation: Conversation, new: NewEntry) -> TimelineRow:
    return TimelineRow(
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        customer_seq=conversation.last_customer_seq if new.audience == "customer" and new.posting is None else None,
        id=new_id(),
        kind=new.kind,
        audience=new.audience,
        author_kind=new.author.kind,
        author_id=new.author.id,
        author_name=new.author.name,
        author_picture=new.author.picture,
        client_id=new.client_id,
        text=new.text,
        details=_stored(new.details),
        created_at=work.now,
    )


def _stored(details: Details) -> dict[str, Any]:
    stored = details.model_dump(mode="json")
    # plain words stay as short as they always were
    return {"type": "plain"} if stored == {"type": "plain", "html": None} else stored


def _uploader(author: Author) -> str:
    return f"{author.kind}:{author.id}"


def _note_last_words(work: UnitOfWork, conversation: Conversation, row: TimelineRow) -> None:
    """They stand in the customer's list too: as long as he has any words, they are those that he may read."""
    conversation.last_at = work.now
    if row.kind == "message" and (row.customer_seq is not None or conversation.last_customer_seq == 0):
        conversation.last_text, conversation.last_author = row.text[:200], row.author_kind


async def _tell(work: UnitOfWork, conversation: Conversation, appended: Appended) -> None:
    if appended.row.audience == "customer":
        _tell_customer(work, conversation, appended)
    await work.publish(_event_of(conversation, appended.row))
    # after the reactions: who answers may have changed by them
    _tell_agents(work, conversation, appended)


def _tell_customer(work: UnitOfWork, conversation: Conversation, appended: Appended) -> None:
    work.push(
        EntryAddedForVisitor(
            visitor_id=conversation.visitor_id,
            conversation_id=conversation.id,
            entry=appended.seen_by("customer"),
        )
    )


def _tell_agents(work: UnitOfWork, conversation: Conversation, appended: Appended) -> None:
    work.push(
        EntryAddedForAgents(
            conversation_id=conversation.id,
            with_agent_id=conversation.with_agent_id,
            entry=appended.seen_by("agents"),
        )
    )


def _event_of(conversation: Conversation, row: TimelineRow) -> EntryAppended:
    return EntryAppended(
        conversation_id=conversation.id,
        site_id=conversation.site_id,
        visitor_id=conversation.visitor_id,
        entry_id=row.id,
        kind=row.kind,
        author_kind=row.author_kind,
        author_id=row.author_id,
    )


async def page(work: UnitOfWork, conversation: Conversation, reader: Reader, query: EntryQuery) -> EntryPage:
    """A run of entries in ascending order: after a number, before one, or the latest."""
    number = TimelineRow.customer_seq if reader == "customer" else TimelineRow.seq
    rows = select(TimelineRow).where(TimelineRow.conversation_id == conversation.id, number.is_not(None))
    if query.after_seq is not None:
        rows = rows.where(number > query.after_seq).order_by(number)
    elif query.before_seq is not None:
        rows = rows.where(number < query.before_seq).order_by(number.desc())
    else:
        rows = rows.order_by(number.desc())
    found = list(await work.db.scalars(rows.limit(query.limit + 1)))
    shown = found[: query.limit]
    if query.after_seq is None:
        shown.reverse()
    files = await attachments.of_entries(work, [row.id for row in shown])
    return EntryPage(
        items=[entry(row, files.get(row.id, []), reader) for row in shown],
        head=head(conversation, reader),
        more=len(found) > query.limit,
    )


def head(conversation: Conversation, reader: Reader) -> int:
    return conversation.last_customer_seq if reader == "customer" else conversation.last_seq


def entry(row: TimelineRow, files: Sequence[Attachment], reader: Reader) -> Entry:
    """The row as its reader sees it. A customer never gets one without a customer's number."""
    number = row.customer_seq if reader == "customer" else row.seq
    if number is None:
        raise LookupError("an entry for agents only was to be shown to the customer")
    fields: dict[str, Any] = {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "seq": number,
        "kind": row.kind,
        "audience": row.audience,
        "created_at": row.created_at,
        "author": {
            "kind": row.author_kind,
            "id": row.author_id,
            "name": row.author_name,
            "picture": row.author_picture,
        },
        "client_id": row.client_id,
        "text": row.text,
        "attachments": [attachments.view(each) for each in files],
        "details": row.details,
    }
    return Entry.model_validate(fields)
