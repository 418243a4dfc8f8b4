"""The public interface, for programs that show an API key: contacts and conversations of the key's own site."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, field_validator
from sqlalchemy import or_, select

from engage.access.errors import NotYours
from engage.access.keys import a_key
from engage.access.principals import CallingKey
from engage.contacts import known
from engage.contacts.events import ContactChanged
from engage.contacts.identity import MOST_ATTRIBUTES, AttributeValue
from engage.contacts.models import Contact, Visitor
from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.errors import NoSuchConversation
from engage.conversations.models import Conversation
from engage.conversations.schemas import Author, ClientId, Entry, EntryPage, EntryQuery, MessageText, SendMessage
from engage.conversations.timeline import NewEntry
from engage.engagements import service as engagements
from engage.kit.db import insert_into
from engage.kit.ids import new_id
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.routes import Call, Reply, Routes
from engage.kit.wire import Moment, PlainText, Query, WireModel

routes = Routes()
KeyCall = Call[CallingKey]
PAGE = 50

Told = Annotated[
    dict[Annotated[PlainText, Field(min_length=1, max_length=60)], AttributeValue], Field(max_length=MOST_ATTRIBUTES)
]


class PublicContact(WireModel):
    id: UUID
    external_id: str | None
    name: str | None
    email: str | None
    phone: str | None
    #: what the site tells of him, by its own names
    attributes: dict[str, Any]
    created_at: Moment


class ContactUpdate(WireModel):
    """What is absent stays as it is; an attribute that is null is taken away."""

    name: Annotated[PlainText | None, Field(max_length=100)] = None
    email: Annotated[PlainText | None, Field(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")] = None
    phone: Annotated[PlainText | None, Field(max_length=40)] = None
    attributes: Told = Field(default_factory=dict)

    @field_validator("attributes")
    @classmethod
    def _finite(cls, attributes: dict[str, Any]) -> dict[str, Any]:
        if any(isinstance(value, float) and value - value != 0 for value in attributes.values()):
            raise ValueError("a number must be finite")
        return attributes


class ContactQuery(Query):
    search: Annotated[str, Field(max_length=200)] = ""
    cursor: Annotated[str | None, Field(max_length=100)] = None


class ConversationQuery(Query):
    contact_id: UUID | None = None
    cursor: Annotated[str | None, Field(max_length=100)] = None


class PublicConversation(WireModel):
    id: UUID
    visitor_id: UUID
    contact_id: UUID | None
    topic: str
    locale: str
    #: of the last work on it; null if there was none
    state: str | None
    last_text: str
    created_at: Moment
    updated_at: Moment


class Say(WireModel):
    """The same `client_id` again stores it once."""

    client_id: ClientId
    text: Annotated[MessageText, Field(min_length=1)]


@routes.get("/api/v1/contacts", may=a_key("contacts:read"))
async def list_contacts(call: KeyCall, query: ContactQuery) -> Page[PublicContact]:
    """The site's contacts, the newest first."""
    rows = select(Contact).where(Contact.site_id == call.who.site_id, Contact.merged_into_id.is_(None))
    if words := query.search.replace("\0", "").strip():
        fields = (Contact.name, Contact.email, Contact.external_id)
        rows = rows.where(or_(*(field.icontains(words, autoescape=True) for field in fields)))
    if (before := decode_cursor(query.cursor)) is not None:
        rows = rows.where(Contact.id < before)
    found = (await call.work.db.scalars(rows.order_by(Contact.id.desc()).limit(PAGE + 1))).all()
    more = encode_cursor(found[PAGE - 1].id) if len(found) > PAGE else None
    return Page(items=[_contact(row) for row in found[:PAGE]], next_cursor=more)


@routes.get("/api/v1/contacts/{contact_id}", may=a_key("contacts:read"))
async def read_contact(call: KeyCall, contact_id: UUID) -> PublicContact:
    """One contact; whoever was merged answers as the one that was kept."""
    contact = await call.work.db.get(Contact, contact_id)
    while contact is not None and contact.merged_into_id is not None:
        contact = await call.work.db.get(Contact, contact.merged_into_id)
    if contact is None or contact.site_id != call.who.site_id:
        raise NotYours
    return _contact(contact)


@routes.put("/api/v1/contacts/external/{external_id}", may=a_key("contacts:write"))
async def put_contact(call: KeyCall, external_id: str, body: ContactUpdate) -> PublicContact:
    """Create or update the contact whom the site knows by this name; 201 when he is new."""
    if not 1 <= len(external_id) <= 200:
        raise NotYours
    row = {"id": new_id(), "site_id": call.who.site_id, "external_id": external_id, "created_at": call.work.now}
    made = await call.work.db.execute(insert_into(call.work.db, Contact).values(row).on_conflict_do_nothing())
    contact = await known.locked_contact(call.work, call.who.site_id, external_id)
    assert contact is not None
    for name in ("name", "email", "phone"):
        setattr(contact, name, getattr(body, name) or getattr(contact, name))
    contact.told = known.with_changes(contact.told, body.attributes)
    await call.work.db.flush()
    await call.work.publish(ContactChanged(contact_id=contact.id, site_id=contact.site_id))
    view = _contact(contact)
    return Reply(view, 201) if made.rowcount else view  # type: ignore[attr-defined,return-value]  # a CursorResult


@routes.get("/api/v1/conversations", may=a_key("conversations:read"))
async def list_conversations(call: KeyCall, query: ConversationQuery) -> Page[PublicConversation]:
    """The site's conversations, the newest first."""
    rows = select(Conversation, Visitor.contact_id).join(Visitor, Visitor.id == Conversation.visitor_id)
    rows = rows.where(Conversation.site_id == call.who.site_id, Conversation.merged_into_id.is_(None))
    if query.contact_id is not None:
        rows = rows.where(Visitor.contact_id == query.contact_id)
    if (before := decode_cursor(query.cursor)) is not None:
        rows = rows.where(Conversation.id < before)
    found = (await call.work.db.execute(rows.order_by(Conversation.id.desc()).limit(PAGE + 1))).all()
    states = await engagements.latest_states(call.work, [row.id for row, _ in found])
    more = encode_cursor(found[PAGE - 1][0].id) if len(found) > PAGE else None
    items = [_conversation(row, contact_id, states.get(row.id)) for row, contact_id in found[:PAGE]]
    return Page(items=items, next_cursor=more)


@routes.get("/api/v1/conversations/{conversation_id}", may=a_key("conversations:read"))
async def read_one_conversation(call: KeyCall, conversation_id: UUID) -> PublicConversation:
    """One conversation."""
    row = await _of_site(call, conversation_id)
    visitor = await call.work.db.get_one(Visitor, row.visitor_id)
    states = await engagements.latest_states(call.work, [row.id])
    return _conversation(row, visitor.contact_id, states.get(row.id))


@routes.get("/api/v1/conversations/{conversation_id}/entries", may=a_key("conversations:read"))
async def read_timeline(call: KeyCall, conversation_id: UUID, query: EntryQuery) -> EntryPage:
    """Its timeline as agents see it, notes among it: after a number, before one, or the latest."""
    return await timeline.page(call.work, await _of_site(call, conversation_id), "agents", query)


@routes.post("/api/v1/conversations/{conversation_id}/messages", may=a_key("conversations:write"), status=201)
async def post_message(call: KeyCall, conversation_id: UUID, body: Say) -> Entry:
    """Say something to the visitor, by the key's own name."""
    conversation = await _of_site(call, conversation_id, lock=True)
    said = SendMessage(client_id=body.client_id, text=body.text)
    return (await conversations.say(call.work, conversation, _author(call.who), said)).seen_by("agents")


@routes.post("/api/v1/conversations/{conversation_id}/notes", may=a_key("conversations:write"), status=201)
async def post_note(call: KeyCall, conversation_id: UUID, body: Say) -> Entry:
    """Leave a note for agents; the visitor never sees it."""
    conversation = await _of_site(call, conversation_id, lock=True)
    note = NewEntry("note", _author(call.who), text=body.text, audience="agents", client_id=body.client_id)
    return (await timeline.append(call.work, conversation, note)).seen_by("agents")


async def _of_site(call: KeyCall, conversation_id: UUID, *, lock: bool = False) -> Conversation:
    """Raises NoSuchConversation for one of another site."""
    conversation = await (timeline.locked if lock else timeline.found)(call.work, conversation_id)
    if conversation.site_id != call.who.site_id:
        raise NoSuchConversation
    return conversation


def _author(who: CallingKey) -> Author:
    return Author(kind="agent", id=None, name=who.name, picture=None)


def _contact(row: Contact) -> PublicContact:
    return PublicContact(
        id=row.id,
        external_id=row.external_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        attributes=row.told,
        created_at=row.created_at,
    )


def _conversation(row: Conversation, contact_id: UUID | None, state: str | None) -> PublicConversation:
    return PublicConversation(
        id=row.id,
        visitor_id=row.visitor_id,
        contact_id=contact_id,
        topic=row.topic,
        locale=row.locale,
        state=state,
        last_text=row.last_text,
        created_at=row.created_at,
        updated_at=row.last_at,
    )
