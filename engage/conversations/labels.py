"""Labels: a site's words for sorting conversations, and which conversation bears which."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select

from engage.conversations.models import Conversation, ConversationLabel, Label
from engage.conversations.schemas import LabelView
from engage.kit.errors import NotFound
from engage.kit.unit_of_work import UnitOfWork


async def of_sites(work: UnitOfWork, site_ids: Collection[UUID]) -> list[LabelView]:
    rows = select(Label).where(Label.site_id.in_(site_ids), ~Label.retired).order_by(Label.name, Label.id)
    return [view(label) for label in await work.db.scalars(rows)]


def view(label: Label) -> LabelView:
    return LabelView(id=label.id, site_id=label.site_id, name=label.name, colour=label.colour)


async def borne_by(work: UnitOfWork, conversation_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The labels of each conversation, in the order in which they were set; retired ones are not shown."""
    rows = await work.db.execute(
        select(ConversationLabel.conversation_id, ConversationLabel.label_id)
        .join(Label, Label.id == ConversationLabel.label_id)
        .where(ConversationLabel.conversation_id.in_(conversation_ids), ~Label.retired)
        .order_by(ConversationLabel.at, ConversationLabel.label_id)
    )
    borne: dict[UUID, list[UUID]] = defaultdict(list)
    for conversation_id, label_id in rows:
        borne[conversation_id].append(label_id)
    return borne


async def put_on(work: UnitOfWork, conversation: Conversation, label_id: UUID, agent_id: UUID | None) -> None:
    """Once more changes nothing; without an agent a rule did it. Takes a locked conversation. Raises NotFound."""
    label = await work.db.get(Label, label_id)
    if label is None or label.retired or label.site_id != conversation.site_id:
        raise NotFound
    if await work.db.get(ConversationLabel, (conversation.id, label_id)) is None:
        work.db.add(
            ConversationLabel(conversation_id=conversation.id, label_id=label_id, agent_id=agent_id, at=work.now)
        )
        await work.db.flush()


async def take_off(work: UnitOfWork, conversation: Conversation, label_id: UUID) -> None:
    of_it = ConversationLabel.conversation_id == conversation.id
    await work.db.execute(delete(ConversationLabel).where(of_it, ConversationLabel.label_id == label_id))
