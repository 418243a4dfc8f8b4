"""What happens to the conversations of a visitor who turns out to be somebody else."""

from functools import partial
from uuid import UUID

from sqlalchemy import select, update

from engage.contacts.events import VisitorMerged
from engage.conversations.models import Attachment, Conversation
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork

reactions = Reactions()


@reactions.on(VisitorMerged)
async def move_conversations(work: UnitOfWork, event: VisitorMerged) -> None:
    # engagements are locked before conversations, so these come last
    move = partial(_move, work, event.visitor_id, event.into_id)
    work.before_commit(f"a conversation moves:{event.visitor_id}", move)


async def _move(work: UnitOfWork, visitor_id: UUID, into_id: UUID) -> None:
    """In the order of ids, as two that merge at once would lock them."""
    await work.db.execute(
        select(Conversation.id).where(Conversation.visitor_id == visitor_id).order_by(Conversation.id).with_for_update()
    )
    for conversation in await work.db.scalars(select(Conversation).where(Conversation.visitor_id == visitor_id)):
        if await _is_taken(work, into_id, conversation.client_id):
            conversation.client_id = conversation.id.hex
        conversation.visitor_id = into_id
        await work.db.flush()
    await work.db.execute(
        update(Attachment)
        .where(Attachment.uploader == f"visitor:{visitor_id}", Attachment.conversation_id.is_(None))
        .values(uploader=f"visitor:{into_id}")
    )


async def _is_taken(work: UnitOfWork, visitor_id: UUID, client_id: str) -> bool:
    same = select(Conversation.id).where(Conversation.visitor_id == visitor_id, Conversation.client_id == client_id)
    return await work.db.scalar(same) is not None
