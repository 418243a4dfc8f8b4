from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from engage.engagements.schemas import WorkItem
from engage.kit.wire import Moment, PlainText, WireModel
from engage.routing.requirement import Need, Step

#: to hold the work; to advise its holder, unseen by the customer; to talk to the customer beside him
OfferRole = Literal["holder", "consult", "conference"]
#: to another queue; or it stays, and the visitor is told and shown another way
OverflowAction = Literal["queue", "message", "mail", "callback"]
OfferState = Literal["pending", "accepted", "declined", "missed", "withdrawn"]


class NeedForm(WireModel):
    skill_id: UUID
    #: lowest proficiency that will do
    level: Annotated[int, Field(ge=1, le=5)]


class StepForm(WireModel):
    """What is asked of an agent from this moment after the entry into the queue on."""

    after_seconds: Annotated[int, Field(ge=0, le=86_400)] = 0
    #: nothing asked: anybody in the queue
    needs: Annotated[tuple[NeedForm, ...], Field(max_length=10)] = ()

    @property
    def step(self) -> Step:
        return Step(self.after_seconds, frozenset(Need(need.skill_id, need.level) for need in self.needs))


class WaitRange(WireModel):
    """How long somebody will wait: from 0 to 0 is at once; without an end it is longer than that."""

    from_seconds: int
    to_seconds: int | None


class OfferReason(WireModel):
    queue_name: str
    waited_seconds: int


class OfferView(WireModel):
    id: UUID
    engagement: WorkItem
    offered_at: Moment
    expires_at: Moment
    reason: OfferReason


class DeclineOffer(WireModel):
    reason: Annotated[PlainText | None, Field(max_length=200)] = None


class Transfer(WireModel):
    """To a queue, or to one agent."""

    to_queue_id: UUID | None = None
    to_agent_id: UUID | None = None
    note: Annotated[PlainText | None, Field(max_length=5000)] = None

    @model_validator(mode="after")
    def _one_target(self) -> "Transfer":
        if (self.to_queue_id is None) == (self.to_agent_id is None):
            raise ValueError("name a queue or an agent")
        return self
