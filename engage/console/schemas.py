from typing import Annotated
from uuid import UUID

from pydantic import Field

from engage.agents.schemas import Colleague, Me, Presence, PresenceReasonView, TeamName
from engage.console.filters import ViewQuery
from engage.contacts.schemas import TrailItem
from engage.conversations.schemas import (
    ClientId,
    CursorView,
    DraftView,
    Entry,
    FormField,
    LabelView,
    MessageHtml,
    MessageText,
    Posting,
)
from engage.engagements.declared import Ability
from engage.engagements.schemas import AgentName, DispositionView, WorkItem
from engage.kit.wire import Moment, PlainText, WireModel
from engage.routing.schemas import DeclineReasonView, OfferView, RoutingMode
from engage.sites.schemas import SiteName


class QueueView(WireModel):
    """A queue with who waits in it, oldest first, at most fifty."""

    id: UUID
    site_id: UUID
    name: str
    waiting: int
    longest_waiting_since: Moment | None
    items: list[WorkItem]


class ChannelView(WireModel):
    """What the front page of a channel says to the console."""

    name: str
    label: str
    #: what an agent can do with its work
    composer: tuple[Ability, ...]
    #: how long its customers bear to wait where nothing is promised to them
    patience_seconds: int
    #: at one of his sites
    on: bool


class Workspace(WireModel):
    """The snapshot of an agent's work; events numbered beyond `work_seq` are folded into it."""

    work_seq: int
    me: Me
    presence: Presence
    capacity: int
    offers: list[OfferView]
    mine: list[WorkItem]
    queues: list[QueueView]
    colleagues: list[Colleague]
    #: of all his sites, as the two lists of reasons
    dispositions: list[DispositionView]
    decline_reasons: list[DeclineReasonView]
    presence_reasons: list[PresenceReasonView]
    #: of all his sites
    labels: list[LabelView]
    #: conversations in which he has a draft
    drafts: list[UUID]
    unread_mentions: int
    channels: list[ChannelView]
    #: pulled: more slowly than usual, for nobody matches
    routing: RoutingMode
    server_time: Moment


class WorkQuery(ViewQuery):
    search: Annotated[str, Field(max_length=200)] = ""
    cursor: Annotated[str | None, Field(max_length=100)] = None


class ConversationFacts(WireModel):
    id: UUID
    site: SiteName
    topic: str
    created_at: Moment
    locale: str


class VisitorFacts(WireModel):
    id: UUID
    #: none while he has not said who he is
    contact_id: UUID | None
    name: str
    email: str | None
    online: bool
    time_zone: str | None
    locale: str
    user_agent: str | None
    first_seen_at: Moment
    #: conversations before this one
    contacts_before: int
    #: his site has vouched for his name and address
    verified: bool
    #: the site's own name for him, and what it tells of him
    external_id: str | None
    told: dict[str, str | bool | int | float]


class EarlierConversation(WireModel):
    conversation_id: UUID
    topic: str
    created_at: Moment
    last_text: str
    channel: str
    disposition: str | None


class SidePanelTitle(WireModel):
    """The site has a panel of its own beside its conversations."""

    title: str


class AgentConversation(WireModel):
    """A conversation as an agent sees it, with the person behind it."""

    conversation: ConversationFacts
    engagement: WorkItem | None
    label_ids: list[UUID]
    #: the reader's own
    draft: DraftView | None
    visitor: VisitorFacts
    side_panel: SidePanelTitle | None
    fields: list[FormField]
    trail: list[TrailItem]
    earlier: list[EarlierConversation]
    entries: list[Entry]
    more: bool
    head: int
    mine: CursorView
    theirs: CursorView


class AgentMessage(WireModel):
    client_id: ClientId
    #: the words without their form; always there beside `html`
    text: MessageText = ""
    html: MessageHtml | None = None
    attachment_ids: Annotated[tuple[UUID, ...], Field(max_length=10)] = ()
    #: of work that goes by mail: copies, another subject, another time
    posting: Posting | None = None
    #: sends an article's link with its title instead of words
    article_slug: Annotated[PlainText | None, Field(max_length=120)] = None
    #: the last number that stood on his screen; what somebody else wrote after it refuses the message
    seen_seq: Annotated[int | None, Field(ge=0, lt=2**31)] = None
    #: he has been asked, and sends it all the same
    force: bool = False


class MoveReadCursor(WireModel):
    read_seq: Annotated[int, Field(ge=0, lt=2**31)]
    delivered_seq: Annotated[int, Field(ge=0, lt=2**31)] = 0


class WatchSignal(WireModel):
    conversation_id: UUID


class TypingSignal(WireModel):
    conversation_id: UUID
    on: bool
    #: for colleagues: the customer does not see that somebody types
    note: bool = False


class Viewer(WireModel):
    id: UUID
    name: str
    typing: bool


class Colleagues(WireModel):
    items: list[AgentName]
    #: with at least one of them in it
    teams: list[TeamName]


class MentionView(WireModel):
    """A note that names the reader."""

    id: UUID
    conversation_id: UUID
    visitor_name: str
    by: str
    text: str
    at: Moment
    read: bool
