"""The acts of whoever brings colleagues into his work: consult, conference, and who goes when."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.console import service, work_rows
from engage.engagements.schemas import WorkItem
from engage.kit.routes import Call, Routes
from engage.routing import parties, targets
from engage.routing import service as routing
from engage.routing.schemas import AskIn, Targets

routes = Routes()
AgentCall = Call[CallingAgent]


@routes.get("/api/v1/agent/engagements/{engagement_id}/targets", may=an_agent)
async def read_targets(call: AgentCall, engagement_id: UUID) -> Targets:
    """Where this work can go, and who could take it at this moment."""
    return await targets.of(call.work, await service.seen_engagement(call.work, call.who, engagement_id))


@routes.post("/api/v1/agent/engagements/{engagement_id}/parties", may=an_agent, status=201)
async def ask_in(call: AgentCall, engagement_id: UUID, body: AskIn) -> WorkItem:
    """Ask a colleague, a queue or a skill for advice, or into the conversation; it rings at his desk."""
    engagement = await service.visible_engagement(call.work, call.who, engagement_id)
    await parties.ask(call.work, engagement, call.who, body)
    return await work_rows.one(call.work, engagement.id)


@routes.delete("/api/v1/agent/engagements/{engagement_id}/parties/{agent_id}", may=an_agent)
async def send_away(call: AgentCall, engagement_id: UUID, agent_id: UUID) -> None:
    """A colleague's part is over: I let him go, I take back what rings at his desk, or I am the one who leaves."""
    engagement = await service.visible_engagement(call.work, call.who, engagement_id)
    await parties.send_away(call.work, engagement, call.who.agent_id, agent_id)


@routes.post("/api/v1/agent/engagements/{engagement_id}/parties/{agent_id}/complete", may=an_agent, status=204)
async def complete(call: AgentCall, engagement_id: UUID, agent_id: UUID) -> None:
    """Hand my work to a colleague who is in it already, and leave."""
    engagement = await routing.held_by(call.work, engagement_id, call.who)
    await parties.complete(call.work, engagement, call.who.agent_id, agent_id)


@routes.post("/api/v1/agent/engagements/{engagement_id}/leave", may=an_agent, status=204)
async def leave(call: AgentCall, engagement_id: UUID) -> None:
    """Leave a conference that I hold; the colleague who has been in it longest holds it from then on."""
    engagement = await routing.held_by(call.work, engagement_id, call.who)
    await parties.leave(call.work, engagement)
