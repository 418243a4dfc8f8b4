"""What follows when a mail of ours comes back: its state, its address, and word to agents. Never a conversation."""

from email.utils import parseaddr

from sqlalchemy import select

from engage.channels.email import outbox, suppressed
from engage.channels.email.bounce import Bounce, MailReturned
from engage.channels.email.models import Mail
from engage.conversations import timeline
from engage.conversations.schemas import StateDetails
from engage.conversations.timeline import SYSTEM, NewEntry
from engage.kit.bus import Reactions
from engage.kit.unit_of_work import UnitOfWork

reactions = Reactions()


@reactions.on(MailReturned)
async def note(work: UnitOfWork, event: MailReturned) -> None:
    """Of a mail of this site that had left; whatever else claims to be a bounce changes nothing."""
    its = select(Mail.id).where(
        Mail.id == event.bounce.mail_id, Mail.site_id == event.site_id, Mail.left_at.is_not(None)
    )
    if (mail_id := await work.db.scalar(its)) is None:
        return
    mail = await outbox.locked(work, mail_id)
    if event.bounce.kind == "soft":
        await _delay(work, mail, event.bounce)
    elif mail.state != "bounced":
        await _bounce(work, mail, event.bounce)


async def _delay(work: UnitOfWork, mail: Mail, bounce: Bounce) -> None:
    if mail.state in ("sent", "delayed"):
        mail.state, mail.last_error = "delayed", _told(bounce)
        await outbox.tell(work, mail)


async def _bounce(work: UnitOfWork, mail: Mail, bounce: Bounce) -> None:
    mail.state, mail.last_error = "bounced", _told(bounce)
    # only an address that we had written to: others are not the report's to suppress
    known = {parseaddr(each)[1].lower() for each in (mail.recipient, *mail.cc, *mail.bcc)}
    address = bounce.recipient if bounce.recipient in known else mail.recipient
    await suppressed.suppress(work, mail.site_id, address, mail.last_error, mail_id=mail.id)
    await outbox.tell(work, mail)
    await note_failure(work, mail, address)


async def note_failure(work: UnitOfWork, mail: Mail, address: str) -> None:
    """A line for agents: what somebody was meant to read did not reach him."""
    if mail.kind not in ("answer", "forward") or mail.conversation_id is None:
        return
    conversation = await timeline.locked(work, mail.conversation_id)
    details = StateDetails(state="mail_failed", email=address, comment=mail.last_error)
    await timeline.append(work, conversation, NewEntry("state", SYSTEM, audience="agents", details=details))


def _told(bounce: Bounce) -> str:
    return " ".join(part for part in (bounce.status, bounce.reason) if part)[:500] or "It came back without a reason."
