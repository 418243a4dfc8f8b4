"""Handing work over cold: to a colleague, a queue, a skill or a centre. An absent or full target is told before."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select

from engage.agents.models import Agent, AgentSite
from engage.conversations import timeline
from engage.conversations.schemas import Author, TransferDetails
from engage.conversations.timeline import NewEntry
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.kit.errors import NotFound
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import rulebook, snapshot, targets
from engage.routing.capacity import fits
from engage.routing.errors import TargetAbsent, TargetFull
from engage.routing.models import Skill, Wanted
from engage.routing.schemas import Transfer
from engage.routing.snapshot import Person
from engage.sites.models import Centre, Queue


@dataclass(frozen=True)
class _Way:
    """Where it goes, in names for the timeline."""

    queue_id: UUID
    agent_name: str | None = None
    place_name: str | None = None


async def transfer(work: UnitOfWork, engagement: Engagement, who: Author, target: Transfer) -> None:
    """Place and history are kept, the note is for colleagues only. Raises TargetAbsent, TargetFull, NotFound."""
    way = await _way(work, engagement, target)
    conversation = await timeline.locked(work, engagement.conversation_id)
    details = TransferDetails(from_agent=who.name, to_agent=way.agent_name, to_queue=way.place_name)
    await timeline.append(work, conversation, NewEntry("transfer", who, details=details))
    if target.note:
        await timeline.append(work, conversation, NewEntry("note", who, text=target.note, audience="agents"))
    conversation.with_agent_id = None
    engagement.return_to_id = engagement.agent_id if target.return_to_me else None
    await want(work, engagement, skill_id=target.to_skill_id, centre_id=target.to_centre_id)
    await engagements.take(
        work, engagement, "transfer", agent_id=target.to_agent_id, to_queue=way.queue_id, cause="transferred"
    )


async def want(
    work: UnitOfWork, engagement: Engagement, *, skill_id: UUID | None = None, centre_id: UUID | None = None
) -> None:
    """What is asked of whoever gets it, beside what its queue asks; nothing named asks nothing."""
    await work.db.execute(delete(Wanted).where(Wanted.engagement_id == engagement.id))
    if skill_id is not None or centre_id is not None:
        work.db.add(Wanted(engagement_id=engagement.id, skill_id=skill_id, centre_id=centre_id))
        # it is asked for from now on, and not for ever
        engagement.entered_at = work.now
        await work.db.flush()


async def _way(work: UnitOfWork, engagement: Engagement, target: Transfer) -> _Way:
    if target.to_agent_id is not None:
        return await _to_agent(work, engagement, target.to_agent_id)
    if target.to_skill_id is not None:
        return await _to_skill(work, engagement, target.to_skill_id)
    if target.to_centre_id is not None:
        return await _to_centre(work, engagement, target.to_centre_id)
    queue = await work.db.get(Queue, target.to_queue_id)
    if queue is None or queue.retired or queue.site_id != engagement.site_id:
        raise NotFound
    return _Way(queue.id, place_name=queue.name)


async def _to_agent(work: UnitOfWork, engagement: Engagement, agent_id: UUID) -> _Way:
    """Into a queue that he serves, first to him."""
    agent = await targets.colleague(work, engagement.site_id, agent_id)
    (person,) = await snapshot.people(work, Agent.id == agent.id)
    if person.agent.absent is not None or agent_id == engagement.agent_id:
        raise TargetAbsent
    held = [kind for key, kind in person.held.items() if key != engagement.id]
    if not fits(person.agent.capacity, held, await rulebook.kind_of(work, engagement)):
        raise TargetFull
    return _Way(await _queue_of(work, engagement, lambda each: each.agent.agent_id == agent_id), agent_name=agent.name)


async def _to_skill(work: UnitOfWork, engagement: Engagement, skill_id: UUID) -> _Way:
    skill = await work.db.get(Skill, skill_id)
    if skill is None or skill.site_id != engagement.site_id:
        raise NotFound
    queue_id = await _queue_of(work, engagement, lambda each: skill_id in each.agent.skills)
    return _Way(queue_id, place_name=skill.name)


async def _to_centre(work: UnitOfWork, engagement: Engagement, centre_id: UUID) -> _Way:
    centre = await work.db.get(Centre, centre_id)
    if centre is None or centre.site_id != engagement.site_id:
        raise NotFound
    if centre.state != "open":
        raise TargetAbsent
    sits = select(AgentSite.agent_id).where(AgentSite.centre_id == centre_id)
    there = set(await work.db.scalars(sits))
    return _Way(await _queue_of(work, engagement, lambda each: each.agent.agent_id in there), place_name=centre.name)


async def _queue_of(work: UnitOfWork, engagement: Engagement, suits: Callable[[Person], bool]) -> UUID:
    """The work's own queue if one of these who is there serves it, else another of theirs. Raises TargetAbsent."""
    able = [each for each in await targets.people(work, engagement.site_id) if suits(each)]
    served = {queue_id for each in able if each.agent.absent is None for queue_id in each.agent.serves}
    here = select(Queue.id).where(Queue.site_id == engagement.site_id, ~Queue.retired, Queue.id.in_(served))
    its_own_first = (Queue.id == engagement.queue_id).desc()
    queue_id: UUID | None = await work.db.scalar(here.order_by(its_own_first, Queue.position).limit(1))
    if queue_id is None:
        raise TargetAbsent
    return queue_id
