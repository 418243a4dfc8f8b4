"""Overflow: work that waits for too long, is too much or comes outside of its queue's hours.

It goes on in another queue at its old place, or stays where it is; its visitor is told either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias
from uuid import UUID

from sqlalchemy import select

from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.models import TimelineRow
from engage.conversations.schemas import Instead, StateName
from engage.engagements import service as engagements
from engage.engagements.events import EngagementMoved
from engage.engagements.models import Engagement, EngagementStep
from engage.kit.bus import Reactions
from engage.kit.jobs import JobTable, enqueue
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import places
from engage.routing.models import QueueOverflow
from engage.sites import opening_hours, turning
from engage.sites.models import Queue, Site
from engage.sites.opening_hours import OpeningHours

reactions = Reactions()
jobs = JobTable()

Why: TypeAlias = Literal["hours", "depth", "wait"]
#: what the visitor is told who stays where he is
TOLD: dict[Why, StateName] = {"hours": "queue_closed", "depth": "queue_busy", "wait": "queue_busy"}


@dataclass(frozen=True)
class Plight:
    """How work stands in its queue."""

    is_open: bool
    #: how many wait before it
    before: int
    waited: timedelta


def reason(rule: QueueOverflow, plight: Plight) -> Why | None:
    """Why it may not simply wait on. Pure."""
    if not plight.is_open:
        return "hours"
    if rule.depth is not None and plight.before >= rule.depth:
        return "depth"
    if rule.after_seconds is not None and plight.waited >= timedelta(seconds=rule.after_seconds):
        return "wait"
    return None


def instead_of_waiting(rule: QueueOverflow, engagement: Engagement) -> tuple[Instead, ...]:
    """Only who sits and waits is offered something: a mail or a call waits by itself. Pure."""
    if not engagement.live:
        return ()
    offered: dict[Instead, bool] = {"call": rule.offers_call, "mail": rule.offers_mail}
    return tuple(way for way, is_offered in offered.items() if is_offered)


@reactions.on_all(EngagementMoved)
async def look_at_them(work: UnitOfWork, events: Sequence[EngagementMoved]) -> None:
    """They came into a queue with such a rule, or came back to it."""
    came = [event for event in events if event.state == "queued"]
    if not came:
        return
    ruled = select(QueueOverflow.queue_id).where(QueueOverflow.queue_id.in_({event.queue_id for event in came}))
    queue_ids = set(await work.db.scalars(ruled))
    for event in came:
        if event.queue_id in queue_ids:
            await _look(work, event.engagement_id, work.now)


async def _look(work: UnitOfWork, engagement_id: UUID, at: datetime) -> None:
    payload, key = {"engagement": str(engagement_id)}, f"routing.overflow:{engagement_id}"
    await enqueue(work, "routing.overflow", payload, due_at=at, key=key)


@jobs.inside("routing.overflow")
async def overflow(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """Acts if there is a reason, and looks again when there may be another one."""
    engagement = await engagements.locked(work, UUID(payload["engagement"]))
    rule = await work.db.get(QueueOverflow, engagement.queue_id)
    if engagement.state != "queued" or rule is None:
        return
    hours = await _hours(work, rule, engagement.site_id)
    before = await places.position_of(work, engagement) - 1
    plight = Plight(hours.is_open(work.now), before, work.now - engagement.entered_at)
    why = reason(rule, plight)
    if why is not None and await _goes_on(work, engagement, rule, why):
        return
    if (again := _next_look(rule, engagement, hours, work.now)) is not None:
        await _look(work, engagement.id, again)


async def _hours(work: UnitOfWork, rule: QueueOverflow, site_id: UUID) -> OpeningHours:
    site = await work.db.get_one(Site, site_id)
    return opening_hours.read(rule.hours, time_zone=site.time_zone)


def _next_look(rule: QueueOverflow, engagement: Engagement, hours: OpeningHours, now: datetime) -> datetime | None:
    moments = [turning.turns_at(hours, now)]
    if rule.after_seconds is not None:
        moments.append(engagement.entered_at + timedelta(seconds=rule.after_seconds))
    return min((each for each in moments if each is not None and each > now), default=None)


async def _goes_on(work: UnitOfWork, engagement: Engagement, rule: QueueOverflow, why: Why) -> bool:
    """Whether it went to another queue. Where it was before it does not go again: nothing goes round in circles."""
    target = await _target(work, engagement, rule.closed_target_id if why == "hours" else rule.target_id)
    conversation = await timeline.locked(work, engagement.conversation_id)
    news: dict[str, Any] = {
        "comment": (rule.closed_message if why == "hours" else rule.message) or None,
        "instead": instead_of_waiting(rule, engagement),
    }
    if target is None:
        await _tell_once(work, engagement, TOLD[why], news)
        return False
    agent_id = engagement.agent_id
    await engagements.take(work, engagement, "transfer", agent_id=agent_id, to_queue=target.id, cause=f"overflow_{why}")
    await conversations.note_state(work, conversation, "overflowed", **news)
    return True


async def _target(work: UnitOfWork, engagement: Engagement, queue_id: UUID | None) -> Queue | None:
    queue = await work.db.get(Queue, queue_id) if queue_id else None
    been = select(EngagementStep.id).where(
        EngagementStep.engagement_id == engagement.id, EngagementStep.queue_id == queue_id
    )
    if queue is None or queue.retired or await work.db.scalar(been.limit(1)) is not None:
        return None
    return queue


async def _tell_once(work: UnitOfWork, engagement: Engagement, state: StateName, news: dict[str, Any]) -> None:
    if not engagement.live:
        return
    said = select(TimelineRow.id).where(
        TimelineRow.conversation_id == engagement.conversation_id,
        TimelineRow.kind == "state",
        TimelineRow.created_at >= engagement.entered_at,
        TimelineRow.details["state"].as_string() == state,
    )
    if await work.db.scalar(said.limit(1)) is None:
        conversation = await timeline.locked(work, engagement.conversation_id)
        await conversations.note_state(work, conversation, state, **news)
