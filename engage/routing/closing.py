"""Work that ends without an answer, wherever it stands."""

from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.engagements import service as engagements
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.engagements.schemas import CloseCause, WrapUp
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.move import leave_queue


async def close(work: UnitOfWork, engagement: Engagement, *, cause: CloseCause) -> None:
    """Ends locked work out of its queue, or out of somebody's hands. Raises WrongState for what is closed."""
    if engagement.state in WAITING:
        await leave_queue(work, engagement, cause=cause)
        conversation = await timeline.locked(work, engagement.conversation_id)
        await conversations.note_state(work, conversation, "ended")
    elif engagement.state == "wrapping_up":
        await engagements.wrap_up(work, engagement, WrapUp(), cause=cause)
    else:
        await engagements.close(work, engagement, cause=cause)
