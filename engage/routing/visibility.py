"""Whose work an agent may see: all of a site's, or what waits in the queues he serves, what is in his hands, and what
he is a party to for as long as he is one.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from engage.access.principals import RIGHTS, CallingAgent
from engage.agents.models import Agent, AgentSite
from engage.conversations.errors import NoSuchConversation
from engage.conversations.models import Conversation
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import parties, serving
from engage.routing.models import Offer
from engage.routing.serving import SERVING


def whole_sites(who: CallingAgent) -> frozenset[UUID]:
    """The sites at which he sees the work of all queues."""
    return frozenset(site for site in who.sites_where("answer") if who.memberships[site].all_queues)


def engagements_of(who: CallingAgent) -> ColumnElement[bool]:
    """The condition for engagements that he may see."""
    whole = whole_sites(who)
    narrow = who.sites_where("answer") - whole
    his = or_(
        Engagement.queue_id.in_(serving.queues_of(who.agent_id)),
        Engagement.agent_id == who.agent_id,
        Engagement.id.in_(as_party(who.agent_id)),
    )
    return or_(Engagement.site_id.in_(whole), and_(Engagement.site_id.in_(narrow), his))


def as_party(agent_id: UUID) -> Select[UUID]:
    """The ids of engagements that he is in on at this moment."""
    in_it = select(Offer.engagement_id).where(Offer.agent_id == agent_id, *parties.OPEN)
    return in_it.where(Offer.state == "accepted")


def conversations_of(who: CallingAgent) -> ColumnElement[bool]:
    """The condition for conversations that he may see: one with work of his queues is his to see whole."""
    his = select(Engagement.conversation_id).where(engagements_of(who))
    return or_(Conversation.site_id.in_(whole_sites(who)), Conversation.id.in_(his))


async def must_see(work: UnitOfWork, who: CallingAgent, conversation: Conversation) -> None:
    """Raises NotYours, NotAllowed, NoSuchConversation."""
    who.must("answer", conversation.site_id)
    if conversation.site_id in whole_sites(who):
        return
    his = select(Engagement.id).where(Engagement.conversation_id == conversation.id, engagements_of(who))
    if await work.db.scalar(his.limit(1)) is None:
        raise NoSuchConversation


async def who_may_see(work: UnitOfWork, conversation: Conversation) -> Sequence[Agent]:
    """Everybody at its site who may answer and sees its work, by name."""
    answering = [role for role, rights in RIGHTS.items() if "answer" in rights]
    of_it = Engagement.conversation_id == conversation.id
    serves = select(SERVING.agent_id).join(Engagement, Engagement.queue_id == SERVING.queue_id).where(of_it)
    held = select(Engagement.agent_id).where(of_it, Engagement.agent_id.is_not(None))
    beside = select(Offer.agent_id).join(Engagement, Engagement.id == Offer.engagement_id).where(of_it, *parties.OPEN)
    sees = or_(
        AgentSite.all_queues,
        Agent.id.in_(serves),
        Agent.id.in_(held),
        Agent.id.in_(beside.where(Offer.state == "accepted")),
    )
    found = (
        select(Agent)
        .join(AgentSite, AgentSite.agent_id == Agent.id)
        .where(AgentSite.site_id == conversation.site_id, AgentSite.suspended_at.is_(None))
        .where(AgentSite.role.in_(answering), sees)
        .order_by(Agent.name, Agent.id)
    )
    return (await work.db.scalars(found)).all()


async def sees(work: UnitOfWork, agent_id: UUID, conversation: Conversation) -> bool:
    """Whether he may see it now, whoever asks."""
    return any(agent.id == agent_id for agent in await who_may_see(work, conversation))
