"""In which order work is served, and which agent comes first. Pure, in whole milliseconds: choices can be replayed."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from engage.routing.capacity import Kind, load
from engage.routing.eligibility import Agent, QueueRules, Waiting
from engage.routing.requirement import Needs

Rule = Literal["preferred_agent", "last_agent", "longest_idle", "load_ratio", "best_proficiency", "round_robin"]

#: what one minute of priority is worth in the unit of `standing`: milliseconds x percent
PRIORITY_MINUTE = 60_000 * 100
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MILLISECOND = timedelta(milliseconds=1)

#: an order among works or agents; the lowest comes first
Key = tuple[float, ...]


def milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND


def ageing(queue: QueueRules) -> int:
    """Percent of a minute's priority that a minute of waiting is worth; none unless the queue goes by score."""
    return queue.age_factor if queue.order == "score" else 0


def standing(work: Waiting) -> Key:
    """Its place within its queue, which does not change with time."""
    return standing_of(work.queue, work.boost, work.place_since, work.engagement_id)


def standing_of(queue: QueueRules, priority: int, place_since: datetime, engagement_id: UUID) -> Key:
    """A place within its queue, which does not change with time; ties by longer wait (or shorter), then id."""
    place = milliseconds(place_since)
    tie = -place if queue.order == "newest_first" else place
    return (place * ageing(queue) - (queue.priority + priority) * PRIORITY_MINUTE, tie, engagement_id.int)


def rank(work: Waiting, now: datetime) -> Key:
    """Its place among the works of all queues at this moment: by score, highest first."""
    return rank_of(standing(work), work.queue, milliseconds(now))


def rank_of(standing: Key, queue: QueueRules, now_ms: int) -> Key:
    """The same from a standing that is known."""
    return (standing[0] - now_ms * ageing(queue), *standing[1:])


def idle_order(agent: Agent) -> Key:
    """Longest idle first: since work last left his hands or came to him."""
    since = max(agent.idle_since, agent.given_at) if agent.given_at else agent.idle_since
    return (milliseconds(since), 0, agent.agent_id.int)


def turn_order(agent: Agent) -> Key:
    """Who was given something longest ago, whatever he has done since."""
    return (milliseconds(agent.given_at) if agent.given_at else 0, 0, agent.agent_id.int)


def proficiency(agent: Agent, needs: Needs) -> int:
    """Sum of his levels in what is asked."""
    return sum(agent.skills.get(need.skill_id, 0) for need in needs)


#: (agent, what he holds, what is asked, his idle order, his turn) -> his place among those who may have it
AgentKey = Callable[[Agent, Collection[Kind], Needs, Key, Key], Key]

AGENT_KEYS: dict[str, AgentKey] = {
    "longest_idle": lambda _agent, _held, _needs, idle, _turn: idle,
    "load_ratio": lambda agent, held, _needs, idle, _turn: (load(held) / agent.capacity, *idle),
    "best_proficiency": lambda agent, _held, needs, idle, _turn: (-proficiency(agent, needs), *idle),
    "round_robin": lambda _agent, _held, _needs, _idle, turn: turn,
}


def is_preferred(work: Waiting, agent_id: UUID, now: datetime) -> bool:
    """Whether he is the customer's last agent, and his time to be first is not over."""
    return work.preferred == agent_id and now < work.preferred_until
