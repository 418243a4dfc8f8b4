"""Labels at the agent's desk: putting them on and taking them off."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.console import service
from engage.console.events import LabelsChanged
from engage.conversations import labels
from engage.conversations.models import Conversation
from engage.engagements import service as engagements
from engage.kit.routes import Call, Routes

routes = Routes()
AgentCall = Call[CallingAgent]


@routes.put("/api/v1/agent/conversations/{conversation_id}/labels/{label_id}", may=an_agent, status=204)
async def put_label_on(call: AgentCall, conversation_id: UUID, label_id: UUID) -> None:
    """Put a label on a conversation."""
    conversation = await service.visible(call.work, call.who, conversation_id, lock=True)
    await labels.put_on(call.work, conversation, label_id, call.who.agent_id)
    await _tell(call, conversation)


@routes.delete("/api/v1/agent/conversations/{conversation_id}/labels/{label_id}", may=an_agent)
async def take_label_off(call: AgentCall, conversation_id: UUID, label_id: UUID) -> None:
    """Take a label off."""
    conversation = await service.visible(call.work, call.who, conversation_id, lock=True)
    await labels.take_off(call.work, conversation, label_id)
    await _tell(call, conversation)


async def _tell(call: AgentCall, conversation: Conversation) -> None:
    """Everybody who has it on his screen: who looks, who holds it, and who sees it waiting in its queue."""
    work = await engagements.open_of(call.work, conversation.id)
    borne = await labels.borne_by(call.work, [conversation.id])
    call.work.push(
        LabelsChanged(
            conversation_id=conversation.id,
            holder_id=work.agent_id if work else None,
            queue_id=work.queue_id if work else None,
            label_ids=borne[conversation.id],
        )
    )
