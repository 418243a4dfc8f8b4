"""Keeping the clocks of promises: which policy holds, what each clock does now, and what happens at a threshold.

Whatever moves work or speaks in it asks for `settle` as one of the last acts of its transaction. It reads how things
stand and sets the clocks accordingly, so doing it twice changes nothing. A threshold is a job with the timer's row as
its truth: whoever comes second finds it passed already.

Lock order: the engagement, its conversation, its timers, and jobs last.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from engage.contacts import service as contacts
from engage.conversations import timeline
from engage.conversations.models import TimelineRow
from engage.conversations.schemas import PromiseName, StateDetails
from engage.conversations.timeline import SYSTEM, NewEntry
from engage.engagements import service, sla
from engage.engagements.events import ClocksMoved, PriorityRaised, PromiseBroken, PromiseWarned
from engage.engagements.lifecycle import OPEN
from engage.engagements.models import Engagement, SlaPolicy, SlaTimer
from engage.engagements.sla import Clock, Conditions, Facts, Threshold
from engage.kit import jobs
from engage.kit.db import db_of, is_among
from engage.kit.ids import new_id
from engage.kit.jobs import JobTable
from engage.kit.metrics import PROMISES_PASSED
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites
from engage.sites.opening_hours import OpeningHours

#: entries that are an answer or a question
SPOKEN = ("message", "article")
#: entries after which clocks are looked at: a call may have reached the customer
HEARD = (*SPOKEN, "call")
#: engagements that are looked at in one transaction when a site's policies change
BATCH = 100
MILLISECOND = timedelta(milliseconds=1)

timers = JobTable()


def settle_later(work: UnitOfWork, engagement_id: UUID, *, choose: bool = False, since: datetime | None = None) -> None:
    """Before the commit, and before agents' screens are told: the key sorts in front of theirs.

    Clocks that begin by it count from now, or from `since`.
    """
    if choose:
        work.before_commit(f"about:promises:{engagement_id}", partial(_choose, work, engagement_id))
    work.before_commit(f"about:promises:{engagement_id}:clocks", partial(settle, work, engagement_id, since=since))


async def _choose(work: UnitOfWork, engagement_id: UUID) -> None:
    """Which policy holds for it now."""
    engagement = await work.db.get_one(Engagement, engagement_id)
    policies = await policies_of(work, engagement.site_id)
    tier = await _tier(work, engagement) if any(policy.tiers for policy in policies) else None
    asked = sla.Work(engagement.queue_id, engagement.channel, tier)
    engagement.sla_policy_id = sla.first_for(asked, [(policy.id, conditions_of(policy)) for policy in policies])


async def _tier(work: UnitOfWork, engagement: Engagement) -> str | None:
    tier = await contacts.tier_of(work, engagement.visitor_id)
    return tier.casefold() if tier else None


async def policies_of(work: UnitOfWork, site_id: UUID) -> Sequence[SlaPolicy]:
    """Those that count, in the site's order."""
    own = select(SlaPolicy).where(SlaPolicy.site_id == site_id, ~SlaPolicy.retired)
    return (await work.db.scalars(own.order_by(SlaPolicy.position, SlaPolicy.id))).all()


async def promising_among(work: UnitOfWork, site_ids: Collection[UUID]) -> set[UUID]:
    """Those of the sites that promise something to somebody."""
    own = select(SlaPolicy.site_id).where(is_among(db_of(work.db), SlaPolicy.site_id, site_ids), ~SlaPolicy.retired)
    return set(await work.db.scalars(own.distinct()))


def conditions_of(policy: SlaPolicy) -> Conditions:
    return Conditions(
        frozenset(UUID(each) for each in policy.queue_ids),
        frozenset(policy.channels),
        frozenset(tier.casefold() for tier in policy.tiers),
    )


async def settle(work: UnitOfWork, engagement_id: UUID, *, since: datetime | None = None) -> None:
    """Sets the clocks of an engagement as things stand now."""
    await work.db.flush()
    found = {timer.promise: timer for timer in await _locked(work, engagement_id)}
    # read under the timers' lock: who held them before may have moved it
    engagement = await work.db.get_one(Engagement, engagement_id, populate_existing=True)
    policy = await work.db.get(SlaPolicy, engagement.sla_policy_id) if engagement.sla_policy_id else None
    if policy is None and not found:
        return
    facts, hours = await _facts(work, engagement), sites.hours_of(await sites.by_id(work, engagement.site_id))
    for promise in sla.PROMISES:
        await _set(work, engagement, promise, policy, found.get(promise), facts, hours, since)
    await work.db.flush()
    await work.publish(ClocksMoved(engagement.id, engagement.conversation_id))


async def _locked(work: UnitOfWork, engagement_id: UUID) -> Sequence[SlaTimer]:
    running = select(SlaTimer).where(SlaTimer.engagement_id == engagement_id, SlaTimer.ended_at.is_(None))
    held = running.order_by(SlaTimer.id).with_for_update().execution_options(populate_existing=True)
    return (await work.db.scalars(held)).all()


async def _facts(work: UnitOfWork, engagement: Engagement) -> Facts:
    row = TimelineRow
    reached = and_(row.kind == "call", row.details["what"].as_string() == "reached")
    spoken = select(row.author_kind).where(
        row.conversation_id == engagement.conversation_id,
        or_(row.kind.in_(SPOKEN), reached),
        # an answer that has not left yet keeps no promise
        row.customer_seq.is_not(None),
    )
    answers = spoken.where(or_(row.author_kind == "agent", reached), row.created_at >= engagement.opened_at)
    last = await work.db.scalar(spoken.order_by(row.seq.desc()).limit(1))
    answered = await work.db.scalar(answers.limit(1)) is not None
    return Facts(engagement.state, answered=answered, asked=last == "visitor")


async def _set(
    work: UnitOfWork,
    engagement: Engagement,
    promise: PromiseName,
    policy: SlaPolicy | None,
    timer: SlaTimer | None,
    facts: Facts,
    hours: OpeningHours,
    since: datetime | None,
) -> None:
    minutes = minutes_of(policy)[promise] if policy else None
    stance = sla.stance(promise, facts) if minutes else "dropped"
    if timer is None and stance in ("run", "stand") and policy is not None and minutes:
        timer = _begun(work, engagement, promise, policy, minutes, since=since)
    if timer is None:
        return
    if policy is not None and minutes:
        timer.policy_id, timer.target_seconds, timer.warn_percent = policy.id, minutes * 60, policy.warn_percent
    await _move(work, timer, stance, hours)


def minutes_of(policy: SlaPolicy) -> dict[PromiseName, int | None]:
    return {
        "first_response": policy.first_response_minutes,
        "next_response": policy.next_response_minutes,
        "resolution": policy.resolution_minutes,
    }


def _begun(
    work: UnitOfWork, engagement: Engagement, promise: PromiseName, policy: SlaPolicy, minutes: int,
    *, since: datetime | None,
) -> SlaTimer:  # fmt: skip
    """It counts from now on, also when a policy comes to hold in the middle of the work."""
    timer = SlaTimer(
        id=new_id(),
        engagement_id=engagement.id,
        policy_id=policy.id,
        promise=promise,
        target_seconds=minutes * 60,
        warn_percent=policy.warn_percent,
        in_business_hours=policy.in_business_hours,
        started_at=since or work.now,
        running_since=since,
        spent=0,
    )
    work.db.add(timer)
    return timer


async def _move(work: UnitOfWork, timer: SlaTimer, stance: sla.Stance, site_hours: OpeningHours) -> None:
    hours = _hours_of(timer, site_hours)
    clock = clock_of(timer)
    if stance == "run":
        clock = clock.runs(work.now)
        timer.warn_at, timer.due_at = clock.warns_at(hours), clock.due_at(hours)
    else:
        clock = clock.stands(work.now, hours)
    timer.spent, timer.running_since = clock.spent // MILLISECOND, clock.since
    if stance == "stand":
        timer.warn_at = timer.due_at = None
    if stance in ("kept", "dropped"):
        timer.ended_at, timer.fulfilled = work.now, stance == "kept"
    await _arm(work, timer, clock.passed(work.now, hours))


def _hours_of(timer: SlaTimer, site_hours: OpeningHours) -> OpeningHours:
    return site_hours if timer.in_business_hours else sla.WALL_CLOCK


def clock_of(timer: SlaTimer) -> Clock:
    return Clock(
        timedelta(seconds=timer.target_seconds), timer.warn_percent, timer.spent * MILLISECOND, timer.running_since
    )


async def _arm(work: UnitOfWork, timer: SlaTimer, passed: Sequence[Threshold]) -> None:
    """One job a timer, at its next threshold; now, if it was passed before anybody looked."""
    key, at = f"promises.threshold:{timer.id}", _next(work, timer, passed)
    if at is None:
        await jobs.cancel(work, key)
    else:
        await jobs.enqueue(work, "promises.threshold", {"timer": str(timer.id)}, due_at=at, key=key)


def _next(work: UnitOfWork, timer: SlaTimer, passed: Sequence[Threshold]) -> datetime | None:
    if timer.fulfilled is False or timer.broken_at is not None:
        return None
    if "broken" in passed:
        return work.now
    if timer.ended_at is not None or timer.running_since is None:
        return None
    return timer.warn_at if timer.warned_at is None and timer.warn_at is not None else timer.due_at


@timers.inside("promises.threshold")
async def reach(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """A clock has counted so much that somebody is warned, or that the promise is broken."""
    timer = await work.db.get(SlaTimer, UUID(payload["timer"]))
    if timer is None:
        return
    engagement = await service.locked(work, timer.engagement_id)
    # before the timer, as whoever speaks takes them
    await timeline.locked(work, engagement.conversation_id)
    await work.db.refresh(timer, with_for_update=True)
    if timer.fulfilled is False:
        return
    hours = _hours_of(timer, sites.hours_of(await sites.by_id(work, engagement.site_id)))
    passed = clock_of(timer).passed(work.now, hours)
    await _note(work, engagement, timer, passed)
    await _arm(work, timer, passed)
    await work.db.flush()
    if passed:
        await work.publish(ClocksMoved(engagement.id, engagement.conversation_id))


async def _note(work: UnitOfWork, engagement: Engagement, timer: SlaTimer, passed: Sequence[Threshold]) -> None:
    """Each threshold once; a warning is of no use any more once it is broken or kept."""
    new = [each for each in passed if getattr(timer, f"{each}_at") is None]
    if "warned" in new:
        timer.warned_at = timer.warn_at or work.now
    if "broken" in new:
        timer.broken_at = timer.due_at or work.now
    if not new or (new == ["warned"] and timer.ended_at is not None):
        return
    await _tell(work, engagement, timer, new[-1])
    await _raise(work, engagement, timer, len(new))


async def _tell(work: UnitOfWork, engagement: Engagement, timer: SlaTimer, threshold: Threshold) -> None:
    is_broken = threshold == "broken"
    kind = PromiseBroken if is_broken else PromiseWarned
    at = (timer.broken_at if is_broken else timer.warned_at) or work.now
    PROMISES_PASSED.labels(timer.promise, threshold).inc()
    await work.publish(
        kind(
            engagement.id, engagement.conversation_id, engagement.site_id, timer.id, timer.policy_id, timer.promise, at
        )
    )
    await _mark(
        work, engagement, StateDetails(state="promise_broken" if is_broken else "promise_warned", promise=timer.promise)
    )


async def _mark(work: UnitOfWork, engagement: Engagement, details: StateDetails) -> None:
    conversation = await timeline.locked(work, engagement.conversation_id)
    spoken_at = conversation.last_at
    await timeline.append(work, conversation, NewEntry("state", SYSTEM, audience="agents", details=details))
    # nobody spoke: who waits longest is still who waits longest
    conversation.last_at = spoken_at


async def _raise(work: UnitOfWork, engagement: Engagement, timer: SlaTimer, thresholds: int) -> None:
    """Waiting work with a promise in danger goes before the rest."""
    policy = await work.db.get_one(SlaPolicy, timer.policy_id)
    if not policy.raise_minutes or engagement.state not in OPEN:
        return
    engagement.boost += policy.raise_minutes * thresholds
    if engagement.state == "queued":
        # whoever decided on its old place is refused
        engagement.version += 1
    await work.db.flush()
    await work.publish(PriorityRaised(engagement.id, engagement.queue_id))


@timers.inside("promises.choose")
async def choose_for_one(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """More is known of the customer."""
    engagement = await service.locked(work, UUID(payload["engagement"]))
    if engagement.state in OPEN:
        await _choose(work, engagement.id)
        await settle(work, engagement.id)


@timers.inside("promises.choose_anew")
async def choose_anew(work: UnitOfWork, payload: dict[str, Any]) -> None:
    """The site's policies or hours changed: its open work is looked at again, some of it at a time."""
    site_id, after = UUID(payload["site"]), payload.get("after")
    open_work = select(Engagement.id).where(Engagement.site_id == site_id, Engagement.state.in_(OPEN))
    if after:
        open_work = open_work.where(Engagement.id > UUID(after))
    found = (await work.db.scalars(open_work.order_by(Engagement.id).limit(BATCH))).all()
    for engagement_id in found:
        await service.locked(work, engagement_id)
        await _choose(work, engagement_id)
        await settle(work, engagement_id)
    if len(found) == BATCH:
        await jobs.enqueue(work, "promises.choose_anew", {"site": str(site_id), "after": str(found[-1])})


async def look_again(work: UnitOfWork, site_id: UUID) -> None:
    """After this transaction, all open work of the site."""
    await jobs.enqueue(work, "promises.choose_anew", {"site": str(site_id)})
