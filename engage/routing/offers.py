"""Offers: accepted, declined, missed or withdrawn. The row decides, not the clock."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from engage.access.errors import NotYours
from engage.access.principals import CallingAgent
from engage.agents import service as agents
from engage.agents.models import Agent
from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.engagements import service as engagements
from engage.engagements.jobs import watch_silence
from engage.engagements.models import Engagement
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import declining, parties
from engage.routing.errors import OfferGone
from engage.routing.events import OfferEnded
from engage.routing.models import Offer
from engage.routing.schemas import DeclineOffer, OfferState

#: offers that ring out one after the other before an agent is set away
MISSES_BEFORE_AWAY = 2

jobs = JobTable()


async def accept(work: UnitOfWork, offer_id: UUID, who: CallingAgent) -> Engagement:
    """The agent takes it, if the offer still stands: an accept that commits before the expiry wins.

    Raises OfferGone with the state that won, NotYours, NotAllowed.
    """
    offer, engagement = await _pending(work, offer_id, who.agent_id)
    # it may have been on its way to him when he lost his part at this site
    who.must("answer", engagement.site_id)
    if offer.role != "holder":
        await parties.join(work, offer, engagement)
        return engagement
    await _end(work, offer, "accepted")
    await take_over(work, engagement, who.agent_id, step="accept")
    return engagement


async def take_over(
    work: UnitOfWork, engagement: Engagement, agent_id: UUID, *, step: str, cause: str | None = None
) -> None:
    """From here on it is this agent's work; the customer is told who answers him."""
    conversation = await timeline.locked(work, engagement.conversation_id)
    engagement.accepted_at = engagement.accepted_at or work.now
    engagement.away_since = engagement.due_at = engagement.return_to_id = None
    conversation.with_agent_id = agent_id
    await engagements.take(work, engagement, "pull" if step == "pull" else "accept", agent_id=agent_id, cause=cause)
    agent = await work.db.get_one(Agent, agent_id)
    await conversations.note_state(work, conversation, "joined", agent_name=agent.name)
    await watch_silence(work, engagement, work.now)
    reset = update(Agent).where(Agent.id == agent_id).values(missed_in_a_row=0, given_at=work.now)
    work.before_commit(f"agent:{agent_id}:answered", lambda: _execute(work, reset))


async def accept_at_once(work: UnitOfWork, offer_ids: Collection[UUID]) -> None:
    """What was offered in this transaction to somebody who is there: it rings nowhere. Locked as for a claim."""
    if not offer_ids:
        return
    found = await work.db.scalars(select(Offer).where(Offer.id.in_(offer_ids)))
    of_work = {offer.engagement_id: offer for offer in found}
    for engagement in await engagements.all_locked(work, of_work):
        await _accept_by_itself(work, of_work[engagement.id], engagement)


async def _accept_by_itself(work: UnitOfWork, offer: Offer, engagement: Engagement) -> None:
    await _end(work, offer, "accepted", by_itself=True)
    await take_over(work, engagement, offer.agent_id, step="accept", cause="auto_accept")


@jobs.inside("routing.accept_offer")
async def accept_by_itself(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """Nobody is asked, but only somebody who is there gets it."""
    offer = await work.db.get(Offer, UUID(payload["offer"]))
    engagement = await engagements.locked(work, offer.engagement_id) if offer else None
    if offer is None or engagement is None:
        return
    await work.db.refresh(offer)
    if offer.state != "pending":
        return
    agent = await work.db.get_one(Agent, offer.agent_id, populate_existing=True)
    if agent.presence != "available" or not agents.is_online(agent, work):
        await _put_back(work, offer, engagement, "withdrawn")
        return
    await _accept_by_itself(work, offer, engagement)


async def _execute(work: UnitOfWork, statement: Any) -> None:
    await work.db.execute(statement)


async def decline(work: UnitOfWork, offer_id: UUID, agent_id: UUID, form: DeclineOffer) -> None:
    """Back to its old place, and to somebody else. Raises OfferGone, NotYours, UnknownReason."""
    offer, engagement = await _pending(work, offer_id, agent_id)
    why = await declining.why(work, engagement.site_id, form)
    offer.reason, offer.reason_id = why.words, why.reason_id
    if offer.role != "holder":
        await parties.refuse(work, offer, engagement, "declined")
        return
    await _put_back(work, offer, engagement, "declined")


async def _pending(work: UnitOfWork, offer_id: UUID, agent_id: UUID) -> tuple[Offer, Engagement]:
    offer = await work.db.get(Offer, offer_id)
    if offer is None or offer.agent_id != agent_id:
        raise NotYours
    engagement = await engagements.locked(work, offer.engagement_id)
    await work.db.refresh(offer)
    if offer.state != "pending":
        raise OfferGone(state=offer.state)
    return offer, engagement


async def _put_back(work: UnitOfWork, offer: Offer, engagement: Engagement, state: OfferState) -> None:
    """Whoever transferred it and wants it back is asked next."""
    await _end(work, offer, state)
    back_to = engagement.return_to_id if state in ("declined", "missed") else None
    engagement.return_to_id = None if back_to else engagement.return_to_id
    await engagements.take(work, engagement, "put_back", agent_id=back_to, cause=state, reason=offer.reason)


async def _end(work: UnitOfWork, offer: Offer, state: OfferState, *, by_itself: bool = False) -> None:
    offer.state, offer.ended_at = state, work.now
    await work.publish(OfferEnded(offer.id, offer.engagement_id, offer.agent_id, state, by_itself))


async def withdraw(work: UnitOfWork, engagement: Engagement) -> None:
    """Takes back what rings at a desk; for a locked engagement in `offered`."""
    its = select(Offer).where(Offer.engagement_id == engagement.id, Offer.role == "holder", Offer.state == "pending")
    offer = await work.db.scalar(its)
    if offer is not None:
        await _put_back(work, offer, engagement, "withdrawn")


async def withdraw_all(work: UnitOfWork, ringing: Sequence[Engagement]) -> None:
    """The same for many locked engagements, by as few statements as one would take."""
    its = select(Offer).where(Offer.role == "holder", Offer.state == "pending")
    found = its.where(Offer.engagement_id.in_([each.id for each in ringing])).order_by(Offer.engagement_id)
    pending = (await work.db.scalars(found)).all()
    for offer in pending:
        offer.state, offer.ended_at = "withdrawn", work.now
    offered = {offer.engagement_id for offer in pending}
    await engagements.put_back_all(work, [each for each in ringing if each.id in offered], cause="withdrawn")
    if pending:
        await work.publish_all(
            [OfferEnded(offer.id, offer.engagement_id, offer.agent_id, "withdrawn") for offer in pending]
        )


@jobs.inside("routing.expire_offers")
async def expire(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """They rang out: missed. Who lets several ring out is away."""
    ids = [UUID(each) for each in payload["offers"]]
    found = list(await work.db.scalars(select(Offer).where(Offer.id.in_(ids), Offer.state == "pending")))
    found.sort(key=lambda offer: offer.engagement_id)
    # all of them first: agents and conversations are locked behind engagements
    locked = [await engagements.locked(work, offer.engagement_id) for offer in found]
    for offer, engagement in zip(found, locked, strict=True):
        await work.db.refresh(offer)
        if offer.state == "pending":
            await _miss(work, offer, engagement)
            work.before_commit(f"agent:{offer.agent_id}:missed:{offer.id}", partial(_count_miss, work, offer.agent_id))


@jobs.inside("routing.expire_offer")
async def expire_one(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """As it was set before several shared a timer."""
    await expire(work, {"offers": [payload["offer"]]})


async def _miss(work: UnitOfWork, offer: Offer, engagement: Engagement) -> None:
    if offer.role == "holder":
        await _put_back(work, offer, engagement, "missed")
    else:
        await parties.refuse(work, offer, engagement, "missed")


async def _count_miss(work: UnitOfWork, agent_id: UUID) -> None:
    agent = await agents.locked(work, agent_id)
    agent.missed_in_a_row += 1
    if agent.missed_in_a_row >= MISSES_BEFORE_AWAY and agent.presence == "available":
        await agents.set_presence(work, agent, "away", agents.Why("missed_offers"))
    await work.db.flush()


@jobs.inside("routing.withdraw_offers")
async def withdraw_from(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """An agent who is not available any more keeps no offers."""
    agent_id = UUID(payload["agent"])
    agent = await work.db.get_one(Agent, agent_id)
    if agent.presence == "available":
        return
    await parties.leave_all(work, agent_id, pending=True)
    for engagement_id in await _pending_with(work, agent_id):
        engagement = await engagements.locked(work, engagement_id)
        if engagement.state == "offered" and engagement.agent_id == agent_id:
            await withdraw(work, engagement)


async def _pending_with(work: UnitOfWork, agent_id: UUID) -> list[UUID]:
    pending = select(Offer.engagement_id).where(
        Offer.agent_id == agent_id, Offer.role == "holder", Offer.state == "pending"
    )
    return list(await work.db.scalars(pending.order_by(Offer.engagement_id)))
