"""One round of matching: turns the router's decisions into offers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, text

from engage.agents.models import Agent
from engage.engagements import service as engagements
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import snapshot
from engage.routing.capacity import Kind, fits
from engage.routing.estimated_wait import LOOKED_BACK_SECONDS
from engage.routing.events import OfferMade
from engage.routing.models import Offer
from engage.routing.router import Decision, Router
from engage.sites.models import Queue

#: offers made in one round; the rest is for the next
BATCH = 200
#: PostgreSQL's advisory lock that lets one process match at a time
MATCHING_LOCK = 7_305_001


class DecidedOnThePast(Exception):
    """An agent took something or left while the round was matched: it is rolled back, and matched anew."""


async def dispatch(work: UnitOfWork) -> int:
    """Offers what can be offered now; how many. Only one round runs at a time, whatever the processes."""
    if work.db.get_bind().dialect.name == "postgresql":
        await work.db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MATCHING_LOCK})
    decisions = (await _matcher(work)).decide(work.now, limit=BATCH)
    offered = 0
    for decision in sorted(decisions, key=lambda each: each.engagement_id):
        offered += await _offer(work, decision)
    chosen = sorted({each.agent_id for each in decisions})
    # the key sorts behind the agents' own last acts
    work.before_commit("agent:~able", lambda: _still_able(work, chosen, {each.engagement_id for each in decisions}))
    return offered


async def _matcher(work: UnitOfWork) -> Router:
    """Knows who is there, and what waits in their queues."""
    router = Router()
    people = await snapshot.people(work, snapshot.is_there(work.now))
    for person in people:
        router.put_agent(person.agent, person.held, work.now)
    served = {queue_id for person in people for queue_id in person.agent.serves}
    for waiting in await snapshot.waiting(work, Engagement.queue_id.in_(served)):
        router.put_waiting(waiting, work.now)
    return router


async def _still_able(work: UnitOfWork, agent_ids: Sequence[UUID], given: Collection[UUID]) -> None:
    """Under the agents' locks, which whoever pulls work also takes. Raises DecidedOnThePast."""
    rows = select(Agent).where(Agent.id.in_(agent_ids)).order_by(Agent.id).with_for_update(key_share=True)
    chosen = (await work.db.scalars(rows.execution_options(populate_existing=True))).all()
    held = await snapshot.held_by(work, agent_ids)
    for agent in chosen:
        if agent.presence != "available" or not _had_room(agent.capacity, held.get(agent.id, {}), given):
            raise DecidedOnThePast
        agent.given_at = work.now
    await work.db.flush()


def _had_room(capacity: int, held: Mapping[UUID, Kind], given: Collection[UUID]) -> bool:
    """Whether what he was just given fits beside what he had, one after the other."""
    hands = [kind for engagement_id, kind in held.items() if engagement_id not in given]
    for kind in (kind for engagement_id, kind in held.items() if engagement_id in given):
        if not fits(capacity, hands, kind):
            return False
        hands.append(kind)
    return True


async def _offer(work: UnitOfWork, decision: Decision) -> bool:
    """Makes the offer if the engagement still waits; a decision that has become old is dropped."""
    engagement = await engagements.locked(work, decision.engagement_id)
    if engagement.state != "queued" or engagement.away_since is not None:
        return False
    queue = await work.db.get_one(Queue, engagement.queue_id)
    offer = Offer(
        id=new_id(),
        engagement_id=engagement.id,
        agent_id=decision.agent_id,
        state="pending",
        offered_at=work.now,
        expires_at=work.now + timedelta(seconds=queue.offer_seconds),
        waited_seconds=max(0, int((work.now - engagement.place_since).total_seconds())),
        rule=decision.rule,
    )
    work.db.add(offer)
    await engagements.take(work, engagement, "offer", agent_id=decision.agent_id, cause=decision.rule)
    await jobs.enqueue(work, "routing.expire_offer", {"offer": str(offer.id)}, due_at=offer.expires_at)
    await work.publish(OfferMade(offer_id=offer.id, engagement_id=engagement.id, agent_id=decision.agent_id))
    return True


async def position_of(work: UnitOfWork, engagement: Engagement) -> int:
    """Its place in the queue, 1 is next; what rings at a desk still counts as before it."""
    before = select(func.count()).where(
        Engagement.queue_id == engagement.queue_id,
        Engagement.state.in_(("queued", "offered")),
        or_(
            Engagement.place_since < engagement.place_since,
            (Engagement.place_since == engagement.place_since) & (Engagement.id < engagement.id),
        ),
    )
    return 1 + (await work.db.scalar(before) or 0)


async def accepted_lately(work: UnitOfWork, queue_id: UUID) -> int:
    """How many were accepted from this queue in the time that the estimate looks back."""
    since = work.now - timedelta(seconds=LOOKED_BACK_SECONDS)
    accepted = select(func.count()).where(Engagement.queue_id == queue_id, Engagement.accepted_at > since)
    return await work.db.scalar(accepted) or 0


async def waiting_in(work: UnitOfWork, queue_id: UUID) -> int:
    waiting = select(func.count()).where(Engagement.queue_id == queue_id, Engagement.state.in_(WAITING))
    return await work.db.scalar(waiting) or 0
