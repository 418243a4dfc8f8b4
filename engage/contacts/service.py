"""Visitors: remembering a browser, learning who it is, keeping its trail."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, Update, bindparam, select, update

from engage.access import tokens
from engage.access.principals import CallingVisitor
from engage.contacts.attributes import Value, fitted
from engage.contacts.events import ContactChanged, TrailGrew, VisitorCame, VisitorWent
from engage.contacts.models import Contact, ContactField, TrailStep, Visitor, VisitorToken
from engage.contacts.schemas import TrailItem, VisitorView
from engage.kit.db import Db, among, columns_of, db_of, is_among
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site

#: a live socket's claim on "online"; the heartbeat renews it well before
ONLINE_FOR = timedelta(seconds=50)
TRAIL_SHOWN = 50


async def remember(
    work: UnitOfWork, site: Site, *, locale: str, time_zone: str | None, user_agent: str | None
) -> tuple[Visitor, str]:
    """A new visitor and the token that only his browser will know."""
    token = tokens.new_token()
    visitor = stranger(work, site, locale=locale, time_zone=time_zone, user_agent=user_agent)
    visitor.token_hash = tokens.token_hash(token)
    work.db.add(visitor)
    await work.db.flush()
    return visitor, token


def stranger(work: UnitOfWork, site: Site, *, locale: str, time_zone: str | None, user_agent: str | None) -> Visitor:
    """A visitor who is not stored yet and whom no token opens."""
    return Visitor(
        id=new_id(),
        site_id=site.id,
        token_hash=tokens.token_hash(tokens.new_token()),
        locale=locale,
        time_zone=time_zone,
        user_agent=user_agent,
        created_at=work.now,
    )


async def by_token(work: UnitOfWork, token: str) -> CallingVisitor | None:
    """Whose browser it is: an anonymous one, or one for which his site has vouched."""
    hashed = tokens.token_hash(token)
    anonymous = select(Visitor.id, Visitor.site_id).where(Visitor.token_hash == hashed)
    vouched = (
        select(Visitor.id, Visitor.site_id)
        .join(VisitorToken, VisitorToken.visitor_id == Visitor.id)
        .where(VisitorToken.token_hash == hashed, VisitorToken.expires_at > work.now)
    )
    known = (await work.db.execute(anonymous)).one_or_none() or (await work.db.execute(vouched)).one_or_none()
    return CallingVisitor(visitor_id=known.id, site_id=known.site_id) if known else None


async def locked(work: UnitOfWork, visitor_id: UUID) -> Visitor:
    """His row, held until the commit; if he turned out to be another one meanwhile, that one's."""
    visitor = await work.db.get_one(Visitor, visitor_id, with_for_update=True, populate_existing=True)
    return await locked(work, visitor.merged_into_id) if visitor.merged_into_id else visitor


async def introduce(work: UnitOfWork, visitor: Visitor, *, name: str | None, email: str | None) -> None:
    """He said who he is: the visitor becomes a contact of his own, for a name or address proves nothing.

    Where his site has vouched for him, its word stands.
    """
    if visitor.verified_at is not None:
        visitor.name, visitor.email = visitor.name or name, visitor.email or email
        return
    before = visitor.name, visitor.email
    visitor.name, visitor.email = name or visitor.name, email or visitor.email
    if not (name or email):
        return
    contact = await work.db.get(Contact, visitor.contact_id) if visitor.contact_id else None
    if contact is None:
        contact = Contact(id=new_id(), site_id=visitor.site_id, attributes={}, created_at=work.now)
        work.db.add(contact)
        await work.db.flush()
        visitor.contact_id = contact.id
    _claim(contact, visitor, *before)


def _claim(contact: Contact, visitor: Visitor, name_before: str | None, email_before: str | None) -> None:
    """What an agent has put right, or another browser of the same person has said, is not overwritten."""
    if contact.name in (None, name_before):
        contact.name = visitor.name
    if contact.email in (None, _address(email_before)):
        contact.email = _address(visitor.email)


def _address(email: str | None) -> str | None:
    """Kept in small letters, so that the same address is found again."""
    return email.strip().lower() if email else None


async def contact_of(work: UnitOfWork, visitor: Visitor) -> Contact:
    """The contact behind a browser, made when there is none."""
    contact = await work.db.get(Contact, visitor.contact_id) if visitor.contact_id else None
    if contact is None:
        contact = Contact(
            id=new_id(),
            site_id=visitor.site_id,
            name=visitor.name,
            email=_address(visitor.email),
            attributes={},
            created_at=work.now,
        )
        work.db.add(contact)
        await work.db.flush()
        visitor.contact_id = contact.id
    return contact


async def change(
    work: UnitOfWork, contact: Contact, *, name: str | None, email: str | None, phone: str | None,
    attributes: Mapping[UUID, Value | None], preferred_agent_id: UUID | None,
) -> None:  # fmt: skip
    """What an agent knows better; his browsers are called by it, too. Raises UnfitValue."""
    his = select(Visitor.id).where(Visitor.contact_id == contact.id).order_by(Visitor.id)
    browsers = list(await work.db.scalars(his.with_for_update(key_share=True)))
    kept = contact.attributes | fitted(await fields_of(work, contact.site_id), attributes)
    contact.attributes = {key: value for key, value in kept.items() if value is not None}
    contact.name, contact.email, contact.phone = name, _address(email), phone
    contact.preferred_agent_id = preferred_agent_id
    called = {"name": contact.name, "email": contact.email}
    await work.db.execute(update(Visitor).where(Visitor.id.in_(browsers)).values(called))
    await tell_of(work, contact)


async def preferred_agent_of(work: UnitOfWork, visitor_id: UUID) -> UUID | None:
    """Who is to be asked first for this visitor's work, if somebody has said so."""
    named = select(Contact.preferred_agent_id).join(Visitor, Visitor.contact_id == Contact.id)
    return await work.db.scalar(named.where(Visitor.id == visitor_id))


async def tell_of(work: UnitOfWork, contact: Contact) -> None:
    await work.db.flush()
    await work.publish(ContactChanged(contact_id=contact.id, site_id=contact.site_id))


async def fields_of(work: UnitOfWork, site_id: UUID) -> dict[UUID, ContactField]:
    """What the site wants to know of its customers, in its order."""
    rows = select(ContactField).where(ContactField.site_id == site_id, ContactField.retired.is_(False))
    return {row.id: row for row in await work.db.scalars(rows.order_by(ContactField.position, ContactField.id))}


#: how a customer's tier is called in what his site tells of him, and among the fields of contacts
TIER = "tier"


async def tier_of(work: UnitOfWork, visitor_id: UUID) -> str | None:
    """What his site tells under `tier`; else what stands in the contact field of that name."""
    whose = select(Contact).join(Visitor, Visitor.contact_id == Contact.id).where(Visitor.id == visitor_id)
    contact = await work.db.scalar(whose)
    if contact is None:
        return None
    fields = await fields_of(work, contact.site_id)
    filled = [contact.attributes.get(str(key)) for key, field in fields.items() if field.label.casefold() == TIER]
    found = [value for value in (contact.told.get(TIER), *filled) if isinstance(value, str)]
    return found[0] if found else None


async def add_to_trail(work: UnitOfWork, who: CallingVisitor, items: Sequence[TrailItem]) -> None:
    """Keeps the steps; a browser's clock that runs ahead counts as now."""
    work.db.add_all(
        TrailStep(
            id=new_id(),
            visitor_id=who.visitor_id,
            kind=item.kind,
            title=item.title,
            url=item.url,
            query=item.query,
            slug=item.slug,
            at=min(item.at, work.now),
        )
        for item in items
    )
    if items:
        await work.publish(TrailGrew(visitor_id=who.visitor_id, site_id=who.site_id))


async def trail_of(work: UnitOfWork, visitor_id: UUID) -> list[TrailItem]:
    """The latest steps, oldest first."""
    latest = (
        select(TrailStep)
        .where(TrailStep.visitor_id == visitor_id)
        .order_by(TrailStep.at.desc(), TrailStep.id.desc())
        .limit(TRAIL_SHOWN)
    )
    steps = (await work.db.scalars(latest)).all()
    return [trail_item(step) for step in reversed(steps)]


def trail_item(s: TrailStep) -> TrailItem:
    return TrailItem.model_validate(
        {"kind": s.kind, "title": s.title, "url": s.url, "query": s.query, "slug": s.slug, "at": s.at}
    )


async def came_online(work: UnitOfWork, people: Sequence[CallingVisitor]) -> None:
    if people:
        await renew_online(work, [who.visitor_id for who in people])
        await work.publish_all([VisitorCame(visitor_id=who.visitor_id, site_id=who.site_id) for who in people])


async def went_offline(work: UnitOfWork, people: Sequence[CallingVisitor]) -> None:
    if people:
        await _online_until(work, [who.visitor_id for who in people], work.now)
        await work.publish_all([VisitorWent(visitor_id=who.visitor_id, site_id=who.site_id) for who in people])


async def renew_online(work: UnitOfWork, visitor_ids: Sequence[UUID]) -> None:
    await _online_until(work, visitor_ids, work.now + ONLINE_FOR)


async def _online_until(work: UnitOfWork, visitor_ids: Sequence[UUID], moment: datetime) -> None:
    """Locks in the order of ids, so that two beacons, or two crowds, cannot dead-lock."""
    db, ids = db_of(work.db), list(visitor_ids)
    if db == "postgresql":
        await work.db.execute(_in_order(db), {"ids": ids})
    await work.db.execute(_set_online(db), {"ids": ids, "moment": moment})


@cache
def _in_order(db: Db) -> Select[Any]:
    visitor = columns_of(Visitor)
    return select(visitor.id).where(among(db, visitor.id, "ids")).order_by(visitor.id).with_for_update(key_share=True)


@cache
def _set_online(db: Db) -> Update:
    visitor = columns_of(Visitor)
    table = cast(Table, Visitor.__table__)
    return update(table).where(among(db, visitor.id, "ids")).values(online_until=bindparam("moment"))


async def never_seen(work: UnitOfWork, visitor_ids: Collection[UUID]) -> set[UUID]:
    """Those of them whose browser never opened a line to us, such as people who only write mails."""
    if not visitor_ids:
        return set()
    whose = is_among(db_of(work.db), Visitor.id, visitor_ids)
    return set(await work.db.scalars(select(Visitor.id).where(whose, Visitor.online_until.is_(None))))


def is_online(visitor: Visitor, now: datetime) -> bool:
    return visitor.online_until is not None and visitor.online_until > now


def view(visitor: Visitor) -> VisitorView:
    return VisitorView(id=visitor.id, name=visitor.name, email=visitor.email)
