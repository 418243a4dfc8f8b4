"""What the visitor is told when his work moves, and what happens to his place when he drops out of the queue."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.channels.webchat import service
from engage.channels.webchat.events import ConversationChanged
from engage.contacts import service as contacts
from engage.contacts.events import VisitorCame, VisitorWent
from engage.contacts.models import Visitor
from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.events import ConversationMerged
from engage.engagements import service as engagements
from engage.engagements.events import EngagementMoved
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.engagements.traits import Traits
from engage.kit import jobs
from engage.kit.bus import Reactions
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import offers
from engage.routing.events import WaitTold
from engage.settings import Settings

reactions = Reactions()

#: whoever began such work was there to begin it
CHAT = "webchat"
#: waiting visitors of a queue who are told their new place when somebody before them leaves
TOLD_THEIR_PLACE = 50


@reactions.on_all(EngagementMoved)
async def tell_visitors(work: UnitOfWork, events: Sequence[EngagementMoved]) -> None:
    # by an offer nothing changes for whoever waits
    moved = [event for event in events if event.step != "offer"]
    unseen = await contacts.never_seen(work, {event.visitor_id for event in moved if event.channel != CHAT})
    for event in moved:
        if event.visitor_id not in unseen:
            work.before_commit(f"webchat:{event.conversation_id}", partial(_tell, work, event.conversation_id))
        if event.before in WAITING and event.state not in WAITING:
            work.before_commit(f"webchat:queue:{event.queue_id}", partial(_tell_those_behind, work, event.queue_id))


@reactions.on(WaitTold)
async def tell_of_wait(work: UnitOfWork, event: WaitTold) -> None:
    work.before_commit(f"webchat:{event.conversation_id}", partial(_tell, work, event.conversation_id))


@reactions.on(ConversationMerged)
async def tell_of_merge(work: UnitOfWork, event: ConversationMerged) -> None:
    work.before_commit(f"webchat:{event.into_id}", partial(_tell, work, event.into_id))


async def _tell(work: UnitOfWork, conversation_id: UUID) -> None:
    conversation = await timeline.found(work, conversation_id)
    if conversation.id != conversation_id:
        return
    place = await service.place_of(work, await engagements.open_of(work, conversation_id))
    work.push(
        ConversationChanged(
            visitor_id=conversation.visitor_id,
            conversation=await service.summary(work, conversation),
            **place.model_dump(),
        )
    )


async def _tell_those_behind(work: UnitOfWork, queue_id: UUID) -> None:
    """By a fixed number of queries, however many wait."""
    for visitor_id, conversation, place in await service.waiting_in(work, queue_id, limit=TOLD_THEIR_PLACE):
        work.push(ConversationChanged(visitor_id=visitor_id, conversation=conversation, **place.model_dump()))


@reactions.on_all(VisitorWent)
async def begin_to_miss(work: UnitOfWork, events: Sequence[VisitorWent]) -> None:
    for engagement_id in await _waiting_of(work, [event.visitor_id for event in events]):
        await _look_for(work, engagement_id, timedelta(0), step="look")


@reactions.on_all(VisitorCame)
async def welcome_back(work: UnitOfWork, events: Sequence[VisitorCame]) -> None:
    for engagement_id in await _waiting_of(work, [event.visitor_id for event in events]):
        await jobs.enqueue(work, "webchat.welcome_back", {"engagement": str(engagement_id)})


async def _waiting_of(work: UnitOfWork, visitor_ids: Sequence[UUID]) -> list[UUID]:
    """In one order for everybody, for each leaves a timer's row behind."""
    theirs = select(Engagement.id).where(
        Engagement.visitor_id.in_(visitor_ids), Engagement.state.in_(WAITING), Engagement.live
    )
    return list(await work.db.scalars(theirs.order_by(Engagement.id)))


@reactions.on(EngagementMoved)
async def watch_presence(work: UnitOfWork, event: EngagementMoved) -> None:
    """From the queue on somebody looks whether the visitor is there, also when a process dies with his socket."""
    if event.state == "queued" and event.before not in WAITING and event.channel == "webchat":
        await _look_for(work, event.engagement_id, contacts.ONLINE_FOR, step="look")


async def _look_for(work: UnitOfWork, engagement_id: UUID, after: timedelta, *, step: str) -> None:
    due = work.now + after
    payload: dict[str, Any] = {"engagement": str(engagement_id), "step": step, "due": due.isoformat()}
    await jobs.enqueue(work, "webchat.look_for_visitor", payload, due_at=due, key=f"webchat.presence:{engagement_id}")


def timers(settings: Settings, mail: Traits | None) -> JobTable:
    """The rules of absence: the offer stays for a moment, the place for some minutes, then he has left."""
    table = JobTable()
    offer_stays = timedelta(seconds=settings.visitor_offer_grace_seconds)
    place_stays = timedelta(seconds=settings.visitor_place_grace_seconds)

    @table.inside("webchat.look_for_visitor")
    async def look_for_visitor(work: UnitOfWork, payload: dict[str, Any]) -> None:
        engagement = await engagements.locked(work, UUID(payload["engagement"]))
        if engagement.state not in WAITING or not engagement.live:
            return
        visitor = await work.db.get_one(Visitor, engagement.visitor_id)
        if contacts.is_online(visitor, work.now):
            engagement.away_since = None
            await _look_for(work, engagement.id, contacts.ONLINE_FOR, step="look")
        elif payload["step"] == "look" or jobs.is_late(payload, work.now):
            await _look_for(work, engagement.id, offer_stays, step="withhold")
        elif payload["step"] == "withhold":
            await _withhold(work, engagement)
            await _look_for(work, engagement.id, place_stays, step="give_up")
        else:
            await _give_up(work, engagement, visitor, mail, settings.short_abandon_seconds)

    @table.inside("webchat.welcome_back")
    async def give_back(work: UnitOfWork, payload: dict[str, Any]) -> None:
        engagement = await engagements.locked(work, UUID(payload["engagement"]))
        if engagement.state in WAITING and engagement.away_since is not None:
            engagement.away_since = None

    return table


async def _withhold(work: UnitOfWork, engagement: Engagement) -> None:
    """Work of an absent visitor never rings as live; his place stays."""
    engagement.away_since = work.now
    await work.db.flush()
    if engagement.state == "offered":
        await offers.withdraw(work, engagement)


async def _give_up(
    work: UnitOfWork, engagement: Engagement, visitor: Visitor, mail: Traits | None, short_seconds: int
) -> None:
    """He left: with an address the answer goes there, without one the work is abandoned."""
    if engagement.state == "offered":
        await offers.withdraw(work, engagement)
    if visitor.email is None or mail is None:
        await engagements.abandon(
            work, engagement, cause="left", short_seconds=short_seconds, left_at=visitor.online_until
        )
        return
    conversation = await timeline.locked(work, engagement.conversation_id)
    engagement.channel, engagement.weight, engagement.live = mail.channel, mail.weight, mail.live
    engagement.away_since = None
    await conversations.note_state(work, conversation, "moved_to_email", email=visitor.email)
    await engagements.take(work, engagement, "transfer", cause="left")
