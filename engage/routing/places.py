"""Places in a queue, and how fast it moves."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.estimated_wait import LOOKED_BACK_SECONDS


async def position_of(work: UnitOfWork, engagement: Engagement) -> int:
    """Its place in the queue, 1 is next; what rings at a desk still counts as before it."""
    before = select(func.count()).where(
        Engagement.queue_id == engagement.queue_id,
        Engagement.state.in_(("queued", "offered")),
        or_(
            Engagement.place_since < engagement.place_since,
            (Engagement.place_since == engagement.place_since) & (Engagement.id < engagement.id),
        ),
    )
    return 1 + (await work.db.scalar(before) or 0)


async def accepted_lately(work: UnitOfWork, queue_id: UUID) -> int:
    """How many were accepted from this queue in the time that the estimate looks back."""
    since = work.now - timedelta(seconds=LOOKED_BACK_SECONDS)
    accepted = select(func.count()).where(Engagement.queue_id == queue_id, Engagement.accepted_at > since)
    return await work.db.scalar(accepted) or 0


async def waiting_in(work: UnitOfWork, queue_id: UUID) -> int:
    waiting = select(func.count()).where(Engagement.queue_id == queue_id, Engagement.state.in_(WAITING))
    return await work.db.scalar(waiting) or 0
