"""A call-back as its visitor and as an agent sees it, and what can be chosen now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engage.agents.models import Agent
from engage.channels.callback import attempt, limits, numbers, request, rules, slots
from engage.channels.callback.models import CallbackAttempt, CallbackRequest
from engage.channels.callback.request import Caller
from engage.channels.callback.request_lifecycle import OWN_TO_CANCEL, OWN_TO_MOVE, UNSETTLED, State
from engage.channels.callback.schemas import (
    AgentCallback,
    AttemptView,
    CallableCountry,
    CallbackOptions,
    CallbackRules,
    CallbackView,
    CustomerCallState,
)
from engage.channels.callback.steps import CALLS
from engage.engagements.lifecycle import WAITING
from engage.engagements.models import Engagement
from engage.kit import zones
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import places, waits
from engage.sites import service as sites

#: what a customer is told of each state; a second try is "missed"
SHOWN: dict[State, CustomerCallState] = {
    "scheduled": "planned",
    "queued": "queued",
    "taken": "soon",
    "calling": "calling",
    "done": "done",
    "failed": "failed",
    "cancelled": "cancelled",
    "expired": "expired",
}
#: ended call-backs that are still shown
KEPT = timedelta(days=1)
MOST_SHOWN = 20


@dataclass(frozen=True)
class Place:
    """Where a call-back stands in its queue."""

    position: int | None = None
    expected_wait_seconds: int | None = None


async def of_visitor(work: UnitOfWork, row: CallbackRequest) -> CallbackView:
    return await _of_visitor(work, row, await rules.read(work, row.site_id), await _place(work, row))


async def waiting_in(work: UnitOfWork, queue_id: UUID, *, limit: int) -> list[tuple[UUID, CallbackView]]:
    """Call-backs among the first of this queue, by visitor, with their places."""
    positions = {each.engagement_id: each.position for each in await places.in_order(work, [queue_id], limit=limit)}
    mine = select(CallbackRequest, Engagement).join(Engagement, Engagement.id == CallbackRequest.engagement_id)
    waiting = mine.where(Engagement.id.in_(positions), CallbackRequest.state == "queued")
    rows = (await work.db.execute(waiting)).all()
    its = await rules.read(work, rows[0][0].site_id) if rows else CallbackRules()
    found = []
    for row, engagement in rows:
        position = positions[engagement.id]
        place = Place(position, await waits.expected_by(work, engagement, position))
        found.append((row.visitor_id, await _of_visitor(work, row, its, place)))
    return found


async def _of_visitor(work: UnitOfWork, row: CallbackRequest, its: CallbackRules, place: Place) -> CallbackView:
    holder = await work.db.get(Agent, row.agent_id) if row.agent_id and row.state in UNSETTLED else None
    missed = row.state == "scheduled" and row.attempts > 0
    return CallbackView(
        id=row.id,
        conversation_id=row.conversation_id,
        state="missed" if missed else SHOWN[row.state],
        number=numbers.shown_e164(row.number),
        slot_at=row.slot_at,
        slot_until=row.slot_at + timedelta(minutes=its.slot_minutes) if row.slot_at else None,
        position=place.position,
        expected_wait_seconds=place.expected_wait_seconds,
        attempts=row.attempts,
        agent_name=holder.name if holder else None,
        can_cancel=row.state in OWN_TO_CANCEL,
        can_move=row.state in OWN_TO_MOVE and its.on,
    )


async def _place(work: UnitOfWork, row: CallbackRequest) -> Place:
    engagement = await work.db.get(Engagement, row.engagement_id) if row.engagement_id else None
    if engagement is None or engagement.state not in WAITING:
        return Place()
    position = await places.position_of(work, engagement)
    return Place(position, await waits.expected_by(work, engagement, position))


async def all_of_visitor(work: UnitOfWork, visitor_id: UUID) -> list[CallbackView]:
    """What has not ended, and what ended lately; the newest first."""
    row = CallbackRequest
    shown = row.ended_at.is_(None) | (row.ended_at > work.now - KEPT)
    found = select(row).where(row.visitor_id == visitor_id, shown).order_by(row.id.desc()).limit(MOST_SHOWN)
    return [await of_visitor(work, each) for each in (await work.db.scalars(found)).all()]


async def of_agent(work: UnitOfWork, row: CallbackRequest) -> AgentCallback:
    its = await rules.read(work, row.site_id)
    return AgentCallback(
        id=row.id,
        engagement_id=row.engagement_id,
        conversation_id=row.conversation_id,
        state=row.state,
        number=row.number,
        shown=numbers.shown_e164(row.number),
        country=row.country,
        time_zone=row.time_zone,
        asked_at=row.asked_at,
        slot_at=row.slot_at,
        due_at=row.due_at,
        attempts=await _attempts(work, row.id),
        attempts_left=max(0, its.attempts - row.attempts),
        refusal=await attempt.refusal(work, its, row) if row.state == "taken" else None,
    )


async def _attempts(work: UnitOfWork, request_id: UUID) -> list[AttemptView]:
    rows = select(CallbackAttempt, Agent.name).join(Agent, Agent.id == CallbackAttempt.agent_id)
    mine = rows.where(CallbackAttempt.request_id == request_id).order_by(CallbackAttempt.ordinal)
    return [
        AttemptView(
            ordinal=each.ordinal, agent_name=name, dialled_at=each.dialled_at, outcome=each.outcome, note=each.note
        )
        for each, name in (await work.db.execute(mine)).all()
    ]


async def options(work: UnitOfWork, caller: Caller, *, zone_name: str | None, topic: str) -> CallbackOptions:
    """What can be chosen at this moment, by somebody whose browser is in that zone."""
    its, site = caller.rules, caller.site
    home = ZoneInfo(site.time_zone)
    zone = zones.known(zone_name) or home
    now = its.now and request.is_callable_now(caller, zone, work.now)
    now = now and await limits.called_today(work, site) < its.calls_a_day
    return CallbackOptions(
        countries=[CallableCountry(code=each, calling_code=numbers.calling_code(each)) for each in its.countries],
        country=numbers.country_of_zone(zone, its.countries),
        now=now,
        expected_wait_seconds=await _wait(work, site.id, topic) if now else None,
        slots=await _free(work, caller, zone) if its.slots else [],
        slot_minutes=its.slot_minutes,
    )


async def _free(work: UnitOfWork, caller: Caller, zone: ZoneInfo) -> list[datetime]:
    taken = await request.taken(work, caller.site.id)
    room = await rules.capacity(work, caller.rules, caller.site.id)
    grid = rules.grid(caller.rules, caller.site, zone)
    return [*slots.free(grid, work.now, taken=taken, capacity=room)]


async def _wait(work: UnitOfWork, site_id: UUID, topic: str) -> int | None:
    queue = await sites.queue_for_topic(work, site_id, topic)
    kind = await waits.kind_of_newcomer(work, site_id, CALLS.channel, CALLS.weight)
    return await waits.expected_in(work, queue.id, kind)
