from typing import Annotated, Literal
from uuid import UUID

from pydantic import EmailStr, Field

from engage.channels import Way
from engage.channels.webchat import pre_chat
from engage.contacts.schemas import TrailItem, VisitorView
from engage.conversations.schemas import ClientId, CursorView, Entry, MessageText
from engage.engagements.schemas import AgentName
from engage.kit.wire import Moment, Query, WireModel
from engage.routing.schemas import WaitRange
from engage.sites.chat_rules import RatingRule

#: what a customer needs to know of the work on his conversation
CustomerState = Literal["queued", "active", "parked", "closed", "abandoned"]


class WidgetConfig(WireModel):
    """All that the launcher needs; cacheable, the same for everybody."""

    site_key: str
    name: str
    locale: str
    accent: str
    position: Literal["right", "left"]
    radius: int
    launcher_text: str
    #: by language, where they differ
    launcher_texts: dict[str, str]
    greeting: str
    frame_url: str


class Topic(WireModel):
    key: str
    label: str
    #: what it is called among colleagues, and in what they do with it
    name: str


class PopularArticle(WireModel):
    slug: str
    title: str
    category: str


class UploadPolicy(WireModel):
    max_bytes: int
    types: list[str]
    max_files: int


class HomeQuery(Query):
    #: the visitor's language
    locale: Annotated[str, Field(max_length=20)] = "en"


class Home(WireModel):
    """The widget's first screen."""

    name: str
    locale: str
    greeting: str
    accent: str
    #: its address on our server
    logo: str | None
    open: bool
    opens_at: Moment | None
    time_zone: str
    ways: list[Way]
    topics: list[Topic]
    fields: list[pre_chat.Field]
    popular: list[PopularArticle]
    upload: UploadPolicy
    rating: RatingRule
    #: the site's own words, by their name in the widget's catalogue
    texts: dict[str, str]
    #: what those are written in
    texts_locale: str
    privacy_url: str | None


class StartConversation(WireModel):
    client_id: ClientId
    #: how he wants to be answered; in closed hours it is by mail
    channel: Literal["webchat", "email"] = "webchat"
    topic: Annotated[str, Field(max_length=40)] = ""
    fields: dict[str, str] = Field(default_factory=dict, max_length=20)
    text: MessageText
    attachment_ids: Annotated[tuple[UUID, ...], Field(max_length=10)] = ()
    trail: Annotated[tuple[TrailItem, ...], Field(max_length=100)] = ()
    locale: Annotated[str, Field(max_length=20)] = "en"


class ConversationSummary(WireModel):
    id: UUID
    topic: str
    state: CustomerState
    channel: str
    created_at: Moment
    updated_at: Moment
    #: last number that the customer may see
    head: int
    unread: int
    last_text: str
    agent: AgentName | None
    rating: int | None


class QueuePlace(WireModel):
    #: 1 is next; null when it does not wait
    position: int | None
    #: the end of the range; null while nothing can be said, or where it has none
    expected_wait_seconds: int | None
    expected_wait: WaitRange | None


class ConversationView(ConversationSummary, QueuePlace):
    """A conversation as its visitor sees it."""

    entries: list[Entry]
    more: bool
    mine: CursorView
    theirs: CursorView


class VisitorHome(WireModel):
    visitor: VisitorView
    conversations: list[ConversationSummary]


class AskTranscript(WireModel):
    email: EmailStr


class AnswerByMail(WireModel):
    #: none: the address that he left already
    email: EmailStr | None = None


class TypingSignal(WireModel):
    conversation_id: UUID
    on: bool
