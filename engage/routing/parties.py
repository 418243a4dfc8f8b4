"""Parties: colleagues whom somebody asks into his work, to advise him unseen or to talk to the customer beside him.

Each is an offer of his own, with the countdown and the room of any other; what he may do is `engagements.parties`.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from engage.access.principals import CallingAgent
from engage.agents import service as agents
from engage.agents.models import Agent
from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.models import Conversation
from engage.conversations.schemas import PartyNews, StateDetails, TransferDetails
from engage.conversations.timeline import SYSTEM, NewEntry
from engage.engagements import service as engagements
from engage.engagements.errors import NotYourWork
from engage.engagements.models import Engagement
from engage.engagements.parties import Party, PartyRole, Round
from engage.kit import jobs
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import rulebook, snapshot, targets
from engage.routing.capacity import fits
from engage.routing.errors import AlreadyThere, HoldsAlone, NoPlaceForParty, TargetAbsent, TargetFull
from engage.routing.events import OfferEnded, OfferMade, PartyChanged
from engage.routing.models import Offer
from engage.routing.schemas import AskIn, OfferState
from engage.sites.models import Queue

#: a part that is not over: it rings, or he is in
OPEN: tuple[ColumnElement[bool], ...] = (Offer.role != "holder", Offer.left_at.is_(None))


async def offers_of(work: UnitOfWork, engagement_ids: Sequence[UUID]) -> Sequence[Offer]:
    """The open parts of all parties to this work, in the order in which they were asked."""
    rows = select(Offer).where(Offer.engagement_id.in_(engagement_ids), *OPEN).order_by(Offer.offered_at, Offer.id)
    return (await work.db.scalars(rows)).all()


async def round_of(work: UnitOfWork, engagement: Engagement) -> Round:
    parties = [_party(offer) for offer in await offers_of(work, [engagement.id])]
    return Round(engagement.agent_id, engagement.state, tuple(parties))


def _party(offer: Offer) -> Party:
    assert offer.role != "holder"
    return Party(offer.agent_id, offer.role, offer.ended_at if offer.state == "accepted" else None)


async def ask(work: UnitOfWork, engagement: Engagement, who: CallingAgent, form: AskIn) -> None:
    """Rings at a colleague's desk, for a locked engagement.

    Raises NotYourWork, NoPlaceForParty, AlreadyThere, TargetAbsent, TargetFull, NotFound.
    """
    there = await round_of(work, engagement)
    if not there.may_ask_in(who.agent_id, form.role):
        raise NotYourWork
    if not there.has_place(form.role):
        raise NoPlaceForParty
    target_id = form.agent_id or await targets.best_of(
        work, engagement, queue_id=form.queue_id, skill_id=form.skill_id, without=_all_of(there)
    )
    if target_id in _all_of(there):
        raise AlreadyThere
    conversation = await timeline.locked(work, engagement.conversation_id)
    target = await _with_room(work, engagement, target_id)
    await _ring(work, engagement, target, who.agent_id, form)
    await _note(work, conversation, form.role, "asked", target, by=who.name, text=form.note or "")


def _all_of(there: Round) -> set[UUID]:
    holder = {there.holder_id} if there.holder_id else set()
    return holder | {each.agent_id for each in there.parties}


async def _with_room(work: UnitOfWork, engagement: Engagement, agent_id: UUID) -> Agent:
    """The colleague, locked, if he could take it now. Raises TargetAbsent, TargetFull, NotFound."""
    await targets.colleague(work, engagement.site_id, agent_id)
    agent = await agents.locked(work, agent_id)
    if agent.presence != "available" or not agents.is_online(agent, work):
        raise TargetAbsent
    held = (await snapshot.held_by(work, [agent.id])).get(agent.id, {})
    if not fits(agent.capacity, held.values(), await rulebook.kind_of(work, engagement)):
        raise TargetFull
    agent.given_at = work.now
    return agent


async def _ring(work: UnitOfWork, engagement: Engagement, target: Agent, asker_id: UUID, form: AskIn) -> None:
    queue = await work.db.get_one(Queue, engagement.queue_id)
    offer = Offer(
        id=new_id(),
        engagement_id=engagement.id,
        agent_id=target.id,
        role=form.role,
        state="pending",
        asked_by_id=asker_id,
        note=form.note,
        offered_at=work.now,
        expires_at=work.now + timedelta(seconds=queue.offer_seconds),
        waited_seconds=0,
        rule="asked",
    )
    work.db.add(offer)
    await work.db.flush()
    await jobs.enqueue(work, "routing.expire_offers", {"offers": [str(offer.id)]}, due_at=offer.expires_at)
    seq = await agents.next_work_seq(work, target.id)
    await work.publish(OfferMade(offer.id, engagement.id, target.id, seq))
    await _changed(work, engagement, target.id, is_in=False)


async def join(work: UnitOfWork, offer: Offer, engagement: Engagement) -> None:
    """He comes in, for a locked engagement and an offer that rings."""
    conversation = await timeline.locked(work, engagement.conversation_id)
    offer.state, offer.ended_at = "accepted", work.now
    agent = await work.db.get_one(Agent, offer.agent_id)
    if offer.role == "conference":
        await conversations.note_state(work, conversation, "joined", agent_name=agent.name)
    else:
        await _note(work, conversation, _role(offer), "joined", agent, by=await _name(work, offer.asked_by_id))
    await work.publish(OfferEnded(offer.id, offer.engagement_id, offer.agent_id, "accepted"))
    await _changed(work, engagement, agent.id, is_in=True)


async def refuse(work: UnitOfWork, offer: Offer, engagement: Engagement, state: OfferState) -> None:
    """Declined, missed or withdrawn: whoever asked him is told at once."""
    conversation = await timeline.locked(work, engagement.conversation_id)
    offer.state, offer.ended_at, offer.left_at = state, work.now, work.now
    agent = await work.db.get_one(Agent, offer.agent_id)
    what = state if state in ("declined", "missed") else "withdrawn"
    await _note(work, conversation, _role(offer), what, agent, text=offer.reason or "")
    await work.publish(OfferEnded(offer.id, offer.engagement_id, offer.agent_id, state))
    await _changed(work, engagement, agent.id, is_in=False)


async def send_away(work: UnitOfWork, engagement: Engagement, by: UUID, agent_id: UUID) -> None:
    """A party's part is over: he leaves, or the holder lets him go. Raises NotYourWork."""
    there = await round_of(work, engagement)
    if not there.may_send_away(by, agent_id):
        raise NotYourWork
    await end_part(work, engagement, agent_id)


async def end_part(work: UnitOfWork, engagement: Engagement, agent_id: UUID) -> None:
    for offer in await offers_of(work, [engagement.id]):
        if offer.agent_id == agent_id:
            await _end(work, engagement, offer)


async def end_all(work: UnitOfWork, engagement: Engagement) -> None:
    """The work is in nobody's hands any more, or nobody talks: no part goes on."""
    for offer in await offers_of(work, [engagement.id]):
        await _end(work, engagement, offer)


async def _end(work: UnitOfWork, engagement: Engagement, offer: Offer) -> None:
    if offer.state == "pending":
        await refuse(work, offer, engagement, "withdrawn")
        return
    conversation = await timeline.locked(work, engagement.conversation_id)
    offer.left_at = work.now
    agent = await work.db.get_one(Agent, offer.agent_id)
    if offer.role == "conference" and engagement.state == "active":
        await conversations.note_state(work, conversation, "left", agent_name=agent.name)
    else:
        await _note(work, conversation, _role(offer), "left", agent)
    await _changed(work, engagement, agent.id, is_in=False)


async def complete(work: UnitOfWork, engagement: Engagement, by: UUID, agent_id: UUID) -> None:
    """The holder goes, and the party holds it from now on. Raises NotYourWork."""
    there = await round_of(work, engagement)
    if not there.may_complete(by, agent_id):
        raise NotYourWork
    await hand_over(work, engagement, agent_id, cause="completed")


async def leave(work: UnitOfWork, engagement: Engagement) -> None:
    """The holder leaves a conference to the one who has been in it longest. Raises HoldsAlone."""
    heir = (await round_of(work, engagement)).heir()
    if heir is None:
        raise HoldsAlone
    await hand_over(work, engagement, heir, cause="left")


async def hand_over(work: UnitOfWork, engagement: Engagement, agent_id: UUID, *, cause: str) -> None:
    """A party becomes the holder of a locked, active engagement; nothing waits in between."""
    before = await work.db.get_one(Agent, engagement.agent_id)
    agent = await work.db.get_one(Agent, agent_id)
    offer = next(each for each in await offers_of(work, [engagement.id]) if each.agent_id == agent_id)
    conversation = await timeline.locked(work, engagement.conversation_id)
    offer.left_at, conversation.with_agent_id = work.now, agent_id
    await engagements.take(work, engagement, "hand_over", agent_id=agent_id, cause=cause)
    if offer.role == "conference":
        await conversations.note_state(work, conversation, "left", agent_name=before.name)
    else:
        details = TransferDetails(from_agent=before.name, to_agent=agent.name, to_queue=None)
        await timeline.append(work, conversation, NewEntry("transfer", SYSTEM, details=details))
    await _changed(work, engagement, agent_id, is_in=False)


async def heir_of(work: UnitOfWork, engagement: Engagement, *, without: Collection[UUID] = ()) -> UUID | None:
    """Who of the conference could go on, as the holder is lost, and these with him."""
    there = await round_of(work, engagement)
    ids = [each.agent_id for each in there.parties]
    found = await work.db.scalars(select(Agent).where(Agent.id.in_(ids)))
    return there.heir(of_those={agent.id for agent in found if agents.is_online(agent, work)} - set(without))


async def adviser_of(work: UnitOfWork, engagement: Engagement) -> UUID | None:
    """Whom its holder consults: if the holder is lost, he knows most of it."""
    parties = (await round_of(work, engagement)).parties
    return next((each.agent_id for each in parties if each.role == "consult" and each.joined_at), None)


async def of_agent(work: UnitOfWork, agent_id: UUID, *conditions: ColumnElement[bool]) -> Sequence[Offer]:
    """His open parts, in the order in which their work is locked."""
    his = select(Offer).where(Offer.agent_id == agent_id, *OPEN, *conditions)
    return (await work.db.scalars(his.order_by(Offer.engagement_id))).all()


async def leave_all(work: UnitOfWork, agent_id: UUID, *, site_id: UUID | None = None, pending: bool = False) -> None:
    """He is not there any more: he leaves whatever he is a party to, or only what rings."""
    which = [Offer.state == "pending"] if pending else []
    for offer in await of_agent(work, agent_id, *which):
        engagement = await engagements.locked(work, offer.engagement_id)
        await work.db.refresh(offer)
        if (
            offer.left_at is None
            and site_id in (None, engagement.site_id)
            and (not pending or offer.state == "pending")
        ):
            await _end(work, engagement, offer)


async def is_heard(work: UnitOfWork, conversation: Conversation, agent_id: UUID) -> bool:
    """Whether the customer hears him: he answers, or sits in on it."""
    if conversation.with_agent_id == agent_id:
        return True
    talks = (
        select(Offer.id)
        .join(Engagement, Engagement.id == Offer.engagement_id)
        .where(Engagement.conversation_id == conversation.id, Offer.agent_id == agent_id, *OPEN)
        .where(Offer.role == "conference", Offer.state == "accepted")
    )
    return await work.db.scalar(talks.limit(1)) is not None


def heads(agent_ids: Sequence[UUID]) -> Select[UUID, UUID, int]:
    """The last number of each conversation that they are in on, by agent."""
    found = select(Offer.agent_id, Conversation.id, Conversation.last_seq)
    joined = found.join(Engagement, Engagement.id == Offer.engagement_id)
    all_of = joined.join(Conversation, Conversation.id == Engagement.conversation_id)
    return all_of.where(Offer.agent_id.in_(agent_ids), Offer.state == "accepted", *OPEN)


async def _changed(work: UnitOfWork, engagement: Engagement, agent_id: UUID, *, is_in: bool) -> None:
    await work.db.flush()
    await work.publish(PartyChanged(engagement.id, engagement.conversation_id, agent_id, is_in))


async def _note(
    work: UnitOfWork, conversation: Conversation, role: PartyRole, what: str, agent: Agent,
    *, by: str | None = None, text: str = "",
) -> None:  # fmt: skip
    """A line that only agents see."""
    news = PartyNews.model_validate({"what": what, "role": role, "by_name": by})
    details = StateDetails(state="party", agent_name=agent.name, party=news)
    await timeline.append(work, conversation, NewEntry("state", SYSTEM, text=text, audience="agents", details=details))


def _role(offer: Offer) -> PartyRole:
    assert offer.role != "holder"
    return offer.role


async def _name(work: UnitOfWork, agent_id: UUID | None) -> str | None:
    agent = await work.db.get(Agent, agent_id) if agent_id else None
    return agent.name if agent else None
