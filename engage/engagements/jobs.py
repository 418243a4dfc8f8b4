"""Timers of the work: the wrap-up's time box, and silence in a chat."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements import service, silence
from engage.engagements.models import Engagement
from engage.engagements.schemas import WrapUp
from engage.engagements.silence import Patience, Silence
from engage.kit.jobs import JobTable, enqueue
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import Settings

#: entries that are an answer
SPOKEN = ("message", "article")


async def watch_silence(work: UnitOfWork, engagement: Engagement, at: datetime) -> None:
    """Looks at the chat's silence at that moment; no message needs to touch the timer."""
    if engagement.live:
        await enqueue(
            work,
            "engagements.silence",
            {"engagement": str(engagement.id)},
            due_at=at,
            key=f"engagements.silence:{engagement.id}",
        )


def timers(settings: Settings) -> JobTable:
    """The slice's jobs, with the site's patience."""
    table = JobTable()
    patience = Patience(settings.chat_ask_seconds, settings.chat_park_seconds, settings.chat_close_seconds)

    @table.inside("engagements.wrap_up_over")
    async def wrap_up_over(work: UnitOfWork, payload: dict[str, Any]) -> None:
        engagement = await service.locked(work, UUID(payload["engagement"]))
        if engagement.state == "wrapping_up":
            await service.wrap_up(work, engagement, WrapUp(), cause="wrap_up_over")

    @table.inside("engagements.silence")
    async def look_at_silence(work: UnitOfWork, payload: dict[str, Any]) -> None:
        engagement = await service.locked(work, UUID(payload["engagement"]))
        conversation = await timeline.locked(work, engagement.conversation_id)
        verdict = silence.judge(await _silence(work, engagement, conversation), patience, work.now)
        if verdict.act == "ask":
            await conversations.note_state(work, conversation, "silent")
        elif verdict.act == "park":
            await service.park(work, engagement, until=None, cause="silent")
        elif verdict.act == "close":
            await service.close(work, engagement, cause="silent")
        if verdict.again_at is not None:
            await watch_silence(work, engagement, verdict.again_at)

    return table


async def _silence(work: UnitOfWork, engagement: Engagement, conversation: Conversation) -> Silence:
    latest = select(TimelineRow).where(TimelineRow.conversation_id == conversation.id).order_by(TimelineRow.seq.desc())
    last = await work.db.scalar(latest.limit(1))
    spoken = await work.db.scalar(latest.where(TimelineRow.kind.in_(SPOKEN)).limit(1))
    return Silence(
        state=engagement.state,
        state_since=engagement.state_since,
        spoke_at=spoken.created_at if spoken is not None and spoken.author_kind == "agent" else None,
        asked=last is not None and last.details.get("state") == "silent",
        snoozed=engagement.due_at is not None,
    )
