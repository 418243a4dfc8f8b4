"""What agents' screens are told when work, offers, presence or a visitor change."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.agents import service as agents
from engage.agents.events import PresenceChanged, ProfileChanged
from engage.agents.models import Agent, AgentSite
from engage.console import filters, work_rows, workspace
from engage.console.events import (
    ClockChanged,
    ColleagueChanged,
    OfferEndedForAgent,
    OfferMadeToAgent,
    PresenceChangedForAgent,
    QueueChanged,
    RoutingTurnedForAgents,
    VisitorChanged,
    WorkChanged,
)
from engage.contacts import service as contacts
from engage.contacts.events import ContactChanged, TrailGrew, VisitorCame, VisitorWent
from engage.contacts.models import Visitor
from engage.conversations.events import ConversationMerged, ConversationUnmerged
from engage.engagements import clocks, work_items
from engage.engagements import service as engagements
from engage.engagements.events import ClocksMoved, EngagementMoved, PriorityRaised
from engage.engagements.lifecycle import OPEN, WAITING
from engage.engagements.models import Engagement
from engage.kit.afterwards import AFTERWARDS, Afterwards
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import parties
from engage.routing.events import OfferEnded, OfferMade, PartyChanged, RoutingTurned, WaitTold
from engage.routing.models import Offer
from engage.sites.models import Site

reactions = Reactions()

#: steps of a visitor's trail that are pushed; the console merges them by their time
TRAIL_PUSHED = 10


@reactions.on_all(EngagementMoved)
async def tell_of_work(work: UnitOfWork, events: Sequence[EngagementMoved]) -> None:
    for event in events:
        _tell_holders(work, event)
    if any(_changes_queues(event) for event in _told_at_once(events)):
        work.before_commit("queue:~moved", partial(_tell_moved_queues, work))


def _changes_queues(event: EngagementMoved) -> bool:
    return event.step != "offer" and (event.before in WAITING or event.state in WAITING)


def _told_at_once(events: Sequence[EngagementMoved]) -> Sequence[EngagementMoved]:
    """Work that came by the dozen is told when there is time, once for all that came meanwhile."""
    return [event for event in events if event.step is not None] if len(events) > 1 else events


def _tell_holders(work: UnitOfWork, event: EngagementMoved) -> None:
    """Whoever holds it and whoever held it; the last state of the transaction is what they see."""
    had = event.agent_before if event.before in filters.IN_HAND else None
    has = event.agent_id if event.state in filters.IN_HAND else None
    for agent_id in {each for each in (had, has) if each is not None}:
        key = f"agent:{agent_id}:work:{event.engagement_id}"
        work.before_commit(key, partial(_tell_holder, work, event.engagement_id, agent_id))


@reactions.after_commit_of_all(EngagementMoved)
async def tell_queues(app: web.Application, moved: Sequence[EngagementMoved]) -> None:
    """What a claim took from them is told when there is time, once for all that was taken meanwhile."""
    at_once = {id(event) for event in _told_at_once(moved)}
    later = [event for event in moved if event.step == "offer" or id(event) not in at_once]
    app[AFTERWARDS].add("queues", [event.queue_id for event in later])


async def _tell_holder(work: UnitOfWork, engagement_id: UUID, agent_id: UUID) -> None:
    item = await work_rows.one(work, engagement_id)
    held = item.agent is not None and item.agent.id == agent_id and item.state in filters.IN_HAND
    held = held or work_rows.concerns(item, agent_id)
    seq = await agents.next_work_seq(work, agent_id)
    work.push(WorkChanged(agent_id=agent_id, work_seq=seq, item=item, removed=not held))


@reactions.on(PartyChanged)
async def tell_round(work: UnitOfWork, event: PartyChanged) -> None:
    """All who are at it see who came and went; whoever went loses the row."""
    engagement = await work.db.get_one(Engagement, event.engagement_id)
    there = await parties.round_of(work, engagement)
    holder = {there.holder_id} if there.holder_id and engagement.state in filters.IN_HAND else set()
    joined = {each.agent_id for each in there.parties if each.joined_at is not None}
    # at whose desk it rings has no row yet, and hears of the offer alone
    gone = {event.agent_id} if there.party(event.agent_id) is None else set()
    for agent_id in holder | joined | gone:
        key = f"agent:{agent_id}:work:{engagement.id}"
        work.before_commit(key, partial(_tell_holder, work, engagement.id, agent_id))


@reactions.on(ConversationMerged)
async def tell_of_merge(work: UnitOfWork, event: ConversationMerged) -> None:
    """The row of the open work leads to another conversation now."""
    await _tell_where(work, event.into_id)


@reactions.on(ConversationUnmerged)
async def tell_of_unmerge(work: UnitOfWork, event: ConversationUnmerged) -> None:
    for each in (event.from_id, event.restored_id):
        await _tell_where(work, each)


async def _tell_where(work: UnitOfWork, conversation_id: UUID) -> None:
    engagement = await engagements.open_of(work, conversation_id)
    if engagement is not None and engagement.agent_id is not None and engagement.state in filters.IN_HAND:
        key = f"agent:{engagement.agent_id}:work:{engagement.id}"
        work.before_commit(key, partial(_tell_holder, work, engagement.id, engagement.agent_id))
    if engagement is not None and engagement.state in WAITING:
        work.before_commit(f"queue:{engagement.queue_id}", partial(_tell_queue, work, engagement.queue_id))


async def _tell_moved_queues(work: UnitOfWork) -> None:
    """All queues that something came to or left, by the same few queries however many they are."""
    moved = [each for each in work.published if isinstance(each, EngagementMoved)]
    waited = [each for each in moved if each.before in WAITING or each.state in WAITING]
    queue_ids = {queue_id for each in waited for queue_id in (each.queue_before, each.queue_id)}
    for queue in await workspace.queues(work, sorted(queue_ids)):
        work.push(QueueChanged(queue=queue))


async def _tell_queue(work: UnitOfWork, queue_id: UUID) -> None:
    await _tell_queues(work, [queue_id])


async def _tell_queues(work: UnitOfWork, queue_ids: Sequence[UUID]) -> None:
    for queue in await workspace.queues(work, queue_ids):
        work.push(QueueChanged(queue=queue))


def tells(afterwards: Afterwards) -> None:
    """What is told when it is stored and there is time."""
    afterwards.on("offers", _ring)
    afterwards.on("queues", _tell_queues)


@reactions.on(WaitTold)
async def tell_of_wait(work: UnitOfWork, event: WaitTold) -> None:
    work.before_commit(f"queue:{event.queue_id}", partial(_tell_queue, work, event.queue_id))


@reactions.on(ClocksMoved)
async def tell_of_clocks(work: UnitOfWork, event: ClocksMoved) -> None:
    engagement = await work.db.get_one(Engagement, event.engagement_id)
    clock = (await clocks.first_of(work, [engagement.id])).get(engagement.id)
    work.push(
        ClockChanged(
            holder_id=engagement.agent_id if engagement.state in filters.IN_HAND else None,
            queue_id=engagement.queue_id if engagement.state in WAITING else None,
            engagement_id=engagement.id,
            conversation_id=engagement.conversation_id,
            clock=clock,
        )
    )


@reactions.on(PriorityRaised)
async def tell_of_new_order(work: UnitOfWork, event: PriorityRaised) -> None:
    work.before_commit(f"queue:{event.queue_id}", partial(_tell_queue, work, event.queue_id))


@reactions.on(ContactChanged)
async def tell_of_contact(work: UnitOfWork, event: ContactChanged) -> None:
    """His name stands in the rows of his open work."""
    his = select(Engagement).join(Visitor, Visitor.id == Engagement.visitor_id)
    for engagement in await work.db.scalars(
        his.where(Visitor.contact_id == event.contact_id, Engagement.state.in_(OPEN))
    ):
        if engagement.agent_id is not None and engagement.state in filters.IN_HAND:
            key = f"agent:{engagement.agent_id}:work:{engagement.id}"
            work.before_commit(key, partial(_tell_holder, work, engagement.id, engagement.agent_id))
        if engagement.state in WAITING:
            queue_id = engagement.queue_id
            work.before_commit(f"queue:{queue_id}", partial(_tell_queue, work, queue_id))


@reactions.after_commit_of_all(OfferMade)
async def ring(app: web.Application, made: Sequence[OfferMade]) -> None:
    app[AFTERWARDS].add("offers", made)


async def _ring(work: UnitOfWork, made: Sequence[OfferMade]) -> None:
    """What does not ring any more when it is told is not told."""
    ids = [event.offer_id for event in made]
    pending = await work.db.scalars(select(Offer).where(Offer.id.in_(ids), Offer.state == "pending"))
    offers = {offer.id: offer for offer in pending}
    rows = work_items.selected(Engagement.id.in_([offer.engagement_id for offer in offers.values()]))
    items = {item.engagement_id: item for item in await work_items.read(work, rows)}
    askers = await workspace.askers(work, list(offers.values()))
    for event in made:
        if event.offer_id in offers and event.engagement_id in items:
            offer = offers[event.offer_id]
            view = workspace.offer_view(offer, items[event.engagement_id], askers.get(offer.asked_by_id))
            work.push(OfferMadeToAgent(agent_id=event.agent_id, work_seq=event.work_seq, offer=view))


@reactions.on(OfferEnded)
async def stop_ringing(work: UnitOfWork, event: OfferEnded) -> None:
    work.before_commit(f"agent:{event.agent_id}:offer:{event.offer_id}:ended", partial(_stop_ringing, work, event))


async def _stop_ringing(work: UnitOfWork, event: OfferEnded) -> None:
    seq = await agents.next_work_seq(work, event.agent_id)
    work.push(
        OfferEndedForAgent(
            agent_id=event.agent_id,
            work_seq=seq,
            offer_id=event.offer_id,
            engagement_id=event.engagement_id,
            state=event.state,
            by_itself=event.by_itself,
        )
    )


@reactions.on(PresenceChanged)
async def tell_presence(work: UnitOfWork, event: PresenceChanged) -> None:
    agent = await work.db.get_one(Agent, event.agent_id)
    presence = agents.presence_of(agent)
    work.push(PresenceChangedForAgent(agent_id=agent.id, work_seq=agent.work_seq, presence=presence))
    await tell_colleagues(work, event)


@reactions.on(ProfileChanged)
async def tell_colleagues(work: UnitOfWork, event: PresenceChanged | ProfileChanged) -> None:
    agent = await work.db.get_one(Agent, event.agent_id)
    sites = frozenset(await work.db.scalars(select(AgentSite.site_id).where(AgentSite.agent_id == agent.id)))
    work.push(ColleagueChanged(site_ids=sites, colleague=agents.colleague(agent)))


@reactions.on_all(VisitorCame)
@reactions.on_all(VisitorWent)
@reactions.on_all(TrailGrew)
async def tell_of_visitors(work: UnitOfWork, events: Sequence[VisitorCame | VisitorWent | TrailGrew]) -> None:
    """Only of those whom somebody may look at: a visitor without open work concerns nobody."""
    open_work = select(Engagement.visitor_id, Engagement.conversation_id, Engagement.agent_id).where(
        Engagement.visitor_id.in_([event.visitor_id for event in events]), Engagement.state.in_(OPEN)
    )
    found: defaultdict[UUID, list[tuple[UUID, UUID | None]]] = defaultdict(list)
    for visitor_id, conversation_id, agent_id in await work.db.execute(open_work):
        found[visitor_id].append((conversation_id, agent_id))
    for event in events:
        if event.visitor_id in found:
            await _tell_of_visitor(work, event, found[event.visitor_id])


async def _tell_of_visitor(
    work: UnitOfWork, event: VisitorCame | VisitorWent | TrailGrew, found: Sequence[tuple[UUID, UUID | None]]
) -> None:
    await work.db.flush()
    visitor = await work.db.get_one(Visitor, event.visitor_id, populate_existing=True)
    trail = await contacts.trail_of(work, visitor.id) if isinstance(event, TrailGrew) else []
    work.push(
        VisitorChanged(
            conversation_ids=frozenset(conversation_id for conversation_id, _ in found),
            holder_ids=frozenset(agent_id for _, agent_id in found if agent_id),
            visitor_id=visitor.id,
            online=contacts.is_online(visitor, work.now),
            trail=trail[-TRAIL_PUSHED:],
        )
    )


@reactions.on(RoutingTurned)
async def tell_mode(work: UnitOfWork, event: RoutingTurned) -> None:
    """Everybody, for it says why work comes more slowly."""
    sites = frozenset(await work.db.scalars(select(Site.id)))
    work.push(RoutingTurnedForAgents(site_ids=sites, routing=event.mode))
