from dataclasses import dataclass
from uuid import UUID

from engage.routing.schemas import OfferState, RoutingMode


@dataclass(frozen=True)
class RoutingChanged:
    """Who may have what is not what it was: a rule, a skill, a membership or a centre changed."""

    #: only what these agents serve and can; none: anything
    people: frozenset[UUID] | None = None


@dataclass(frozen=True)
class RoutingTurned:
    """Work is given out in another way than before."""

    mode: RoutingMode


@dataclass(frozen=True)
class OrderChanged:
    """Waiting work has another place in its queue, or somebody other than the router gave it to an agent."""

    engagement_id: UUID
    agent_id: UUID | None = None


@dataclass(frozen=True)
class OfferMade:
    offer_id: UUID
    engagement_id: UUID
    agent_id: UUID
    #: the number of this change in the agent's own sequence
    work_seq: int


@dataclass(frozen=True)
class OfferEnded:
    """Accepted, declined, missed or withdrawn."""

    offer_id: UUID
    engagement_id: UUID
    agent_id: UUID
    state: OfferState
    #: nobody accepted it: it did so itself
    by_itself: bool = False


@dataclass(frozen=True)
class WaitTold:
    """A waiting customer is told another wait than before."""

    engagement_id: UUID
    conversation_id: UUID
    queue_id: UUID


@dataclass(frozen=True)
class WaitForecastMeasured:
    """He was served: what he had been told first, how long it really took, and the difference."""

    engagement_id: UUID
    queue_id: UUID
    told_seconds: int
    real_seconds: int
    error_seconds: int


@dataclass(frozen=True)
class PartyChanged:
    """Somebody was asked to be a party to the work, came in, or is one no more."""

    engagement_id: UUID
    conversation_id: UUID
    agent_id: UUID
    #: he sees it and is told of it
    is_in: bool
