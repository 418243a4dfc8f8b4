"""Mails that came, as an admin sees them: where each is and why, its source, and another try for those stuck."""

from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from pydantic import Field
from sqlalchemy import func, select

from engage.access.audit import Subject
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.channels.email import mail_source, poison
from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.schemas import MailFlag, RawMailSource, RawMailState
from engage.kit.errors import NotFound
from engage.kit.pagination import Page, decode_cursor, encode_cursor
from engage.kit.routes import Routes
from engage.kit.wire import Moment, Query, WireModel

routes = Routes()
PAGE = 50


class IncomingQuery(Query):
    #: none is all
    state: Literal["dead_letter", "filed", "waiting", "dropped_by_rule", "automatic", "bounce", "duplicate"] | None = (
        None
    )
    mailbox_id: UUID | None = None
    #: words of the sender or the subject
    search: Annotated[str, Field(max_length=200)] = ""
    cursor: str | None = None


class IncomingMail(WireModel):
    id: UUID
    mailbox_id: UUID
    mailbox: str
    source: RawMailSource
    sender: str | None
    subject: str | None
    #: bytes
    size: int
    received_at: Moment
    state: RawMailState
    tries: int
    #: why it is where it is, in words
    reason: str | None
    flags: list[MailFlag]
    conversation_id: UUID | None


class MailboxTrouble(WireModel):
    id: UUID
    name: str
    trouble: str


class MailAlarm(WireModel):
    """What an admin has to look after at one site."""

    site_id: UUID
    dead_letters: int
    mailboxes: list[MailboxTrouble]


class MailAlarms(WireModel):
    items: list[MailAlarm]


@routes.get("/api/v1/admin/sites/{site_id}/incoming-mails", may=an_agent)
async def list_incoming_mails(call: AdminCall, site_id: UUID, query: IncomingQuery) -> Page[IncomingMail]:
    """Mails that came to the site's mailboxes, the newest first."""
    await administered(call, site_id)
    rows = select(RawMail, Mailbox.name).join(Mailbox, Mailbox.id == RawMail.mailbox_id)
    rows = rows.where(RawMail.site_id == site_id)
    if query.state == "waiting":
        rows = rows.where(RawMail.state.in_(poison.WAITING))
    elif query.state:
        rows = rows.where(RawMail.state == query.state)
    if query.mailbox_id:
        rows = rows.where(RawMail.mailbox_id == query.mailbox_id)
    if query.search.strip():
        words = query.search.strip()
        rows = rows.where(
            RawMail.sender.icontains(words, autoescape=True) | RawMail.subject.icontains(words, autoescape=True)
        )
    if (before := decode_cursor(query.cursor)) is not None:
        rows = rows.where(RawMail.id < before)
    found = (await call.work.db.execute(rows.order_by(RawMail.id.desc()).limit(PAGE + 1))).all()
    more = encode_cursor(found[PAGE - 1][0].id) if len(found) > PAGE else None
    return Page(items=[_view(raw, name) for raw, name in found[:PAGE]], next_cursor=more)


@routes.get("/api/v1/admin/mail-alarms", may=an_agent)
async def read_mail_alarms(call: AdminCall) -> MailAlarms:
    """Dead letters and mailboxes in trouble at the sites that I administer; sites where all is well are left out."""
    mine = call.who.sites_where("administer")
    dead = (
        select(RawMail.site_id, func.count())
        .where(RawMail.site_id.in_(mine), RawMail.state == "dead_letter")
        .group_by(RawMail.site_id)
    )
    counts = {row[0]: row[1] for row in await call.work.db.execute(dead)}
    boxes = select(Mailbox).where(Mailbox.site_id.in_(mine), Mailbox.is_on, Mailbox.trouble.is_not(None))
    troubled = (await call.work.db.scalars(boxes.order_by(Mailbox.name))).all()
    return MailAlarms(
        items=[
            MailAlarm(
                site_id=site_id,
                dead_letters=counts.get(site_id, 0),
                mailboxes=[
                    MailboxTrouble(id=each.id, name=each.name, trouble=each.trouble or "")
                    for each in troubled
                    if each.site_id == site_id
                ],
            )
            for site_id in sorted({*counts, *(each.site_id for each in troubled)})
        ]
    )


@routes.get("/api/v1/admin/incoming-mails/{raw_id}/source", may=an_agent)
async def download_incoming_mail(call: AdminCall, raw_id: UUID) -> web.FileResponse:
    """The mail as it came, to be saved."""
    raw = await _of(call, raw_id)
    return mail_source.response(call.request.app, raw.sha256, str(raw.id))


@routes.post("/api/v1/admin/incoming-mails/{raw_id}/retry", may=an_agent)
async def retry_incoming_mail(call: AdminCall, raw_id: UUID) -> IncomingMail:
    """Give a dead letter five new tries; the mailbox is no longer in trouble for it when it was the last one."""
    raw = await _of(call, raw_id)
    await poison.try_again(call.work, raw)
    box = await call.work.db.get_one(Mailbox, raw.mailbox_id)
    record(call, "raw_mail.retried", Subject(raw.subject or box.name, raw.id, raw.site_id))
    return _view(raw, box.name)


async def _of(call: AdminCall, raw_id: UUID) -> RawMail:
    """Locked. Raises NotFound, NotYours, NotAllowed."""
    raw = await call.work.db.get(RawMail, raw_id, with_for_update=True)
    if raw is None:
        raise NotFound
    await administered(call, raw.site_id)
    return raw


def _view(raw: RawMail, mailbox: str) -> IncomingMail:
    return IncomingMail(
        id=raw.id,
        mailbox_id=raw.mailbox_id,
        mailbox=mailbox,
        source=raw.source,
        sender=raw.sender or raw.envelope_from,
        subject=raw.subject,
        size=raw.size,
        received_at=raw.received_at,
        state=raw.state,
        tries=raw.tries,
        reason=raw.reason,
        flags=list(raw.flags),
        conversation_id=raw.conversation_id,
    )
