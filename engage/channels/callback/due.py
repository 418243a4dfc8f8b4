"""What happens by itself: a slot begins, a try is due, a reminder leaves, a window closes."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engage.agents import service as agents
from engage.agents.models import Agent
from engage.channels.callback import dial_guard, quiet_hours, rules, steps
from engage.channels.callback.errors import NoSuchCallback, TooLate
from engage.channels.callback.models import CallbackRequest
from engage.channels.callback.request import enter_queue
from engage.channels.callback.request_lifecycle import UNSETTLED
from engage.conversations import timeline
from engage.engagements import service as engagements
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import service as routing
from engage.routing.move import leave_queue
from engage.sites import service as sites

#: an agent has the conversation in hand: we look again so much later
LOOKED_AGAIN = timedelta(minutes=1)
#: nothing can be done about it now
LATER = timedelta(minutes=10)

table = JobTable()


@table.inside("callback.due")
async def fall_due(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """The work of this try begins, once: with the row's own completion, or not at all."""
    request_id = UUID(payload["request"])
    seen = await work.db.get(CallbackRequest, request_id)
    if seen is None or seen.state != "scheduled":
        return
    found = await engagements.open_of(work, seen.conversation_id)
    present = await engagements.locked(work, found.id) if found else None
    request = await steps.hold(work, request_id)
    if request.state != "scheduled" or request.due_at > work.now:
        return
    if present is not None and present.state not in WAITING:
        await steps.alarm(work, "due", request.id, work.now + LOOKED_AGAIN)
        return
    if await _put_off(work, request):
        return
    await steps.take(work, request, "fall_due")
    request.engagement_id = (await enter_queue(work, request, present)).id
    await steps.tell(work, request)


async def _put_off(work: UnitOfWork, request: CallbackRequest) -> bool:
    """Hours or rules changed meanwhile: it waits for the next permitted moment, and its window with it."""
    site, its = await sites.by_id(work, request.site_id), await rules.read(work, request.site_id)
    if not its.on:
        # nobody may call: unless it is switched on again in time, he is told that nobody did
        await steps.alarm(work, "due", request.id, work.now + LATER)
        return True
    hours, night = sites.hours_of(site), dial_guard.night(its)
    permitted = quiet_hours.next_permitted(work.now, ZoneInfo(request.time_zone), hours, **night)
    if permitted is None or permitted <= work.now:
        return False
    window = request.expires_at - request.due_at
    await steps.schedule(work, request, due=permitted, expires=permitted + window)
    await steps.tell(work, request)
    return True


@table.inside("callback.remind")
async def remind(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """Only of what still stands."""
    request = await work.db.get(CallbackRequest, UUID(payload["request"]))
    if request is not None and request.state == "scheduled":
        await steps.tell(work, request, "reminder")


@table.inside("callback.expire")
async def expire(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """Nobody took it in time: he is told, and does not wait in vain."""
    try:
        request, engagement = await steps.locked(work, UUID(payload["request"]))
    except (NoSuchCallback, TooLate):
        return
    if request.state in UNSETTLED:
        await steps.alarm(work, "expire", request.id, work.now + LATER)
        return
    if request.state not in ("scheduled", "queued") or request.expires_at > work.now:
        return
    await steps.take(work, request, "expire", notice="expired")
    conversation = await timeline.locked(work, request.conversation_id)
    if engagement is not None and engagement.state in WAITING:
        await leave_queue(work, engagement, cause="callback_expired")
    await steps.note(work, conversation, "expired")


@table.inside("callback.agent_lost")
async def give_on(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """Who had taken it and not yet called is gone: somebody else calls. Who was calling may still be on the phone."""
    agent_id = UUID(payload["agent"])
    if agents.is_online(await work.db.get_one(Agent, agent_id), work):
        return
    his = select(Engagement.id).where(Engagement.agent_id == agent_id, Engagement.state == "active")
    calls = his.where(Engagement.channel == steps.CALLS.channel).order_by(Engagement.id)
    for engagement in [await engagements.locked(work, each) for each in (await work.db.scalars(calls)).all()]:
        request = await steps.of_engagement(work, engagement.id)
        if engagement.state == "active" and engagement.agent_id == agent_id and request and request.state == "taken":
            await routing.requeue(work, engagement)
