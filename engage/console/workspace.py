"""The agent's snapshot: everything his screen needs at connect, by a fixed number of queries."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from engage.access.principals import CallingAgent
from engage.agents import presence_reasons
from engage.agents import service as agents
from engage.agents.models import Agent
from engage.console import filters, work_rows
from engage.console.schemas import ChannelView, QueueView, WorkQuery, Workspace
from engage.contacts.models import Visitor
from engage.conversations import drafts, labels
from engage.conversations.models import Conversation, Mention
from engage.engagements import dispositions, work_items
from engage.engagements.declared import Declared
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.engagements.schemas import WaitPlace, WorkItem
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import declining, places, serving, visibility, waits
from engage.routing.models import Offer
from engage.routing.places import Placed
from engage.routing.schemas import OfferReason, OfferView, RoutingMode
from engage.sites.models import Queue

WAITING_SHOWN = 50
PAGE = 50


async def read(work: UnitOfWork, who: CallingAgent, *, routing: RoutingMode, channels: Sequence[Declared]) -> Workspace:
    agent = await work.db.get_one(Agent, who.agent_id)
    return Workspace(
        work_seq=agent.work_seq,
        me=await agents.me(work, who),
        presence=agents.presence_of(agent),
        capacity=agent.capacity,
        offers=await pending_offers(work, who.agent_id),
        mine=await _mine(work, who.agent_id),
        queues=await queues(work, await queues_of(work, who)),
        colleagues=await agents.colleagues(work, who.sites_where("answer")),
        dispositions=await dispositions.usable_at(work, who.sites_where("answer")),
        decline_reasons=await declining.of_sites(work, who.sites_where("answer")),
        presence_reasons=await presence_reasons.of_sites(work, who.sites_where("answer")),
        labels=await labels.of_sites(work, who.sites_where("answer")),
        drafts=await drafts.of_agent(work, who.agent_id),
        unread_mentions=await unread_mentions(work, who.agent_id),
        channels=[await _channel(work, who, each) for each in channels],
        routing=routing,
        server_time=work.now,
    )


async def _channel(work: UnitOfWork, who: CallingAgent, channel: Declared) -> ChannelView:
    is_on = channel.on_at is None or bool(await channel.on_at(work, who.site_ids))
    return ChannelView(
        name=channel.name,
        label=channel.label,
        composer=channel.composer,
        patience_seconds=channel.patience_seconds,
        on=is_on,
    )


async def _mine(work: UnitOfWork, agent_id: UUID) -> list[WorkItem]:
    as_party = and_(Engagement.id.in_(visibility.as_party(agent_id)), Engagement.state == "active")
    in_hand = and_(Engagement.agent_id == agent_id, Engagement.state.in_(filters.IN_HAND))
    mine = work_items.selected(or_(in_hand, as_party))
    return await work_rows.read(work, mine.order_by(Engagement.state_since, Engagement.id))


async def queues_of(work: UnitOfWork, who: CallingAgent) -> list[UUID]:
    """The queues he serves, of the sites he works for; supervisors and admins see all of their sites."""
    all_of = who.sites_where("supervise") & visibility.whole_sites(who)
    his = and_(Queue.site_id.in_(who.sites_where("answer")), Queue.id.in_(serving.queues_of(who.agent_id)))
    visible = select(Queue.id).where(~Queue.retired, or_(Queue.site_id.in_(all_of), his))
    return list(await work.db.scalars(visible.order_by(Queue.position, Queue.id)))


async def queues(work: UnitOfWork, queue_ids: Sequence[UUID]) -> list[QueueView]:
    """Each queue with who waits in it: three queries for all of them and one a row's extras."""
    found = (
        await work.db.scalars(select(Queue).where(Queue.id.in_(queue_ids)).order_by(Queue.position, Queue.id))
    ).all()
    counted = select(Engagement.queue_id, func.count()).where(
        Engagement.queue_id.in_(queue_ids), Engagement.state.in_(WAITING)
    )
    counts = dict((await work.db.execute(counted.group_by(Engagement.queue_id))).all())
    items = await _waiting(work, queue_ids)
    return [_queue(queue, counts.get(queue.id, 0), [i for i in items if i.queue.id == queue.id]) for queue in found]


async def _waiting(work: UnitOfWork, queue_ids: Sequence[UUID]) -> list[WorkItem]:
    """In the order in which they are served, each with its place and what its customer was told."""
    placed = await places.in_order(work, queue_ids, limit=WAITING_SHOWN)
    rows = work_items.selected(Engagement.id.in_([each.engagement_id for each in placed]))
    items = {item.engagement_id: item for item in await work_items.read(work, rows)}
    return [_placed(items[each.engagement_id], each) for each in placed if each.engagement_id in items]


def _placed(item: WorkItem, place: Placed) -> WorkItem:
    told = waits.range_of(place.told_step)
    begin, end = (told.from_seconds, told.to_seconds) if told else (None, None)
    return item.model_copy(update={"place": WaitPlace(position=place.position, from_seconds=begin, to_seconds=end)})


def _queue(queue: Queue, waiting: int, items: list[WorkItem]) -> QueueView:
    longest = min((item.waiting_since for item in items if item.waiting_since), default=None)
    return QueueView(
        id=queue.id,
        site_id=queue.site_id,
        name=queue.name,
        waiting=waiting,
        longest_waiting_since=longest,
        items=items,
    )


async def pending_offers(work: UnitOfWork, agent_id: UUID) -> list[OfferView]:
    pending = select(Offer).where(Offer.agent_id == agent_id, Offer.state == "pending").order_by(Offer.id)
    found = (await work.db.scalars(pending)).all()
    rows = work_items.selected(Engagement.id.in_([offer.engagement_id for offer in found]))
    items = {item.engagement_id: item for item in await work_items.read(work, rows)}
    names = await askers(work, found)
    return [
        offer_view(offer, items[offer.engagement_id], names.get(offer.asked_by_id))
        for offer in found
        if offer.engagement_id in items
    ]


async def askers(work: UnitOfWork, offers: Sequence[Offer]) -> dict[UUID | None, str]:
    """The names of those who ask for somebody, by their ids."""
    ids = {offer.asked_by_id for offer in offers if offer.asked_by_id}
    return dict((await work.db.execute(select(Agent.id, Agent.name).where(Agent.id.in_(ids)))).all()) if ids else {}


def offer_view(offer: Offer, item: WorkItem, asked_by: str | None) -> OfferView:
    return OfferView(
        id=offer.id,
        role=offer.role,
        asked_by=asked_by,
        note=offer.note,
        engagement=item,
        offered_at=offer.offered_at,
        expires_at=offer.expires_at,
        accepts_at=offer.accepts_at,
        reason=OfferReason(queue_name=item.queue.name, waited_seconds=offer.waited_seconds),
    )


async def work_list(work: UnitOfWork, who: CallingAgent, query: WorkQuery) -> Page[WorkItem]:
    """A view over the engagements that he may see, page by page."""
    queue_ids = await queues_of(work, who) if query.view == "queue" else []
    rows = work_items.selected(visibility.engagements_of(who), *filters.conditions(query, who, queue_ids, work.now))
    if query.search.strip():
        rows = rows.where(_mentions(query.search.strip()))
    if query.sort == "newest":
        if (before := decode_cursor(query.cursor)) is not None:
            rows = rows.where(Engagement.id < before)
        found = await work_rows.read(work, rows.order_by(Engagement.id.desc()).limit(PAGE + 1))
        return _page(found, lambda last: encode_cursor(last.engagement_id))
    sort = query.sort
    if query.cursor:
        rows = rows.where(filters.behind(sort, *filters.decode_place(query.cursor)))
    found = await work_rows.read(work, rows.order_by(filters.order_key(sort), Engagement.id).limit(PAGE + 1))
    return _page(found, lambda last: filters.encode_place(filters.order_key_of(last, sort), last.engagement_id))


def _page(found: list[WorkItem], cursor_of: Callable[[WorkItem], str]) -> Page[WorkItem]:
    return Page(items=found[:PAGE], next_cursor=cursor_of(found[PAGE - 1]) if len(found) > PAGE else None)


async def unread_mentions(work: UnitOfWork, agent_id: UUID) -> int:
    unread = select(func.count()).where(Mention.agent_id == agent_id, Mention.read_at.is_(None))
    return await work.db.scalar(unread) or 0


def _mentions(words: str):  # type: ignore[no-untyped-def]  # a condition over three columns
    return or_(
        Visitor.name.icontains(words, autoescape=True),
        Visitor.email.icontains(words, autoescape=True),
        Conversation.last_text.icontains(words, autoescape=True),
    )
