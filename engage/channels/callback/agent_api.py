"""The agent's REST routes: whom to call, the call, and how it went."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.channels.callback import attempt, steps, views
from engage.channels.callback.schemas import AgentCallback, CallbackOfWork, DialView, RecordOutcome
from engage.channels.callback.trunk import TRUNK
from engage.conversations.models import Conversation
from engage.engagements.errors import NoSuchEngagement
from engage.engagements.models import Engagement
from engage.kit.routes import Call, Routes
from engage.routing import visibility

routes = Routes()
AgentCall = Call[CallingAgent]


@routes.get("/api/v1/agent/engagements/{engagement_id}/callback", may=an_agent)
async def read_callback(call: AgentCall, engagement_id: UUID) -> CallbackOfWork:
    """Whom this work is to call; null if it calls nobody."""
    engagement = await call.work.db.get(Engagement, engagement_id)
    if engagement is None:
        raise NoSuchEngagement
    conversation = await call.work.db.get_one(Conversation, engagement.conversation_id)
    await visibility.must_see(call.work, call.who, conversation)
    row = await steps.of_engagement(call.work, engagement_id)
    return CallbackOfWork(callback=await views.of_agent(call.work, row) if row else None)


@routes.post("/api/v1/agent/engagements/{engagement_id}/callback/dial", may=an_agent)
async def dial(call: AgentCall, engagement_id: UUID) -> DialView:
    """Call now; refused outside of the customer's hours and beyond the day's budget."""
    row, dialled = await attempt.dial(call.work, call.who, engagement_id, call.request.app[TRUNK])
    return DialView(link=dialled.link, callback=await views.of_agent(call.work, row))


@routes.post("/api/v1/agent/engagements/{engagement_id}/callback/outcome", may=an_agent)
async def record_outcome(call: AgentCall, engagement_id: UUID, body: RecordOutcome) -> AgentCallback:
    """How the call went: it decides whether we try again."""
    row = await attempt.record(call.work, call.who, engagement_id, body)
    return await views.of_agent(call.work, row)
