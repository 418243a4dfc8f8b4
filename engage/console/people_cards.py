"""What an agent sees of a person: a row in a list, and the card with everything."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from engage.access.principals import CallingAgent
from engage.agents import service as agents
from engage.agents.models import Agent
from engage.console.schemas import EarlierConversation
from engage.contacts import merging
from engage.contacts import service as contacts
from engage.contacts.errors import NoSuchContact
from engage.contacts.models import Contact, ContactMerge, TrailStep, Visitor
from engage.contacts.schemas import ContactFieldView, TrailItem
from engage.conversations.models import Conversation
from engage.engagements import dispositions
from engage.engagements.models import Engagement
from engage.engagements.schemas import AgentName
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Moment, WireModel
from engage.routing import visibility
from engage.sites.models import Site
from engage.sites.schemas import SiteName

CONVERSATIONS_SHOWN = 100
TRAIL_SHOWN = 100


class ContactRow(WireModel):
    id: UUID
    site: SiteName
    name: str
    email: str | None
    phone: str | None
    created_at: Moment
    #: conversations, and when something was last said
    talks: int
    last_at: Moment | None


class Browser(WireModel):
    """One of the browsers he came with."""

    id: UUID
    online: bool
    time_zone: str | None
    locale: str
    user_agent: str | None
    first_seen_at: Moment


class Step(WireModel):
    """A step of his trail, with the zone in which it was taken."""

    step: TrailItem
    time_zone: str | None


class MergeView(WireModel):
    """A merge that can still be undone."""

    id: UUID
    name: str
    agent_name: str
    at: Moment
    undo_until: Moment


class ContactCard(WireModel):
    id: UUID
    site: SiteName
    name: str
    email: str | None
    phone: str | None
    #: who is asked first for his new work, as long as he answers at the site
    preferred_agent: AgentName | None
    created_at: Moment
    fields: list[ContactFieldView]
    #: by the id of the field
    attributes: dict[str, Any]
    browsers: list[Browser]
    conversations: list[EarlierConversation]
    #: the latest steps, newest first
    trail: list[Step]
    #: the same address: perhaps the same person
    duplicates: list[ContactRow]
    merges: list[MergeView]


async def rows_of(work: UnitOfWork, found: Sequence[Contact]) -> list[ContactRow]:
    """By a fixed number of queries."""
    names = await _sites(work, {each.site_id for each in found})
    counted = (
        select(Visitor.contact_id, func.count(), func.max(Conversation.last_at))
        .join(Conversation, Conversation.visitor_id == Visitor.id)
        .where(Visitor.contact_id.in_([each.id for each in found]))
        .group_by(Visitor.contact_id)
    )
    talks = {contact_id: (count, last) for contact_id, count, last in await work.db.execute(counted)}
    return [_row(each, names[each.site_id], *talks.get(each.id, (0, None))) for each in found]


def _row(contact: Contact, site: SiteName, talks: int, last_at: Any) -> ContactRow:
    return ContactRow(
        id=contact.id,
        site=site,
        name=contact.name or "",
        email=contact.email,
        phone=contact.phone,
        created_at=contact.created_at,
        talks=talks,
        last_at=last_at,
    )


async def _sites(work: UnitOfWork, site_ids: set[UUID]) -> dict[UUID, SiteName]:
    found = await work.db.scalars(select(Site).where(Site.id.in_(site_ids)))
    return {site.id: SiteName(id=site.id, key=site.key, name=site.name) for site in found}


async def card(work: UnitOfWork, who: CallingAgent, contact: Contact) -> ContactCard:
    fields = await contacts.fields_of(work, contact.site_id)
    browsers = (
        await work.db.scalars(
            select(Visitor)
            .where(Visitor.contact_id == contact.id, Visitor.merged_into_id.is_(None))
            .order_by(Visitor.id.desc())
            .execution_options(populate_existing=True)
        )
    ).all()
    return ContactCard(
        id=contact.id,
        site=(await _sites(work, {contact.site_id}))[contact.site_id],
        name=contact.name or "",
        email=contact.email,
        phone=contact.phone,
        preferred_agent=await _preferred_agent(work, contact),
        created_at=contact.created_at,
        fields=[field_view(each) for each in fields.values()],
        attributes={key: value for key, value in contact.attributes.items() if UUID(key) in fields},
        browsers=[_browser(work, each) for each in browsers],
        conversations=await _conversations(work, who, contact),
        trail=await _trail(work, browsers),
        duplicates=await rows_of(work, await merging.duplicates_of(work, contact)),
        merges=await _merges(work, contact),
    )


def choosable(who: CallingAgent, contact: Contact) -> Select[Agent]:
    """Whom he may make the contact's preferred agent.

    The preferred one sees the contact's work, so whoever sees some queues only lets nobody see more than he may.
    """
    return agents.answering(contact.site_id, all_queues=contact.site_id not in visibility.whole_sites(who))


def name_of(agent: Agent) -> AgentName:
    return AgentName(id=agent.id, name=agent.name, picture=agent.picture)


async def _preferred_agent(work: UnitOfWork, contact: Contact) -> AgentName | None:
    found = agents.answering(contact.site_id).where(Agent.id == contact.preferred_agent_id)
    agent = await work.db.scalar(found) if contact.preferred_agent_id else None
    return name_of(agent) if agent else None


def field_view(field: Any) -> ContactFieldView:
    return ContactFieldView(id=field.id, label=field.label, kind=field.kind, choices=field.choices)


def _browser(work: UnitOfWork, visitor: Visitor) -> Browser:
    return Browser(
        id=visitor.id,
        online=contacts.is_online(visitor, work.now),
        time_zone=visitor.time_zone,
        locale=visitor.locale,
        user_agent=visitor.user_agent,
        first_seen_at=visitor.created_at,
    )


async def _conversations(work: UnitOfWork, who: CallingAgent, contact: Contact) -> list[EarlierConversation]:
    """Of all his browsers, as far as the agent may see them, each with its last engagement."""
    newer = aliased(Engagement)
    has_newer = exists().where(newer.conversation_id == Engagement.conversation_id, newer.id > Engagement.id)
    found = await work.db.execute(
        select(Conversation, Engagement.channel, Engagement.disposition_id)
        .join(Visitor, Visitor.id == Conversation.visitor_id)
        .join(Engagement, Engagement.conversation_id == Conversation.id)
        .where(Visitor.contact_id == contact.id, visibility.conversations_of(who), ~has_newer)
        .order_by(Conversation.last_at.desc())
        .limit(CONVERSATIONS_SHOWN)
    )
    rows = found.all()
    outcomes = await dispositions.names_of(work, {outcome for _, _, outcome in rows})
    return [
        EarlierConversation(
            conversation_id=each.id,
            topic=each.topic,
            created_at=each.created_at,
            last_text=each.last_text,
            channel=channel,
            disposition=outcomes.get(outcome),
        )
        for each, channel, outcome in rows
    ]


async def _trail(work: UnitOfWork, browsers: Sequence[Visitor]) -> list[Step]:
    zones = {each.id: each.time_zone for each in browsers}
    steps = select(TrailStep).where(TrailStep.visitor_id.in_(zones)).order_by(TrailStep.at.desc(), TrailStep.id.desc())
    return [
        Step(step=contacts.trail_item(each), time_zone=zones[each.visitor_id])
        for each in await work.db.scalars(steps.limit(TRAIL_SHOWN))
    ]


async def _merges(work: UnitOfWork, contact: Contact) -> list[MergeView]:
    found = await merging.undoable(work, contact)
    others = await work.db.scalars(select(Contact).where(Contact.id.in_([each.gone_id for each in found])))
    names = {other.id: other.name or other.email or "" for other in others}
    return [
        MergeView(
            id=each.id,
            name=names[each.gone_id],
            agent_name=each.agent_name,
            at=each.at,
            undo_until=each.at + merging.UNDO_FOR,
        )
        for each in found
    ]


async def kept_by(work: UnitOfWork, merge_id: UUID) -> UUID:
    """The contact that a merge kept. Raises NoSuchContact."""
    done = await work.db.get(ContactMerge, merge_id)
    if done is None:
        raise NoSuchContact
    return done.kept_id
