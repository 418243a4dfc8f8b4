from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from engage.conversations.schemas import AuthorKind, PromiseName
from engage.engagements.lifecycle import State
from engage.engagements.parties import PartyRole
from engage.kit.wire import Moment, PlainText, WireModel
from engage.sites.schemas import QueueName, SiteName

ChannelName = Annotated[str, Field(max_length=20)]


class AgentName(WireModel):
    id: UUID
    name: str
    picture: str | None = None


class PartyView(WireModel):
    """An agent beside the holder."""

    agent: AgentName
    role: PartyRole
    #: none while it rings at his desk
    joined_at: Moment | None


class WorkVisitor(WireModel):
    id: UUID
    #: empty while he has not said it
    name: str
    online: bool


class PromiseClock(WireModel):
    """The clock of a promise: which one, and how much of it is left."""

    promise: PromiseName
    #: when it is or was broken; none while it stands
    due_at: Moment | None
    #: from then on it is in danger
    warn_at: Moment | None
    #: while it stands: what is left of it, in open hours if only those count
    left_seconds: int | None
    warned: bool
    broken: bool


class WaitPlace(WireModel):
    """Where waiting work stands, and what its customer was told; no end: longer than that."""

    position: int
    from_seconds: int | None
    to_seconds: int | None


class WorkItem(WireModel):
    """An engagement as a row of an agent's list."""

    engagement_id: UUID
    conversation_id: UUID
    site: SiteName
    channel: ChannelName
    queue: QueueName
    state: State
    #: units of an agent's capacity that it takes
    weight: int
    topic: str
    visitor: WorkVisitor
    agent: AgentName | None
    opened_at: Moment
    #: since when it waits in the queue, at its kept place
    waiting_since: Moment | None
    state_since: Moment
    last_text: str
    last_at: Moment
    last_author: AuthorKind | None
    #: entries of the visitor that no agent has read
    unread: int
    wrap_up_until: Moment | None
    #: an outcome must be chosen before it is done
    needs_outcome: bool = False
    due_at: Moment | None
    label_ids: list[UUID]
    #: of the promise that ends first
    clock: PromiseClock | None = None
    #: while it waits, where lists of a queue show it
    place: WaitPlace | None = None
    #: who is at it beside the agent, or was asked to be
    parties: list[PartyView] = Field(default_factory=list)


class DispositionView(WireModel):
    id: UUID
    site_id: UUID
    #: which one it is a kind of
    parent_id: UUID | None
    label: str
    #: the labels from the top of the tree down to its own
    path: list[str]


class Rate(WireModel):
    """The customer's rating of the answer."""

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[PlainText | None, Field(max_length=1000)] = None


class WrapUp(WireModel):
    disposition_id: UUID | None = None
    note: Annotated[PlainText | None, Field(max_length=5000)] = None


class Park(WireModel):
    until: Moment | None = None


CloseCause = Literal[
    "ended_by_visitor", "ended_by_agent", "silent", "left", "wrapped_up", "wrap_up_over", "merged",
    "solved_by_customer", "spam",
]  # fmt: skip
