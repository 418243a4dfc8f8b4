"""Whose work an agent may see: all of a site's, or only what is in the queues he serves and in his own hands."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from engage.access.principals import CallingAgent
from engage.conversations.errors import NoSuchConversation
from engage.conversations.models import Conversation
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.models import QueueMember


def whole_sites(who: CallingAgent) -> frozenset[UUID]:
    """The sites at which he sees the work of all queues."""
    return frozenset(site for site in who.sites_where("answer") if who.memberships[site].all_queues)


def engagements_of(who: CallingAgent) -> ColumnElement[bool]:
    """The condition for engagements that he may see."""
    whole = whole_sites(who)
    narrow = who.sites_where("answer") - whole
    serves = select(QueueMember.queue_id).where(QueueMember.agent_id == who.agent_id)
    his = or_(Engagement.queue_id.in_(serves), Engagement.agent_id == who.agent_id)
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
