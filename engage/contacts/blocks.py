"""Keeping somebody out for a while: he reads what was said, and can neither write nor open a line."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from engage.contacts.models import Block, Visitor
from engage.kit.db import Db, among, columns_of, db_of
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


@cache
def _blocks(db: Db) -> Select[Any]:
    block = columns_of(Block)
    counts = block.lifted_at.is_(None) & or_(block.until.is_(None), block.until > bindparam("now"))
    return select(block.subject).where(among(db, block.subject, "subjects"), counts)


async def blocked_among(work: UnitOfWork, people: Mapping[UUID, UUID | None]) -> set[UUID]:
    """Those visitors who are kept out, or whose contact is, by one statement."""
    subjects = {str(each) for pair in people.items() for each in pair if each is not None}
    found = await work.db.execute(_blocks(db_of(work.db)), {"subjects": list(subjects), "now": work.now})
    out = {row.subject for row in found}
    return {
        visitor_id
        for visitor_id, contact_id in people.items()
        if not out.isdisjoint((str(visitor_id), str(contact_id)))
    }
