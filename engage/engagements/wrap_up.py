"""What an agent does in his wrap-up: a minute more, and done."""

from datetime import timedelta

from engage.engagements import dispositions, service
from engage.engagements.errors import NoMoreTime, OutcomeNeeded, WrongState
from engage.engagements.models import Engagement
from engage.engagements.schemas import WrapUp
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Queue

#: one click's worth of more time
EXTENSION = timedelta(seconds=60)


async def extend(work: UnitOfWork, engagement: Engagement) -> None:
    """One minute more of a locked engagement's wrap-up. Raises WrongState, NoMoreTime."""
    if engagement.state != "wrapping_up" or engagement.wrap_up_until is None:
        raise WrongState(state=engagement.state)
    until = min(engagement.wrap_up_until + EXTENSION, engagement.state_since + service.MOST_WRAP_UP)
    if until <= engagement.wrap_up_until:
        raise NoMoreTime
    engagement.wrap_up_until = until
    await service.end_wrap_up_at(work, engagement, until)


async def finish(work: UnitOfWork, engagement: Engagement, outcome: WrapUp) -> None:
    """The agent is done. Raises OutcomeNeeded, UnknownDisposition, WrongState."""
    queue = await work.db.get_one(Queue, engagement.queue_id)
    is_asked = outcome.disposition_id is None and queue.wrap_up_mode in ("mandatory", "timed")
    if is_asked and await dispositions.usable_at(work, [engagement.site_id]):
        raise OutcomeNeeded
    await service.wrap_up(work, engagement, outcome, cause="wrapped_up")
