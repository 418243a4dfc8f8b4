"""Speaking defaults for the matcher's tests, and the rules in their plainest form: everything is tried, every time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from engage.routing.capacity import Kind
from engage.routing.eligibility import Agent, QueueRules, Serves, Waiting
from engage.routing.requirement import ANYBODY, Need, Needs, Step
from engage.routing.router import Decision, Router

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SALES, HELP = UUID(int=101), UUID(int=102)
ENGLISH, BILLS = UUID(int=201), UUID(int=202)
ANNA, BEN, CHIARA = UUID(int=1), UUID(int=2), UUID(int=3)
CHAT = Kind("webchat")


def a_queue(queue_id: UUID = SALES, **rules: Any) -> QueueRules:
    return QueueRules(queue_id, **rules)


def waits(number: int, *, minutes: float = 1, queue: QueueRules | None = None, **fields: Any) -> Waiting:
    """Since so many minutes, and all of them in this queue."""
    since = NOW - timedelta(minutes=minutes)
    chosen: dict[str, Any] = {"place_since": since, "entered_at": since, "kind": CHAT, **fields}
    return Waiting(UUID(int=1000 + number), queue or a_queue(), **chosen)


def an_agent(
    agent_id: UUID, *, idle_minutes: float = 5, serves: Mapping[UUID, Serves] | None = None, **fields: Any
) -> Agent:
    chosen: dict[str, Any] = {"capacity": 4, "idle_since": NOW - timedelta(minutes=idle_minutes), **fields}
    return Agent(agent_id, serves or {SALES: Serves()}, **chosen)


def asks(*steps: tuple[int, dict[UUID, int]]) -> tuple[Step, ...]:
    return tuple(Step(after, frozenset(Need(*each) for each in needs.items())) for after, needs in steps) or ANYBODY


def decisions(waiting: list[Waiting], agents: list[Agent], now: datetime = NOW) -> list[Decision]:
    """Of a router that sees all of them for the first time; their hands are empty."""
    router = Router()
    for agent in agents:
        router.put_agent(agent, {}, now)
    for work in waiting:
        router.put_waiting(work, now)
    return router.decide(now)


def pairs(found: list[Decision]) -> list[tuple[int, UUID]]:
    return [(decision.engagement_id.int - 1000, decision.agent_id) for decision in found]


class BruteForce:
    """What is known, in plain dicts; `decide` asks everybody about everything again after each decision."""

    def __init__(self) -> None:
        self.waiting: dict[UUID, Waiting] = {}
        self.agents: dict[UUID, Agent] = {}
        self.held: dict[UUID, dict[UUID, Kind]] = {}
        #: agents who were given something, by their place behind all others
        self.given: dict[UUID, tuple[datetime, int]] = {}

    def decide(self, now: datetime) -> list[Decision]:
        found: list[Decision] = []
        while (decision := self._next(now)) is not None:
            found.append(decision)
            work = self.waiting.pop(decision.engagement_id)
            self.held[decision.agent_id][work.engagement_id] = work.kind
            self.given[decision.agent_id] = (now, len(found))
        return found

    def _next(self, now: datetime) -> Decision | None:
        able = {each.engagement_id: self.able(each, now) for each in self.waiting.values()}
        some = [work for work in self.waiting.values() if able[work.engagement_id]]
        if not some:
            return None
        work = min(some, key=lambda each: (self._nearest(each, able[each.engagement_id]), *self._order(each, now)))
        return Decision(work.engagement_id, *self._chosen(work, able[work.engagement_id], now))

    def _nearest(self, work: Waiting, able: list[Agent]) -> int:
        return min(agent.serves[work.queue.queue_id].priority for agent in able)

    def _order(self, work: Waiting, now: datetime) -> tuple[float, ...]:
        """By score, in hundredths of a minute of priority; within a strict queue age only breaks ties."""
        waited = (now - work.place_since) // timedelta(milliseconds=1)
        score = work.queue.priority * 100 * 60_000
        if work.queue.order == "score":
            score += waited * work.queue.age_factor
        return (-score, waited if work.queue.order == "newest_first" else -waited, work.engagement_id.int)

    def _chosen(self, work: Waiting, able: list[Agent], now: datetime) -> tuple[UUID, Any]:
        last = [agent.agent_id for agent in able if agent.agent_id == work.preferred and now < work.preferred_until]
        if last:
            return last[0], "last_agent"
        level = self._nearest(work, able)
        near = [agent for agent in able if agent.serves[work.queue.queue_id].priority == level]
        return min(near, key=lambda agent: self._place(work, agent, now)).agent_id, work.queue.agent_rule

    def _place(self, work: Waiting, agent: Agent, now: datetime) -> tuple[Any, ...]:
        never = datetime.min.replace(tzinfo=UTC)
        last = self.given.get(agent.agent_id) or (agent.given_at or never, 0)
        idle = (*max(last, (agent.idle_since, 0)), agent.agent_id)
        if work.queue.agent_rule == "load_ratio":
            weights = [each.weight for each in self.held[agent.agent_id].values()]
            return (sum(weights) / agent.capacity, idle)
        if work.queue.agent_rule == "best_proficiency":
            return (-sum(agent.skills.get(need.skill_id, 0) for need in self.needs(work, now)), idle)
        return (*last, agent.agent_id) if work.queue.agent_rule == "round_robin" else idle

    def able(self, work: Waiting, now: datetime) -> list[Agent]:
        needs = self.needs(work, now)
        return [agent for agent in self.agents.values() if self._is_able(work, needs, agent, now)]

    def _is_able(self, work: Waiting, needs: Needs, agent: Agent, now: datetime) -> bool:
        serves = agent.serves.get(work.queue.queue_id)
        if agent.absent or serves is None or serves.centre != "open":
            return False
        if now < work.entered_at + timedelta(seconds=serves.delay_seconds):
            return False
        if agent.agent_id in work.excluded and now < work.excluded[agent.agent_id]:
            return False
        return self._is_able_to(agent, needs) and self.has_room(agent, work.kind)

    def _is_able_to(self, agent: Agent, needs: Needs) -> bool:
        return all(agent.skills.get(need.skill_id, 0) >= need.level for need in needs)

    def has_room(self, agent: Agent, kind: Kind) -> bool:
        held = list(self.held[agent.agent_id].values())
        if kind.maximum is not None and [each.channel for each in held].count(kind.channel) >= kind.maximum:
            return False
        against = [each for each in held if kind.channel not in each.interrupted_by]
        if kind.exclusive or any(each.exclusive for each in against):
            return not against
        return kind.weight + sum(each.weight for each in against) <= agent.capacity

    def needs(self, work: Waiting, now: datetime) -> Needs:
        steps = [s for s in work.queue.steps if now >= work.entered_at + timedelta(seconds=s.after_seconds)]
        at = max(0, len(steps) - 1)
        while work.queue.skips_unstaffed and at + 1 < len(work.queue.steps) and not self._is_staffed(work, at):
            at += 1
        return work.queue.steps[at].needs

    def _is_staffed(self, work: Waiting, step: int) -> bool:
        needs, queue_id = work.queue.steps[step].needs, work.queue.queue_id
        return any(
            not agent.absent
            and queue_id in agent.serves
            and agent.serves[queue_id].centre == "open"
            and self._is_able_to(agent, needs)
            for agent in self.agents.values()
        )
