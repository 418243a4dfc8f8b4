"""Outgoing mail: agents' answers to customers who are not on the site, transcripts, and what was kept."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from aiohttp import web
from sqlalchemy import ColumnElement, and_, or_, select, update

from engage import channels
from engage.access.principals import CallingAgent
from engage.agents import service as agents
from engage.channels import DeliveryFailed, OutboundMessage
from engage.channels.email import sending, smtp
from engage.channels.email.models import Mail
from engage.channels.email.schemas import MailRow, MailView
from engage.channels.email.smtp import POSTMAN, NotTaken
from engage.contacts.models import Visitor
from engage.conversations import attachments
from engage.conversations.events import ConversationMerged, EntryAppended
from engage.conversations.models import Attachment, Conversation, TimelineRow
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.kit import languages
from engage.kit.bus import Reactions
from engage.kit.errors import NotFound
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.routing import visibility
from engage.settings import SETTINGS, Settings
from engage.sites import mails as mails_of_site
from engage.sites import service as sites
from engage.sites.models import Site

PAGE = 50
TEMPLATE_FOLDER = Path(__file__).parent / "templates"
PARAGRAPHS = re.compile(r"\n\s*\n")
FORGOTTEN = "This mail held a one-time link. It was sent, and its text was not kept."
NOT_FOR_YOU = "This mail holds a one-time link for its addressee. Only an admin of all sites he works for can read it."


def reactions(app: web.Application) -> Reactions:
    """What an agent says in a conversation that goes by mail leaves as a mail, behind the same commit."""
    table = Reactions()

    @table.on_all(EntryAppended)
    async def answer_by_mail(work: UnitOfWork, appended: Sequence[EntryAppended]) -> None:
        for event in await _going_by_mail(work, appended):
            visitor = await work.db.get_one(Visitor, event.visitor_id)
            if visitor.email is not None:
                answer = await _answer(work, app, event, to=visitor.email)
                await channels.send(work, "email", answer)

    @table.on(ConversationMerged)
    async def move_mails(work: UnitOfWork, event: ConversationMerged) -> None:
        its = update(Mail).where(Mail.conversation_id == event.gone_id)
        await work.db.execute(its.values(conversation_id=event.into_id))

    return table


async def _going_by_mail(work: UnitOfWork, appended: Sequence[EntryAppended]) -> list[EntryAppended]:
    """Answers of agents in conversations whose work is e-mail."""
    answers = [each for each in appended if each.kind in ("message", "article") and each.author_kind == "agent"]
    if not answers:
        return []
    open_work = await engagements.open_among(work, {each.conversation_id for each in answers})
    by_mail = {conversation_id for conversation_id, each in open_work.items() if each.channel == "email"}
    return [each for each in answers if each.conversation_id in by_mail]


async def _answer(work: UnitOfWork, app: web.Application, event: EntryAppended, *, to: str) -> OutboundMessage:
    entry = (await work.db.scalars(select(TimelineRow).where(TimelineRow.id == event.entry_id))).one()
    conversation = await work.db.get_one(Conversation, event.conversation_id)
    site = await sites.by_id(work, event.site_id)
    files = (await attachments.of_entries(work, [entry.id]))[entry.id]
    own_url = app[SETTINGS].own_url
    said = [entry.text, _article(entry, site, own_url), _signature(entry.author_name, site)]
    subject = f"Re: {conversation.topic} – {site.name}"
    page = {
        **mails_of_site.around(site, languages.spoken(conversation.locale), own_url=own_url),
        "subject": subject,
        "paragraphs": PARAGRAPHS.split(entry.text) if entry.text else [],
        "article": _link(entry, site, own_url),
        "author": entry.author_name,
        "signature": str(site.mail.get("signature") or "").splitlines(),
    }
    return OutboundMessage(
        id=entry.id,
        site_id=site.id,
        conversation_id=conversation.id,
        to=to,
        subject=subject,
        html=app[TEMPLATES].render("email/answer.html", **page),
        text="\n\n".join(part for part in said if part) + "\n",
        files=tuple(file.id for file in files),
    )


def _signature(name: str, site: Site) -> str:
    return "\n".join(part for part in (f"-- \n{name}, {site.name}", site.mail.get("signature")) if part)


def _article(entry: TimelineRow, site: Site, own_url: str) -> str:
    link = _link(entry, site, own_url)
    return f"{link['title']}\n{link['address']}" if link else ""


def _link(entry: TimelineRow, site: Site, own_url: str) -> dict[str, str] | None:
    if entry.kind != "article":
        return None
    address = f"{own_url}/help/{entry.details['slug']}?site={site.key}"
    return {"title": entry.details["title"], "address": address}


async def deliver(app: web.Application, message: OutboundMessage) -> None:
    """Sends or keeps the mail; the second try of one that is gone does nothing. Raises DeliveryFailed."""
    async with app[UNITS].begin() as work:
        mail = await _mail(work, app[SETTINGS], message)
        if mail.state != "queued":
            return
        site = await sites.by_id(work, mail.site_id)
        if app[POSTMAN] is None and not site.mail.get("server"):
            mail.state = "kept"
            return
    try:
        postman = await sending.postman_of(app, site)
        assert postman is not None
        files = await _files(app, mail)
        await postman.send(smtp.compose(mail, files), sender=mail.sender, recipient=mail.recipient)
    except NotTaken as problem:
        await _note_failure(app, mail.id, problem)
        return
    async with app[UNITS].begin() as work:
        sent = await work.db.get_one(Mail, mail.id)
        sent.state, sent.sent_at, sent.attempts, sent.last_error = "sent", work.now, sent.attempts + 1, None
        if sent.secret:
            sent.text, sent.html = FORGOTTEN, None


async def _mail(work: UnitOfWork, settings: Settings, message: OutboundMessage) -> Mail:
    known = await work.db.get(Mail, message.id)
    if known is not None:
        return known
    site = await sites.by_id(work, message.site_id)
    mail = Mail(
        id=message.id,
        site_id=site.id,
        conversation_id=message.conversation_id,
        sender=site.mail_from or settings.mail_from,
        recipient=message.to,
        subject=" ".join(message.subject.split())[:300],
        text=message.text,
        html=message.html,
        secret=message.secret,
        files=[str(each) for each in message.files],
        state="queued",
        attempts=0,
        created_at=work.now,
    )
    work.db.add(mail)
    await work.db.flush()
    return mail


async def _files(app: web.Application, mail: Mail) -> list[tuple[Attachment, bytes]]:
    ids = [UUID(each) for each in mail.files]
    async with app[UNITS].read() as work:
        rows = await work.db.scalars(select(Attachment).where(Attachment.id.in_(ids)).order_by(Attachment.id))
    folder = app[SETTINGS].upload_dir
    return [(row, await asyncio.to_thread(attachments.path_of(folder, row.id).read_bytes)) for row in rows]


async def _note_failure(app: web.Application, mail_id: UUID, problem: NotTaken) -> None:
    """Counts the try; the mail is dead when the server will never take it or we have tried often enough."""
    async with app[UNITS].begin() as work:
        mail = await work.db.get_one(Mail, mail_id)
        mail.attempts += 1
        mail.last_error = str(problem)[:500]
        if problem.for_good or mail.attempts >= app[SETTINGS].mail_attempts:
            mail.state = "dead"
            return
    raise DeliveryFailed(str(problem)) from problem


async def retry(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> None:
    """Gives a dead or kept mail a new chance. Raises NotFound."""
    mail = await _of(work, who, mail_id)
    # locked, so that two clicks send it once
    await work.db.refresh(mail, with_for_update=True)
    if mail.state not in ("dead", "kept"):
        return
    mail.state, mail.attempts, mail.last_error = "queued", 0, None
    message = OutboundMessage(
        id=mail.id,
        site_id=mail.site_id,
        conversation_id=mail.conversation_id,
        to=mail.recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        files=tuple(UUID(each) for each in mail.files),
        secret=mail.secret,
    )
    await channels.send(work, "email", message)


async def mails(work: UnitOfWork, who: CallingAgent, cursor: str | None) -> Page[MailRow]:
    """The mails of his sites, the newest first."""
    rows = select(Mail).where(_his(who)).order_by(Mail.id.desc()).limit(PAGE + 1)
    if (before := decode_cursor(cursor)) is not None:
        rows = rows.where(Mail.id < before)
    found = (await work.db.scalars(rows)).all()
    more = encode_cursor(found[PAGE - 1].id) if len(found) > PAGE else None
    return Page(items=[_row(mail) for mail in found[:PAGE]], next_cursor=more)


async def mail(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> MailView:
    """Raises NotFound."""
    found = await _of(work, who, mail_id)
    is_open = not found.secret or await _may_read_links(work, who, found.recipient)
    text, html = (found.text, found.html) if is_open else (NOT_FOR_YOU, None)
    return MailView(**_row(found).model_dump(), sender=found.sender, text=text, html=html, attempts=found.attempts)


async def _may_read_links(work: UnitOfWork, who: CallingAgent, recipient: str) -> bool:
    """Only who administers all that the addressee works for: to anybody else the link would open more than he has."""
    return await agents.sites_of(work, recipient) <= who.sites_where("administer")


async def _of(work: UnitOfWork, who: CallingAgent, mail_id: UUID) -> Mail:
    found = await work.db.scalar(select(Mail).where(Mail.id == mail_id, _his(who)))
    if found is None:
        raise NotFound
    return found


def _his(who: CallingAgent) -> ColumnElement[bool]:
    """The mails of the work that he may see."""
    conversations = select(Engagement.conversation_id).where(visibility.engagements_of(who))
    of_work = or_(Mail.site_id.in_(visibility.whole_sites(who)), Mail.conversation_id.in_(conversations))
    return and_(of_work, or_(Mail.secret.is_(False), Mail.site_id.in_(who.sites_where("administer"))))


def _row(mail: Mail) -> MailRow:
    return MailRow(
        id=mail.id,
        to=mail.recipient,
        subject=mail.subject,
        state=mail.state,
        created_at=mail.created_at,
        last_error=mail.last_error,
    )
