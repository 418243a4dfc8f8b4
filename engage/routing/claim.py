"""The way to an agent: turns decisions into offers, if what they were decided on still holds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from engage.agents import service as agents
from engage.agents.models import Agent
from engage.engagements import service as engagements
from engage.kit import jobs
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import snapshot
from engage.routing.capacity import Kind, fits
from engage.routing.events import OfferMade
from engage.routing.models import Offer
from engage.routing.router import Decision
from engage.sites.models import Queue


class DecidedOnThePast(Exception):
    """An agent took something or left while it was matched: all of it is rolled back, and matched anew."""


async def claim(work: UnitOfWork, decisions: Sequence[Decision]) -> int:
    """Makes the offers in one transaction; how many. Raises DecidedOnThePast."""
    in_order = sorted(decisions, key=lambda each: each.engagement_id)
    made = [decision for decision in in_order if await _offer(work, decision)]
    chosen = sorted({each.agent_id for each in made})
    # the key sorts behind the agents' own last acts
    work.before_commit("agent:~able", lambda: _still_able(work, chosen, {each.engagement_id for each in made}))
    return len(made)


async def _still_able(work: UnitOfWork, agent_ids: Sequence[UUID], given: Collection[UUID]) -> None:
    """Under the agents' locks, which whoever pulls work also takes. Raises DecidedOnThePast."""
    rows = select(Agent).where(Agent.id.in_(agent_ids)).order_by(Agent.id).with_for_update(key_share=True)
    chosen = (await work.db.scalars(rows.execution_options(populate_existing=True))).all()
    held = await snapshot.held_by(work, agent_ids)
    for agent in chosen:
        is_there = agent.presence == "available" and agents.is_online(agent, work)
        if not is_there or not _had_room(agent.capacity, held.get(agent.id, {}), given):
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
    if engagement.version != decision.version or engagement.state != "queued" or engagement.away_since is not None:
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
