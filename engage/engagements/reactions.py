"""What happens to the work of a visitor who turns out to be somebody else, and of a conversation that is merged."""

from sqlalchemy import update

from engage.contacts.events import VisitorMerged
from engage.conversations.events import ConversationMerged
from engage.engagements.models import Engagement, Rating
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork

reactions = Reactions()


@reactions.on(VisitorMerged)
async def move_work(work: UnitOfWork, event: VisitorMerged) -> None:
    his = update(Engagement).where(Engagement.visitor_id == event.visitor_id)
    await work.db.execute(his.values(visitor_id=event.into_id))


@reactions.on(ConversationMerged)
async def move_to_conversation(work: UnitOfWork, event: ConversationMerged) -> None:
    """At most one of both is open: whoever merges has closed the other."""
    for model in (Engagement, Rating):
        its = update(model).where(model.conversation_id == event.gone_id)
        await work.db.execute(its.values(conversation_id=event.into_id))
