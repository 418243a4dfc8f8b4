"""Who gets what next. Pure matching: values in, decisions out; time comes as an argument."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

Rule = Literal["last_agent", "longest_idle"]


@dataclass(frozen=True)
class Waiting:
    """A queued engagement that may be offered now."""

    engagement_id: UUID
    queue_id: UUID
    #: its place: who waits longest is served first, ties by id
    place_since: datetime
    weight: int
    #: the agent who knows the customer; first, if he may have it
    preferred: UUID | None = None
    #: declined or missed it a moment ago
    excluded: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Free:
    """An agent who is there and may be offered something."""

    agent_id: UUID
    queue_ids: frozenset[UUID]
    #: units of capacity left
    room: int
    idle_since: datetime


@dataclass(frozen=True)
class Decision:
    engagement_id: UUID
    agent_id: UUID
    rule: Rule


def match(waiting: Iterable[Waiting], agents: Sequence[Free], now: datetime) -> list[Decision]:
    """Longest waiting first, each to his last agent or else to the longest idle one with room.

    Afterwards nobody waits for whom an eligible agent has room.
    """
    free = {agent.agent_id: agent for agent in agents}
    decisions: list[Decision] = []
    for each in sorted(waiting, key=lambda w: (w.place_since, w.engagement_id)):
        if (decision := _decide(each, free.values())) is not None:
            decisions.append(decision)
            taken = free[decision.agent_id]
            # whoever has just been chosen is the least idle of all: one after the other, so that work is spread
            busy_since = now + timedelta(microseconds=len(decisions))
            free[taken.agent_id] = replace(taken, room=taken.room - each.weight, idle_since=busy_since)
    return decisions


def _decide(each: Waiting, agents: Iterable[Free]) -> Decision | None:
    eligible = [agent for agent in agents if is_eligible(each, agent)]
    if not eligible:
        return None
    if any(agent.agent_id == each.preferred for agent in eligible) and each.preferred is not None:
        return Decision(each.engagement_id, each.preferred, "last_agent")
    longest_idle = min(eligible, key=lambda agent: (agent.idle_since, agent.agent_id))
    return Decision(each.engagement_id, longest_idle.agent_id, "longest_idle")


def is_eligible(each: Waiting, agent: Free) -> bool:
    return each.queue_id in agent.queue_ids and agent.room >= each.weight and agent.agent_id not in each.excluded
