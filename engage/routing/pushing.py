"""What a supervisor does with work: pushes it to somebody, moves it to another queue, lets it go earlier.

All of it takes the locks of the claim, in its order: the engagement, its conversation, then the agents by id, whose
rows stand for their load.
"""

from datetime import timedelta
from uuid import UUID

from engage.access.principals import roles
from engage.agents import service as agents
from engage.agents.models import Agent, AgentSite
from engage.conversations import timeline
from engage.engagements import service as engagements
from engage.engagements.errors import WrongState
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.errors import NotFound
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import auto_accept, offers, service
from engage.routing.errors import NoRoom, TargetAbsent
from engage.routing.events import OfferMade, OrderChanged
from engage.routing.models import Offer
from engage.sites.models import Queue


async def push(
    work: UnitOfWork, engagement: Engagement, agent_id: UUID, *, by: UUID, over_capacity: bool = False
) -> None:
    """It rings at his desk, before anybody else is asked; beyond his capacity only if the supervisor says so.

    Who pushes to himself has it at once. For a locked engagement. Raises WrongState, TargetAbsent, NoRoom, NotFound.
    """
    agent = await _target(work, engagement, agent_id)
    if engagement.agent_id == agent_id and engagement.state in ("offered", "active"):
        raise WrongState(state=engagement.state)
    await _free(work, engagement, by, cause="pushed")
    has_room = await service.has_room(work, agent, engagement)
    if not has_room and not over_capacity:
        raise NoRoom
    cause = "pushed" if has_room else "pushed_over_capacity"
    if agent_id == by:
        await offers.take_over(work, engagement, agent_id, step="pull")
    else:
        await _ring(work, engagement, agent, by, cause)


async def _target(work: UnitOfWork, engagement: Engagement, agent_id: UUID) -> Agent:
    membership = await work.db.get(AgentSite, (agent_id, engagement.site_id))
    if membership is None or membership.suspended_at is not None or membership.role not in roles("answer"):
        raise NotFound
    await timeline.locked(work, engagement.conversation_id)
    locked = {each: await agents.locked(work, each) for each in sorted({agent_id, engagement.agent_id or agent_id})}
    agent = locked[agent_id]
    if agent.presence != "available" or not agents.is_online(agent, work):
        raise TargetAbsent
    return agent


async def _free(work: UnitOfWork, engagement: Engagement, by: UUID, *, cause: str) -> None:
    """Back into its queue at its old place, from wherever it is. Raises WrongState."""
    if engagement.state == "offered":
        await offers.withdraw(work, engagement)
    elif engagement.state in ("active", "parked"):
        engagement.due_at = None
        await service.requeue(work, engagement, cause=cause, by=by)
    if engagement.state != "queued":
        raise WrongState(state=engagement.state)


async def _ring(work: UnitOfWork, engagement: Engagement, agent: Agent, by: UUID, cause: str) -> None:
    queue = await work.db.get_one(Queue, engagement.queue_id)
    accepts_at = auto_accept.moment(work.now, of_queue=queue.accept_after_seconds, of_agent=agent.auto_accept)
    offer = Offer(
        id=new_id(),
        engagement_id=engagement.id,
        agent_id=agent.id,
        state="pending",
        offered_at=work.now,
        expires_at=(accepts_at or work.now) + timedelta(seconds=queue.offer_seconds),
        accepts_at=accepts_at,
        waited_seconds=max(0, int((work.now - engagement.place_since).total_seconds())),
        rule=cause,
    )
    work.db.add(offer)
    agent.given_at = work.now
    await engagements.take(work, engagement, "offer", agent_id=agent.id, cause=cause, by=by)
    await jobs.enqueue(work, "routing.expire_offers", {"offers": [str(offer.id)]}, due_at=offer.expires_at)
    await work.publish(OrderChanged(engagement_id=engagement.id, agent_id=agent.id))
    if accepts_at is not None and accepts_at <= work.now:
        await offers.accept_at_once(work, [offer.id])
        return
    if accepts_at is not None:
        await jobs.enqueue(work, "routing.accept_offer", {"offer": str(offer.id)}, due_at=accepts_at)
    seq = await agents.next_work_seq(work, agent.id)
    await work.publish(OfferMade(offer_id=offer.id, engagement_id=engagement.id, agent_id=agent.id, work_seq=seq))


async def move(work: UnitOfWork, engagement: Engagement, queue_id: UUID, *, by: UUID) -> None:
    """On to another queue at its old place, also out of an agent's hands. Raises WrongState, NotFound."""
    queue = await service.target_queue(work, engagement, queue_id)
    conversation = await timeline.locked(work, engagement.conversation_id)
    if engagement.agent_id is not None:
        await agents.locked(work, engagement.agent_id)
    if queue.id == engagement.queue_id and engagement.state == "queued":
        return
    await _free(work, engagement, by, cause="moved")
    if queue.id == engagement.queue_id:
        return
    conversation.with_agent_id = None
    await engagements.take(work, engagement, "transfer", to_queue=queue.id, cause="moved", by=by)


async def boost(work: UnitOfWork, engagement: Engagement, minutes: int, *, by: UUID) -> None:
    """Its place in the order counts as if it had waited so much longer; its reported wait stays. Raises WrongState."""
    if engagement.state not in ("queued", "offered"):
        raise WrongState(state=engagement.state)
    await engagements.boost(work, engagement, minutes, by=by)
    await work.publish(OrderChanged(engagement_id=engagement.id))
