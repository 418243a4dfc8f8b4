"""Finding a request, locking it behind its work, and one step of its life.

Lock order: the visitor who asks, the site's rules, engagements, conversations, and requests last.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.channels.callback import request_lifecycle
from engage.channels.callback.errors import NoSuchCallback, TooLate
from engage.channels.callback.events import Notice, RequestChanged
from engage.channels.callback.models import CallbackRequest
from engage.channels.callback.request_lifecycle import ENDED, ImpossibleStep, Step
from engage.conversations import timeline
from engage.conversations.models import Conversation
from engage.conversations.schemas import CallDetails, CallStep
from engage.conversations.timeline import SYSTEM, NewEntry
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.engagements.traits import Traits
from engage.kit import jobs
from engage.kit.unit_of_work import UnitOfWork

#: one call, and nothing beside it: the site's rule of the channel says so when call-backs are switched on
CALLS = Traits("callback")


async def locked(work: UnitOfWork, request_id: UUID) -> tuple[CallbackRequest, Engagement | None]:
    """The request with the work of its present try, both held until the commit. Raises NoSuchCallback, TooLate."""
    seen = await work.db.get(CallbackRequest, request_id, populate_existing=True)
    if seen is None:
        raise NoSuchCallback
    engagement = await engagements.locked(work, seen.engagement_id) if seen.engagement_id else None
    before = seen.engagement_id
    request = await hold(work, request_id)
    if request.engagement_id != before:
        # another try has begun in between
        raise TooLate
    return request, engagement


async def hold(work: UnitOfWork, request_id: UUID) -> CallbackRequest:
    """The request alone; for who has locked its work already."""
    return await work.db.get_one(CallbackRequest, request_id, with_for_update=True, populate_existing=True)


async def of_engagement(work: UnitOfWork, engagement_id: UUID) -> CallbackRequest | None:
    """The request whose present try this work is, held until the commit."""
    mine = select(CallbackRequest).where(CallbackRequest.engagement_id == engagement_id)
    return await work.db.scalar(mine.with_for_update().execution_options(populate_existing=True))


async def take(work: UnitOfWork, request: CallbackRequest, step: Step, *, notice: Notice | None = None) -> None:
    """One step of a locked request. Raises TooLate."""
    try:
        request.state = request_lifecycle.after(request.state, step)
    except ImpossibleStep as problem:
        raise TooLate(state=request.state) from problem
    if request.state in ENDED:
        request.ended_at = work.now
        for timer in ("due", "remind", "expire"):
            await jobs.cancel(work, key(timer, request.id))
    await work.db.flush()
    await tell(work, request, notice)


async def tell(work: UnitOfWork, request: CallbackRequest, notice: Notice | None = None) -> None:
    await work.db.flush()
    await work.publish(RequestChanged(request.id, notice))


async def schedule(work: UnitOfWork, request: CallbackRequest, *, due: datetime, expires: datetime) -> None:
    """When it is put into the queue, and when it is given up."""
    request.due_at, request.expires_at, request.engagement_id = due, expires, None
    await work.db.flush()
    await alarm(work, "due", request.id, due)
    await alarm(work, "expire", request.id, expires)


async def alarm(work: UnitOfWork, name: str, request_id: UUID, at: datetime) -> None:
    await jobs.enqueue(work, f"callback.{name}", {"request": str(request_id)}, due_at=at, key=key(name, request_id))


def key(name: str, request_id: UUID) -> str:
    return f"callback.{name}:{request_id}"


async def note(work: UnitOfWork, conversation: Conversation, what: CallStep, **facts: Any) -> None:
    """A quiet line in the timeline that the customer sees too."""
    details = CallDetails(what=what, **facts)
    await timeline.append(work, conversation, NewEntry("call", SYSTEM, details=details))
