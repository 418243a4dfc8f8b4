"""Who may have which work, and if not, why not. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from engage.routing.capacity import Kind, fits
from engage.routing.requirement import ANYBODY, Need, Needs, Step, lacking, meets
from engage.sites.schemas import CentreState

Order = Literal["score", "strict", "newest_first"]
AgentRule = Literal["longest_idle", "load_ratio", "best_proficiency", "round_robin"]
Absence = Literal["offline", "not_available"]
Reason = Literal["offline", "not_available", "other_queues", "centre", "delay", "skill", "refused", "full"]

FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class QueueRules:
    """How one queue routes."""

    queue_id: UUID
    #: in minutes of waiting
    priority: int = 0
    order: Order = "score"
    #: percent of a minute of priority that each minute of waiting is worth
    age_factor: int = 100
    agent_rule: AgentRule = "longest_idle"
    steps: tuple[Step, ...] = ANYBODY
    #: a step that nobody present could meet is passed over at once
    skips_unstaffed: bool = False


@dataclass(frozen=True)
class Serves:
    """An agent's membership of a queue."""

    #: lowest first: an agent's first queue before his second
    priority: int = 1
    #: he sees work only after it waited so long
    delay_seconds: int = 0
    #: of his centre at the queue's site
    centre: CentreState = "open"
    #: which one that is
    centre_id: UUID | None = None


@dataclass(frozen=True)
class Agent:
    """A person at his desk."""

    agent_id: UUID
    serves: Mapping[UUID, Serves] = field(hash=False)
    capacity: int
    #: when work last left his hands
    idle_since: datetime
    #: proficiency by skill
    skills: Mapping[UUID, int] = field(default_factory=dict, hash=False)
    #: when he was last given something
    given_at: datetime | None = None
    absent: Absence | None = None


@dataclass(frozen=True)
class Waiting:
    """A queued engagement that may be offered now."""

    engagement_id: UUID
    queue: QueueRules
    #: its place in the order, kept through missed offers and transfers
    place_since: datetime
    #: since when it is in this queue: steps and delays count from here
    entered_at: datetime
    kind: Kind
    #: the agent who knows the customer; first until then, if he may have it
    preferred: UUID | None = None
    preferred_until: datetime = FOR_EVER
    #: who declined or missed it is not asked again before this moment
    excluded: Mapping[UUID, datetime] = field(default_factory=dict, hash=False)
    #: of its row: whoever decides on an older one is refused
    version: int = 0
    #: minutes that a supervisor added to the queue's priority
    boost: int = 0


@dataclass(frozen=True)
class Obstacle:
    """Why an agent may not have it now."""

    reason: Reason
    #: when it ends by itself, if it does
    until_seconds: int | None = None
    need: Need | None = None


OFFLINE, NOT_AVAILABLE = Obstacle("offline"), Obstacle("not_available")
OTHER_QUEUES, CENTRE, FULL = Obstacle("other_queues"), Obstacle("centre"), Obstacle("full")


def obstacle(work: Waiting, needs: Needs, agent: Agent, held: Collection[Kind], now: datetime) -> Obstacle | None:
    """The first thing in his way, in the order in which a supervisor would look; None if he may have it."""
    if agent.absent is not None:
        return OFFLINE if agent.absent == "offline" else NOT_AVAILABLE
    if (serves := agent.serves.get(work.queue.queue_id)) is None:
        return OTHER_QUEUES
    if serves.centre != "open":
        return CENTRE
    if not meets(agent.skills, needs):
        return Obstacle("skill", need=lacking(agent.skills, needs))
    return not_yet(work, agent, serves, now) or (None if fits(agent.capacity, held, work.kind) else FULL)


def not_yet(work: Waiting, agent: Agent, serves: Serves, now: datetime) -> Obstacle | None:
    """What only time takes out of the way of an agent who serves the queue."""
    if serves.delay_seconds:
        left = serves.delay_seconds - (now - work.entered_at).total_seconds()
        if left > 0:
            return Obstacle("delay", until_seconds=-int(-left // 1))
    if work.excluded and (until := work.excluded.get(agent.agent_id)) is not None and until > now:
        return Obstacle("refused", until_seconds=-int(-(until - now).total_seconds() // 1))
    return None


def attends(agent: Agent, queue_id: UUID) -> bool:
    """Whether he is there for this queue at all, be his hands full or not."""
    serves = agent.serves.get(queue_id)
    return agent.absent is None and serves is not None and serves.centre == "open"
