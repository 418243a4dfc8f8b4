"""Work that waits goes on in another channel: "call me instead of waiting"."""

from engage.conversations import timeline
from engage.engagements import service as engagements
from engage.engagements.errors import WrongState
from engage.engagements.models import Engagement
from engage.engagements.traits import Traits
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import offers
from engage.sites import service as sites

#: as it stands in an engagement's steps; who left by this did not abandon
MOVED = "moved"


async def change_channel(
    work: UnitOfWork, engagement: Engagement, *, to: Traits, keep_place: bool = True
) -> Engagement:
    """Closes waiting work as moved and opens it anew in the other channel, in the same conversation and queue.

    The engagement is locked. With its place it is ordered as if it had never left. Raises WrongState.
    """
    place_since = engagement.place_since if keep_place else work.now
    await leave_queue(work, engagement, cause=MOVED)
    conversation = await timeline.locked(work, engagement.conversation_id)
    return await engagements.open_engagement(
        work,
        conversation,
        traits=to,
        queue=await sites.queue(work, engagement.queue_id),
        prefer=engagement.agent_id,
        place_since=place_since,
    )


async def leave_queue(work: UnitOfWork, engagement: Engagement, *, cause: str) -> None:
    """Closes waiting work, because it goes on elsewhere or later: nobody has abandoned it. Raises WrongState."""
    if engagement.state == "offered":
        await offers.withdraw(work, engagement)
    if engagement.state != "queued":
        raise WrongState(state=engagement.state)
    await engagements.take(work, engagement, "close", agent_id=engagement.agent_id, cause=cause)
