"""Keeping somebody out for a while: he reads what was said, and can neither write nor open a line."""

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from engage.access.principals import CallingVisitor
from engage.contacts.models import Block, Visitor
from engage.kit.db import Db, among, columns_of, db_of, is_among
from engage.kit.errors import Forbidden
from engage.kit.unit_of_work import UnitOfWork

Network: TypeAlias = IPv4Network | IPv6Network
#: a visitor, the site where he calls, and from which address
Call: TypeAlias = tuple[UUID, UUID, str]


class Blocked(Forbidden):
    """You cannot write to us here at the moment."""

    code = "blocked"


def counts_at(work: UnitOfWork) -> ColumnElement[bool]:
    """The condition for blocks that hold now: they end by themselves."""
    return Block.lifted_at.is_(None) & or_(Block.until.is_(None), Block.until > work.now)


async def is_blocked(work: UnitOfWork, who: CallingVisitor, address: str | None) -> bool:
    """He himself, the person he is, or where he calls from, if that is known."""
    contact_id = await work.db.scalar(select(Visitor.contact_id).where(Visitor.id == who.visitor_id))
    his = Block.subject.in_([str(who.visitor_id), *([str(contact_id)] if contact_id else [])])
    concerning = or_(his, and_(Block.kind == "address", Block.site_id == who.site_id))
    found = (await work.db.execute(select(Block.kind, Block.subject).where(concerning, counts_at(work)))).all()
    return any(kind != "address" or covers(subject, address) for kind, subject in found)


async def is_sender_blocked(work: UnitOfWork, site_id: UUID, address: str) -> bool:
    """Whether his mails, or those of all of his domain, are dropped here."""
    return bool(await senders_blocked_among(work, [site_id], [address]))


async def senders_blocked_among(
    work: UnitOfWork, site_ids: Collection[UUID], addresses: Collection[str]
) -> set[tuple[UUID, str]]:
    """At which site the mails of which of these addresses are dropped, by one statement."""
    subjects = {each: {each.lower(), f"@{each.lower().rpartition('@')[2]}"} for each in addresses}
    wanted, db = {subject for each in subjects.values() for subject in each}, db_of(work.db)
    row = select(Block.site_id, Block.subject).where(
        Block.kind == "mail", is_among(db, Block.site_id, site_ids), is_among(db, Block.subject, wanted)
    )
    out = (await work.db.execute(row.where(counts_at(work)))).all()
    return {(site_id, each) for site_id, subject in out for each in addresses if subject in subjects[each]}


async def blocked_among(
    work: UnitOfWork, people: Mapping[UUID, UUID | None], calling: Collection[Call] = ()
) -> set[UUID]:
    """Those visitors who are kept out, or whose contact is, or who call from an address that their site keeps out.

    By one statement.
    """
    subjects = {str(each) for pair in people.items() for each in pair if each is not None}
    asked = {"subjects": list(subjects), "sites": list({site_id for _, site_id, _ in calling})}
    found = (await work.db.execute(_blocks(db_of(work.db)), asked | {"now": work.now})).all()
    out = {row.subject for row in found if row.kind != "address"}
    ranges = [row for row in found if row.kind == "address"]
    out_by_address = {call[0] for call in calling if any(_covers_call(row, call) for row in ranges)}
    return out_by_address | {
        visitor_id
        for visitor_id, contact_id in people.items()
        if not out.isdisjoint((str(visitor_id), str(contact_id)))
    }


def _covers_call(row: Any, call: Call) -> bool:
    _, site_id, address = call
    return row.site_id == site_id and covers(row.subject, address)


@cache
def _blocks(db: Db) -> Select[Any]:
    block = columns_of(Block)
    counts = block.lifted_at.is_(None) & or_(block.until.is_(None), block.until > bindparam("now"))
    ranges = and_(block.kind == "address", among(db, block.site_id, "sites"))
    concerning = or_(among(db, block.subject, "subjects"), ranges)
    return select(block.kind, block.site_id, block.subject).where(concerning, counts)


#: characters; whoever calls may write what he likes into his address
LONGEST = 60


def network_of(text: str) -> Network | None:
    """The network that an address or a range such as 203.0.113.0/24 names."""
    return _read(text.strip()) if len(text) <= LONGEST else None


# read once, for with each message all of a site's ranges are looked at
@lru_cache(4096)
def _read(text: str) -> Network | None:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return None
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    return ip_network(f"{mapped}/{max(0, network.prefixlen - 96)}", strict=False) if mapped else network


def covers(subject: str, address: str | None) -> bool:
    """Whether the range holds the address; one that nobody knows is in none."""
    one, network = network_of(address or ""), network_of(subject)
    if one is None or network is None:
        return False
    return one.version == network.version and one.network_address in network
