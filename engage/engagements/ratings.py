"""What a customer thinks of how he was answered."""

from engage.conversations import service as conversations
from engage.conversations.models import Conversation
from engage.engagements import service
from engage.engagements.errors import NothingToRate
from engage.engagements.models import Rating
from engage.kit.unit_of_work import UnitOfWork


async def rate(work: UnitOfWork, conversation: Conversation, *, score: int, comment: str | None) -> None:
    """Keeps the rating of the conversation's last answer; rating again replaces it. Raises NothingToRate."""
    engagement = await service.latest_of(work, conversation.id)
    if engagement is None or engagement.accepted_at is None:
        raise NothingToRate
    await work.db.merge(
        Rating(engagement_id=engagement.id, conversation_id=conversation.id, score=score, comment=comment, at=work.now)
    )
    await conversations.note_state(work, conversation, "rated", score=score, comment=comment)
