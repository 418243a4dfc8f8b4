"""What happens in the slices below, told to webhooks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from engage.contacts.events import ContactChanged
from engage.contacts.models import Contact
from engage.conversations.events import EntryAppended
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements.events import EngagementMoved, PromiseBroken, PromiseWarned
from engage.engagements.models import Engagement
from engage.integrations import deliveries, events
from engage.integrations.deliveries import announce
from engage.integrations.events import EventName, PromiseData, RatingData
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork

reactions = Reactions()


@reactions.on_all(EntryAppended)
async def tell_of_entries(work: UnitOfWork, appended: Sequence[EntryAppended]) -> None:
    """Messages and ratings; a note never leaves the house."""
    told = [event for event in appended if event.kind in ("message", "state", "form")]
    listening = await deliveries.listening(work, {event.site_id for event in told})
    for event in told:
        if event.site_id in listening:
            await _tell_of_entry(work, event)


async def _tell_of_entry(work: UnitOfWork, event: EntryAppended) -> None:
    row = (await work.db.scalars(select(TimelineRow).where(TimelineRow.id == event.entry_id))).one()
    if row.seq == 1:
        conversation = await work.db.get_one(Conversation, row.conversation_id)
        await announce(work, event.site_id, "conversation.created", events.of_conversation(conversation))
    if row.kind == "message":
        await announce(work, event.site_id, "message.created", events.of_message(row))
    elif row.details.get("state") == "rated":
        await announce(work, event.site_id, "rating.given", _rating(row))


def _rating(row: TimelineRow) -> RatingData:
    details: dict[str, Any] = row.details
    return RatingData(
        conversation_id=row.conversation_id, score=details.get("score") or 0, comment=details.get("comment")
    )


@reactions.on_all(EngagementMoved)
async def tell_of_works(work: UnitOfWork, moved: Sequence[EngagementMoved]) -> None:
    told = [event for event in moved if _kind(event) is not None]
    listening = await deliveries.listening(work, {event.site_id for event in told})
    for event in told:
        if event.site_id in listening:
            await _tell_of_work(work, event)


async def _tell_of_work(work: UnitOfWork, event: EngagementMoved) -> None:
    kind = _kind(event)
    if kind is not None:
        engagement = await work.db.get_one(Engagement, event.engagement_id)
        await announce(work, event.site_id, kind, events.of_engagement(engagement, event.cause))


def _kind(event: EngagementMoved) -> EventName | None:
    if event.before is None and event.state == "queued":
        return "engagement.queued"
    if event.state == "active" and event.before in (None, "queued", "offered"):
        return "engagement.accepted"
    return "engagement.closed" if event.state in ("closed", "abandoned") else None


@reactions.on(PromiseWarned)
@reactions.on(PromiseBroken)
async def tell_of_promise(work: UnitOfWork, event: PromiseWarned | PromiseBroken) -> None:
    kind: EventName = "promise.broken" if isinstance(event, PromiseBroken) else "promise.warned"
    data = PromiseData(
        engagement_id=event.engagement_id, conversation_id=event.conversation_id, promise=event.promise, at=event.at
    )
    await announce(work, event.site_id, kind, data)


@reactions.on(ContactChanged)
async def tell_of_contact(work: UnitOfWork, event: ContactChanged) -> None:
    contact = await work.db.get_one(Contact, event.contact_id)
    await announce(work, event.site_id, "contact.updated", events.of_contact(contact))
