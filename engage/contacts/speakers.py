"""The visitors behind a whole batch of messages, or of knocks at the door, known by a fixed number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from engage.access.principals import CallingVisitor
from engage.contacts import blocks
from engage.contacts.models import Visitor, VisitorToken
from engage.kit.db import Db, among, columns_of, db_of
from engage.kit.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Speaker:
    """A visitor who has shown that he is one, and may write."""

    visitor_id: UUID
    name: str


async def known_by_hashes(work: UnitOfWork, hashes: Sequence[str]) -> list[CallingVisitor | None]:
    """Whom each of the tokens opens, unless he is kept out."""
    db = db_of(work.db)
    found = list(await work.db.execute(_holders(db), {"hashes": hashes}))
    rest = list(set(hashes) - {row.token_hash for row in found})
    if rest:
        found += await work.db.execute(_vouched_holders(db), {"hashes": rest, "now": work.now})
    out = await blocks.blocked_among(work, {row.id: row.contact_id for row in found})
    known = {row.token_hash: CallingVisitor(row.id, row.site_id) for row in found if row.id not in out}
    return [known.get(each) for each in hashes]


@cache
def _holders(db: Db) -> Select[Any]:
    visitor = columns_of(Visitor)
    rows = select(visitor.id, visitor.site_id, visitor.contact_id, visitor.token_hash)
    return rows.where(among(db, visitor.token_hash, "hashes"))


@cache
def _vouched_holders(db: Db) -> Select[Any]:
    visitor, token = columns_of(Visitor), columns_of(VisitorToken)
    rows = select(visitor.id, visitor.site_id, visitor.contact_id, token.token_hash)
    valid = rows.where(token.visitor_id == visitor.id, token.expires_at > bindparam("now"))
    return valid.where(among(db, token.token_hash, "hashes"))


@dataclass(frozen=True)
class Shown:
    """As whom somebody speaks, what he shows for it, and where he calls from."""

    visitor_id: UUID
    site_id: UUID
    token_hash: str
    address: str


async def speakers(work: UnitOfWork, shown: Sequence[Shown]) -> list[Speaker | None]:
    """Each of them himself, if the token opens him and nobody keeps him or his address out."""
    ids = list({each.visitor_id for each in shown})
    found = (await work.db.execute(_visitors(db_of(work.db)), {"ids": ids})).all()
    own = {row.id: row.token_hash for row in found}
    vouched = await _vouched(work, [each.token_hash for each in shown if own.get(each.visitor_id) != each.token_hash])
    calling = [(each.visitor_id, each.site_id, each.address) for each in shown]
    blocked = await blocks.blocked_among(work, {row.id: row.contact_id for row in found}, calling)
    names = {row.id: row.name or "" for row in found if row.id not in blocked}
    return [
        Speaker(who, names[who])
        if (who := each.visitor_id) in names and (own[who] == each.token_hash or vouched.get(each.token_hash) == who)
        else None
        for each in shown
    ]


@cache
def _visitors(db: Db) -> Select[Any]:
    visitor = columns_of(Visitor)
    rows = select(visitor.id, visitor.name, visitor.contact_id, visitor.token_hash)
    return rows.where(among(db, visitor.id, "ids"))


@cache
def _tokens(db: Db) -> Select[Any]:
    token = columns_of(VisitorToken)
    rows = select(token.token_hash, token.visitor_id)
    return rows.where(among(db, token.token_hash, "hashes"), token.expires_at > bindparam("now"))


async def _vouched(work: UnitOfWork, hashes: Iterable[str]) -> dict[str, UUID]:
    """Whom the tokens open that his site has vouched for."""
    wanted = list(hashes)
    if not wanted:
        return {}
    found = await work.db.execute(_tokens(db_of(work.db)), {"hashes": wanted, "now": work.now})
    return {row.token_hash: row.visitor_id for row in found}
