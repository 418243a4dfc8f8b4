"""What agents see of mails that leave, and a new chance for one that did not."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from engage.access.principals import CallingAgent
from engage.agents import service as agents
from engage.channels.email import outbox, suppressed
from engage.channels.email.answer import answered_to
from engage.channels.email.models import Mail
from engage.channels.email.schemas import MailRow, Mails, MailView
from engage.contacts.models import Visitor
from engage.conversations import timeline
from engage.engagements.models import Engagement
from engage.kit.errors import NotFound
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import visibility

PAGE = 50
#: of one conversation, the newest
OF_CONVERSATION = 200
NOT_FOR_YOU = "This mail holds a one-time link for its addressee. Only an admin of all sites he works for can read it."


async def mails(work: UnitOfWork, who: CallingAgent, cursor: str | None) -> Page[MailRow]:
    """The mails of his sites, the newest first."""
    rows = select(Mail).where(_his(who)).order_by(Mail.id.desc()).limit(PAGE + 1)
    if (before := decode_cursor(cursor)) is not None:
        rows = rows.where(Mail.id < before)
    found = (await work.db.scalars(rows)).all()
    more = encode_cursor(found[PAGE - 1].id) if len(found) > PAGE else None
    return Page(items=[outbox.row_of(mail) for mail in found[:PAGE]], next_cursor=more)


async def of_conversation(work: UnitOfWork, who: CallingAgent, conversation_id: UUID) -> Mails:
    """Where each mail of a conversation stands, the oldest first. Raises NoSuchConversation, NotYours."""
    conversation = await timeline.found(work, conversation_id)
    await visibility.must_see(work, who, conversation)
    its = select(Mail).where(Mail.conversation_id == conversation.id, Mail.secret.is_(False))
    found = await work.db.scalars(its.order_by(Mail.id.desc()).limit(OF_CONVERSATION))
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    to = await answered_to(work, conversation, visitor)
    warning = await suppressed.find(work, conversation.site_id, to) if to else None
    return Mails(items=[outbox.row_of(each) for each in reversed(found.all())], suppressed=warning)


async def mail(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> MailView:
    """Raises NotFound."""
    found = await of(work, who, mail_id)
    is_open = not found.secret or await _may_read_links(work, who, found.recipient)
    text, html = (found.text, found.html) if is_open else (NOT_FOR_YOU, None)
    return MailView(
        **outbox.row_of(found).model_dump(),
        sender=found.sender,
        bcc=found.bcc,
        text=text,
        html=html,
        attempts=found.attempts,
    )


async def _may_read_links(work: UnitOfWork, who: CallingAgent, recipient: str) -> bool:
    """Only who administers all that the addressee works for: to anybody else the link would open more than he has."""
    return await agents.sites_of(work, recipient) <= who.sites_where("administer")


async def retry(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> None:
    """Gives a dead or kept mail a new chance. Raises NotFound, NotAllowed."""
    seen = await of(work, who, mail_id)
    who.must("answer", seen.site_id)
    # locked, so that two clicks send it once
    mail = await outbox.locked(work, seen.id)
    if mail.state not in ("dead", "kept"):
        return
    mail.state, mail.attempts, mail.last_error = "queued", 0, None
    mail.left_at = work.now if mail.left_at is not None else None
    await outbox.post(work, mail)
    await outbox.tell(work, mail)


async def of(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> Mail:
    """A mail that he may see. Raises NotFound."""
    found = await work.db.scalar(select(Mail).where(Mail.id == mail_id, _his(who)))
    if found is None:
        raise NotFound
    return found


def _his(who: CallingAgent) -> ColumnElement[bool]:
    """The mails of the work that he may see."""
    conversations = select(Engagement.conversation_id).where(visibility.engagements_of(who))
    of_work = or_(Mail.site_id.in_(visibility.whole_sites(who)), Mail.conversation_id.in_(conversations))
    return and_(of_work, or_(Mail.secret.is_(False), Mail.site_id.in_(who.sites_where("administer"))))
