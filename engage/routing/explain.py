"""Who would get this now, and why not each of the others: the matcher's own rules, asked of everybody. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engage.routing import ranking, requirement
from engage.routing.capacity import Kind
from engage.routing.eligibility import Agent, Obstacle, Waiting, attends, obstacle
from engage.routing.ranking import Key, Rule
from engage.routing.requirement import Needs

Held = dict[UUID, Kind]


@dataclass(frozen=True)
class Verdict:
    agent_id: UUID
    #: 1 gets it; none: something is in his way
    place: int | None
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Explanation:
    #: which of the queue's steps holds
    step: int
    needs: Needs
    #: what put the first one first; none if nobody may have it
    rule: Rule | None
    #: whoever may have it first, in order
    verdicts: list[Verdict]


def explain(
    work: Waiting, people: Iterable[tuple[Agent, Held]], now: datetime, *, named: UUID | None = None
) -> Explanation:
    """As if nothing else waited. Work that somebody holds already does not stand in his own way.

    `named` is the preferred agent of the contact: why the one who knows the customer goes first.
    """
    seats = [(agent, _without(held, work.engagement_id)) for agent, held in people]
    step = _step(work, [agent for agent, _held in seats], now)
    needs = work.queue.steps[step].needs
    met = {agent.agent_id: obstacle(work, needs, agent, held.values(), now) for agent, held in seats}
    able = sorted(
        (seat for seat in seats if met[seat[0].agent_id] is None), key=lambda seat: _key(work, needs, seat, now)
    )
    places = {agent.agent_id: place for place, (agent, _held) in enumerate(able, 1)}
    verdicts = [Verdict(agent.agent_id, places.get(agent.agent_id), met[agent.agent_id]) for agent, _held in seats]
    verdicts.sort(key=lambda each: each.place or len(seats) + 1)
    return Explanation(step, needs, _rule(work, able[0][0], named, now) if able else None, verdicts)


def _without(held: Held, engagement_id: UUID) -> Held:
    return {key: kind for key, kind in held.items() if key != engagement_id}


def _step(work: Waiting, agents: list[Agent], now: datetime) -> int:
    queue, waited = work.queue, (now - work.entered_at).total_seconds()
    there = [agent for agent in agents if attends(agent, queue.queue_id)]

    def is_staffed(needs: Needs) -> bool:
        return any(requirement.meets(agent.skills, needs) for agent in there)

    return requirement.step_at(queue.steps, waited, is_staffed=is_staffed if queue.skips_unstaffed else None)


def _key(work: Waiting, needs: Needs, seat: tuple[Agent, Held], now: datetime) -> tuple[bool, int, Key]:
    agent, held = seat
    key = ranking.AGENT_KEYS[work.queue.agent_rule]
    place = key(agent, held.values(), needs, ranking.idle_order(agent), ranking.turn_order(agent))
    is_other = not ranking.is_preferred(work, agent.agent_id, now)
    return (is_other, agent.serves[work.queue.queue_id].priority, place)


def _rule(work: Waiting, first: Agent, named: UUID | None, now: datetime) -> Rule:
    if not ranking.is_preferred(work, first.agent_id, now):
        return work.queue.agent_rule
    return "preferred_agent" if first.agent_id == named else "last_agent"
