"""The clocks of promises as screens show them, and as conditions for lists."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from engage.engagements.models import Engagement, SlaTimer
from engage.engagements.promises import clock_of
from engage.engagements.schemas import PromiseClock
from engage.kit.unit_of_work import UnitOfWork


async def first_of(work: UnitOfWork, engagement_ids: Sequence[UUID]) -> dict[UUID, PromiseClock]:
    """Of each engagement the promise that ends first; one that stands comes behind all that run."""
    if not engagement_ids:
        return {}
    running = select(SlaTimer).where(SlaTimer.engagement_id.in_(engagement_ids), SlaTimer.ended_at.is_(None))
    rows = sorted(await work.db.scalars(running.execution_options(populate_existing=True)), key=_urgency, reverse=True)
    return {row.engagement_id: view(row) for row in rows}


def _urgency(row: SlaTimer) -> tuple[bool, float]:
    return (False, row.due_at.timestamp()) if row.due_at else (True, row.target_seconds - row.spent / 1000)


def view(row: SlaTimer) -> PromiseClock:
    clock = clock_of(row)
    stands = clock.since is None
    return PromiseClock(
        promise=row.promise,
        due_at=None if stands else row.due_at,
        warn_at=None if stands else row.warn_at,
        left_seconds=int((clock.target - clock.spent).total_seconds()) if stands else None,
        warned=row.warned_at is not None,
        broken=row.broken_at is not None,
    )


def due_at() -> ColumnElement[Any]:
    """When the first promise of an engagement ends that runs now."""
    first = select(func.min(SlaTimer.due_at)).where(
        SlaTimer.engagement_id == Engagement.id, SlaTimer.ended_at.is_(None), SlaTimer.running_since.is_not(None)
    )
    return first.scalar_subquery()


def is_overdue() -> ColumnElement[bool]:
    return exists().where(
        SlaTimer.engagement_id == Engagement.id, SlaTimer.ended_at.is_(None), SlaTimer.broken_at.is_not(None)
    )
