"""What is known around some mails before they are filed, read by a fixed number of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, String, Uuid, select
from sqlalchemy.types import TypeEngine

from engage.agents.models import Agent
from engage.channels.email import filed_as, mail_rules, poison, threads
from engage.channels.email.models import Mailbox, MailRule, MailSender, RawMail
from engage.contacts import blocks
from engage.contacts.models import Contact, Visitor
from engage.kit.db import Db, columns_of, db_of, is_among, json_rows
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Queue, Site

#: an address at a site
Someone: TypeAlias = tuple[UUID, str]


@dataclass(frozen=True)
class Facts:
    #: those that wait, held until the commit
    raws: Mapping[UUID, RawMail]
    #: those of them of whose name another one came before
    known: Collection[UUID]
    boxes: Mapping[UUID, Mailbox]
    sites: Mapping[UUID, Site]
    #: that take work
    queues: Mapping[UUID, Queue]
    rules: Mapping[UUID, Sequence[MailRule]]
    #: of all our mailboxes
    own_addresses: frozenset[str]
    #: their visitors, held until the commit
    people: Mapping[Someone, Visitor]
    #: agents, blocked senders, and people of whom more is known than that they wrote
    special: Collection[Someone]


async def read(work: UnitOfWork, names: Mapping[UUID, str], addresses: Collection[str]) -> Facts:
    """Of mails by id, with what each is filed as; and of those who wrote them."""
    raws = await _held(work, names)
    boxes = await _by_id(work, Mailbox, {raw.mailbox_id for raw in raws.values()})
    site_ids = {box.site_id for box in boxes.values()}
    people = await _people(work, site_ids, addresses)
    return Facts(
        raws=raws,
        known=await _known(work, raws, names),
        boxes=boxes,
        sites=await _by_id(work, Site, site_ids),
        queues=await _queues(work, site_ids),
        rules={each: await mail_rules.in_force(work, each, work.now) for each in site_ids},
        own_addresses=await threads.own_addresses(work),
        people=people,
        special=await _special(work, site_ids, addresses, people),
    )


async def _held(work: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, RawMail]:
    rows = select(RawMail).where(is_among(db_of(work.db), RawMail.id, ids)).order_by(RawMail.id).with_for_update()
    found = await work.db.scalars(rows.execution_options(populate_existing=True))
    return {raw.id: raw for raw in found if raw.state in poison.WAITING}


async def _by_id(work: UnitOfWork, model: Any, ids: Collection[UUID]) -> dict[UUID, Any]:
    rows = await work.db.scalars(select(model).where(is_among(db_of(work.db), model.id, ids)))
    return {row.id: row for row in rows}


async def _queues(work: UnitOfWork, site_ids: Collection[UUID]) -> dict[UUID, Queue]:
    rows = select(Queue).where(is_among(db_of(work.db), Queue.site_id, site_ids), ~Queue.retired)
    return {row.id: row for row in await work.db.scalars(rows)}


async def _known(work: UnitOfWork, raws: Mapping[UUID, RawMail], names: Mapping[UUID, str]) -> set[UUID]:
    wanted = [(raw.id, raw.mailbox_id, *filed_as.same_id(names[raw.id])) for raw in raws.values()]
    rows = [{"id": a.hex, "mailbox_id": b.hex, "first": first, "last": last} for a, b, first, last in wanted]
    return set(await work.db.scalars(_alike(db_of(work.db)), {"wanted": rows}))


@cache
def _alike(db: Db) -> Select[Any]:
    types: dict[str, TypeEngine[Any]] = {"id": Uuid(), "mailbox_id": Uuid(), "first": String(), "last": String()}
    wanted, row = json_rows(db, "wanted", types).c, columns_of(RawMail)
    same_id = (row.filed_as >= wanted.first, row.filed_as < wanted.last)
    return select(wanted.id).where(row.mailbox_id == wanted.mailbox_id, *same_id, row.id != wanted.id)


async def _people(work: UnitOfWork, site_ids: Collection[UUID], addresses: Collection[str]) -> dict[Someone, Visitor]:
    db = db_of(work.db)
    rows = (
        select(MailSender.site_id, MailSender.address, Visitor)
        .join(Visitor, Visitor.id == MailSender.visitor_id)
        .where(is_among(db, MailSender.site_id, site_ids), is_among(db, MailSender.address, addresses))
        .order_by(Visitor.id)
        .with_for_update(of=Visitor)
    )
    return {(site_id, address): visitor for site_id, address, visitor in await work.db.execute(rows)}


async def _special(
    work: UnitOfWork, site_ids: Collection[UUID], addresses: Collection[str], people: Mapping[Someone, Visitor]
) -> set[Someone]:
    agents = await work.db.scalars(select(Agent.email).where(is_among(db_of(work.db), Agent.email, addresses)))
    special = {(site_id, email) for email in agents for site_id in site_ids}
    special |= await _vouched(work, site_ids, addresses)
    special |= await blocks.senders_blocked_among(work, site_ids, addresses)
    if people:
        special |= await _noticed(work, people)
    return special


async def _vouched(work: UnitOfWork, site_ids: Collection[UUID], addresses: Collection[str]) -> set[Someone]:
    """Whose sites know them: a proved address would be theirs."""
    db = db_of(work.db)
    rows = select(Contact.site_id, Contact.email).where(
        is_among(db, Contact.site_id, site_ids),
        is_among(db, Contact.email, addresses),
        Contact.external_id.is_not(None),
    )
    return {(site_id, email or "") for site_id, email in await work.db.execute(rows)}


async def _noticed(work: UnitOfWork, people: Mapping[Someone, Visitor]) -> set[Someone]:
    """Who is kept out, turned out to be somebody else, was seen in a browser, or has an agent of his own."""
    out = await blocks.blocked_among(work, {each.id: each.contact_id for each in people.values()})
    contact_ids = {each.contact_id for each in people.values() if each.contact_id}
    preferring = select(Contact.id).where(
        is_among(db_of(work.db), Contact.id, contact_ids), Contact.preferred_agent_id.is_not(None)
    )
    with_agent = set(await work.db.scalars(preferring))
    return {
        who
        for who, each in people.items()
        if each.id in out
        or each.merged_into_id is not None
        or each.online_until is not None
        or each.contact_id in with_agent
    }
