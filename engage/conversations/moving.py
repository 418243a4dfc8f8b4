"""Entries that go to another conversation: split off, or back to where a merge had taken them from.

Both conversations are numbered without holes afterwards. What screens know of these numbers is void, and they are
told to read anew.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, select, update

from engage.conversations import cursors
from engage.conversations.events import EntriesMoved, RenumberedForAgents, RenumberedForVisitor
from engage.conversations.merging import NUMBERS
from engage.conversations.models import Attachment, Conversation, Mention, TimelineRow
from engage.kit.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Numbers:
    id: UUID
    seq: int
    customer_seq: int | None

    def of(self, head: str) -> int | None:
        return self.seq if head == "last_seq" else self.customer_seq


async def move_entries(
    work: UnitOfWork, source: Conversation, target: Conversation, entry_ids: Collection[UUID], *, is_split: bool
) -> int:
    """How many went behind what is in `target`, in their order. Takes two that are locked."""
    rows = await _numbers_of(work, source.id)
    going = [row for row in rows if row.id in entry_ids]
    staying = [row for row in rows if row.id not in entry_ids]
    if not going:
        return 0
    await _move_cursors(work, source, target, going, staying)
    placed = [*_placed(staying, source.id, 0, 0), *_placed(going, target.id, *_heads(target))]
    await _renumber(work, source.id, placed)
    for model in (Attachment, Mention):
        its = update(model).where(model.entry_id.in_([row.id for row in going]))
        await work.db.execute(its.values(conversation_id=target.id))
    target.last_seq, target.last_customer_seq = (a + b for a, b in zip(_heads(target), _counted(going), strict=True))
    source.last_seq, source.last_customer_seq = _counted(staying)
    for each in (source, target):
        await _note_last_words(work, each)
    await work.db.flush()
    await work.publish(EntriesMoved(source.id, target.id, frozenset(row.id for row in going), is_split))
    for each in (source, target):
        work.push(RenumberedForVisitor(visitor_id=each.visitor_id, conversation_id=each.id))
        work.push(RenumberedForAgents(conversation_id=each.id, with_agent_id=each.with_agent_id))
    return len(going)


async def _numbers_of(work: UnitOfWork, conversation_id: UUID) -> list[_Numbers]:
    row = TimelineRow
    rows = select(row.id, row.seq, row.customer_seq).where(row.conversation_id == conversation_id)
    return [_Numbers(*each) for each in await work.db.execute(rows.order_by(row.seq))]


def _heads(conversation: Conversation) -> tuple[int, int]:
    return conversation.last_seq, conversation.last_customer_seq


def _counted(rows: Sequence[_Numbers]) -> tuple[int, int]:
    return len(rows), sum(row.customer_seq is not None for row in rows)


def _placed(
    rows: Sequence[_Numbers], conversation_id: UUID, after: int, after_customer: int
) -> Iterable[dict[str, Any]]:
    """Dense from there on. The customer's order can be another one: an answer gets its number when it leaves."""
    seen = sorted(row.customer_seq for row in rows if row.customer_seq is not None)
    rank = {number: after_customer + at for at, number in enumerate(seen, 1)}
    for at, row in enumerate(rows, 1):
        customer = rank[row.customer_seq] if row.customer_seq is not None else None
        yield {"row_id": row.id, "place": conversation_id, "number": after + at, "customer_number": customer}


async def _renumber(work: UnitOfWork, source_id: UUID, placed: Sequence[dict[str, Any]]) -> None:
    """By way of numbers that nobody has: no two rows may bear one, not even for a moment."""
    table = TimelineRow.__table__
    assert isinstance(table, Table)
    away = update(table).where(table.c.conversation_id == source_id)
    await work.db.execute(away.values(seq=-table.c.seq, customer_seq=-table.c.customer_seq))
    back = update(table).where(table.c.id == bindparam("row_id"))
    new: dict[str, Any] = {"conversation_id": bindparam("place"), "seq": bindparam("number")}
    await work.db.execute(back.values(new | {"customer_seq": bindparam("customer_number")}), list(placed))


async def _move_cursors(
    work: UnitOfWork, source: Conversation, target: Conversation, going: Sequence[_Numbers], staying: Sequence[_Numbers]
) -> None:
    """Who had read an entry has read it wherever it stands; called before the rows move."""
    for side in ("visitor", "agent"):
        old, new = [await cursors.of(work, each.id, side) for each in (source, target)]
        for number, head in NUMBERS:
            reached, there = getattr(old, number), getattr(target, head)
            setattr(old, number, _up_to(staying, head, reached))
            if getattr(new, number) >= there:
                setattr(new, number, there + _up_to(going, head, reached))
    await work.db.flush()


def _up_to(rows: Sequence[_Numbers], head: str, reached: int) -> int:
    return sum((row.of(head) or reached + 1) <= reached for row in rows)


async def _note_last_words(work: UnitOfWork, conversation: Conversation) -> None:
    row = TimelineRow
    said = select(row.text, row.author_kind, row.created_at).where(
        row.conversation_id == conversation.id, row.kind == "message"
    )
    # they stand in the customer's list too: those that he may read come first
    last = (await work.db.execute(said.order_by(row.customer_seq.is_(None), row.seq.desc()).limit(1))).first()
    conversation.last_text, conversation.last_author = (last.text[:200], last.author_kind) if last else ("", None)
    conversation.last_at = last.created_at if last else conversation.created_at
