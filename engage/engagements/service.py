"""Moving engagements through their life. Every step goes through `take`, which keeps its record and tells of it.

Lock order everywhere: engagements, then conversations, then agents, each by id; timers (jobs) last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.models import Conversation, TimelineRow
from engage.conversations.schemas import StateDetails
from engage.conversations.timeline import SYSTEM, NewEntry
from engage.engagements import dispositions, lifecycle, preference
from engage.engagements.errors import NoSuchEngagement, WrongState
from engage.engagements.events import EngagementAbandoned, EngagementMoved
from engage.engagements.lifecycle import ImpossibleStep, State, Step
from engage.engagements.models import Engagement, EngagementStep
from engage.engagements.schemas import CloseCause, WrapUp
from engage.engagements.traits import Traits
from engage.kit import jobs
from engage.kit.db import Db, among, columns_of, db_of
from engage.kit.ids import new_id
from engage.kit.metrics import ABANDONED
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites
from engage.sites.models import Queue

#: no wrap-up is longer, whatever its queue says
MOST_WRAP_UP = timedelta(seconds=900)


@dataclass(frozen=True)
class OpenWork:
    """What is asked of an engagement when many are asked at once."""

    state: State
    agent_id: UUID | None
    channel: str


async def locked(work: UnitOfWork, engagement_id: UUID) -> Engagement:
    """The engagement's row, held until the commit. Raises NoSuchEngagement."""
    engagement = await work.db.scalar(
        select(Engagement)
        .where(Engagement.id == engagement_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if engagement is None:
        raise NoSuchEngagement
    return engagement


async def found(work: UnitOfWork, engagement_id: UUID) -> Engagement:
    """As it is at this moment. Raises NoSuchEngagement."""
    engagement = await work.db.get(Engagement, engagement_id)
    if engagement is None:
        raise NoSuchEngagement
    return engagement


async def all_locked(work: UnitOfWork, ids: Collection[UUID]) -> list[Engagement]:
    """Their rows, held until the commit, in the order of ids and by one statement."""
    rows = select(Engagement).where(Engagement.id.in_(ids)).order_by(Engagement.id).with_for_update(key_share=True)
    return list(await work.db.scalars(rows.execution_options(populate_existing=True)))


async def open_of(work: UnitOfWork, conversation_id: UUID) -> Engagement | None:
    """The conversation's open engagement, if there is work on it."""
    return await work.db.scalar(
        select(Engagement)
        .where(Engagement.conversation_id == conversation_id, Engagement.state.in_(lifecycle.OPEN))
        .execution_options(populate_existing=True)
    )


async def open_among(work: UnitOfWork, conversation_ids: Collection[UUID]) -> dict[UUID, OpenWork]:
    """The open work of each of these conversations that has some, by one statement."""
    found = await work.db.execute(_open_among(db_of(work.db)), {"ids": list(conversation_ids)})
    return {row.conversation_id: OpenWork(row.state, row.agent_id, row.channel) for row in found}


@cache
def _open_among(db: Db) -> Select[Any]:
    row = columns_of(Engagement)
    rows = select(row.conversation_id, row.state, row.agent_id, row.channel)
    return rows.where(among(db, row.conversation_id, "ids"), row.state.in_(lifecycle.OPEN))


#: by age, and what is open behind all: after a merge it need not be the youngest
OPEN_LAST = (Engagement.state.in_(lifecycle.OPEN), Engagement.id)


async def latest_of(work: UnitOfWork, conversation_id: UUID) -> Engagement | None:
    of_it = select(Engagement).where(Engagement.conversation_id == conversation_id)
    return await work.db.scalar(of_it.order_by(*(each.desc() for each in OPEN_LAST)).limit(1))


async def latest_states(work: UnitOfWork, conversation_ids: Sequence[UUID]) -> dict[UUID, State]:
    """The state of each conversation's last work."""
    oldest_first = select(Engagement.conversation_id, Engagement.state).order_by(*OPEN_LAST)
    return dict((await work.db.execute(oldest_first.where(Engagement.conversation_id.in_(conversation_ids)))).all())


async def open_engagement(
    work: UnitOfWork, conversation: Conversation, *, traits: Traits, queue: Queue, prefer: UUID | None = None,
    place_since: datetime | None = None, since: datetime | None = None,
) -> Engagement:  # fmt: skip
    """New work in a queue, now or at an older place, for `prefer` first unless the contact names another agent.

    With `since` the customer has waited from then on, and so what is promised counts from there.
    """
    engagement = Engagement(
        id=new_id(),
        site_id=conversation.site_id,
        conversation_id=conversation.id,
        visitor_id=conversation.visitor_id,
        channel=traits.channel,
        weight=traits.weight,
        live=traits.live,
        queue_id=queue.id,
        state="queued",
        version=1,
        agent_id=await preference.first_asked(work, conversation, prefer),
        opened_at=since or work.now,
        place_since=place_since or since or work.now,
        entered_at=work.now,
        state_since=work.now,
    )
    work.db.add(engagement)
    await work.db.flush()
    await _record(work, engagement, _Past(None, None, None, queue.id, None))
    return engagement


async def take(
    work: UnitOfWork,
    engagement: Engagement,
    step: Step,
    *,
    agent_id: UUID | None = None,
    to_queue: UUID | None = None,
    cause: str | None = None,
    reason: str | None = None,
    by: UUID | None = None,
) -> None:
    """One step of a locked engagement; `agent_id` is who holds it afterwards, `by` who did it to others' work.

    Raises WrongState.
    """
    before, agent_before, queue_before = engagement.state, engagement.agent_id, engagement.queue_id
    try:
        engagement.state = lifecycle.after(before, step)
    except ImpossibleStep as problem:
        raise WrongState(state=before) from problem
    engagement.version += 1
    engagement.agent_id = agent_id
    engagement.queue_id = to_queue or queue_before
    engagement.state_since = work.now
    if engagement.queue_id != queue_before:
        engagement.entered_at = work.now
    if engagement.state in ("closed", "abandoned"):
        engagement.closed_at = work.now
    await work.db.flush()
    past = _Past(step, before, agent_before, queue_before, cause, by, reason)
    await _record(work, engagement, past)


async def boost(work: UnitOfWork, engagement: Engagement, minutes: int, *, by: UUID) -> None:
    """So many minutes of waiting on top, for a locked engagement; whoever decided without them is refused."""
    engagement.boost = minutes
    engagement.version += 1
    work.db.add(
        EngagementStep(
            id=new_id(),
            engagement_id=engagement.id,
            step="boost",
            from_state=engagement.state,
            to_state=engagement.state,
            queue_id=engagement.queue_id,
            agent_id=engagement.agent_id,
            from_queue_id=engagement.queue_id,
            from_agent_id=engagement.agent_id,
            by_agent_id=by,
            cause=f"boost_{minutes}",
            at=work.now,
        )
    )
    await work.db.flush()


async def put_back_all(work: UnitOfWork, offered: Sequence[Engagement], *, cause: str) -> None:
    """The step `put_back` of each of them, as `take` would do it; they are locked and in `offered`."""
    pasts = [_Past("put_back", each.state, each.agent_id, each.queue_id, cause) for each in offered]
    for each in offered:
        each.state, each.agent_id, each.state_since = "queued", None, work.now
        each.version += 1
    if not offered:
        return
    work.db.add_all(_step(work, each, past) for each, past in zip(offered, pasts, strict=True))
    await work.db.flush()
    await work.publish_all([_moved(each, past) for each, past in zip(offered, pasts, strict=True)])


@dataclass(frozen=True)
class _Past:
    """Where an engagement came from, and why."""

    step: Step | None
    state: State | None
    agent_id: UUID | None
    queue_id: UUID
    cause: str | None
    by: UUID | None = None
    #: in the words of whoever declined it
    reason: str | None = None


async def _record(work: UnitOfWork, engagement: Engagement, past: _Past) -> None:
    work.db.add(_step(work, engagement, past))
    await work.publish(_moved(engagement, past))


def _step(work: UnitOfWork, engagement: Engagement, past: _Past) -> EngagementStep:
    return EngagementStep(
        id=new_id(),
        engagement_id=engagement.id,
        step=past.step or "open",
        from_state=past.state,
        to_state=engagement.state,
        queue_id=engagement.queue_id,
        agent_id=engagement.agent_id,
        from_queue_id=past.queue_id,
        from_agent_id=past.agent_id,
        by_agent_id=past.by,
        cause=past.cause,
        reason=past.reason,
        at=work.now,
    )


def _moved(engagement: Engagement, past: _Past) -> EngagementMoved:
    return EngagementMoved(
        engagement_id=engagement.id,
        conversation_id=engagement.conversation_id,
        site_id=engagement.site_id,
        visitor_id=engagement.visitor_id,
        queue_before=past.queue_id,
        queue_id=engagement.queue_id,
        channel=engagement.channel,
        step=past.step,
        before=past.state,
        state=engagement.state,
        agent_before=past.agent_id,
        agent_id=engagement.agent_id,
        cause=past.cause,
    )


async def end(work: UnitOfWork, engagement: Engagement, *, cause: CloseCause) -> None:
    """The talk is over; the agent has the time of his queue to wrap up, if it wants that at all."""
    queue = await work.db.get_one(Queue, engagement.queue_id)
    engagement.wrap_up_until = work.now + _wrap_up_time(queue)
    conversation = await timeline.locked(work, engagement.conversation_id)
    await take(work, engagement, "end", agent_id=engagement.agent_id, cause=cause)
    await conversations.note_state(work, conversation, "ended")
    if queue.wrap_up_mode == "none":
        await wrap_up(work, engagement, WrapUp(), cause="wrap_up_over")
        return
    await end_wrap_up_at(work, engagement, engagement.wrap_up_until)


def _wrap_up_time(queue: Queue) -> timedelta:
    """One that lasts until it is done ends at last all the same: nobody's browser may keep his hands full for ever."""
    return (
        MOST_WRAP_UP
        if queue.wrap_up_mode == "mandatory"
        else min(timedelta(seconds=queue.wrap_up_seconds), MOST_WRAP_UP)
    )


async def end_wrap_up_at(work: UnitOfWork, engagement: Engagement, moment: datetime) -> None:
    payload, key = {"engagement": str(engagement.id)}, f"engagements.wrap_up:{engagement.id}"
    await jobs.enqueue(work, "engagements.wrap_up_over", payload, due_at=moment, key=key)


async def wrap_up(work: UnitOfWork, engagement: Engagement, outcome: WrapUp, *, cause: CloseCause) -> None:
    """Closes the work with its outcome. Raises UnknownDisposition, WrongState."""
    await dispositions.usable(work, engagement.site_id, outcome.disposition_id)
    engagement.disposition_id, engagement.wrap_up_note = outcome.disposition_id, outcome.note
    conversation = await timeline.locked(work, engagement.conversation_id)
    conversation.with_agent_id = None
    await take(work, engagement, "wrap_up", agent_id=engagement.agent_id, cause=cause)
    named = await dispositions.names_of(work, [outcome.disposition_id])
    details = StateDetails(state="wrapped_up", disposition=named.get(outcome.disposition_id))
    await timeline.append(
        work,
        conversation,
        NewEntry("state", SYSTEM, text=outcome.note or "", audience="agents", details=details),
    )
    await jobs.cancel(work, f"engagements.wrap_up:{engagement.id}")
    if await _spoke_after_the_end(work, conversation):
        await _reopen(work, conversation, engagement)


async def _spoke_after_the_end(work: UnitOfWork, conversation: Conversation) -> bool:
    """By number and not by time: the clocks of two processes differ, the numbers do not."""
    row, ended = TimelineRow, aliased(TimelineRow)
    of_end = select(func.max(ended.seq)).where(
        ended.conversation_id == conversation.id,
        ended.kind == "state",
        ended.details["state"].as_string() == "ended",
    )
    later = select(row.id).where(
        row.conversation_id == conversation.id,
        row.author_kind == "visitor",
        row.kind == "message",
        row.seq > of_end.scalar_subquery(),
    )
    return await work.db.scalar(later.limit(1)) is not None


async def _reopen(work: UnitOfWork, conversation: Conversation, closed: Engagement) -> None:
    """He wrote while the work was being closed: nothing he says may lie where nobody looks."""
    queue = await sites.queue(work, closed.queue_id)
    await conversations.note_state(work, conversation, "reopened")
    await open_engagement(work, conversation, traits=traits_of(closed), queue=queue, prefer=closed.agent_id)


def traits_of(engagement: Engagement) -> Traits:
    return Traits(engagement.channel, engagement.weight, engagement.live)


async def close(work: UnitOfWork, engagement: Engagement, *, cause: CloseCause) -> None:
    """Ends work that no agent is to wrap up: it waited, or was parked."""
    conversation = await timeline.locked(work, engagement.conversation_id)
    conversation.with_agent_id = None
    await take(work, engagement, "close", agent_id=engagement.agent_id, cause=cause)
    await conversations.note_state(work, conversation, "ended")


async def abandon(
    work: UnitOfWork, engagement: Engagement, *, cause: str, short_seconds: int, left_at: datetime | None = None
) -> None:
    """The customer of waiting work is gone; for short abandons see `Settings.short_abandon_seconds`."""
    conversation = await timeline.locked(work, engagement.conversation_id)
    engagement.left_at = max(left_at or work.now, engagement.place_since)
    waited = (engagement.left_at - engagement.place_since).total_seconds()
    engagement.short_abandon = waited < short_seconds
    await take(work, engagement, "abandon", cause=cause)
    details = StateDetails(state="abandoned", waited_seconds=int(waited))
    await timeline.append(work, conversation, NewEntry("state", SYSTEM, details=details))
    ABANDONED.labels("short" if engagement.short_abandon else "counted").inc()
    await work.publish(
        EngagementAbandoned(
            engagement.id,
            engagement.conversation_id,
            engagement.site_id,
            engagement.queue_id,
            engagement.channel,
            engagement.left_at,
            waited,
            engagement.short_abandon,
            cause,
        )
    )


async def park(work: UnitOfWork, engagement: Engagement, *, until: datetime | None, cause: str) -> None:
    """Answered and waiting for the customer, or snoozed: it frees the agent's slot."""
    conversation = await timeline.locked(work, engagement.conversation_id)
    engagement.due_at = until
    await take(work, engagement, "park", agent_id=engagement.agent_id, cause=cause)
    details = StateDetails(state="parked")
    entry = NewEntry("state", SYSTEM, audience="agents", details=details)
    await timeline.append(work, conversation, entry)


async def was_answered(work: UnitOfWork, conversation_id: UUID) -> bool:
    """Whether an agent has ever taken it."""
    taken = select(Engagement.id).where(
        Engagement.conversation_id == conversation_id, Engagement.accepted_at.is_not(None)
    )
    return await work.db.scalar(taken.limit(1)) is not None
