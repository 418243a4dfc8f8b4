from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engage.conversations.schemas import PromiseName
from engage.engagements.lifecycle import State, Step


@dataclass(frozen=True)
class EngagementMoved:
    """An engagement took a step; opening it is a step from no state."""

    engagement_id: UUID
    conversation_id: UUID
    site_id: UUID
    visitor_id: UUID
    #: the queue it waited in before this step, and the one it belongs to now
    queue_before: UUID
    queue_id: UUID
    channel: str
    step: Step | None
    before: State | None
    state: State
    #: who held it before, and who holds it now
    agent_before: UUID | None
    agent_id: UUID | None
    cause: str | None


@dataclass(frozen=True)
class EngagementAbandoned:
    """The customer left the queue before an answer."""

    engagement_id: UUID
    conversation_id: UUID
    site_id: UUID
    queue_id: UUID
    channel: str
    #: when he really left, which a grace may lie behind
    left_at: datetime
    waited_seconds: float
    #: so soon that it says nothing about the wait; counted apart
    is_short: bool
    cause: str


@dataclass(frozen=True)
class _OfPromise:
    engagement_id: UUID
    conversation_id: UUID
    site_id: UUID
    timer_id: UUID
    policy_id: UUID
    promise: PromiseName
    #: when it had counted so much, whenever it was looked at
    at: datetime


@dataclass(frozen=True)
class PromiseWarned(_OfPromise):
    """So much of a promise has passed that somebody should look."""


@dataclass(frozen=True)
class PromiseBroken(_OfPromise):
    """A promise to a customer was not kept in time."""


@dataclass(frozen=True)
class ClocksMoved:
    """The clocks of an engagement's promises began, stood, went on or ended."""

    engagement_id: UUID
    conversation_id: UUID


@dataclass(frozen=True)
class PriorityRaised:
    """Waiting work moved up in its queue."""

    engagement_id: UUID
    queue_id: UUID
