"""The people of a site: their list, the card of one, changing it, merging two and undoing that."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field
from sqlalchemy import ColumnElement, Select, and_, or_, select

from engage.access import audit, callers
from engage.access.audit import Subject
from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.console import people_cards, service
from engage.console.people_cards import ContactCard, ContactRow
from engage.contacts import merging
from engage.contacts import service as contacts
from engage.contacts.errors import NoSuchContact
from engage.contacts.models import Contact, Visitor
from engage.contacts.schemas import ContactForm
from engage.conversations.models import Conversation
from engage.engagements.schemas import AgentName
from engage.kit.errors import NotFound
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.routes import Call, Routes
from engage.kit.spreadsheet import csv_of
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Query, WireModel
from engage.routing import visibility
from engage.sites import service as sites

routes = Routes()
AgentCall = Call[CallingAgent]
PAGE = 50
#: rows of one export; who needs more narrows the search
EXPORTED = 50_000


class PeopleQuery(Query):
    site_id: UUID | None = None
    search: Annotated[str, Field(max_length=200)] = ""
    cursor: Annotated[str | None, Field(max_length=100)] = None


class Export(WireModel):
    site_id: UUID
    search: Annotated[str, Field(max_length=200)] = ""


class Merge(WireModel):
    """The other contact is the same person; this one is kept."""

    other_id: UUID


class Choosable(WireModel):
    items: list[AgentName]


@routes.get("/api/v1/agent/contacts", may=an_agent)
async def list_contacts(call: AgentCall, query: PeopleQuery) -> Page[ContactRow]:
    """Who is known, the newest first; with a search over names, addresses and numbers."""
    rows = _found(call.who, query.search)
    if query.site_id is not None:
        rows = rows.where(Contact.site_id == query.site_id)
    if (before := decode_cursor(query.cursor)) is not None:
        rows = rows.where(Contact.id < before)
    found = (await call.work.db.scalars(rows.limit(PAGE + 1))).all()
    more = encode_cursor(found[PAGE - 1].id) if len(found) > PAGE else None
    return Page(items=await people_cards.rows_of(call.work, found[:PAGE]), next_cursor=more)


@routes.post("/api/v1/agent/contacts/export", may=an_agent)
async def export_contacts(call: AgentCall, body: Export) -> web.Response:
    """The same as CSV, for supervisors; the export is in the audit log."""
    call.who.must("supervise", body.site_id)
    site = await sites.by_id(call.work, body.site_id)
    rows = _found(call.who, body.search).where(Contact.site_id == site.id).limit(EXPORTED)
    found = (await call.work.db.scalars(rows)).all()
    _record(call, "contact.exported", Subject(site.name, site.id, site.id), rows=len(found))
    fields = await contacts.fields_of(call.work, site.id)
    head = ("name", "email", "phone", "since", *(field.label for field in fields.values()))
    return web.Response(
        text=csv_of(head, (_cells(each, list(fields)) for each in found)),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="people-{site.key}.csv"'},
    )


@routes.get("/api/v1/agent/contacts/{contact_id}", may=an_agent)
async def read_contact(call: AgentCall, contact_id: UUID) -> ContactCard:
    """All that is known of a person, with all his conversations."""
    return await people_cards.card(call.work, call.who, await _visible(call.work, call.who, contact_id))


@routes.put("/api/v1/agent/contacts/{contact_id}", may=an_agent)
async def change_contact(call: AgentCall, contact_id: UUID, body: ContactForm) -> ContactCard:
    """Put right what is known of a person."""
    contact = await _visible(call.work, call.who, contact_id)
    await _change(call.work, call.who, contact, body)
    return await people_cards.card(call.work, call.who, contact)


@routes.get("/api/v1/agent/contacts/{contact_id}/colleagues", may=an_agent)
async def list_choosable(call: AgentCall, contact_id: UUID) -> Choosable:
    """Who can be the preferred agent of a person."""
    contact = await _visible(call.work, call.who, contact_id)
    found = await call.work.db.scalars(people_cards.choosable(call.who, contact))
    return Choosable(items=[people_cards.name_of(each) for each in found])


@routes.post("/api/v1/agent/conversations/{conversation_id}/contact", may=an_agent, status=201)
async def name_visitor(call: AgentCall, conversation_id: UUID, body: ContactForm) -> ContactCard:
    """Somebody nobody knew gets a name."""
    conversation = await service.visible(call.work, call.who, conversation_id)
    visitor = await call.work.db.get_one(Visitor, conversation.visitor_id, with_for_update={"key_share": True})
    contact = await contacts.contact_of(call.work, visitor)
    await _change(call.work, call.who, contact, body)
    return await people_cards.card(call.work, call.who, contact)


@routes.post("/api/v1/agent/contacts/{contact_id}/merge", may=an_agent)
async def merge_contacts(call: AgentCall, contact_id: UUID, body: Merge) -> ContactCard:
    """Two contacts are one person: this one gets everything of the other."""
    kept = await _visible(call.work, call.who, contact_id)
    gone = await _visible(call.work, call.who, body.other_id)
    done = await merging.merge(call.work, call.who, kept_id=kept.id, gone_id=gone.id)
    _record(call, "contact.merged", _subject(kept), merged=_name(gone), merge_id=str(done.id))
    return await people_cards.card(call.work, call.who, kept)


@routes.post("/api/v1/agent/contact-merges/{contact_merge_id}/undo", may=an_agent)
async def undo_merge(call: AgentCall, contact_merge_id: UUID) -> ContactCard:
    """They were two after all: each gets back what was his."""
    await _visible(call.work, call.who, await people_cards.kept_by(call.work, contact_merge_id))
    kept, gone = await merging.undo(call.work, contact_merge_id)
    _record(call, "contact.unmerged", _subject(kept), unmerged=_name(gone), merge_id=str(contact_merge_id))
    return await people_cards.card(call.work, call.who, kept)


def contacts_of(who: CallingAgent) -> ColumnElement[bool]:
    """The condition for people that he may see: of whole sites all, else those of conversations that are his."""
    whole = visibility.whole_sites(who)
    narrow = who.sites_where("answer") - whole
    talked = (
        select(Visitor.contact_id)
        .join(Conversation, Conversation.visitor_id == Visitor.id)
        .where(visibility.conversations_of(who), Visitor.contact_id.is_not(None))
    )
    his = and_(Contact.site_id.in_(narrow), Contact.id.in_(talked))
    return and_(Contact.merged_into_id.is_(None), or_(Contact.site_id.in_(whole), his))


def mentions(words: str) -> ColumnElement[bool]:
    """Each word stands in the name, the address or the number."""
    known = (Contact.name, Contact.email, Contact.phone)
    return and_(*(or_(*(each.icontains(word, autoescape=True) for each in known)) for word in words.split()[:8]))


def _found(who: CallingAgent, words: str) -> Select[Contact]:
    rows = select(Contact).where(contacts_of(who)).order_by(Contact.id.desc())
    return rows.where(mentions(words)) if words.strip() else rows


async def _visible(work: UnitOfWork, who: CallingAgent, contact_id: UUID) -> Contact:
    """Raises NoSuchContact, which says nothing of other sites."""
    contact = await work.db.scalar(select(Contact).where(Contact.id == contact_id, contacts_of(who)))
    if contact is None:
        raise NoSuchContact
    return contact


async def _change(work: UnitOfWork, who: CallingAgent, contact: Contact, form: ContactForm) -> None:
    await contacts.change(
        work,
        contact,
        name=(form.name and form.name.strip()) or None,
        email=form.email,
        phone=(form.phone and form.phone.strip()) or None,
        attributes=form.attributes,
        preferred_agent_id=await _preferred(work, who, contact, form),
    )


async def _preferred(work: UnitOfWork, who: CallingAgent, contact: Contact, form: ContactForm) -> UUID | None:
    """Raises NotFound for somebody who does not answer at the site, or whom he may not choose."""
    before, chosen = contact.preferred_agent_id, form.preferred_agent_id
    if "preferred_agent_id" not in form.model_fields_set or chosen == before:
        return before
    if chosen is not None and not await work.db.scalar(people_cards.choosable(who, contact).where(Agent.id == chosen)):
        raise NotFound
    return chosen


def _cells(contact: Contact, fields: list[UUID]) -> list[str]:
    values = (contact.attributes.get(str(field), "") for field in fields)
    known = (contact.name or "", contact.email or "", contact.phone or "", contact.created_at.isoformat())
    return [*known, *(str(value) for value in values)]


def _record(call: AgentCall, act: str, subject: Subject, **changes: str | int) -> None:
    audit.record(call.work, audit.agent(call.who, callers.address(call.request)), act, subject, changes)


def _subject(contact: Contact) -> Subject:
    return Subject(_name(contact), contact.id, contact.site_id)


def _name(contact: Contact) -> str:
    return contact.name or contact.email or str(contact.id)
