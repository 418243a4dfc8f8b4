"""What can be done with a mail that has not left: taking it back, and having it leave at another time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from engage.access.principals import CallingAgent
from engage.channels.email import outbox, service
from engage.channels.email.errors import AlreadyLeft
from engage.channels.email.models import Mail
from engage.channels.email.schemas import WithdrawnMail
from engage.conversations import drafts
from engage.conversations.models import Attachment, TimelineRow
from engage.conversations.schemas import LONGEST_DRAFT, KeepDraft
from engage.engagements.errors import NotYourWork
from engage.kit import jobs
from engage.kit.unit_of_work import UnitOfWork


async def withdraw(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> WithdrawnMail:
    """It never leaves, and an answer's words are a draft again. Of this and the leaving, whichever locks first wins.

    Raises NotFound, NotYourWork, AlreadyLeft.
    """
    mail = await _waiting(work, who, mail_id)
    mail.state = "withdrawn"
    await jobs.cancel(work, outbox.key_of(mail))
    taken_back = await _taken_back(work, mail)
    await outbox.tell(work, mail)
    if mail.conversation_id is not None and mail.kind == "answer":
        await _put_into_draft(work, who.agent_id, mail.conversation_id, taken_back.text)
    return taken_back


async def reschedule(work: UnitOfWork, who: CallingAgent, mail_id: UUID, send_at: datetime | None) -> Mail:
    """It leaves then; without a time, now. Raises NotFound, NotYourWork, AlreadyLeft."""
    mail = await _waiting(work, who, mail_id)
    mail.not_before = max(send_at or work.now, work.now)
    await outbox.post(work, mail)
    await outbox.tell(work, mail)
    return mail


async def _waiting(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> Mail:
    """Locked; of his own, or of a site that he supervises."""
    seen = await service.of(work, who, mail_id)
    mail = await outbox.locked(work, seen.id)
    # its text would come back to whoever takes it, and it opens more than he has
    if mail.secret or (mail.agent_id != who.agent_id and not who.may("supervise", mail.site_id)):
        raise NotYourWork
    if mail.state != "queued" or mail.left_at is not None:
        raise AlreadyLeft
    return mail


async def _taken_back(work: UnitOfWork, mail: Mail) -> WithdrawnMail:
    """What its writer had typed; its files are free for another answer."""
    entry = await work.db.scalar(select(TimelineRow).where(TimelineRow.id == mail.entry_id))
    # what is passed on stays with the message that it came with
    files = [UUID(each) for each in mail.files] if mail.kind == "answer" else []
    free = update(Attachment).where(Attachment.id.in_(files)).values(entry_id=None, conversation_id=None)
    await work.db.execute(free)
    return WithdrawnMail(
        mail=outbox.row_of(mail),
        text=entry.text if entry else mail.text,
        html=entry.details.get("html") if entry else None,
        bcc=mail.bcc,
        attachment_ids=files,
    )


async def _put_into_draft(work: UnitOfWork, agent_id: UUID, conversation_id: UUID, text: str) -> None:
    """Above what he has typed since."""
    known = await drafts.read(work, agent_id, conversation_id)
    reply = "\n\n".join(part for part in (text, known.reply if known else "") if part)
    draft = KeepDraft(
        reply=reply[:LONGEST_DRAFT],
        note=known.note if known else "",
        reply_begun_at=known.reply_begun_at if known else None,
        version=known.version if known else 0,
    )
    await drafts.keep(work, agent_id, conversation_id, draft)
