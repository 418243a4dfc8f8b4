"""The rows of plain messages: locked and written for a whole batch, by one statement each on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Insert, Select, String, Table, Uuid, bindparam, exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from engage.conversations.models import Conversation, TimelineRow
from engage.conversations.schemas import AuthorKind
from engage.kit.db import Db, db_of, json_rows

_conversations = cast(Table, Conversation.__table__)
_timeline = cast(Table, TimelineRow.__table__)


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
class Row:
    """What one message adds to the timeline, and to its conversation."""

    conversation_id: UUID
    seq: int
    customer_seq: int
    id: UUID
    author_kind: AuthorKind
    author_id: UUID | None
    author_name: str
    author_picture: str | None
    client_id: str
    text: str

    @property
    def last_text(self) -> str:
        return self.text[:200]


#: what all of them have in common
_SAME: dict[str, Any] = {"kind": "message", "audience": "customer", "details": {"type": "plain"}}


async def lock(db: AsyncSession, wanted: Sequence[tuple[UUID, str]]) -> dict[UUID, Place]:
    """Of these conversations and client ids those that are free and new, in the order of ids.

    One that somebody else holds at this moment is nobody's place to wait. A message that an earlier try has stored is
    left out; one stored in the moment between look and lock meets the unique key, and the batch fails.
    """
    rows = [{"id": conversation_id.hex, "client_id": client_id} for conversation_id, client_id in wanted]
    found = await db.execute(_free_and_new(db_of(db)), {"wanted": rows})
    return {row.id: Place(*row[:-1]) for row in found if not row.is_known}


@cache
def _free_and_new(db: Db) -> Select[Any]:
    wanted = json_rows(db, "wanted", {"id": Uuid(), "client_id": String()}).c
    entry, place = _timeline.c, _conversations.c
    is_known = exists().where(entry.conversation_id == place.id, entry.client_id == wanted.client_id)
    rows = select(*(place[name] for name in Place.__dataclass_fields__), is_known.label("is_known"))
    free = rows.where(place.id == wanted.id, place.merged_into_id.is_(None)).order_by(place.id)
    return free.with_for_update(key_share=True, skip_locked=True, of=_conversations)


async def write(db: AsyncSession, rows: Sequence[Row], now: datetime) -> None:
    """The numbers and the rows."""
    if db_of(db) == "postgresql":
        written = [vars(each) | {"last_text": each.last_text} for each in rows]
        await db.execute(_write_all(), {"written": written, "now": now})
        return
    await db.execute(_COUNT_ON, [_numbers(each, now) for each in rows])
    await db.execute(_APPEND, [vars(each) | _SAME | {"created_at": now} for each in rows])


@cache
def _write_all() -> Insert:
    types = {name: _timeline.c[name].type for name in Row.__dataclass_fields__} | {"last_text": String()}
    row, now = json_rows("postgresql", "written", types).c, bindparam("now", type_=_timeline.c.created_at.type)
    numbers = {"last_seq": row.seq, "last_customer_seq": row.customer_seq}
    last = {"last_text": row.last_text, "last_author": row.author_kind, "last_at": now}
    counted = update(_conversations).where(_conversations.c.id == row.conversation_id).values(numbers | last)
    same = [literal(value, _timeline.c[name].type) for name, value in _SAME.items()]
    rows = select(*(row[name] for name in Row.__dataclass_fields__), *same, now)
    names = [*Row.__dataclass_fields__, *_SAME, "created_at"]
    return insert(_timeline).from_select(names, rows).add_cte(counted.cte("counted"))


_COUNTED = ("last_seq", "last_customer_seq", "last_text", "last_author", "last_at")
_COUNT_ON = update(_conversations).where(_conversations.c.id == bindparam("of_id"))
_COUNT_ON = _COUNT_ON.values({name: bindparam(name) for name in _COUNTED})
_APPEND = insert(_timeline)


def _numbers(row: Row, now: datetime) -> dict[str, Any]:
    return {
        "of_id": row.conversation_id,
        "last_seq": row.seq,
        "last_customer_seq": row.customer_seq,
        "last_text": row.last_text,
        "last_author": row.author_kind,
        "last_at": now,
    }
