"""How far each side has got and read. Cursors only grow, and each side sees the other's in its own numbering."""

from uuid import UUID

from sqlalchemy import func, select

from engage.conversations.events import CursorMovedForAgents, CursorMovedForVisitor
from engage.conversations.models import Conversation, Cursor, TimelineRow
from engage.conversations.schemas import CursorView, MoveCursor, Side
from engage.conversations.timeline import Reader
from engage.kit.unit_of_work import UnitOfWork


async def move(work: UnitOfWork, conversation: Conversation, side: Side, to: MoveCursor) -> None:
    """Moves one side's cursors forward; a locked conversation keeps two tabs from racing."""
    cursor = await of(work, conversation.id, side)
    before = (cursor.delivered_seq, cursor.read_seq)
    reader: Reader = "customer" if side == "visitor" else "agents"
    read = await _both_numbers(work, conversation, reader, to.read_seq)
    delivered = await _both_numbers(work, conversation, reader, max(to.delivered_seq, to.read_seq))
    cursor.read_seq, cursor.read_customer_seq = _later((cursor.read_seq, cursor.read_customer_seq), read)
    cursor.delivered_seq, cursor.delivered_customer_seq = _later(
        (cursor.delivered_seq, cursor.delivered_customer_seq), delivered
    )
    if before != (cursor.delivered_seq, cursor.read_seq):
        _tell(work, conversation, cursor)


def _later(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), max(one[1], other[1])


async def of(work: UnitOfWork, conversation_id: UUID, side: Side) -> Cursor:
    cursor = await work.db.get(Cursor, (conversation_id, side))
    if cursor is None:
        cursor = Cursor(
            conversation_id=conversation_id, side=side, delivered_seq=0, read_seq=0,
            delivered_customer_seq=0, read_customer_seq=0,
        )  # fmt: skip
        work.db.add(cursor)
        await work.db.flush()
    return cursor


async def _both_numbers(work: UnitOfWork, conversation: Conversation, reader: Reader, number: int) -> tuple[int, int]:
    """A number of the reader's as (all entries, customer's entries); beyond the head counts as the head."""
    if reader == "agents":
        seq = min(number, conversation.last_seq)
        below = TimelineRow.seq <= seq
        customer = await work.db.scalar(_highest(conversation.id, TimelineRow.customer_seq).where(below))
        return seq, customer or 0
    customer_seq = min(number, conversation.last_customer_seq)
    below = TimelineRow.customer_seq <= customer_seq
    everything = await work.db.scalar(_highest(conversation.id, TimelineRow.seq).where(below))
    return everything or 0, customer_seq


def _highest(conversation_id: UUID, number):  # type: ignore[no-untyped-def]  # a select over either column
    return select(func.max(number)).where(TimelineRow.conversation_id == conversation_id)


def _tell(work: UnitOfWork, conversation: Conversation, cursor: Cursor) -> None:
    work.push(
        CursorMovedForVisitor(
            visitor_id=conversation.visitor_id,
            conversation_id=conversation.id,
            by=cursor.side,
            delivered_seq=cursor.delivered_customer_seq,
            read_seq=cursor.read_customer_seq,
        )
    )
    work.push(
        CursorMovedForAgents(
            conversation_id=conversation.id,
            with_agent_id=conversation.with_agent_id,
            by=cursor.side,
            delivered_seq=cursor.delivered_seq,
            read_seq=cursor.read_seq,
        )
    )


async def seen_by(work: UnitOfWork, conversation_id: UUID, reader: Reader) -> dict[Side, CursorView]:
    """Both sides' cursors in the reader's numbering."""
    rows = await work.db.scalars(select(Cursor).where(Cursor.conversation_id == conversation_id))
    views: dict[Side, CursorView] = {"visitor": CursorView(), "agent": CursorView()}
    for row in rows:
        views[row.side] = view(row, reader)
    return views


def view(cursor: Cursor, reader: Reader) -> CursorView:
    if reader == "customer":
        return CursorView(delivered_seq=cursor.delivered_customer_seq, read_seq=cursor.read_customer_seq)
    return CursorView(delivered_seq=cursor.delivered_seq, read_seq=cursor.read_seq)
