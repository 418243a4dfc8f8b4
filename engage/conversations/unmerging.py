"""A merge taken back: what came from the other conversation stands there again, what was said since stays."""

from uuid import UUID

from sqlalchemy import delete, select, update

from engage.conversations import labels, moving
from engage.conversations.errors import NoSuchConversation
from engage.conversations.events import ConversationUnmerged
from engage.conversations.models import Conversation, ConversationLabel, ConversationMerge
from engage.kit.errors import NotFound
from engage.kit.unit_of_work import UnitOfWork


async def merge_of(work: UnitOfWork, merge_id: UUID) -> ConversationMerge:
    """A merge that was not taken back. Raises NoSuchConversation."""
    found = await work.db.get(ConversationMerge, merge_id)
    if found is None or found.undone_at is not None:
        raise NoSuchConversation
    return found


async def take_apart(work: UnitOfWork, merge: ConversationMerge, source: Conversation, restored: Conversation) -> int:
    """How many entries went back. Takes two that are locked: where all of it stands now, and where it came from."""
    merge.undone_at = work.now
    restored.merged_into_id = None
    earlier = select(ConversationMerge.gone_id).where(
        ConversationMerge.into_id == restored.id, ConversationMerge.undone_at.is_(None)
    )
    its = update(Conversation).where(Conversation.merged_into_id == source.id, Conversation.id.in_(earlier))
    await work.db.execute(its.values(merged_into_id=restored.id))
    await work.db.flush()
    ids = {UUID(each) for each in merge.came.get("entries", [])}
    count = await moving.move_entries(work, source, restored, ids, is_split=False)
    await _labels_back(work, merge, source, restored)
    added = set(merge.came.get("fields", []))
    source.fields = [field for field in source.fields if field["key"] not in added]
    await work.publish(ConversationUnmerged(source.id, restored.id, merge.came))
    return count


async def _labels_back(
    work: UnitOfWork, merge: ConversationMerge, source: Conversation, restored: Conversation
) -> None:
    """Those that it bore; the other one keeps what it had before, and what was set since."""
    came = [UUID(each) for each in merge.came.get("new_labels", [])]
    row = ConversationLabel
    await work.db.execute(delete(row).where(row.conversation_id == source.id, row.label_id.in_(came)))
    for each in merge.came.get("labels", []):
        try:
            await labels.put_on(work, restored, UUID(each), merge.agent_id)
        except NotFound:
            # the site has retired it meanwhile
            continue
