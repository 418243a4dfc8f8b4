"""Drafts at the agent's desk: kept for his next screen."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.console import service
from engage.conversations import drafts
from engage.conversations.schemas import DraftView, KeepDraft
from engage.kit.routes import Call, Routes

routes = Routes()


@routes.put("/api/v1/agent/conversations/{conversation_id}/draft", may=an_agent)
async def keep_draft(call: Call[CallingAgent], conversation_id: UUID, body: KeepDraft) -> DraftView:
    """Keep what I have typed; an empty draft is removed. The last write wins."""
    # under the conversation's lock, so that two screens do not both make the row
    conversation = await service.visible(call.work, call.who, conversation_id, lock=True)
    return await drafts.keep(call.work, call.who.agent_id, conversation.id, body)
