"""Plain messages, many to a commit: words and nothing else, in conversations whose work needs no change of state.

The slices above keep the doors: one for each kind of author, which knows the callers of a whole batch by a few
statements. Whatever is not plain, is known already, or is refused is left to the ordinary way, which says so.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias, cast
from uuid import UUID

import orjson
from aiohttp import web
from sqlalchemy import Select, Table, bindparam, insert, select, update

from engage.conversations.events import EntryAddedForAgents, EntryAddedForVisitor, EntryAppended
from engage.conversations.models import Conversation, TimelineRow
from engage.conversations.schemas import Author, AuthorKind, Entry, PlainDetails
from engage.kit.db import Db, among, db_of
from engage.kit.group_commit import GroupCommit
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS, UnitOfWork

_PLAIN = PlainDetails()
_PLAIN_JSON = _PLAIN.model_dump(mode="json")
_conversations = cast(Table, Conversation.__table__)
_timeline = cast(Table, TimelineRow.__table__)
_NUMBERS: dict[str, Any] = {
    name: bindparam(name) for name in ("last_seq", "last_customer_seq", "last_text", "last_author", "last_at")
}
_COUNT_ON = update(_conversations).where(_conversations.c.id == bindparam("of_id")).values(_NUMBERS)
_APPEND = insert(_timeline)


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
class Place:
    """A locked conversation, as it was before the message."""

    id: UUID
    site_id: UUID
    visitor_id: UUID
    with_agent_id: UUID | None
    last_seq: int
    last_customer_seq: int


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
        "messages", app[UNITS].begin, store, key_of=lambda message: message.conversation_id
    )
    app.cleanup_ctx.append(writer.running)


async def _store(
    work: UnitOfWork, messages: Sequence[PlainMessage], doors: Mapping[AuthorKind, Door]
) -> list[Stored | None]:
    places = await _lock(work, [message.conversation_id for message in messages])
    known = await _known(work, messages)
    new = [m for m in messages if m.conversation_id in places and (m.conversation_id, m.client_id) not in known]
    authors = await _authors(work, new, places, doors)
    written = [
        _Written(message, places[message.conversation_id], author, work.now) for message, author in authors.items()
    ]
    if written:
        await _write(work, written)
        await _tell(work, written)
    stored = {each.message: each.stored for each in written}
    return [stored.get(message) for message in messages]


async def _lock(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, Place]:
    """In the order of ids; one that somebody else holds at this moment is nobody's place to wait."""
    found = await work.db.execute(_places(db_of(work.db)), {"ids": list(ids)})
    return {row.id: Place(*row) for row in found}


@cache
def _places(db: Db) -> Select[Any]:
    columns = [_conversations.c[name] for name in Place.__dataclass_fields__]
    rows = select(*columns).where(among(db, _conversations.c.id, "ids"), _conversations.c.merged_into_id.is_(None))
    return rows.order_by(_conversations.c.id).with_for_update(key_share=True, skip_locked=True)


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


async def _known(work: UnitOfWork, messages: Sequence[PlainMessage]) -> set[tuple[UUID, str]]:
    """Those that an earlier try has stored. A client id is unguessable, so few rows of others come along."""
    wanted = {
        "ids": [message.conversation_id for message in messages],
        "client_ids": [message.client_id for message in messages],
    }
    found = await work.db.execute(_with_client_ids(db_of(work.db)), wanted)
    return {(row.conversation_id, row.client_id) for row in found}


@cache
def _with_client_ids(db: Db) -> Select[Any]:
    row = _timeline.c
    rows = select(row.conversation_id, row.client_id)
    return rows.where(among(db, row.conversation_id, "ids"), among(db, row.client_id, "client_ids"))


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
    def numbers(self) -> dict[str, Any]:
        return {
            "of_id": self.place.id,
            "last_seq": self.seq,
            "last_customer_seq": self.customer_seq,
            "last_text": self.message.text[:200],
            "last_author": self.author.kind,
            "last_at": self.at,
        }

    @property
    def row(self) -> dict[str, Any]:
        return {
            "conversation_id": self.place.id,
            "seq": self.seq,
            "customer_seq": self.customer_seq,
            "id": self.id,
            "kind": "message",
            "audience": "customer",
            "author_kind": self.author.kind,
            "author_id": self.author.id,
            "author_name": self.author.name,
            "author_picture": self.author.picture,
            "client_id": self.message.client_id,
            "text": self.message.text,
            "details": _PLAIN_JSON,
            "created_at": self.at,
        }


def encoded(entry: Entry) -> bytes:
    """As the model would write it, in a fifth of the time."""
    fields = vars(entry) | {"author": vars(entry.author), "details": vars(entry.details)}
    # `default`: the ids that asyncpg reads are of a class of its own
    return orjson.dumps(fields, default=str, option=orjson.OPT_UTC_Z)


async def _write(work: UnitOfWork, written: Sequence[_Written]) -> None:
    """One statement for the numbers and one for the rows."""
    await work.db.execute(_COUNT_ON, [each.numbers for each in written])
    await work.db.execute(_APPEND, [each.row for each in written])


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
