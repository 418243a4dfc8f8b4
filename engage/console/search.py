"""Search over everything an agent may see: people, and what was said by and to them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.console import people, people_cards
from engage.console.excerpts import Piece, excerpt
from engage.console.people_cards import ContactRow
from engage.contacts.models import Contact, Visitor
from engage.conversations import search as texts
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements import work_items
from engage.engagements.models import Engagement
from engage.engagements.schemas import WorkItem
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Query, WireModel
from engage.routing import visibility

routes = Routes()
CONTACTS_SHOWN = 6
CONVERSATIONS_SHOWN = 25
#: matching entries that are looked at, the newest; more of them for who may see only a few
HITS = 400
HITS_OF_FEW = 5_000


class SearchQuery(Query):
    query: Annotated[str, Field(max_length=200)]


class FoundConversation(WireModel):
    item: WorkItem
    #: the newest words that match, cut around them; empty when it was found by its person's name
    excerpt: list[Piece]


class Found(WireModel):
    contacts: list[ContactRow]
    conversations: list[FoundConversation]


@routes.get("/api/v1/agent/search", may=an_agent)
async def search(call: Call[CallingAgent], query: SearchQuery) -> Found:
    """People by name, address and number; conversations by what was said, the newest first."""
    words = texts.words_of(query.query)
    if not query.query.strip():
        return Found(contacts=[], conversations=[])
    people_found = select(Contact).where(people.contacts_of(call.who), people.mentions(query.query))
    contacts = (await call.work.db.scalars(people_found.order_by(Contact.id.desc()).limit(CONTACTS_SHOWN))).all()
    by_name = await _by_name(call.work, call.who, query.query)
    said = await _said(call.work, call.who, words) if words else {}
    return Found(
        contacts=await people_cards.rows_of(call.work, contacts),
        conversations=await _conversations(call.work, call.who, by_name, said, words),
    )


async def _by_name(work: UnitOfWork, who: CallingAgent, words: str) -> list[UUID]:
    called = (
        or_(Visitor.name.icontains(word, autoescape=True), Visitor.email.icontains(word, autoescape=True))
        for word in words.split()[: texts.MOST_WORDS]
    )
    rows = (
        select(Conversation.id)
        .join(Visitor, Visitor.id == Conversation.visitor_id)
        .where(and_(*called), visibility.conversations_of(who))
        .order_by(Conversation.last_at.desc())
        .limit(CONVERSATIONS_SHOWN // 2)
    )
    return list(await work.db.scalars(rows))


async def _said(work: UnitOfWork, who: CallingAgent, words: list[str]) -> dict[UUID, str]:
    """Conversations by their newest entry that matches."""
    if not (here := who.sites_where("answer")):
        return {}
    most = HITS if here == visibility.whole_sites(who) else HITS_OF_FEW
    hits = texts.entries(work, words, here, most).subquery()
    rows = (
        select(TimelineRow.conversation_id, TimelineRow.text)
        .join(hits, hits.c[0] == TimelineRow.id)
        .join(Conversation, Conversation.id == TimelineRow.conversation_id)
        .where(visibility.conversations_of(who))
        .order_by(TimelineRow.id.desc())
    )
    found: dict[UUID, str] = {}
    for conversation_id, text in await work.db.execute(rows):
        found.setdefault(conversation_id, text)
    return found


async def _conversations(
    work: UnitOfWork, who: CallingAgent, by_name: list[UUID], said: dict[UUID, str], words: list[str]
) -> list[FoundConversation]:
    """Each with its last work: first those whose words match, in the order of time."""
    wanted = list(dict.fromkeys([*list(said)[:CONVERSATIONS_SHOWN], *by_name]))[:CONVERSATIONS_SHOWN]
    newer = aliased(Engagement)
    has_newer = exists().where(newer.conversation_id == Engagement.conversation_id, newer.id > Engagement.id)
    rows = work_items.selected(Engagement.conversation_id.in_(wanted), ~has_newer)
    items = {item.conversation_id: item for item in await work_items.read(work, rows)}
    return [
        FoundConversation(item=items[each], excerpt=excerpt(said.get(each, ""), words))
        for each in wanted
        if each in items
    ]
