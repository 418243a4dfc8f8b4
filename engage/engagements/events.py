from dataclasses import dataclass
from uuid import UUID

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
