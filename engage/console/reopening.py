"""Closed work that goes by mail is taken up again: something was forgotten, or turned out later."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.console import service, work_rows
from engage.conversations import service as conversations
from engage.engagements import lifecycle
from engage.engagements import service as engagements
from engage.engagements.errors import NotMailWork, WrongState
from engage.engagements.schemas import WorkItem
from engage.kit.routes import Call, Routes
from engage.routing import service as routing
from engage.sites import service as sites

routes = Routes()


@routes.post("/api/v1/agent/conversations/{conversation_id}/reopen", may=an_agent)
async def reopen(call: Call[CallingAgent], conversation_id: UUID) -> WorkItem:
    """Open closed work again and take it; 409 where it is open, or where people only talk while both are there."""
    work = call.work
    conversation = await service.visible(work, call.who, conversation_id, lock=True)
    call.who.must("answer", conversation.site_id)
    latest = await engagements.latest_of(work, conversation.id)
    if latest is None or latest.channel != "email":
        raise NotMailWork
    if latest.state in lifecycle.OPEN:
        raise WrongState(state=latest.state)
    queue = await sites.queue(work, latest.queue_id)
    await conversations.note_state(work, conversation, "reopened")
    traits = engagements.traits_of(latest)
    again = await engagements.open_engagement(work, conversation, traits=traits, queue=queue, prefer=call.who.agent_id)
    await routing.pull(work, again, call.who.agent_id)
    return await work_rows.one(work, again.id)
