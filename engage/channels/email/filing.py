"""From a parsed mail to work: who wrote, in which conversation, and whether a person is needed."""

from aiohttp import web

from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.parsed import ParsedMail
from engage.contacts import service as contacts
from engage.contacts.models import Visitor
from engage.conversations import service as conversations
from engage.conversations.schemas import SendMessage
from engage.engagements import service as engagements
from engage.engagements.traits import Traits
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites

MAIL = Traits("email")
MOST_TEXT = 10_000
NO_TEXT = "(no text)"
NO_SUBJECT = "(no subject)"


async def file(work: UnitOfWork, _app: web.Application, raw: RawMail, parsed: ParsedMail) -> None:
    """Files a locked mail that waits, within one transaction."""
    mailbox = await work.db.get_one(Mailbox, raw.mailbox_id)
    visitor = await _visitor(work, raw, parsed)
    subject = parsed.subject or NO_SUBJECT
    conversation = await conversations.open_conversation(
        work, visitor, client_id=f"mail-{raw.id}", topic=subject[:100], locale=visitor.locale, fields=()
    )
    said = SendMessage(client_id=f"mail-{raw.id}-1", text=parsed.text.strip()[:MOST_TEXT] or NO_TEXT)
    appended = await conversations.say(work, conversation, conversations.author_visitor(visitor), said)
    queue = await sites.queue(work, mailbox.queue_id)
    await engagements.open_engagement(work, conversation, traits=MAIL, queue=queue)
    raw.state, raw.reason, raw.filed_at = "filed", None, work.now
    raw.conversation_id, raw.entry_id = conversation.id, appended.row.id
    raw.sender, raw.subject = parsed.sender.address if parsed.sender else None, subject[:300]


async def _visitor(work: UnitOfWork, raw: RawMail, parsed: ParsedMail) -> Visitor:
    site = await sites.by_id(work, raw.site_id)
    visitor = contacts.stranger(work, site, locale=site.locale, time_zone=None, user_agent=None)
    work.db.add(visitor)
    await work.db.flush()
    who = parsed.sender
    await contacts.introduce(
        work, visitor, name=(who.name[:100] or None) if who else None, email=(who.address or None) if who else None
    )
    return visitor
