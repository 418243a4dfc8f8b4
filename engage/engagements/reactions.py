"""What happens to the work of a visitor who turns out to be somebody else."""

from sqlalchemy import update

from engage.contacts.events import VisitorMerged
from engage.engagements.models import Engagement
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork

reactions = Reactions()


@reactions.on(VisitorMerged)
async def move_work(work: UnitOfWork, event: VisitorMerged) -> None:
    his = update(Engagement).where(Engagement.visitor_id == event.visitor_id)
    await work.db.execute(his.values(visitor_id=event.into_id))
