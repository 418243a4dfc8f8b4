"""What an agent's screen is told, beyond the conversation itself."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from engage.agents.events import agent_room, site_agents_room
from engage.agents.schemas import Colleague, Presence
from engage.console.schemas import MentionView, QueueView, Viewer
from engage.contacts.schemas import TrailItem
from engage.conversations.events import watchers_room
from engage.conversations.schemas import LabelView
from engage.engagements.schemas import PromiseClock, WorkItem
from engage.realtime.events import PushedEvent
from engage.routing.schemas import OfferState, OfferView, RoutingMode


def queue_room(queue_id: UUID) -> str:
    """Agents who serve the queue."""
    return f"queue:{queue_id}"


class _ForOneAgent(PushedEvent):
    """Numbered by the agent's own sequence: a gap makes his console fetch the snapshot."""

    namespace: ClassVar[str] = "/agent"
    agent_id: UUID = Field(exclude=True)
    work_seq: int

    def rooms(self) -> frozenset[str]:
        return frozenset({agent_room(self.agent_id)})


class WorkChanged(_ForOneAgent):
    type: Literal["work_changed"] = "work_changed"
    item: WorkItem
    #: it is not in his hands any more
    removed: bool


class OfferMadeToAgent(_ForOneAgent):
    type: Literal["offer_made"] = "offer_made"
    offer: OfferView


class OfferEndedForAgent(_ForOneAgent):
    type: Literal["offer_ended"] = "offer_ended"
    offer_id: UUID
    engagement_id: UUID
    state: OfferState
    #: nobody accepted it: it did so itself, and is on his desk
    by_itself: bool


class PresenceChangedForAgent(_ForOneAgent):
    type: Literal["presence_changed"] = "presence_changed"
    presence: Presence


class ColleagueChanged(PushedEvent):
    namespace: ClassVar[str] = "/agent"
    type: Literal["colleague_changed"] = "colleague_changed"
    site_ids: frozenset[UUID] = Field(exclude=True)
    colleague: Colleague

    def rooms(self) -> frozenset[str]:
        return frozenset(site_agents_room(site_id) for site_id in self.site_ids)


class QueueChanged(PushedEvent):
    namespace: ClassVar[str] = "/agent"
    type: Literal["queue_changed"] = "queue_changed"
    queue: QueueView

    def rooms(self) -> frozenset[str]:
        return frozenset({queue_room(self.queue.id)})


class VisitorChanged(PushedEvent):
    """For agents who hold or watch one of the visitor's conversations."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["visitor_changed"] = "visitor_changed"
    conversation_ids: frozenset[UUID] = Field(exclude=True)
    holder_ids: frozenset[UUID] = Field(exclude=True)
    visitor_id: UUID
    online: bool
    #: his latest steps, oldest first
    trail: list[TrailItem]

    def rooms(self) -> frozenset[str]:
        watching = {watchers_room(each) for each in self.conversation_ids}
        return frozenset(watching | {agent_room(each) for each in self.holder_ids})


class ViewersChanged(PushedEvent):
    """Who else has the conversation on his screen."""

    namespace: ClassVar[str] = "/agent"
    volatile: ClassVar[bool] = True
    type: Literal["viewers"] = "viewers"
    conversation_id: UUID
    viewers: list[Viewer]

    def rooms(self) -> frozenset[str]:
        return frozenset({watchers_room(self.conversation_id)})


class LabelsChanged(PushedEvent):
    """For whoever has the conversation on his screen, open or as a row."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["labels_changed"] = "labels_changed"
    holder_id: UUID | None = Field(exclude=True)
    queue_id: UUID | None = Field(exclude=True)
    conversation_id: UUID
    label_ids: list[UUID]

    def rooms(self) -> frozenset[str]:
        holder = {agent_room(self.holder_id)} if self.holder_id else set()
        queue = {queue_room(self.queue_id)} if self.queue_id else set()
        return frozenset({watchers_room(self.conversation_id)} | holder | queue)


class ClockChanged(PushedEvent):
    """For whoever has the work on his screen, open or as a row: the promise that ends first is another, or stands."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["clock_changed"] = "clock_changed"
    holder_id: UUID | None = Field(exclude=True)
    queue_id: UUID | None = Field(exclude=True)
    engagement_id: UUID
    conversation_id: UUID
    clock: PromiseClock | None

    def rooms(self) -> frozenset[str]:
        holder = {agent_room(self.holder_id)} if self.holder_id else set()
        queue = {queue_room(self.queue_id)} if self.queue_id else set()
        return frozenset({watchers_room(self.conversation_id)} | holder | queue)


class SiteLabelsChanged(PushedEvent):
    """The site's list of labels, for everybody who works there."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["site_labels_changed"] = "site_labels_changed"
    site_id: UUID
    labels: list[LabelView]

    def rooms(self) -> frozenset[str]:
        return frozenset({site_agents_room(self.site_id)})


class ChoicesChanged(PushedEvent):
    """What agents of the site choose from has changed, outcomes and reasons: the snapshot has them."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["choices_changed"] = "choices_changed"
    site_id: UUID

    def rooms(self) -> frozenset[str]:
        return frozenset({site_agents_room(self.site_id)})


class RoutingTurnedForAgents(PushedEvent):
    """Work is given out in another way than before."""

    namespace: ClassVar[str] = "/agent"
    type: Literal["routing_turned"] = "routing_turned"
    site_ids: frozenset[UUID] = Field(exclude=True)
    routing: RoutingMode

    def rooms(self) -> frozenset[str]:
        return frozenset(site_agents_room(site_id) for site_id in self.site_ids)


class _OfMentions(PushedEvent):
    namespace: ClassVar[str] = "/agent"
    agent_id: UUID = Field(exclude=True)
    #: how many he has not looked at
    unread: int

    def rooms(self) -> frozenset[str]:
        return frozenset({agent_room(self.agent_id)})


class Mentioned(_OfMentions):
    type: Literal["mentioned"] = "mentioned"
    mention: MentionView


class MentionsRead(_OfMentions):
    type: Literal["mentions_read"] = "mentions_read"
    conversation_id: UUID
