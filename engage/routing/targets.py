"""Where work can go from here: who is there with room, told before anybody chooses."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from engage.access.principals import roles
from engage.agents.models import Agent, AgentSite
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit.errors import NotFound
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import rulebook, snapshot
from engage.routing.capacity import fits
from engage.routing.eligibility import QueueRules, Waiting
from engage.routing.errors import TargetAbsent
from engage.routing.explain import explain
from engage.routing.models import Skill
from engage.routing.requirement import Need
from engage.routing.schemas import AgentTarget, CentreTarget, QueueTarget, SkillTarget, Targets
from engage.routing.snapshot import Person
from engage.sites.models import Centre, Queue


async def of(work: UnitOfWork, engagement: Engagement) -> Targets:
    """All of them, with who could take this at this moment."""
    everybody = await people(work, engagement.site_id)
    kind = await rulebook.kind_of(work, engagement)
    there = {each.agent.agent_id for each in everybody if each.agent.absent is None}
    there -= await _shut_off(work, engagement.site_id)
    free = {
        each.agent.agent_id
        for each in everybody
        if each.agent.agent_id in there and fits(each.agent.capacity, each.held.values(), kind)
    }
    return Targets(
        agents=await _agents(work, everybody, there, free),
        queues=await _queues(work, engagement.site_id, everybody, free),
        skills=await _skills(work, engagement.site_id, everybody, free),
        centres=await _centres(work, engagement.site_id, free),
    )


async def people(work: UnitOfWork, site_id: UUID) -> list[Person]:
    """Everybody who answers at the site, there or not."""
    here = select(AgentSite.agent_id).where(AgentSite.site_id == site_id, AgentSite.suspended_at.is_(None))
    return await snapshot.people(work, Agent.id.in_(here.where(AgentSite.role.in_(roles("answer")))))


async def _shut_off(work: UnitOfWork, site_id: UUID) -> set[UUID]:
    """Who works in a centre that gets nothing new."""
    sits = select(AgentSite.agent_id).join(Centre, Centre.id == AgentSite.centre_id)
    return set(await work.db.scalars(sits.where(AgentSite.site_id == site_id, Centre.state != "open")))


async def _agents(work: UnitOfWork, everybody: list[Person], there: set[UUID], free: set[UUID]) -> list[AgentTarget]:
    """Nearest first: with room, there, not there."""
    by_id = {each.agent.agent_id: each for each in everybody}
    rows = await work.db.scalars(select(Agent).where(Agent.id.in_(by_id), Agent.invited.is_(False)))
    found = [_agent(row, by_id[row.id], row.id in there, row.id in free) for row in rows]
    return sorted(found, key=lambda each: (not each.has_room, not each.is_there, each.name, each.id))


def _agent(row: Agent, person: Person, is_there: bool, has_room: bool) -> AgentTarget:
    return AgentTarget(
        id=row.id,
        name=row.name,
        picture=row.picture,
        presence=row.presence,
        reason=row.presence_reason,
        reason_id=row.presence_reason_id,
        is_there=is_there,
        has_room=has_room,
        held=len(person.held),
    )


async def _queues(work: UnitOfWork, site_id: UUID, everybody: list[Person], free: set[UUID]) -> list[QueueTarget]:
    there = Counter(queue_id for each in everybody if each.agent.agent_id in free for queue_id in each.agent.serves)
    rows = select(Queue).where(Queue.site_id == site_id, ~Queue.retired).order_by(Queue.position, Queue.id)
    waits = select(Engagement.queue_id).where(Engagement.site_id == site_id, Engagement.state.in_(WAITING))
    waiting = Counter(await work.db.scalars(waits))
    return [
        QueueTarget(id=row.id, name=row.name, waiting=waiting[row.id], free=there[row.id])
        for row in await work.db.scalars(rows)
    ]


async def _skills(work: UnitOfWork, site_id: UUID, everybody: list[Person], free: set[UUID]) -> list[SkillTarget]:
    can = Counter(skill_id for each in everybody if each.agent.agent_id in free for skill_id in each.agent.skills)
    rows = await work.db.scalars(select(Skill).where(Skill.site_id == site_id).order_by(Skill.name))
    return [SkillTarget(id=row.id, name=row.name, free=can[row.id]) for row in rows]


async def _centres(work: UnitOfWork, site_id: UUID, free: set[UUID]) -> list[CentreTarget]:
    sits = select(AgentSite.centre_id).where(AgentSite.site_id == site_id, AgentSite.agent_id.in_(free))
    there = Counter(await work.db.scalars(sits))
    rows = await work.db.scalars(select(Centre).where(Centre.site_id == site_id).order_by(Centre.name))
    return [CentreTarget(id=row.id, name=row.name, state=row.state, free=there[row.id]) for row in rows]


async def colleague(work: UnitOfWork, site_id: UUID, agent_id: UUID) -> Agent:
    """Somebody who answers at the site, in a place that is open. Raises NotFound, TargetAbsent."""
    agent, membership = await work.db.get(Agent, agent_id), await work.db.get(AgentSite, (agent_id, site_id))
    if agent is None or membership is None or membership.suspended_at is not None:
        raise NotFound
    if membership.role not in roles("answer"):
        raise NotFound
    centre = await work.db.get(Centre, membership.centre_id) if membership.centre_id else None
    if centre is not None and centre.state != "open":
        raise TargetAbsent
    return agent


async def best_of(
    work: UnitOfWork, engagement: Engagement, *, queue_id: UUID | None, skill_id: UUID | None, without: Collection[UUID]
) -> UUID:
    """Who would get it first if it waited in this queue, or asked for this skill. Raises TargetAbsent, NotFound."""
    asked = await _as_asked(work, engagement, queue_id, skill_id)
    others = [each for each in await people(work, engagement.site_id) if each.agent.agent_id not in without]
    for waiting in asked:
        verdicts = explain(waiting, [(each.agent, each.held) for each in others], work.now).verdicts
        if verdicts and verdicts[0].place == 1:
            return verdicts[0].agent_id
    raise TargetAbsent


async def _as_asked(
    work: UnitOfWork, engagement: Engagement, queue_id: UUID | None, skill_id: UUID | None
) -> list[Waiting]:
    """The work as if it waited in that queue, or in any queue of those who have the skill; its own first."""
    waiting = replace(await snapshot.one(work, engagement.id), preferred=None, excluded={})
    if queue_id is not None:
        queue = await _queue(work, engagement.site_id, queue_id)
        return [replace(waiting, queue=QueueRules(queue.id))]
    skill = await work.db.get(Skill, skill_id)
    if skill is None or skill.site_id != engagement.site_id:
        raise NotFound
    rules = QueueRules(engagement.queue_id)
    steps = tuple(replace(step, needs=frozenset({Need(skill.id, 1)})) for step in rules.steps)
    rows = select(Queue.id).where(Queue.site_id == engagement.site_id, ~Queue.retired).order_by(Queue.position)
    ids = sorted(await work.db.scalars(rows), key=lambda each: each != engagement.queue_id)
    return [replace(waiting, queue=QueueRules(each, steps=steps)) for each in ids]


async def _queue(work: UnitOfWork, site_id: UUID, queue_id: UUID) -> Queue:
    queue = await work.db.get(Queue, queue_id)
    if queue is None or queue.retired or queue.site_id != site_id:
        raise NotFound
    return queue
