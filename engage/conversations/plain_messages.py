"""Plain messages, many to a commit: words and nothing else, in conversations whose work needs no change of state.

The slices above keep the doors: one for each kind of author, which knows the callers of a whole batch by a few
statements. Whatever is not plain, is known already, or is refused is left to the ordinary way, which says so.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import orjson
from aiohttp import web

from engage.conversations import plain_rows
from engage.conversations.events import EntryAddedForAgents, EntryAddedForVisitor, EntryAppended
from engage.conversations.plain_rows import Place, Row
from engage.conversations.schemas import Author, AuthorKind, Entry, PlainDetails
from engage.kit.group_commit import GroupCommit
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS, UnitOfWork

#: batches under way at the same time: while one waits for the database, another is prepared
WRITERS = 1

_PLAIN = PlainDetails()


@dataclass(frozen=True)
class PlainMessage:
    """One that waits to be stored."""

    by: AuthorKind
    conversation_id: UUID
    client_id: str
    #: stripped, and not empty
    text: str
    #: what its caller has shown, for the door of his kind
    proof: Any


@dataclass(frozen=True)
class Stored:
    """A message as each side sees it, as JSON: encoded once for the answer and for every screen."""

    for_customer: bytes
    for_agents: bytes


#: who says each of the messages; None for those that have to go the ordinary way
Door: TypeAlias = Callable[[UnitOfWork, Sequence[tuple[PlainMessage, Place]]], Awaitable[Sequence[Author | None]]]

Doors: TypeAlias = dict[AuthorKind, Door]
DOORS: web.AppKey[Doors] = web.AppKey("plain_message_doors")
PLAIN_MESSAGES: web.AppKey[GroupCommit[PlainMessage, Stored]] = web.AppKey("plain_messages")


def install(app: web.Application) -> None:
    doors: Doors = {}
    app[DOORS] = doors

    async def store(work: UnitOfWork, messages: Sequence[PlainMessage]) -> list[Stored | None]:
        return await _store(work, messages, doors)

    writer = app[PLAIN_MESSAGES] = GroupCommit(
        "messages",
        app[UNITS].begin,
        store,
        key_of=lambda message: message.conversation_id,
        # SQLite has one writer: a second batch would only wait for it, and both would be smaller
        writers=1 if app[UNITS].database.is_sqlite else WRITERS,
    )
    app.cleanup_ctx.append(writer.running)


async def _store(
    work: UnitOfWork, messages: Sequence[PlainMessage], doors: Mapping[AuthorKind, Door]
) -> list[Stored | None]:
    places = await plain_rows.lock(work.db, [(message.conversation_id, message.client_id) for message in messages])
    new = [message for message in messages if message.conversation_id in places]
    authors = await _authors(work, new, places, doors)
    written = [
        _Written(message, places[message.conversation_id], author, work.now) for message, author in authors.items()
    ]
    if written:
        await plain_rows.write(work.db, [each.row for each in written], work.now)
        await _tell(work, written)
    stored = {each.message: each.stored for each in written}
    return [stored.get(message) for message in messages]


async def _authors(
    work: UnitOfWork, messages: Sequence[PlainMessage], places: Mapping[UUID, Place], doors: Mapping[AuthorKind, Door]
) -> dict[PlainMessage, Author]:
    authors: dict[PlainMessage, Author] = {}
    for kind, door in doors.items():
        his = [message for message in messages if message.by == kind]
        if his:
            said = await door(work, [(message, places[message.conversation_id]) for message in his])
            authors |= {message: author for message, author in zip(his, said, strict=True) if author is not None}
    return authors


class _Written:
    """A message with its numbers: last + 1 under the lock of its conversation."""

    def __init__(self, message: PlainMessage, place: Place, author: Author, now: datetime) -> None:
        self.message, self.place, self.author = message, place, author
        self.id, self.at = new_id(), now
        self.seq, self.customer_seq = place.last_seq + 1, place.last_customer_seq + 1
        self.for_agents = self._entry(self.seq)
        same = self.seq == self.customer_seq
        self.for_customer = self.for_agents if same else self._entry(self.customer_seq)
        once = encoded(self.for_agents)
        self.stored = Stored(once if same else encoded(self.for_customer), once)

    def _entry(self, seq: int) -> Entry:
        # built from our own values: nothing is left to validate
        return Entry.model_construct(
            id=self.id,
            conversation_id=self.place.id,
            seq=seq,
            kind="message",
            audience="customer",
            created_at=self.at,
            author=self.author,
            client_id=self.message.client_id,
            text=self.message.text,
            attachments=[],
            details=_PLAIN,
        )

    @property
    def row(self) -> Row:
        by, message = self.author, self.message
        return Row(
            conversation_id=self.place.id,
            seq=self.seq,
            customer_seq=self.customer_seq,
            id=self.id,
            author_kind=by.kind,
            author_id=by.id,
            author_name=by.name,
            author_picture=by.picture,
            client_id=message.client_id,
            text=message.text,
        )


def encoded(entry: Entry) -> bytes:
    """As the model would write it, in a fifth of the time."""
    fields = vars(entry) | {"author": vars(entry.author), "details": vars(entry.details)}
    # `default`: the ids that asyncpg reads are of a class of its own
    return orjson.dumps(fields, default=str, option=orjson.OPT_UTC_Z)


async def _tell(work: UnitOfWork, written: Sequence[_Written]) -> None:
    await work.publish_all([_appended(each) for each in written])
    for each in written:
        place, stored = each.place, each.stored
        for_visitor = EntryAddedForVisitor.of(
            stored.for_customer, visitor_id=place.visitor_id, conversation_id=place.id, entry=each.for_customer
        )
        for_agents = EntryAddedForAgents.of(
            stored.for_agents, conversation_id=place.id, with_agent_id=place.with_agent_id, entry=each.for_agents
        )
        work.push(for_visitor)
        work.push(for_agents)


def _appended(each: _Written) -> EntryAppended:
    return EntryAppended(
        conversation_id=each.place.id,
        site_id=each.place.site_id,
        visitor_id=each.place.visitor_id,
        entry_id=each.id,
        kind="message",
        author_kind=each.author.kind,
        author_id=each.author.id,
    )
