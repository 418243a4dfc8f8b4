"""The work of a mail: opened, gone on with, or opened again; its clock runs from when the mail came."""

from datetime import datetime, timedelta
from uuid import UUID

from engage.channels.email.models import MailThread
from engage.conversations import service as conversations
from engage.conversations.models import Conversation
from engage.engagements import service as engagements
from engage.engagements.traits import Traits
from engage.kit import jobs
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites
from engage.sites.models import Site

MAIL = Traits("email")
#: what ended longer ago is not taken up again, unless the site says otherwise: whoever writes now begins anew
REOPENED_DAYS = 14


def reopened_for(site: Site) -> timedelta:
    return timedelta(days=site.mail.get("reopen_days", REOPENED_DAYS))


async def is_long_over(work: UnitOfWork, conversation: Conversation) -> bool:
    last = await engagements.latest_of(work, conversation.id)
    if last is None or last.closed_at is None:
        return False
    return last.closed_at < work.now - reopened_for(await sites.by_id(work, conversation.site_id))


async def open_new(
    work: UnitOfWork, conversation: Conversation, received_at: datetime, *, queue_id: UUID, boost: int = 0
) -> None:
    """With a boost it is ahead of others by so many minutes of waiting."""
    queue = await sites.queue(work, queue_id)
    engagement = await engagements.open_engagement(work, conversation, traits=MAIL, queue=queue, since=received_at)
    engagement.boost = boost


async def go_on(work: UnitOfWork, conversation: Conversation, received_at: datetime, *, queue_id: UUID) -> None:
    """After a mail of the customer in a locked conversation; new work goes to whoever answered him last."""
    engagement = await engagements.open_of(work, conversation.id)
    if engagement is None:
        await _reopen(work, conversation, received_at, queue_id)
    elif engagement.state == "parked":
        # in a job, because it locks the engagement, which comes before the conversation
        await jobs.enqueue(work, "routing.resume", {"engagement": str(engagement.id)})


async def _reopen(work: UnitOfWork, conversation: Conversation, received_at: datetime, queue_id: UUID) -> None:
    last = await engagements.latest_of(work, conversation.id)
    queue = await sites.queue(work, last.queue_id if last else queue_id)
    if last is not None:
        await conversations.note_state(work, conversation, "reopened")
    thread = await work.db.get(MailThread, conversation.id)
    if thread is not None:
        thread.is_automatic = False
    prefer = last.agent_id if last else None
    await engagements.open_engagement(work, conversation, traits=MAIL, queue=queue, prefer=prefer, since=received_at)
