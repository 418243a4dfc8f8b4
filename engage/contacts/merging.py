"""Two contacts that are one person: everything of one moves to the other, and can be given back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from engage.access.principals import CallingAgent
from engage.contacts import service
from engage.contacts.errors import CannotMerge, CannotUndo, NoSuchContact
from engage.contacts.models import Contact, ContactMerge, Visitor
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

#: for so long a merge can be undone
UNDO_FOR = timedelta(days=30)
FILLED = ("name", "email", "phone")


async def duplicates_of(work: UnitOfWork, contact: Contact) -> Sequence[Contact]:
    """Contacts of the site with the same address, who may be the same person."""
    if not contact.email:
        return []
    same = select(Contact).where(
        Contact.site_id == contact.site_id,
        Contact.email == contact.email,
        Contact.id != contact.id,
        Contact.merged_into_id.is_(None),
    )
    return (await work.db.scalars(same.order_by(Contact.id).limit(5))).all()


async def merge(work: UnitOfWork, who: CallingAgent, *, kept_id: UUID, gone_id: UUID) -> ContactMerge:
    """The one that is kept gets the other's browsers, and what it did not know. Raises CannotMerge, NoSuchContact."""
    await _browsers(work, Visitor.contact_id.in_((kept_id, gone_id)))
    pair = await _locked(work, kept_id, gone_id)
    kept, gone = pair[kept_id], pair[gone_id]
    if kept is gone or kept.site_id != gone.site_id or kept.merged_into_id or gone.merged_into_id:
        raise CannotMerge
    visitors = await _browsers(work, Visitor.contact_id == gone.id)
    done = ContactMerge(
        id=new_id(),
        site_id=kept.site_id,
        kept_id=kept.id,
        gone_id=gone.id,
        moved={"visitors": [str(each) for each in visitors], **_fill(kept, gone)},
        agent_id=who.agent_id,
        agent_name=who.name,
        at=work.now,
    )
    gone.merged_into_id = kept.id
    await work.db.execute(update(Visitor).where(Visitor.id.in_(visitors)).values(contact_id=kept.id))
    work.db.add(done)
    await service.tell_of(work, kept)
    return done


async def undo(work: UnitOfWork, merge_id: UUID) -> tuple[Contact, Contact]:
    """Gives back exactly what moved, unless it was changed since; the kept one and the other.

    Raises CannotUndo, NoSuchContact.
    """
    done = await work.db.get(ContactMerge, merge_id)
    if done is None:
        raise NoSuchContact
    await _browsers(work, Visitor.contact_id.in_((done.kept_id, done.gone_id)))
    pair = await _locked(work, done.kept_id, done.gone_id)
    await work.db.refresh(done)
    kept, gone = pair[done.kept_id], pair[done.gone_id]
    if done.undone_at or work.now - done.at > UNDO_FOR or kept.merged_into_id or gone.merged_into_id != kept.id:
        raise CannotUndo
    moved = [UUID(each) for each in done.moved["visitors"]]
    still_here = await _browsers(work, Visitor.id.in_(moved), Visitor.contact_id == kept.id)
    await work.db.execute(update(Visitor).where(Visitor.id.in_(still_here)).values(contact_id=gone.id))
    _empty(kept, done.moved)
    gone.merged_into_id, done.undone_at = None, work.now
    await service.tell_of(work, kept)
    return kept, gone


async def undoable(work: UnitOfWork, contact: Contact) -> Sequence[ContactMerge]:
    """The merges into this contact that can still be undone, the newest first."""
    rows = select(ContactMerge).where(
        ContactMerge.kept_id == contact.id,
        ContactMerge.undone_at.is_(None),
        ContactMerge.at >= work.now - UNDO_FOR,
    )
    return (await work.db.scalars(rows.order_by(ContactMerge.id.desc()))).all()


async def _locked(work: UnitOfWork, *ids: UUID) -> dict[UUID, Contact]:
    """In the order of ids, so that two who merge the same pair from both sides cannot dead-lock."""
    rows = select(Contact).where(Contact.id.in_(ids)).order_by(Contact.id).with_for_update(key_share=True)
    found = {row.id: row for row in await work.db.scalars(rows.execution_options(populate_existing=True))}
    if set(ids) - set(found):
        raise NoSuchContact
    return found


async def _browsers(work: UnitOfWork, *conditions: Any) -> list[UUID]:
    """Locked in the order of ids and before their contacts, as everybody does."""
    rows = select(Visitor.id).where(*conditions).order_by(Visitor.id).with_for_update(key_share=True)
    return list(await work.db.scalars(rows))


def _fill(kept: Contact, gone: Contact) -> dict[str, Any]:
    """What the kept one did not know it takes over; which, so that it can be given back."""
    filled = {field: getattr(gone, field) for field in FILLED if not getattr(kept, field) and getattr(gone, field)}
    for field, value in filled.items():
        setattr(kept, field, value)
    attributes = {key: value for key, value in gone.attributes.items() if key not in kept.attributes}
    kept.attributes = {**kept.attributes, **attributes}
    return {"filled": filled, "attributes": attributes, "preferred_agent": _take_preference(kept, gone)}


def _take_preference(kept: Contact, gone: Contact) -> str | None:
    """The preferred agent that the kept one had not; None if it had one, or neither did."""
    if kept.preferred_agent_id or not gone.preferred_agent_id:
        return None
    kept.preferred_agent_id = gone.preferred_agent_id
    return str(gone.preferred_agent_id)


def _empty(kept: Contact, moved: dict[str, Any]) -> None:
    for field, value in moved["filled"].items():
        if getattr(kept, field) == value:
            setattr(kept, field, None)
    # a merge of before preferred agents were known moved none
    if kept.preferred_agent_id and str(kept.preferred_agent_id) == moved.get("preferred_agent"):
        kept.preferred_agent_id = None
    taken = moved["attributes"]
    kept.attributes = {key: value for key, value in kept.attributes.items() if key not in taken or taken[key] != value}
