"""What agents see of a mail that came: who wrote to whom, what it quotes, its own look, and its source."""

import base64
import re
from collections.abc import Sequence
from email.parser import BytesHeaderParser
from html import escape, unescape
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import defer

from engage.access.principals import CallingAgent
from engage.channels.email.models import RawMail, ReceivedMail
from engage.channels.email.schemas import MailFlag
from engage.conversations import attachments, timeline
from engage.conversations.models import Attachment
from engage.kit.errors import NotFound
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Moment, Query, WireModel
from engage.routing import visibility

#: of one conversation; each has all its words, which can be many
MOST_MAILS = 200
#: of inline pictures that one page carries
MOST_INLINE_BYTES = 12_000_000
MOST_HEADER_BYTES = 64_000
CID = re.compile(r'src="cid:([^"]{1,500})"', re.IGNORECASE)
REMOTE_MARK = 'data-remote-src="'
REMOTE = re.compile(REMOTE_MARK + r'([^"]*)"')
PAGE_STYLE = (
    "body{margin:16px;font:14px/1.5 system-ui,sans-serif;color:#1a1d21;background:#fff;overflow-wrap:anywhere}"
    "img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}"
    "blockquote{margin-inline:0;padding-inline-start:12px;border-inline-start:3px solid #d0d4da}"
)


class MailPerson(WireModel):
    address: str
    name: str = ""


class InvitationView(WireModel):
    method: str
    summary: str
    starts_at: Moment | None
    ends_at: Moment | None
    location: str
    organizer: str


class ReceivedMailView(WireModel):
    entry_id: UUID
    sender: MailPerson | None
    to: list[MailPerson]
    cc: list[MailPerson]
    subject: str
    dated: Moment | None
    received_at: Moment
    flags: list[MailFlag]
    #: what was wrong or too much with it, in words
    faults: list[str]
    invitation: InvitationView | None
    is_signed: bool
    is_encrypted: bool
    #: more was written than what is new
    has_quotes: bool
    #: it has a look of its own
    has_original: bool
    #: that look has pictures that are elsewhere
    has_remote: bool
    #: files that stand inside of its look
    inline_ids: list[UUID]


class ReceivedMails(WireModel):
    items: list[ReceivedMailView]


class TextPart(WireModel):
    text: str
    #: was there before, and is repeated
    quoted: bool


class MailInFull(WireModel):
    parts: list[TextPart]
    #: names and values as they stand, the topmost first
    headers: list[tuple[str, str]]


class OriginalQuery(Query):
    #: with the pictures that lie elsewhere: whoever holds them learns that the mail is read
    pictures: Annotated[bool, Field()] = False


async def of_conversation(work: UnitOfWork, who: CallingAgent, conversation_id: UUID) -> list[ReceivedMailView]:
    """The newest of them, in their order; of a look only whether there is one. Raises NoSuchConversation, NotYours."""
    await visibility.must_see(work, who, await timeline.found(work, conversation_id))
    mail = ReceivedMail
    has_look, has_remote = func.coalesce(mail.html, "") != "", func.coalesce(mail.html, "").contains(REMOTE_MARK)
    rows = select(mail, has_look, has_remote).where(mail.conversation_id == conversation_id)
    newest = rows.order_by(mail.received_at.desc(), mail.entry_id.desc()).limit(MOST_MAILS)
    found = (await work.db.execute(newest.options(defer(mail.html, raiseload=True)))).all()
    return [_view(row, has_original=look, has_remote=remote) for row, look, remote in reversed(found)]


async def one(work: UnitOfWork, who: CallingAgent, entry_id: UUID) -> tuple[ReceivedMail, RawMail]:
    """Raises NotFound, NotYours."""
    mail = await work.db.get(ReceivedMail, entry_id)
    if mail is None:
        raise NotFound
    await visibility.must_see(work, who, await timeline.found(work, mail.conversation_id))
    return mail, await work.db.get_one(RawMail, mail.raw_mail_id)


def _view(mail: ReceivedMail, *, has_original: bool, has_remote: bool) -> ReceivedMailView:
    return ReceivedMailView(
        entry_id=mail.entry_id,
        sender=_person(mail.sender),
        to=[MailPerson(**each) for each in mail.to],
        cc=[MailPerson(**each) for each in mail.cc],
        subject=mail.subject,
        dated=mail.dated,
        received_at=mail.received_at,
        flags=list(mail.flags),
        faults=list(mail.faults),
        invitation=InvitationView.model_validate(mail.invitation) if mail.invitation else None,
        is_signed=mail.is_signed,
        is_encrypted=mail.is_encrypted,
        has_quotes=any(part.quoted for part in parts_of(mail)),
        has_original=has_original,
        has_remote=has_remote,
        inline_ids=[UUID(each) for each in mail.pictures.values()],
    )


def _person(stored: dict[str, Any]) -> MailPerson | None:
    return MailPerson(**stored) if stored.get("address") or stored.get("name") else None


def parts_of(mail: ReceivedMail) -> list[TextPart]:
    """The whole text in its order, each part new or quoted; blank parts are left out."""
    parts, at = [], 0
    for begin, end in mail.shown:
        parts += [(mail.text[at:begin], True), (mail.text[begin:end], False)]
        at = end
    parts.append((mail.text[at:], True))
    return [TextPart(text=text.strip("\n"), quoted=quoted) for text, quoted in parts if text.strip()]


def headers_of(path: Path) -> list[tuple[str, str]]:
    """As they stand in the stored mail. Blocking."""
    try:
        with path.open("rb") as file:
            head = file.read(MOST_HEADER_BYTES)
    except OSError:
        return []
    parsed = BytesHeaderParser().parsebytes(head.split(b"\r\n\r\n", maxsplit=1)[0].split(b"\n\n", maxsplit=1)[0])
    return [(name, _printable(str(value))) for name, value in parsed.raw_items()]


def _printable(text: str) -> str:
    decoded = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char for char in decoded if char.isprintable() or char in "\n\t").strip()


async def pictures_of(work: UnitOfWork, mail: ReceivedMail) -> Sequence[Attachment]:
    ids = [UUID(each) for each in mail.pictures.values()]
    rows = select(Attachment).where(Attachment.id.in_(ids), Attachment.conversation_id == mail.conversation_id)
    return (await work.db.scalars(rows.order_by(Attachment.id))).all()


def page(mail: ReceivedMail, pictures: Sequence[Attachment], folder: Path, *, remote: bool) -> str:
    """Its look as a page of its own, which runs nothing and loads nothing unless `remote`. Blocking."""
    inline = _as_data(mail, pictures, folder)
    html = CID.sub(lambda found: inline.get(unescape(found[1]), 'alt="" src="data:,"'), mail.html or "")
    if remote:
        html = REMOTE.sub(_loaded, html)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(mail.subject)}</title>'
        f'<base target="_blank"><style>{PAGE_STYLE}</style></head><body>{html}</body></html>'
    )


def _loaded(found: re.Match[str]) -> str:
    """Only over TLS: on the way nobody else learns of it."""
    url = unescape(found[1])
    if urlsplit(url).scheme == "http":
        url = "https" + url[4:]
    return f'src="{escape(url)}"' if urlsplit(url).scheme == "https" else ""


def _as_data(mail: ReceivedMail, pictures: Sequence[Attachment], folder: Path) -> dict[str, str]:
    """By content id: the page is of nobody's origin, so it could fetch nothing that needs a sign-in."""
    by_id = {str(each.id): each for each in pictures if each.content_type in attachments.IMAGES}
    inline, room = {}, MOST_INLINE_BYTES
    for content_id, attachment_id in mail.pictures.items():
        picture = by_id.get(attachment_id)
        if picture is None or picture.size > room:
            continue
        try:
            content = attachments.path_of(folder, picture.id).read_bytes()
        except OSError:
            continue
        room -= len(content)
        inline[content_id] = f'src="data:{picture.content_type};base64,{base64.b64encode(content).decode()}"'
    return inline
