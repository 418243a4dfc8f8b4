"""What a webhook hears: the closed list of events, each with its typed data."""

from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from engage.contacts.models import Contact
from engage.conversations.models import Conversation, TimelineRow
from engage.conversations.schemas import PromiseName
from engage.engagements.models import Engagement
from engage.kit.wire import Moment, WireModel

EventName = Literal[
    "conversation.created",
    "message.created",
    "engagement.queued",
    "engagement.accepted",
    "engagement.closed",
    "rating.given",
    "contact.updated",
    "promise.warned",
    "promise.broken",
    "test.sent",
]
#: what one may subscribe to; a test goes to whoever is tested
SUBSCRIBABLE: tuple[str, ...] = tuple(name for name in get_args(EventName) if name != "test.sent")


class ConversationData(WireModel):
    conversation_id: UUID
    visitor_id: UUID
    topic: str
    locale: str
    created_at: Moment


class MessageData(WireModel):
    conversation_id: UUID
    entry_id: UUID
    #: dense in its conversation, for agents
    seq: int
    author_kind: str
    author_name: str
    text: str
    created_at: Moment


class EngagementData(WireModel):
    engagement_id: UUID
    conversation_id: UUID
    queue_id: UUID
    channel: str
    state: str
    agent_id: UUID | None
    cause: str | None


class RatingData(WireModel):
    conversation_id: UUID
    score: int
    comment: str | None


class PromiseData(WireModel):
    engagement_id: UUID
    conversation_id: UUID
    promise: PromiseName
    #: when its clock had counted so much
    at: Moment


class ContactData(WireModel):
    contact_id: UUID
    external_id: str | None
    name: str | None
    email: str | None
    phone: str | None
    told: dict[str, Any]


class TestData(WireModel):
    message: str


class WebhookEvent(WireModel):
    """The body of a webhook's request."""

    type: EventName
    timestamp: Moment
    data: ConversationData | MessageData | EngagementData | RatingData | ContactData | PromiseData | TestData


def encoded(kind: EventName, at: datetime, data: Any) -> str:
    return WebhookEvent(type=kind, timestamp=at, data=data).model_dump_json()


def of_conversation(row: Conversation) -> ConversationData:
    return ConversationData(
        conversation_id=row.id,
        visitor_id=row.visitor_id,
        topic=row.topic,
        locale=row.locale,
        created_at=row.created_at,
    )


def of_message(row: TimelineRow) -> MessageData:
    return MessageData(
        conversation_id=row.conversation_id,
        entry_id=row.id,
        seq=row.seq,
        author_kind=row.author_kind,
        author_name=row.author_name,
        text=row.text,
        created_at=row.created_at,
    )


def of_engagement(row: Engagement, cause: str | None) -> EngagementData:
    return EngagementData(
        engagement_id=row.id,
        conversation_id=row.conversation_id,
        queue_id=row.queue_id,
        channel=row.channel,
        state=row.state,
        agent_id=row.agent_id,
        cause=cause,
    )


def of_contact(row: Contact) -> ContactData:
    return ContactData(
        contact_id=row.id,
        external_id=row.external_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        told=row.told,
    )
