"""Asking to be called, choosing another time, and taking it back."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engage.access.principals import CallingVisitor
from engage.channels.callback import dial_guard, do_not_call, limits, numbers, quiet_hours, rules, slots, steps
from engage.channels.callback.errors import (
    CallbackOff,
    NoSuchCallback,
    NotNow,
    NumberRefused,
    NumberTaken,
    SlotTaken,
    TooManyCallbacks,
)
from engage.channels.callback.models import CallbackRequest
from engage.channels.callback.numbers import Checked
from engage.channels.callback.schemas import AskCallback, CallbackRules
from engage.channels.callback.steps import CALLS
from engage.contacts import service as contacts
from engage.contacts.models import Visitor
from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.models import Conversation
from engage.conversations.schemas import SendMessage
from engage.engagements import service as engagements
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.move import MOVED, change_channel, leave_queue
from engage.sites import service as sites
from engage.sites.models import Site

#: whoever wants it at once waits no longer than this
PATIENCE = timedelta(hours=8)
#: a try that nobody has taken so long after its window is given up
GRACE = timedelta(minutes=60)
#: a slot booked earlier than this before it begins is reminded of, so long before
REMINDED_FROM, REMINDED = timedelta(hours=3), timedelta(minutes=30)


@dataclass(frozen=True)
class Caller:
    """The site that calls, with its rules, held while a slot is booked."""

    site: Site
    rules: CallbackRules


async def ask(
    work: UnitOfWork, who: CallingVisitor, form: AskCallback, *, address: str
) -> tuple[CallbackRequest, bool]:
    """A request, and whether it was known already: by the same click, or by the same number of the same visitor."""
    # his row is the lock: two tries of the same click become one request
    visitor = await contacts.locked(work, who.visitor_id)
    if known := await _known(work, visitor, form.client_id):
        return known, True
    at = await _site(work, who.site_id)
    checked = _checked(form, at.rules)
    if await do_not_call.is_listed(work, at.site.id, checked.e164):
        raise NumberRefused(reason="listed")
    if known := await do_not_call.open_request(work, at.site.id, checked.e164):
        if known.visitor_id != visitor.id:
            raise NumberTaken
        return known, True
    await limits.check(work, at.rules, site_id=at.site.id, number=checked.e164, visitor_id=visitor.id, address=address)
    zone = numbers.zone_of(checked.e164, form.time_zone, otherwise=ZoneInfo(at.site.time_zone))
    await _check_time(work, at, form.slot_at, zone)
    await contacts.introduce(work, visitor, name=form.name, email=None)
    place = await _place(work, visitor, form)
    request = _new(work, visitor, form, checked, zone, place, address=address)
    work.db.add(request)
    await work.db.flush()
    await _begin(work, at, request, place.waiting)
    return request, False


@dataclass(frozen=True)
class _Place:
    """Where he asks from: a conversation, and the work in it that waits."""

    conversation: Conversation
    queue_id: UUID
    waiting: Engagement | None
    since: datetime


async def _known(work: UnitOfWork, visitor: Visitor, client_id: str) -> CallbackRequest | None:
    row = CallbackRequest
    return await work.db.scalar(select(row).where(row.visitor_id == visitor.id, row.client_id == client_id))


async def _site(work: UnitOfWork, site_id: UUID) -> Caller:
    """Raises CallbackOff."""
    site, its = await sites.by_id(work, site_id), await rules.locked(work, site_id)
    if not its.on:
        raise CallbackOff
    return Caller(site, its)


def _checked(form: AskCallback, its: CallbackRules) -> Checked:
    """Raises NumberRefused."""
    checked = numbers.check(form.number, form.country, its.countries)
    if not isinstance(checked, Checked):
        raise NumberRefused(reason=checked)
    return checked


async def _check_time(work: UnitOfWork, at: Caller, slot_at: datetime | None, zone: ZoneInfo) -> None:
    """Raises NotNow, SlotTaken, TooManyCallbacks."""
    if slot_at is None:
        if not (at.rules.now and is_callable_now(at, zone, work.now)):
            raise NotNow
        if await limits.called_today(work, at.site) >= at.rules.calls_a_day:
            raise TooManyCallbacks
        return
    grid = rules.grid(at.rules, at.site, zone)
    if not at.rules.slots or not slots.is_slot(grid, slot_at, work.now):
        raise NotNow
    room = await rules.capacity(work, at.rules, at.site.id)
    if (await taken(work, at.site.id))[slot_at] >= room:
        raise SlotTaken


def is_callable_now(at: Caller, zone: ZoneInfo, now: datetime) -> bool:
    """We are there, and he is not asleep."""
    is_open = sites.hours_of(at.site).is_open(now)
    return is_open and not quiet_hours.is_quiet(now, zone, **dial_guard.night(at.rules))


async def taken(work: UnitOfWork, site_id: UUID) -> Counter[datetime]:
    """How many hold each slot to come."""
    row = CallbackRequest
    of_site = select(row.slot_at).where(row.site_id == site_id, row.slot_at > work.now, row.ended_at.is_(None))
    return Counter(each for each in await work.db.scalars(of_site) if each is not None)


async def _place(work: UnitOfWork, visitor: Visitor, form: AskCallback) -> _Place:
    """His chat, if he asks from one; else a conversation of its own. Raises NoSuchConversation."""
    if form.conversation_id is None:
        return await _new_place(work, visitor, form)
    conversation = await conversations.of_visitor(work, form.conversation_id, visitor.id)
    found = await engagements.open_of(work, conversation.id)
    engagement = await engagements.locked(work, found.id) if found else None
    conversation = await timeline.locked(work, conversation.id)
    waiting = engagement if engagement and engagement.state in WAITING else None
    latest = engagement or await engagements.latest_of(work, conversation.id)
    queue = (
        await sites.queue(work, latest.queue_id)
        if latest
        else await sites.queue_for_topic(work, visitor.site_id, form.topic)
    )
    return _Place(conversation, queue.id, waiting, waiting.place_since if waiting else work.now)


async def _new_place(work: UnitOfWork, visitor: Visitor, form: AskCallback) -> _Place:
    queue = await sites.queue_for_topic(work, visitor.site_id, form.topic)
    conversation = await conversations.open_conversation(
        work, visitor, client_id=form.client_id, topic=queue.name, locale=form.locale, fields=()
    )
    if form.text.strip():
        said = SendMessage(client_id=f"{form.client_id}-1"[-64:], text=form.text)
        await conversations.say(work, conversation, conversations.author_visitor(visitor), said)
    return _Place(conversation, queue.id, None, work.now)


def _new(
    work: UnitOfWork, visitor: Visitor, form: AskCallback, checked: Checked, zone: ZoneInfo, place: _Place, *,
    address: str,
) -> CallbackRequest:  # fmt: skip
    return CallbackRequest(
        id=new_id(),
        site_id=visitor.site_id,
        conversation_id=place.conversation.id,
        visitor_id=visitor.id,
        client_id=form.client_id,
        queue_id=place.queue_id,
        number=checked.e164,
        country=checked.country,
        time_zone=zone.key,
        state="queued" if form.slot_at is None else "scheduled",
        slot_at=form.slot_at,
        due_at=form.slot_at or work.now,
        expires_at=work.now + PATIENCE,
        place_since=form.slot_at or place.since,
        attempts=0,
        address=address[:60],
        asked_at=work.now,
    )


async def _begin(work: UnitOfWork, at: Caller, request: CallbackRequest, waiting: Engagement | None) -> None:
    """Into the queue at once, or into the calendar; the chat he waited in has then done its part."""
    conversation = await timeline.locked(work, request.conversation_id)
    if request.slot_at is None:
        await steps.note(work, conversation, "asked")
        await _queue_now(work, request, waiting)
        return
    if waiting is not None:
        await leave_queue(work, waiting, cause=MOVED)
    await _calendar(work, at, request, request.slot_at)


async def _queue_now(work: UnitOfWork, request: CallbackRequest, waiting: Engagement | None) -> None:
    engagement = await enter_queue(work, request, waiting)
    request.engagement_id = engagement.id
    await steps.alarm(work, "expire", request.id, request.expires_at)
    await steps.tell(work, request)


async def enter_queue(work: UnitOfWork, request: CallbackRequest, waiting: Engagement | None) -> Engagement:
    """The work of one try, at the place of the request; a chat that waits in the conversation becomes it.

    Raises NotNow while an agent has the conversation in hand.
    """
    if waiting is not None:
        return await change_channel(work, waiting, to=CALLS)
    if await engagements.open_of(work, request.conversation_id) is not None:
        raise NotNow
    conversation = await timeline.locked(work, request.conversation_id)
    queue = await sites.queue(work, request.queue_id)
    return await engagements.open_engagement(
        work, conversation, traits=CALLS, queue=queue, prefer=request.agent_id, place_since=request.place_since
    )


async def _calendar(work: UnitOfWork, at: Caller, request: CallbackRequest, slot_at: datetime) -> None:
    conversation = await timeline.locked(work, request.conversation_id)
    await steps.note(work, conversation, "planned", at=slot_at)
    window = timedelta(minutes=at.rules.slot_minutes)
    request.slot_at = request.place_since = slot_at
    await steps.schedule(work, request, due=slot_at, expires=slot_at + window + GRACE)
    if slot_at - work.now >= REMINDED_FROM:
        await steps.alarm(work, "remind", request.id, slot_at - REMINDED)
    await steps.tell(work, request, "planned")


async def change_time(work: UnitOfWork, request_id: UUID, slot_at: datetime | None) -> CallbackRequest:
    """Another slot, or at once. Raises TooLate, SlotTaken, NotNow, CallbackOff."""
    seen = await work.db.get(CallbackRequest, request_id)
    if seen is None:
        raise NoSuchCallback
    at = await _site(work, seen.site_id)
    request, engagement = await steps.locked(work, request_id)
    if request.slot_at == slot_at and request.state == ("queued" if slot_at is None else "scheduled"):
        return request
    await _check_time(work, at, slot_at, ZoneInfo(request.time_zone))
    await steps.take(work, request, "move_to_now" if slot_at is None else "move")
    if engagement is not None and engagement.state in WAITING:
        await leave_queue(work, engagement, cause=MOVED)
    if slot_at is None:
        await _at_once(work, request)
    else:
        await _calendar(work, at, request, slot_at)
    return request


async def _at_once(work: UnitOfWork, request: CallbackRequest) -> None:
    request.slot_at, request.place_since, request.due_at = None, work.now, work.now
    request.expires_at = work.now + PATIENCE
    found = await engagements.open_of(work, request.conversation_id)
    waiting = await engagements.locked(work, found.id) if found and found.state in WAITING else None
    conversation = await timeline.locked(work, request.conversation_id)
    await steps.note(work, conversation, "asked")
    await _queue_now(work, request, waiting)


async def never_call(work: UnitOfWork, request_id: UUID) -> CallbackRequest:
    """Its owner wants this number to be called by nobody any more. Raises TooLate while we are calling him."""
    request = await work.db.get(CallbackRequest, request_id, populate_existing=True)
    if request is None:
        raise NoSuchCallback
    if request.ended_at is None:
        request = await cancel(work, request_id)
    await do_not_call.add(work, request.site_id, request.number, wanted_by="customer", agent_name=None)
    return request


async def cancel(work: UnitOfWork, request_id: UUID, *, by: str | None = None) -> CallbackRequest:
    """Its visitor does not want it any more, or a colleague of this name calls it off; once is enough.

    Raises TooLate while we are calling him.
    """
    request, engagement = await steps.locked(work, request_id)
    if request.state == "cancelled":
        return request
    await steps.take(work, request, "cancel", notice="cancelled")
    conversation = await timeline.locked(work, request.conversation_id)
    if engagement is not None:
        await _stop(work, conversation, engagement)
    await steps.note(work, conversation, "cancelled", agent_name=by)
    return request


async def _stop(work: UnitOfWork, conversation: Conversation, engagement: Engagement) -> None:
    """Nobody is to call any more: the work ends where it stands."""
    if engagement.state in WAITING:
        await leave_queue(work, engagement, cause="callback_cancelled")
    elif engagement.state in ("active", "parked"):
        conversation.with_agent_id = None
        await engagements.take(work, engagement, "close", agent_id=engagement.agent_id, cause="callback_cancelled")
