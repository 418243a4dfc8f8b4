"""What makes routing look again: work that waits, hands that are free, people who come and go."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from aiohttp import web
from sqlalchemy import select, update

from engage.agents.events import AgentCame, AgentLost, PresenceChanged, RightsChanged
from engage.agents.models import Agent
from engage.engagements.events import EngagementMoved, PriorityRaised
from engage.engagements.lifecycle import HELD, WAITING
from engage.engagements.models import Engagement
from engage.kit import jobs
from engage.kit.bus import Reactions
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.kit.wakes import WAKES
from engage.routing import hints, parties, waits
from engage.routing.crowd import Crowd
from engage.routing.dispatcher import WAKE
from engage.routing.events import OrderChanged, PartyChanged, RoutingChanged
from engage.routing.hints import EVERYTHING, Hint
from engage.routing.models import ChannelRule, RouterLease

reactions = Reactions()

#: so many are asked for one after the other
FEW = 2


@reactions.on(PresenceChanged)
async def keep_no_offers(work: UnitOfWork, event: PresenceChanged) -> None:
    if event.presence != "available":
        await jobs.enqueue(work, "routing.withdraw_offers", {"agent": str(event.agent_id)})


@reactions.on(AgentLost)
async def move_his_chats(work: UnitOfWork, event: AgentLost) -> None:
    await jobs.enqueue(work, "routing.release_agent", {"agent": str(event.agent_id)})


@reactions.on_all(EngagementMoved)
async def weigh(work: UnitOfWork, events: Sequence[EngagementMoved]) -> None:
    """What waits takes of an agent what its channel's rule says now."""
    queued = [event for event in events if event.state == "queued"]
    rules = {each: await work.db.get(ChannelRule, each) for each in {(each.site_id, each.channel) for each in queued}}
    ruled = {event.engagement_id: rules[event.site_id, event.channel] for event in queued}
    for engagement in await _of_ids(work, [each for each, rule in ruled.items() if rule is not None]):
        rule = ruled[engagement.id]
        engagement.weight = rule.weight if rule is not None else engagement.weight


async def _of_ids(work: UnitOfWork, ids: Sequence[UUID]) -> Sequence[Engagement]:
    """One is known to whoever has just moved it; many are read by one statement."""
    if len(ids) < FEW:
        return [await work.db.get_one(Engagement, each) for each in ids]
    return (await work.db.scalars(select(Engagement).where(is_among(db_of(work.db), Engagement.id, ids)))).all()


@reactions.on_all(EngagementMoved)
async def foretell(work: UnitOfWork, events: Sequence[EngagementMoved]) -> None:
    """Who comes to a queue is told how long it takes; who is served shows how true that was."""
    came = [e for e in events if e.step in (None, "transfer", "requeue") and e.state == "queued"]
    for engagement in await _of_ids(work, [event.engagement_id for event in came]):
        if engagement.live:
            work.before_commit(f"about:wait:{engagement.id}", partial(waits.begin, work, engagement.id))
    for event in events:
        if event.state == "active" and event.before in WAITING:
            work.before_commit(f"about:wait:{event.engagement_id}", partial(waits.measure, work, event.engagement_id))


@reactions.on(EngagementMoved)
async def note_idle(work: UnitOfWork, event: EngagementMoved) -> None:
    """Idle time begins when work leaves an agent's hands."""
    agent_id = event.agent_before
    has_it_still = event.state in HELD and event.agent_id == agent_id
    if agent_id is not None and event.before in HELD and not has_it_still:
        work.before_commit(f"agent:{agent_id}:idle", lambda: _idle_now(work, agent_id))


@reactions.on(EngagementMoved)
async def end_parties(work: UnitOfWork, event: EngagementMoved) -> None:
    """Where nobody talks any more, nobody advises and nobody sits in."""
    if event.before == "active" and event.state != "active":
        await parties.end_all(work, await work.db.get_one(Engagement, event.engagement_id))


async def _idle_now(work: UnitOfWork, agent_id: object) -> None:
    agent = await work.db.get_one(Agent, agent_id)
    agent.idle_since = work.now
    await work.db.flush()


@reactions.after_commit_of_all(EngagementMoved)
async def hint_at_work(app: web.Application, events: Sequence[EngagementMoved]) -> None:
    # whoever matches has decided on offers himself
    if moved := [event for event in events if event.step != "offer"]:
        app[WAKES].call(WAKE, _hint(moved).encoded())
    app[UNITS].memory.of(Crowd).note(_hint(events))


def _hint(events: Sequence[EngagementMoved]) -> Hint:
    agents = [each for event in events for each in (event.agent_before, event.agent_id)]
    return hints.of(engagements=[event.engagement_id for event in events], agents=agents)


@reactions.after_commit(PriorityRaised)
async def hint_at_raised(app: web.Application, event: PriorityRaised) -> None:
    app[WAKES].call(WAKE, hints.of(engagements=[event.engagement_id]).encoded())


@reactions.after_commit(OrderChanged)
async def hint_at_order(app: web.Application, event: OrderChanged) -> None:
    app[WAKES].call(WAKE, hints.of(engagements=[event.engagement_id], agents=[event.agent_id]).encoded())


@reactions.after_commit(PartyChanged)
async def hint_at_party(app: web.Application, event: PartyChanged) -> None:
    app[WAKES].call(WAKE, hints.of(agents=[event.agent_id]).encoded())


@reactions.after_commit(PresenceChanged)
@reactions.after_commit(AgentCame)
async def hint_at_agent(app: web.Application, event: PresenceChanged | AgentCame) -> None:
    app[WAKES].call(WAKE, hints.of(agents=[event.agent_id]).encoded())


@reactions.after_commit(RightsChanged)
async def hint_at_person(app: web.Application, event: RightsChanged) -> None:
    app[WAKES].call(WAKE, hints.of(agents=[event.agent_id], people=[event.agent_id]).encoded())


@reactions.on(RightsChanged)
@reactions.on(RoutingChanged)
async def count_change(work: UnitOfWork, _event: RightsChanged | RoutingChanged) -> None:
    """Should the hint be lost, the sweep sees by this number that rules must be read again."""
    work.before_commit("router:~rules", lambda: _count_change(work))


async def _count_change(work: UnitOfWork) -> None:
    counted = update(RouterLease).where(RouterLease.part == "rules").values(epoch=RouterLease.epoch + 1)
    await work.db.execute(counted)


@reactions.after_commit(RoutingChanged)
async def hint_at_rules(app: web.Application, event: RoutingChanged) -> None:
    people = event.people
    app[WAKES].call(WAKE, (EVERYTHING if people is None else hints.of(agents=people, people=people)).encoded())
