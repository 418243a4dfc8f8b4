"""Telling who waits how long it will take: when he begins to wait, then again and again until he is served."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from engage.engagements import service as engagements
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.jobs import JobTable
from engage.kit.metrics import FORECAST_ERROR
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import estimated_wait, places
from engage.routing.capacity import Kind
from engage.routing.estimated_wait import LADDER, Told
from engage.routing.events import WaitForecastMeasured, WaitTold
from engage.routing.rulebook import Rulebook
from engage.routing.schemas import WaitRange

#: the first acceptance and its step are moments of one transaction; a later one lies behind
FIRST_WITHIN = timedelta(seconds=1)

timers = JobTable()


def range_of(step: int | None) -> WaitRange | None:
    if step is None:
        return None
    begin, end = LADDER[step]
    return WaitRange(from_seconds=begin, to_seconds=end)


async def expected_in(work: UnitOfWork, queue_id: UUID, kind: Kind) -> int | None:
    """For whoever would come to this queue now: the end of the range, in seconds; none while nothing can be said."""
    line = await places.line_behind(work, queue_id, kind)
    return _end_of(estimated_wait.expected_wait(line, await places.pace_of(work, queue_id)))


async def expected_by(work: UnitOfWork, engagement: Engagement, position: int) -> int | None:
    """The same for work that stands at this place."""
    line = await places.line_of(work, engagement, position)
    return _end_of(estimated_wait.expected_wait(line, await places.pace_of(work, engagement.queue_id)))


def _end_of(expected: int | None) -> int | None:
    return None if expected is None else LADDER[estimated_wait.step_of(expected)][1]


async def begin(work: UnitOfWork, engagement_id: UUID) -> None:
    """Work came to a queue: he is told at once, whatever he was told in another one."""
    engagement = await work.db.get_one(Engagement, engagement_id)
    if engagement.state in WAITING and engagement.live:
        engagement.told_at = engagement.told_step = None
        await _tell(work, engagement)


@timers.inside("routing.tell_wait")
async def tell_again(work: UnitOfWork, payload: dict[str, Any]) -> None:
    engagement = await engagements.locked(work, UUID(payload["engagement"]))
    if engagement.state not in WAITING or not engagement.live:
        return
    step = engagement.told_step
    await _tell(work, engagement)
    if engagement.told_step != step:
        await work.publish(WaitTold(engagement.id, engagement.conversation_id, engagement.queue_id))


async def _tell(work: UnitOfWork, engagement: Engagement) -> None:
    position = await places.position_of(work, engagement)
    line = await places.line_of(work, engagement, position)
    expected = estimated_wait.expected_wait(line, await places.pace_of(work, engagement.queue_id))
    before = Told(engagement.told_at, engagement.told_step) if engagement.told_at else None
    told = estimated_wait.tell(before, expected, work.now)
    engagement.told_at, engagement.told_step = told.at, told.step
    if engagement.forecast_seconds is None:
        engagement.forecast_seconds = expected
    await work.db.flush()
    await jobs.enqueue(
        work,
        "routing.tell_wait",
        {"engagement": str(engagement.id)},
        due_at=work.now + estimated_wait.told_again_after(position),
        key=f"routing.wait:{engagement.id}",
    )


async def measure(work: UnitOfWork, engagement_id: UUID) -> None:
    """He is served: how wrong was the first thing that he was told?"""
    engagement = await work.db.get_one(Engagement, engagement_id)
    taken = engagement.accepted_at
    if engagement.forecast_seconds is None or taken is None or engagement.state_since - taken > FIRST_WITHIN:
        return
    real = taken - engagement.place_since
    error = estimated_wait.error_seconds(engagement.forecast_seconds, real)
    FORECAST_ERROR.observe(error)
    await work.publish(
        WaitForecastMeasured(
            engagement.id, engagement.queue_id, engagement.forecast_seconds, round(real.total_seconds()), error
        )
    )


async def kind_of_newcomer(work: UnitOfWork, site_id: UUID, channel: str, weight: int) -> Kind:
    book = Rulebook()
    await book.learn_sites(work, [site_id])
    return book.kind(site_id, channel, weight)
