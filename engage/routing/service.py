"""What agents do with work: pull it, hand it over, give it back; and what happens when one of them is lost."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.access.principals import CallingAgent
from engage.agents import service as agents
from engage.agents.models import Agent
from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.engagements import service as engagements
from engage.engagements.errors import NotYourWork, WrongState
from engage.engagements.jobs import watch_silence
from engage.engagements.lifecycle import OPEN
from engage.engagements.models import Engagement
from engage.kit.errors import NotFound
from engage.kit.jobs import JobTable, enqueue
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import offers, parties, rulebook, snapshot
from engage.routing.capacity import fits
from engage.routing.errors import NoRoom
from engage.routing.models import QueueMember
from engage.sites import service as sites
from engage.sites.models import Queue, Site

#: a lost hint is found by the sweep in this time
UNTIL_ALL_HAVE_HEARD = timedelta(seconds=10)

jobs = JobTable()


async def held_by(work: UnitOfWork, engagement_id: UUID, who: CallingAgent) -> Engagement:
    """A locked engagement in this agent's hands. Raises NotYourWork, NoSuchEngagement, NotYours."""
    engagement = await engagements.locked(work, engagement_id)
    who.must("answer", engagement.site_id)
    if engagement.agent_id != who.agent_id or engagement.state not in ("active", "parked", "wrapping_up"):
        raise NotYourWork
    return engagement


async def pull(work: UnitOfWork, engagement: Engagement, agent_id: UUID) -> None:
    """An agent takes waiting or parked work himself. Raises WrongState, NoRoom."""
    # An agent's row is the lock under which his load is counted. Both are taken now and in one order:
    # two who take from each other's desks would wait for each other.
    holder = engagement.agent_id or agent_id
    locked = {each: await agents.locked(work, each) for each in sorted({agent_id, holder})}
    if engagement.state == "offered":
        await offers.withdraw(work, engagement)
    if engagement.state == "parked":
        engagement.due_at = None
        await engagements.take(work, engagement, "requeue", agent_id=agent_id, cause="pulled")
    if engagement.state != "queued":
        raise WrongState(state=engagement.state)
    if not await has_room(work, locked[agent_id], engagement):
        raise NoRoom
    await offers.take_over(work, engagement, agent_id, step="pull")


async def target_queue(work: UnitOfWork, engagement: Engagement, queue_id: UUID) -> Queue:
    """A queue of the same site that takes work. Raises NotFound."""
    queue = await work.db.get(Queue, queue_id)
    if queue is None or queue.retired or queue.site_id != engagement.site_id:
        raise NotFound
    return queue


@jobs.inside("routing.release_agent")
async def release_agent(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """An agent was lost: his live chats go on with somebody else at their old place, and the customer is told."""
    agent_id = UUID(payload["agent"])
    if agents.is_online(await work.db.get_one(Agent, agent_id), work):
        return
    mine = select(Engagement.id).where(Engagement.agent_id == agent_id, Engagement.state == "active", Engagement.live)
    held = [await engagements.locked(work, each) for each in sorted(await work.db.scalars(mine))]
    for engagement in held:
        if engagement.state == "active" and engagement.agent_id == agent_id:
            await go_on_without_holder(work, engagement, cause="agent_lost")
    await parties.leave_all(work, agent_id)


async def go_on_without_holder(
    work: UnitOfWork, engagement: Engagement, *, cause: str, lost: Collection[UUID] = ()
) -> None:
    """With somebody of the conference if there is one, else from the queue, first with whom its holder consulted.

    `lost` are others who are gone as well.
    """
    heir = await parties.heir_of(work, engagement, without=lost)
    if heir is not None:
        await parties.hand_over(work, engagement, heir, cause=cause)
        return
    adviser = await parties.adviser_of(work, engagement)
    await requeue(work, engagement, cause=cause, prefer=adviser if adviser not in lost else None)


async def requeue(
    work: UnitOfWork,
    engagement: Engagement,
    *,
    cause: str = "agent_lost",
    by: UUID | None = None,
    prefer: UUID | None = None,
) -> None:
    """A locked engagement goes on with somebody else, at its old place; `prefer` is asked first."""
    conversation = await timeline.locked(work, engagement.conversation_id)
    conversation.with_agent_id = None
    was_active = engagement.state == "active"
    await engagements.take(work, engagement, "requeue", agent_id=prefer, cause=cause, by=by)
    if was_active:
        await conversations.note_state(work, conversation, "requeued")


async def take_all_from(work: UnitOfWork, agent_id: UUID, site_id: UUID) -> None:
    """Somebody works here no more: what he holds or is offered at this site goes back to its queues.

    Whoever matches hears of it after the commit, so what was decided before is looked for once more.
    """
    await _take_all_from(work, agent_id, site_id)
    payload = {"agent": str(agent_id), "site": str(site_id)}
    await enqueue(work, "routing.take_strays", payload, due_at=work.now + UNTIL_ALL_HAVE_HEARD)


@jobs.inside("routing.take_strays")
async def take_strays(work: UnitOfWork, payload: dict[str, Any]) -> None:
    agent_id, site_id = UUID(payload["agent"]), UUID(payload["site"])
    if await work.db.scalar(agents.answering(site_id).where(Agent.id == agent_id)) is None:
        await _take_all_from(work, agent_id, site_id)


async def _take_all_from(work: UnitOfWork, agent_id: UUID, site_id: UUID) -> None:
    his = select(Engagement.id).where(Engagement.agent_id == agent_id, Engagement.site_id == site_id)
    held = his.where(Engagement.state.in_(("offered", "active", "parked"))).order_by(Engagement.id)
    for engagement in [await engagements.locked(work, each) for each in (await work.db.scalars(held)).all()]:
        if engagement.agent_id != agent_id:
            continue
        if engagement.state == "offered":
            await offers.withdraw(work, engagement)
        elif engagement.state in ("active", "parked"):
            await requeue(work, engagement, cause="agent_left")
    await parties.leave_all(work, agent_id, site_id=site_id)


@jobs.inside("routing.resume")
async def resume(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """The customer answered parked work: the same agent goes on if he is there with room, else it queues for him."""
    engagement = await engagements.locked(work, UUID(payload["engagement"]))
    if engagement.state == "parked":
        await _go_on(work, engagement, cause="customer_answered")


async def park(work: UnitOfWork, engagement: Engagement, *, until: datetime | None) -> None:
    """An agent puts work aside, until the customer answers or a time has come."""
    await engagements.park(work, engagement, until=until, cause="by_agent")
    if until is not None:
        await enqueue(work, "routing.snooze_over", {"engagement": str(engagement.id)}, due_at=until)


@jobs.inside("routing.snooze_over")
async def snooze_over(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """The time has come; an alarm from before the work was parked anew is none."""
    engagement = await engagements.locked(work, UUID(payload["engagement"]))
    if engagement.state == "parked" and engagement.due_at is not None and engagement.due_at <= work.now:
        await _go_on(work, engagement, cause="snooze_over")


async def _go_on(work: UnitOfWork, engagement: Engagement, *, cause: str) -> None:
    engagement.due_at = None
    agent = await agents.locked(work, engagement.agent_id) if engagement.agent_id else None
    if agent and await _can_go_on(work, agent, engagement):
        await engagements.take(work, engagement, "resume", agent_id=agent.id, cause=cause)
        await watch_silence(work, engagement, work.now)
        return
    engagement.place_since = engagement.entered_at = work.now
    conversation = await timeline.locked(work, engagement.conversation_id)
    conversation.with_agent_id = None
    await engagements.take(work, engagement, "requeue", agent_id=engagement.agent_id, cause=cause)


async def _can_go_on(work: UnitOfWork, agent: Agent, engagement: Engagement) -> bool:
    if agent.presence != "available" or not agents.is_online(agent, work):
        return False
    return await has_room(work, agent, engagement)


async def has_room(work: UnitOfWork, agent: Agent, engagement: Engagement) -> bool:
    """Whether it fits into the hands of a locked agent."""
    held = (await snapshot.held_by(work, [agent.id])).get(agent.id, {})
    return fits(agent.capacity, held.values(), await rulebook.kind_of(work, engagement))


async def serve_all_queues(work: UnitOfWork, agent: Agent, site: Site) -> None:
    """He is offered whatever comes to the site."""
    queues = await sites.queues_of(work, site.id)
    work.db.add_all(QueueMember(queue_id=queue.id, agent_id=agent.id) for queue in queues)


async def move_open_work(work: UnitOfWork, queue_id: UUID, target_id: UUID) -> int:
    """A queue ends: what waits goes on in the other one at its old place, what is in hand stays there. How many."""
    there = select(Engagement.id).where(Engagement.queue_id == queue_id, Engagement.state.in_(OPEN))
    found = [await engagements.locked(work, each) for each in sorted(await work.db.scalars(there))]
    moved = [engagement for engagement in found if engagement.queue_id == queue_id and engagement.state in OPEN]
    for engagement in moved:
        if engagement.state == "offered":
            await offers.withdraw(work, engagement)
        if engagement.state == "queued":
            agent_id = engagement.agent_id
            await engagements.take(
                work, engagement, "transfer", agent_id=agent_id, to_queue=target_id, cause="queue_retired"
            )
        engagement.queue_id = target_id
    await work.db.flush()
    return len(moved)
