"""Mails about a call-back: they wait in the outbox behind the step they tell of."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engage import channels
from engage.access.tokens import Signer
from engage.channels import OutboundMessage
from engage.channels.callback import links, numbers
from engage.channels.callback.events import Notice
from engage.channels.callback.models import CallbackRequest
from engage.channels.callback.words import FRAMES, LETTERS
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation
from engage.kit import languages, zones
from engage.kit.ids import new_id
from engage.kit.languages import Language
from engage.kit.templates import Templates
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Stationery:
    """What a mail is made with."""

    templates: Templates
    signer: Signer
    own_url: str


async def mail(work: UnitOfWork, stationery: Stationery, request: CallbackRequest, notice: Notice) -> None:
    """Nothing without an address."""
    visitor = await work.db.get_one(Visitor, request.visitor_id)
    if visitor.email is None:
        return
    site = await sites.by_id(work, request.site_id)
    conversation = await work.db.get_one(Conversation, request.conversation_id)
    language = languages.spoken(conversation.locale)
    words, frame = LETTERS[language][notice], FRAMES[language]
    facts = {
        "site": site.name,
        "number": numbers.shown_e164(request.number),
        "time": _said(request.due_at, ZoneInfo(request.time_zone), language),
    }
    link = f"{stationery.own_url}{links.path_of(stationery.signer, request)}" if words.has_link else None
    page = {
        "language": language,
        "subject": words.subject.format(**facts),
        "lines": [line.format(**facts) for line in words.lines],
        "frame": frame,
        "link": link,
        "site": site.name,
    }
    message = OutboundMessage(
        id=new_id(),
        site_id=site.id,
        conversation_id=conversation.id,
        to=visitor.email,
        subject=words.subject.format(**facts),
        text=stationery.templates.render("callback/notice_mail.txt", **page),
        html=stationery.templates.render("callback/notice_mail.html", **page),
        secret=link is not None,
    )
    await channels.send(work, "email", message)


def _said(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    local = moment.astimezone(zone)
    day = f"{languages.weekday(local.date(), language)}, {languages.day_of_month(local.date(), language)}"
    return FRAMES[language].time.format(day=day, clock=f"{local:%H:%M}", place=zones.place(zone))
