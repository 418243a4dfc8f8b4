from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from engage.agents.schemas import PresenceState
from engage.engagements.parties import PartyRole
from engage.engagements.schemas import WorkItem
from engage.kit.wire import Moment, PlainText, WireModel
from engage.routing.requirement import Need, Step
from engage.sites.schemas import CentreState

#: to hold the work; to advise its holder, unseen by the customer; to talk to the customer beside him
OfferRole = Literal["holder", "consult", "conference"]
#: by one process that sees the whole queue, or pulled by whoever is free
RoutingMode = Literal["matched", "pulled"]
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
    role: OfferRole = "holder"
    #: who asks him to be a party, and what he tells him
    asked_by: str | None = None
    note: str | None = None
    engagement: WorkItem
    offered_at: Moment
    expires_at: Moment
    #: then it accepts itself; none: he does
    accepts_at: Moment | None
    reason: OfferReason


class DeclineReasonView(WireModel):
    id: UUID
    site_id: UUID
    label: str


class RefusalView(WireModel):
    """Somebody did not take it."""

    agent_name: str
    state: OfferState
    #: in his words, if he gave one
    reason: str | None


class DeclineOffer(WireModel):
    """Without a reason, for one of the site's, or for one in his own words."""

    reason_id: UUID | None = None
    reason: Annotated[PlainText | None, Field(max_length=200)] = None


class AskIn(WireModel):
    """Ask one colleague to be a party, or whoever is best in a queue or with a skill."""

    role: PartyRole
    agent_id: UUID | None = None
    queue_id: UUID | None = None
    skill_id: UUID | None = None
    note: Annotated[PlainText | None, Field(max_length=5000)] = None

    @model_validator(mode="after")
    def _one_target(self) -> "AskIn":
        if sum(each is not None for each in (self.agent_id, self.queue_id, self.skill_id)) != 1:
            raise ValueError("name a colleague, a queue or a skill")
        return self


class Transfer(WireModel):
    """To one agent, a queue, whoever has a skill, or the people of a centre."""

    to_queue_id: UUID | None = None
    to_agent_id: UUID | None = None
    to_skill_id: UUID | None = None
    to_centre_id: UUID | None = None
    note: Annotated[PlainText | None, Field(max_length=5000)] = None
    #: whoever is asked first may miss or decline it: then it is offered to me again
    return_to_me: bool = False

    @model_validator(mode="after")
    def _one_target(self) -> "Transfer":
        named = (self.to_queue_id, self.to_agent_id, self.to_skill_id, self.to_centre_id)
        if sum(each is not None for each in named) != 1:
            raise ValueError("name an agent, a queue, a skill or a centre")
        return self


class AgentTarget(WireModel):
    """A colleague, and whether he could take it now."""

    id: UUID
    name: str
    picture: str | None
    presence: PresenceState
    reason: str | None
    reason_id: UUID | None
    #: he says so, and a screen of his is connected
    is_there: bool
    has_room: bool
    #: pieces of work in his hands
    held: int


class QueueTarget(WireModel):
    id: UUID
    name: str
    waiting: int
    #: people who could take it now
    free: int


class SkillTarget(WireModel):
    id: UUID
    name: str
    free: int


class CentreTarget(WireModel):
    id: UUID
    name: str
    state: CentreState
    free: int


class Targets(WireModel):
    """Where a piece of work can go."""

    agents: list[AgentTarget]
    queues: list[QueueTarget]
    skills: list[SkillTarget]
    centres: list[CentreTarget]
