"""What a supervisor does on the board. Each act runs the router's own claim and leaves its line in the audit log."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.access import audit, callers
from engage.access.audit import Subject
from engage.access.errors import NotYours
from engage.access.principals import CallingAgent
from engage.agents import service as agents
from engage.agents.models import Agent, AgentSite
from engage.agents.schemas import Presence
from engage.agents.sign_in import an_agent
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.kit.routes import Call, Routes
from engage.routing import pushing, visibility
from engage.sites.models import Queue
from engage.supervision.schemas import Boost, Move, Push, SetColleaguesPresence

routes = Routes()
AgentCall = Call[CallingAgent]
ENGAGEMENT = "/api/v1/agent/engagements/{engagement_id}"


@routes.post(f"{ENGAGEMENT}/push", may=an_agent, status=204)
async def push(call: AgentCall, engagement_id: UUID, body: Push) -> None:
    """Let it ring at a colleague's desk; with myself named it is in my hands at once."""
    engagement = await _overseen(call, engagement_id)
    await pushing.push(call.work, engagement, body.agent_id, by=call.who.agent_id, over_capacity=body.over_capacity)
    agent = await call.work.db.get_one(Agent, body.agent_id)
    await _record(call, "work.pushed", engagement, {"to": agent.name, "over_capacity": body.over_capacity})


@routes.post(f"{ENGAGEMENT}/move", may=an_agent, status=204)
async def move(call: AgentCall, engagement_id: UUID, body: Move) -> None:
    """On to another queue of the site, at its old place; also out of a colleague's hands."""
    engagement = await _overseen(call, engagement_id)
    before = await call.work.db.get_one(Queue, engagement.queue_id)
    await pushing.move(call.work, engagement, body.queue_id, by=call.who.agent_id)
    after = await call.work.db.get_one(Queue, body.queue_id)
    await _record(call, "work.moved", engagement, {"queue": [before.name, after.name]})


@routes.post(f"{ENGAGEMENT}/boost", may=an_agent, status=204)
async def boost(call: AgentCall, engagement_id: UUID, body: Boost) -> None:
    """Let it go earlier, as if it had waited so much longer."""
    engagement = await _overseen(call, engagement_id)
    before = engagement.boost
    await pushing.boost(call.work, engagement, body.minutes, by=call.who.agent_id)
    await _record(call, "work.boosted", engagement, {"minutes": [before, body.minutes]})


@routes.put("/api/v1/agent/colleagues/{agent_id}/presence", may=an_agent)
async def set_presence(call: AgentCall, agent_id: UUID, body: SetColleaguesPresence) -> Presence:
    """Say for a colleague that he is away, or available; he sees who did it."""
    site_id = await _site_in_common(call, agent_id)
    agent = await agents.locked(call.work, agent_id)
    before = agent.presence
    why = await agents.why(call.work, agent_id, body)
    presence = await agents.set_presence(call.work, agent, body.presence, why, by=call.who)
    changes = audit.differences({"presence": before}, {"presence": body.presence})
    actor = audit.agent(call.who, callers.address(call.request))
    audit.record(call.work, actor, "person.presence_set", Subject(agent.name, agent.id, site_id), changes)
    return presence


async def _overseen(call: AgentCall, engagement_id: UUID) -> Engagement:
    """A locked engagement that he oversees. Raises NoSuchEngagement, NotYours, NotAllowed."""
    engagement = await engagements.locked(call.work, engagement_id)
    conversation = await call.work.db.get_one(Conversation, engagement.conversation_id)
    await visibility.must_see(call.work, call.who, conversation)
    call.who.must("supervise", engagement.site_id)
    return engagement


async def _site_in_common(call: AgentCall, agent_id: UUID) -> UUID:
    """Where the caller supervises him. Raises NotYours, NotAllowed."""
    his = select(AgentSite.site_id).where(AgentSite.agent_id == agent_id).order_by(AgentSite.site_id)
    common = [each for each in await call.work.db.scalars(his) if each in call.who.site_ids]
    if not common:
        raise NotYours
    supervised = [each for each in common if call.who.may("supervise", each)]
    call.who.must("supervise", (supervised or common)[0])
    return supervised[0]


async def _record(call: AgentCall, act: str, engagement: Engagement, changes: dict[str, Any]) -> None:
    visitor = await call.work.db.get_one(Visitor, engagement.visitor_id)
    actor = audit.agent(call.who, callers.address(call.request))
    subject = Subject(visitor.name or "", engagement.id, engagement.site_id)
    audit.record(call.work, actor, act, subject, changes)
