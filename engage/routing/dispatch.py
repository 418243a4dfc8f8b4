"""One round of matching: reads what waits and who is free, and turns the router's decisions into offers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select, text

from engage.access.principals import roles
from engage.agents.models import Agent, AgentSite
from engage.engagements import service as engagements
from engage.engagements.lifecycle import TAKING_ROOM, WAITING
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import router
from engage.routing.estimated_wait import LOOKED_BACK_SECONDS
from engage.routing.events import OfferMade
from engage.routing.models import Offer
from engage.routing.router import Decision, Free, Waiting
from engage.routing.serving import SERVING
from engage.sites.models import Queue

#: who declined or missed it is not asked again for so long
EXCLUDED_FOR = timedelta(seconds=60)
#: engagements looked at in one round; the rest wait for the next
BATCH = 200
#: PostgreSQL's advisory lock that lets one process match at a time
MATCHING_LOCK = 7_305_001


class DecidedOnThePast(Exception):
    """An agent took something or left while the round was matched: it is rolled back, and matched anew."""


async def dispatch(work: UnitOfWork) -> int:
    """Offers what can be offered now; how many. Only one round runs at a time, whatever the processes."""
    if work.db.get_bind().dialect.name == "postgresql":
        await work.db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MATCHING_LOCK})
    free = [agent for agent in await _free(work) if agent.room > 0]
    waiting = await _waiting(work, frozenset().union(*(agent.queue_ids for agent in free)))
    decisions = router.match(waiting, free, work.now)
    offered = 0
    for decision in sorted(decisions, key=lambda each: each.engagement_id):
        offered += await _offer(work, decision)
    chosen = sorted({each.agent_id for each in decisions})
    # the key sorts behind the agents' own last acts
    work.before_commit("agent:~able", lambda: _still_able(work, chosen))
    return offered


async def _still_able(work: UnitOfWork, agent_ids: Sequence[UUID]) -> None:
    """Under the agents' locks, which whoever pulls work also takes. Raises DecidedOnThePast."""
    rows = select(Agent).where(Agent.id.in_(agent_ids)).order_by(Agent.id).with_for_update(key_share=True)
    chosen = (await work.db.scalars(rows.execution_options(populate_existing=True))).all()
    loads = await loads_of(work, agent_ids)
    if any(agent.presence != "available" or loads[agent.id] > agent.capacity for agent in chosen):
        raise DecidedOnThePast


async def _waiting(work: UnitOfWork, queue_ids: Collection[UUID]) -> list[Waiting]:
    """Only what somebody could take now: a long queue without free hands must not hide the others."""
    rows = (
        await work.db.scalars(
            select(Engagement)
            .where(Engagement.state == "queued", Engagement.away_since.is_(None), Engagement.queue_id.in_(queue_ids))
            .order_by(Engagement.place_since, Engagement.id)
            .limit(BATCH)
        )
    ).all()
    excluded = await _excluded(work, [row.id for row in rows])
    return [Waiting(row.id, row.queue_id, row.place_since, row.weight, row.agent_id, excluded[row.id]) for row in rows]


async def _excluded(work: UnitOfWork, engagement_ids: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    refused = select(Offer.engagement_id, Offer.agent_id).where(
        Offer.engagement_id.in_(engagement_ids),
        Offer.state.in_(("declined", "missed")),
        Offer.ended_at > work.now - EXCLUDED_FOR,
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for engagement_id, agent_id in await work.db.execute(refused):
        found[engagement_id].add(agent_id)
    return defaultdict(frozenset, {key: frozenset(agents) for key, agents in found.items()})


async def _free(work: UnitOfWork) -> list[Free]:
    here = select(Agent).where(Agent.presence == "available", Agent.online_until > work.now)
    agents = (await work.db.scalars(here.execution_options(populate_existing=True))).all()
    ids = [agent.id for agent in agents]
    loads, queues, given = await loads_of(work, ids), await _queues_of(work, ids), await _last_given_to(work, ids)
    return [
        Free(
            agent.id,
            frozenset(queues[agent.id]),
            agent.capacity - loads[agent.id],
            max(agent.idle_since, given.get(agent.id, agent.idle_since)),
        )
        for agent in agents
    ]


async def _last_given_to(work: UnitOfWork, agent_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the last of what he holds came to him: who has just got something is not the longest idle."""
    given = (
        select(Engagement.agent_id, func.max(Engagement.state_since))
        .where(Engagement.agent_id.in_(agent_ids), Engagement.state.in_(TAKING_ROOM))
        .group_by(Engagement.agent_id)
    )
    return {agent_id: at for agent_id, at in (await work.db.execute(given)) if agent_id is not None}


async def loads_of(work: UnitOfWork, agent_ids: Sequence[UUID]) -> dict[UUID, int]:
    """What each of them holds, pending offers included: always counted, never stored."""
    taking = (
        select(Engagement.agent_id, func.sum(Engagement.weight))
        .where(Engagement.agent_id.in_(agent_ids), Engagement.state.in_(TAKING_ROOM))
        .group_by(Engagement.agent_id)
    )
    rows = await work.db.execute(taking)
    return defaultdict(int, {agent_id: load for agent_id, load in rows if agent_id is not None})


async def _queues_of(work: UnitOfWork, agent_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    queues: dict[UUID, set[UUID]] = defaultdict(set)
    works_here = and_(AgentSite.agent_id == SERVING.agent_id, AgentSite.site_id == Queue.site_id)
    members = (
        select(SERVING.agent_id, SERVING.queue_id)
        .join(Queue, Queue.id == SERVING.queue_id)
        .join(AgentSite, works_here)
        .where(SERVING.agent_id.in_(agent_ids), AgentSite.suspended_at.is_(None), AgentSite.role.in_(roles("answer")))
    )
    for agent_id, queue_id in await work.db.execute(members):
        queues[agent_id].add(queue_id)
    return queues


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
