"""Pulling: free agents take what waits for them without anybody who sees the whole queue.

One statement locks the works that come next and passes over what another process has in its hands; who may have them
is the matcher's own say, and the way to an agent is the claim. So it is right beside any number of others who pull or
match, and only slower: who may have it holds, and of several who may, whoever asks first gets it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from engage.agents.models import Agent
from engage.engagements.lifecycle import TAKING_ROOM
from engage.engagements.models import Engagement
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork, UnitsOfWork
from engage.routing import snapshot
from engage.routing.claim import claim
from engage.routing.eligibility import Waiting, attends
from engage.routing.events import OrderChanged
from engage.routing.matcher import slices
from engage.routing.models import ChannelRule
from engage.routing.router import Decision, Router
from engage.routing.rulebook import Rulebook
from engage.routing.serving import SERVING
from engage.routing.snapshot import Person

#: agents who pull together, and works of each of their queues that they look at
TOGETHER, NEXT = 100, 100

_waits = and_(Engagement.state == "queued", Engagement.away_since.is_(None))


async def pull_all(units: UnitsOfWork) -> int:
    """Everybody who is free pulls once, longest idle first; how many offers were made."""
    async with units.glance() as work:
        free = list(await work.db.scalars(await _free(work)))
    made = 0
    for some in slices(free, TOGETHER):
        async with units.begin() as work:
            made += len(await _pull(work, some))
    return made


async def _free(work: UnitOfWork) -> Select[UUID]:
    """Who is there with room, as far as a statement can tell, and serves a queue in which somebody waits."""
    lasting = ~or_(false(), *[_is_of(rule) for rule in await _yielding(work)])
    held = select(Engagement.agent_id, func.sum(Engagement.weight).label("load")).where(
        Engagement.state.in_(TAKING_ROOM), Engagement.agent_id.is_not(None), lasting
    )
    loads = held.group_by(Engagement.agent_id).subquery()
    asked_for = select(SERVING.agent_id).where(SERVING.queue_id.in_(select(Engagement.queue_id).where(_waits)))
    there = select(Agent.id).outerjoin(loads, loads.c.agent_id == Agent.id).where(snapshot.is_there(work.now))
    free = there.where(Agent.capacity > func.coalesce(loads.c.load, 0), Agent.id.in_(asked_for))
    return free.order_by(func.coalesce(Agent.given_at, Agent.idle_since), Agent.id)


async def _yielding(work: UnitOfWork) -> list[ChannelRule]:
    """Rules of channels whose work does not fill its agent's hands, for others may come on top of it."""
    return [rule for rule in await work.db.scalars(select(ChannelRule)) if rule.interrupted_by]


def _is_of(rule: ChannelRule) -> ColumnElement[bool]:
    return and_(Engagement.site_id == rule.site_id, Engagement.channel == rule.channel)


async def _pull(work: UnitOfWork, agent_ids: Sequence[UUID]) -> Sequence[Decision]:
    book = Rulebook()
    people = await snapshot.people(work, is_among(db_of(work.db), Agent.id, agent_ids), book)
    made = (await claim(work, await _matched(work, people, book), book, accepting=False)).made
    for each in made:
        await work.publish(OrderChanged(each.engagement_id, each.agent_id))
    return made


async def next_for(work: UnitOfWork, agent_id: UUID) -> UUID | None:
    """What waits for him, if he has room for it, be he available or not; it is his to take until the commit."""
    book = Rulebook()
    (person,) = await snapshot.people(work, Agent.id == agent_id, book)
    here = replace(person, agent=replace(person.agent, absent=None))
    first = (await _matched(work, [here], book))[:1]
    return first[0].engagement_id if first else None


async def _matched(work: UnitOfWork, people: Sequence[Person], book: Rulebook) -> list[Decision]:
    """Who of them gets what of that which comes next, as the matcher sees it."""
    queues = {each for person in people for each in person.agent.serves if attends(person.agent, each)}
    found = (await work.db.scalars(_next(work, queues))).all()
    router = Router()
    for person in people:
        router.put_agent(person.agent, person.held, work.now)
    for each in await snapshot.waiting(work, book, found):
        router.put_waiting(_in_its_time(each), work.now)
    return router.decide(work.now)


def _next(work: UnitOfWork, queue_ids: Collection[UUID]) -> Select[UUID]:
    """The first of each of these queues, held until the commit; without what somebody else holds."""
    place = (Engagement.boost.desc(), Engagement.place_since, Engagement.id)
    number = func.row_number().over(partition_by=Engagement.queue_id, order_by=place).label("number")
    of_queues = is_among(db_of(work.db), Engagement.queue_id, queue_ids)
    numbered = select(Engagement.id, number).where(_waits, of_queues).subquery()
    first = select(numbered.c.id).where(numbered.c.number <= NEXT)
    return (
        select(Engagement.id).where(Engagement.id.in_(first), _waits).with_for_update(skip_locked=True, key_share=True)
    )


def _in_its_time(each: Waiting) -> Waiting:
    """A step that nobody could meet is passed over by who sees everybody; here it ends when its time is over."""
    return replace(each, queue=replace(each.queue, skips_unstaffed=False))
