"""Mails brought to a house, and what became of them."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.channels.email import accept, message_ids, reply_token
from engage.channels.email.addresses import ADDRESS_BOOK
from engage.channels.email.mail_keys import MAIL_KEYS
from engage.channels.email.models import RawMail, ReceivedMail
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements.models import Engagement
from tests.house import House, rows

BOX = "support@carrier.example"
KIM = "kim@shop.example"


async def a_mailbox(house: House, **fields: Any) -> None:
    async with house.working() as work:
        await rows.a_mailbox(work, **fields)


def a_mail(
    text: str = "Where is my router?", *, sender: str | None = f"Kim Lee <{KIM}>", to: str = BOX,
    subject: str = "Router", name: str | None = "one@shop.example", **headers: str,
) -> EmailMessage:  # fmt: skip
    """Further headers by name, with lines for dashes."""
    mail = EmailMessage()
    if sender:
        mail["From"] = sender
    mail["To"], mail["Subject"] = to, subject
    if name:
        mail["Message-ID"] = f"<{name}>"
    for header, value in headers.items():
        mail[header.replace("_", "-")] = value
    mail.set_content(text)
    return mail


async def brings(
    house: House, mail: EmailMessage | bytes, *, to: str = BOX, envelope_from: str = KIM, settles: bool = True
) -> UUID:
    """The mail, accepted and filed."""
    content = mail if isinstance(mail, bytes) else mail.as_bytes()
    place = await house.app[ADDRESS_BOOK].place(to)
    assert place is not None
    blob = await accept.store(house.app, content)
    (raw_id,) = await accept.accept(house.app, blob, source="lmtp", sender=envelope_from, recipients=[(to, place)])
    if settles:
        await house.settles()
    return raw_id


async def raw(house: House, raw_id: UUID) -> RawMail:
    async with house.looking() as work:
        return await work.db.get_one(RawMail, raw_id)


async def shown(house: House, raw_id: UUID) -> ReceivedMail:
    """What agents see of it."""
    async with house.looking() as work:
        rows = select(ReceivedMail).where(ReceivedMail.raw_mail_id == raw_id)
        return (await work.db.scalars(rows)).one()


async def entries(house: House, conversation_id: UUID | None) -> list[TimelineRow]:
    async with house.looking() as work:
        its = select(TimelineRow).where(TimelineRow.conversation_id == conversation_id)
        return list(await work.db.scalars(its.order_by(TimelineRow.seq)))


async def texts(house: House, conversation_id: UUID | None) -> list[tuple[str, str]]:
    """Who said what."""
    found = await entries(house, conversation_id)
    return [(each.author_kind, each.text) for each in found if each.kind == "message"]


async def works(house: House) -> list[Engagement]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(Engagement).order_by(Engagement.id)))


async def conversations(house: House) -> list[Conversation]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(Conversation).order_by(Conversation.id)))


def reply_address(house: House, conversation_id: UUID | None) -> str:
    assert conversation_id is not None
    return reply_token.token_address(house.app[MAIL_KEYS][0], BOX, conversation_id)


def own_name(house: House, mail_id: UUID) -> str:
    """Message-ID of a mail of ours."""
    return message_ids.own(house.app[MAIL_KEYS][0], mail_id, "carrier.example")
