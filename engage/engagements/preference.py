"""Who is asked first when a customer brings new work, whatever channel it comes by."""

from uuid import UUID

from engage.agents import service as agents
from engage.agents.models import Agent
from engage.contacts import service as contacts
from engage.conversations.models import Conversation
from engage.kit.unit_of_work import UnitOfWork


async def first_asked(work: UnitOfWork, conversation: Conversation, last: UUID | None) -> UUID | None:
    """The contact's preferred agent before the last one, who stands in for him while he is not there."""
    named = await preferred_agent(work, conversation.visitor_id, conversation.site_id)
    if named is None or (last is not None and not _is_there(work, named)):
        return last
    return named.id


async def preferred_agent(work: UnitOfWork, visitor_id: UUID, site_id: UUID) -> Agent | None:
    """Who was named for this customer, as long as he answers at the site."""
    agent_id = await contacts.preferred_agent_of(work, visitor_id)
    if agent_id is None:
        return None
    return await work.db.scalar(agents.answering(site_id).where(Agent.id == agent_id))


def _is_there(work: UnitOfWork, agent: Agent) -> bool:
    return agent.presence == "available" and agents.is_online(agent, work)
