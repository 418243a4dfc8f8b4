"""Whose work an agent may see: all of a site's, or only what is in the queues he serves and in his own hands."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from engage.access.principals import RIGHTS, CallingAgent
from engage.agents.models import Agent, AgentSite
from engage.conversations.errors import NoSuchConversation
from engage.conversations.models import Conversation
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import serving
from engage.routing.serving import SERVING


def whole_sites(who: CallingAgent) -> frozenset[UUID]:
    """The sites at which he sees the work of all queues."""
    return frozenset(site for site in who.sites_where("answer") if who.memberships[site].all_queues)


def engagements_of(who: CallingAgent) -> ColumnElement[bool]:
    """The condition for engagements that he may see."""
    whole = whole_sites(who)
    narrow = who.sites_where("answer") - whole
    his = or_(Engagement.queue_id.in_(serving.queues_of(who.agent_id)), Engagement.agent_id == who.agent_id)
    return or_(Engagement.site_id.in_(whole), and_(Engagement.site_id.in_(narrow), his))


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
    sees = or_(AgentSite.all_queues, Agent.id.in_(serves), Agent.id.in_(held))
    found = (
        select(Agent)
        .join(AgentSite, AgentSite.agent_id == Agent.id)
        .where(AgentSite.site_id == conversation.site_id, AgentSite.suspended_at.is_(None))
        .where(AgentSite.role.in_(answering), sees)
        .order_by(Agent.name, Agent.id)
    )
    return (await work.db.scalars(found)).all()
