"""Keeping somebody out for a while: he reads what was said, and can neither write nor open a line."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from engage.contacts.models import Block, Visitor
from engage.kit.errors import Forbidden
from engage.kit.unit_of_work import UnitOfWork


class Blocked(Forbidden):
    """You cannot write to us here at the moment."""

    code = "blocked"


def counts_at(work: UnitOfWork) -> ColumnElement[bool]:
    """The condition for blocks that hold now: they end by themselves."""
    return Block.lifted_at.is_(None) & or_(Block.until.is_(None), Block.until > work.now)


async def is_blocked(work: UnitOfWork, visitor_id: UUID) -> bool:
    """He himself, or the person he is."""
    contact = select(Visitor.contact_id).where(Visitor.id == visitor_id)
    contact_id = await work.db.scalar(contact)
    his = Block.subject.in_([str(visitor_id), *([str(contact_id)] if contact_id else [])])
    return await work.db.scalar(select(Block.id).where(his, counts_at(work)).limit(1)) is not None
