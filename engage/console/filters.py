"""Which work a list shows and in what order: the views, filters and sorts, as conditions and as places in a list."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select

from engage.access.principals import CallingAgent
from engage.conversations.models import Conversation, ConversationLabel, Cursor, TimelineRow
from engage.engagements import clocks
from engage.engagements.lifecycle import OPEN, WAITING, State
from engage.engagements.models import Engagement
from engage.engagements.schemas import WorkItem
from engage.kit.db import UtcDateTime
from engage.kit.pagination import BadCursor
from engage.kit.wire import Query

IN_HAND = ("active", "parked", "wrapping_up")
#: stands for "no deadline" and "nobody waits": behind everything else
FAR = datetime(9999, 1, 1, tzinfo=UTC)

Sort = Literal["newest", "deadline", "waiting"]
#: an order by a moment that changes
Timed = Literal["deadline", "waiting"]


class ViewQuery(Query):
    """A view over the work that an agent may see."""

    view: Literal["mine", "queue", "all", "closed"] = "mine"
    site_id: UUID | None = None
    queue_id: UUID | None = None
    channel: Annotated[str | None, Field(max_length=20)] = None
    state: State | Literal["open"] | None = None
    agent: UUID | Literal["nobody"] | None = None
    label_id: UUID | None = None
    #: somebody has waited longer than this
    waiting_minutes: Annotated[int | None, Field(ge=1, le=100_000)] = None
    unread: bool = False
    #: a promise to the customer is broken
    overdue: bool = False
    sort: Sort = "newest"


def conditions(query: ViewQuery, who: CallingAgent, queue_ids: list[UUID], now: datetime) -> list[ColumnElement[bool]]:
    """Over engagements joined with their conversations; what he may see is not in here."""
    return [*_of_view(query, who, queue_ids), *_equal(query), *_further(query, now)]


def _of_view(query: ViewQuery, who: CallingAgent, queue_ids: list[UUID]) -> list[ColumnElement[bool]]:
    if query.view == "mine":
        return [Engagement.agent_id == who.agent_id, Engagement.state.in_(IN_HAND)]
    if query.view == "queue":
        return [Engagement.state.in_(WAITING), Engagement.queue_id.in_(queue_ids)]
    return [Engagement.state.not_in(OPEN)] if query.view == "closed" else []


def _equal(query: ViewQuery) -> list[ColumnElement[bool]]:
    wanted = (
        (Engagement.site_id, query.site_id),
        (Engagement.queue_id, query.queue_id),
        (Engagement.channel, query.channel),
        (Engagement.state, None if query.state == "open" else query.state),
        (Engagement.agent_id, None if query.agent == "nobody" else query.agent),
    )
    return [column == value for column, value in wanted if value is not None]


def _further(query: ViewQuery, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.state == "open":
        found.append(Engagement.state.in_(OPEN))
    if query.agent is not None:
        # who is to get it first when it waits does not hold it
        is_held = Engagement.state.not_in(WAITING) & Engagement.agent_id.is_not(None)
        found.append(is_held if query.agent != "nobody" else ~is_held)
    if query.label_id is not None:
        labelled = ConversationLabel.conversation_id == Engagement.conversation_id
        found.append(exists().where(labelled, ConversationLabel.label_id == query.label_id))
    if query.waiting_minutes is not None:
        found.append(_waits_since() < now - timedelta(minutes=query.waiting_minutes))
    if query.unread:
        found.append(_has_unread())
    if query.overdue:
        found.append(clocks.is_overdue())
    return found


def _has_unread() -> ColumnElement[bool]:
    read = select(Cursor.read_seq).where(Cursor.conversation_id == Engagement.conversation_id, Cursor.side == "agent")
    return exists().where(
        TimelineRow.conversation_id == Engagement.conversation_id,
        TimelineRow.author_kind == "visitor",
        TimelineRow.kind == "message",
        TimelineRow.seq > func.coalesce(read.scalar_subquery(), 0),
    )


def _waits_since() -> ColumnElement[Any]:
    asks = and_(Engagement.state == "active", Conversation.last_author == "visitor")
    return case((Engagement.state.in_(WAITING), Engagement.place_since), (asks, Conversation.last_at))


def _deadline() -> ColumnElement[Any]:
    is_open = Engagement.state.in_(OPEN) & (Engagement.state != "parked")
    return case(
        (Engagement.state == "wrapping_up", Engagement.wrap_up_until),
        (is_open, func.coalesce(clocks.due_at(), Engagement.due_at)),
    )


def order_key(sort: Timed) -> ColumnElement[Any]:
    moment = _deadline() if sort == "deadline" else _waits_since()
    return func.coalesce(moment, literal(FAR, UtcDateTime()), type_=UtcDateTime())


def order_key_of(item: WorkItem, sort: Timed) -> datetime:
    """The same of a row."""
    if sort == "deadline":
        promised = item.clock.due_at if item.clock else None
        moment = item.wrap_up_until if item.state == "wrapping_up" else promised or item.due_at
        return moment if moment and item.state in OPEN and item.state != "parked" else FAR
    asks = item.state == "active" and item.last_author == "visitor"
    return item.waiting_since or (item.last_at if asks else FAR)


def behind(sort: Timed, moment: datetime, engagement_id: UUID) -> ColumnElement[bool]:
    key = order_key(sort)
    return or_(key > moment, and_(key == moment, Engagement.id > engagement_id))


def encode_place(moment: datetime, engagement_id: UUID) -> str:
    micros = round((moment - datetime.min.replace(tzinfo=UTC)) / timedelta(microseconds=1))
    return base64.urlsafe_b64encode(micros.to_bytes(8) + engagement_id.bytes).decode()


def decode_place(cursor: str) -> tuple[datetime, UUID]:
    """Raises BadCursor."""
    try:
        raw = base64.urlsafe_b64decode(cursor)
        micros = timedelta(microseconds=int.from_bytes(raw[:8]))
        return datetime.min.replace(tzinfo=UTC) + micros, UUID(bytes=raw[8:])
    except (ValueError, OverflowError, binascii.Error) as problem:
        raise BadCursor from problem
