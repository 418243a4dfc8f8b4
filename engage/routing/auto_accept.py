"""Whether an offer accepts itself, and when. Pure."""

from datetime import datetime, timedelta

#: the alert before it, for an agent who takes all by himself from a queue that says nothing
USUAL_SECONDS = 3


def moment(now: datetime, *, of_queue: int | None, of_agent: bool | None) -> datetime | None:
    """When it accepts itself: as the queue says, unless the agent always or never does so; none: he accepts it."""
    if of_agent is False or (of_queue is None and not of_agent):
        return None
    return now + timedelta(seconds=USUAL_SECONDS if of_queue is None else of_queue)
