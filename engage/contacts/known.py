"""From anonymous to known: a visitor for whom his site vouches is one person, whatever browser he comes with."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from engage.access import tokens
from engage.contacts.events import ContactChanged, VisitorMerged
from engage.contacts.identity import SKEW, Claims, IdentityRefused
from engage.contacts.models import Contact, TrailStep, UsedJwt, Visitor, VisitorToken
from engage.kit.db import insert_into
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site

#: a browser is known for so long after its site has vouched for it
KNOWN_FOR = timedelta(days=7)


async def identify(
    work: UnitOfWork, site: Site, claims: Claims, *, attempt: str, browser: Visitor | None, newcomer: Visitor
) -> tuple[Visitor, str]:
    """The one visitor of the person whom the site names, and a token for this browser.

    What the browser did anonymously becomes his. A browser that was somebody else's begins anew.
    `newcomer` is a visitor that is not stored yet, for a person who was never seen. Raises IdentityRefused.
    """
    await _use_once(work, site.id, claims, attempt)
    anonymous = browser if browser is not None and browser.verified_at is None else None
    known = await _home_of(work, site.id, claims.sub)
    await _lock(work, {each.id for each in (anonymous, known) if each is not None})
    contact = await _contact(work, site.id, claims, anonymous)
    known = known or await _home_of(work, site.id, claims.sub)
    if known is None:
        known = anonymous or newcomer
        await _move_in(work, known, contact, claims.sub)
    elif anonymous is not None and anonymous.id != known.id:
        await merge(work, anonymous, known)
    await tell_of(work, contact, claims)
    known.name, known.email = contact.name, contact.email
    return known, await _token(work, known.id)


async def _use_once(work: UnitOfWork, site_id: UUID, claims: Claims, attempt: str) -> None:
    """Takes the token's id, on whatever process; the same attempt of the same browser may come again."""
    await work.db.execute(delete(UsedJwt).where(UsedJwt.expires_at < work.now))
    row = {
        "site_id": site_id,
        "jti_hash": tokens.token_hash(claims.jti),
        "attempt": attempt,
        "expires_at": claims.expires_at + 2 * SKEW,
    }
    taken = await work.db.execute(insert_into(work.db, UsedJwt).values(row).on_conflict_do_nothing())
    if taken.rowcount:  # type: ignore[attr-defined]  # an executed INSERT is a CursorResult
        return
    if (await work.db.get_one(UsedJwt, (site_id, row["jti_hash"]))).attempt != attempt:
        raise IdentityRefused("used")


async def was_used(work: UnitOfWork, site_id: UUID, claims: Claims) -> bool:
    return await work.db.get(UsedJwt, (site_id, tokens.token_hash(claims.jti))) is not None


async def _home_of(work: UnitOfWork, site_id: UUID, external_id: str) -> Visitor | None:
    """The visitor who has this person's conversations. Not found by his contact: agents may merge contacts."""
    return await work.db.scalar(select(Visitor).where(Visitor.site_id == site_id, Visitor.external_id == external_id))


async def _lock(work: UnitOfWork, visitor_ids: set[UUID]) -> None:
    """In the order of ids, and before contacts, as everybody does."""
    rows = select(Visitor).where(Visitor.id.in_(visitor_ids)).order_by(Visitor.id).with_for_update()
    await work.db.execute(rows.execution_options(populate_existing=True))


async def _contact(work: UnitOfWork, site_id: UUID, claims: Claims, anonymous: Visitor | None) -> Contact:
    """The site's contact of this name, locked: what the anonymous one had told becomes it, if there was none."""
    if (known := await locked_contact(work, site_id, claims.sub)) is not None:
        return known
    own = await work.db.get(Contact, anonymous.contact_id) if anonymous and anonymous.contact_id else None
    if own is not None and own.external_id is None and await _is_alone(work, own.id):
        own.external_id = claims.sub
        await work.db.flush()
        return own
    row = {"id": new_id(), "site_id": site_id, "external_id": claims.sub, "created_at": work.now}
    await work.db.execute(insert_into(work.db, Contact).values(row).on_conflict_do_nothing())
    made = await locked_contact(work, site_id, claims.sub)
    assert made is not None
    return made


async def _is_alone(work: UnitOfWork, contact_id: UUID) -> bool:
    """No other browser was said to be this contact's."""
    return await work.db.scalar(select(func.count()).where(Visitor.contact_id == contact_id)) == 1


async def locked_contact(work: UnitOfWork, site_id: UUID, external_id: str) -> Contact | None:
    """Whoever it is by now: an agent may have found that two are one."""
    found = await work.db.scalar(
        select(Contact).where(Contact.site_id == site_id, Contact.external_id == external_id).with_for_update()
    )
    while found is not None and found.merged_into_id is not None:
        found = await work.db.get_one(Contact, found.merged_into_id, with_for_update=True)
    return found


async def _move_in(work: UnitOfWork, visitor: Visitor, contact: Contact, external_id: str) -> None:
    """He is the person's one visitor from now on; the anonymous token opens nothing any more."""
    visitor.contact_id, visitor.verified_at, visitor.external_id = contact.id, work.now, external_id
    visitor.token_hash = tokens.token_hash(tokens.new_token())
    work.db.add(visitor)
    await work.db.flush()


async def merge(work: UnitOfWork, visitor: Visitor, into: Visitor) -> None:
    """All that the one said and saw is the other's; slices above move what they keep."""
    visitor.merged_into_id = into.id
    visitor.token_hash = tokens.token_hash(tokens.new_token())
    if visitor.online_until is not None:
        into.online_until = max(visitor.online_until, into.online_until or visitor.online_until)
    await work.db.flush()
    await work.db.execute(update(TrailStep).where(TrailStep.visitor_id == visitor.id).values(visitor_id=into.id))
    await work.publish(VisitorMerged(visitor_id=visitor.id, into_id=into.id, site_id=into.site_id))


async def tell_of(work: UnitOfWork, contact: Contact, claims: Claims) -> None:
    """What the site says beats what he said himself."""
    before = (contact.name, contact.email, contact.phone, contact.told)
    contact.name = claims.name or contact.name
    contact.email = claims.email or contact.email
    contact.phone = claims.phone or contact.phone
    contact.told = with_changes(contact.told, claims.attributes)
    await work.db.flush()
    if before != (contact.name, contact.email, contact.phone, contact.told):
        await work.publish(ContactChanged(contact_id=contact.id, site_id=contact.site_id))


def with_changes(attributes: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A new value beats the old one; null takes it away."""
    return {name: value for name, value in {**attributes, **changes}.items() if value is not None}


async def _token(work: UnitOfWork, visitor_id: UUID) -> str:
    token = tokens.new_token()
    await work.db.execute(delete(VisitorToken).where(VisitorToken.expires_at < work.now))
    work.db.add(
        VisitorToken(token_hash=tokens.token_hash(token), visitor_id=visitor_id, expires_at=work.now + KNOWN_FOR)
    )
    await work.db.flush()
    return token


async def forget_browser(work: UnitOfWork, token: str) -> None:
    """He signs out of his site: this browser's token counts no more."""
    await work.db.execute(delete(VisitorToken).where(VisitorToken.token_hash == tokens.token_hash(token)))
