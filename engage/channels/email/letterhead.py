"""Who a mail comes from, where its answer goes, and which mails it follows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from uuid import UUID

from aiohttp import web
from sqlalchemy import Select, select

from engage.channels.email import message_ids, reply_token
from engage.channels.email.mail_keys import MAIL_KEYS
from engage.channels.email.models import Mail, Mailbox, MailId, MailThread
from engage.channels.email.schemas import Direction
from engage.conversations.models import TimelineRow
from engage.engagements import service as engagements
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites.models import Site

#: of the mails before it, so many are named (RFC 5322, 3.6.4 names no bound; long chains break mail servers)
CHAIN = 20


@dataclass(frozen=True)
class _Address:
    """The address of a mailbox to which the customer wrote."""

    mailbox: Mailbox
    address: str


async def write(work: UnitOfWork, app: web.Application, site: Site, mail: Mail) -> None:
    """Fills in sender, reply address, bounce address and name; they stay through all tries."""
    await write_all(work, app, [(site, mail)])


async def write_all(work: UnitOfWork, app: web.Application, mails: Sequence[tuple[Site, Mail]]) -> None:
    """The same for mails of conversations whose threads the session knows: by one statement."""
    boxes = await _open_boxes(work, {site.id for site, _ in mails})
    for site, mail in mails:
        _fill(app, site, mail, await _address_for(work, boxes[site.id], mail.conversation_id))


def _fill(app: web.Application, site: Site, mail: Mail, found: _Address | None) -> None:
    mail.sender = site.mail_from or app[SETTINGS].mail_from
    key = app[MAIL_KEYS][0]
    if found is not None:
        # encoded, a name of other letters is six times as long
        name = (parseaddr(site.mail_from or "")[0] or " ".join(site.name.split()))[:40]
        mail.mailbox_id, mail.sender = found.mailbox.id, formataddr((name, found.address), charset="utf-8")
        mail.envelope_from = reply_token.bounce_address(key, found.mailbox.address, mail.id)
        if mail.conversation_id is not None and mail.kind != "forward":
            mail.reply_to = reply_token.token_address(key, found.mailbox.address, mail.conversation_id)
    if mail.kind == "acknowledgement":
        # nobody wants to hear that an acknowledgement did not arrive (RFC 3834, 3.3)
        mail.envelope_from = ""
    domain = parseaddr(mail.sender)[1].rpartition("@")[2] or "localhost"
    mail.message_id = message_ids.own(key, mail.id, domain)


async def _address_for(
    work: UnitOfWork, boxes: Mapping[UUID, Mailbox], conversation_id: UUID | None
) -> _Address | None:
    """Where he wrote to, else where the queue of the work is written to, else the site's first mailbox."""
    if not boxes or conversation_id is None:
        return None
    thread = await work.db.get(MailThread, conversation_id)
    if thread is not None and (box := boxes.get(thread.mailbox_id)) is not None:
        return _Address(box, _own_address(box, thread.address))
    engagement = await engagements.latest_of(work, conversation_id)
    queue_id = engagement.queue_id if engagement else None
    box = next((each for each in boxes.values() if each.queue_id == queue_id), next(iter(boxes.values())))
    return _Address(box, box.address)


async def _open_boxes(work: UnitOfWork, site_ids: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, Mailbox]]:
    """Of each site in their order."""
    boxes: defaultdict[UUID, dict[UUID, Mailbox]] = defaultdict(dict)
    rows = select(Mailbox).where(is_among(db_of(work.db), Mailbox.site_id, site_ids), Mailbox.is_on)
    for each in await work.db.scalars(rows.order_by(Mailbox.id)):
        boxes[each.site_id][each.id] = each
    return boxes


def _own_address(box: Mailbox, written_to: str) -> str:
    """The alias that he wrote to, as long as it is one of the mailbox's."""
    return written_to if written_to in {each.get("address") for each in box.aliases} else box.address


async def follow(work: UnitOfWork, mail: Mail, conversation_id: UUID) -> None:
    """The chain of the conversation's mails as it leaves; the customer's last one is what it answers."""
    _chain(mail, [(name, way) for _, name, way in await work.db.execute(_names([conversation_id]).limit(CHAIN * 2))])


async def follow_all(work: UnitOfWork, mails: Mapping[UUID, Mail]) -> None:
    """The same for mails of several conversations that have just begun."""
    found: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for conversation_id, name, way in await work.db.execute(_names(list(mails))):
        found[conversation_id].append((name, way))
    for conversation_id, mail in mails.items():
        _chain(mail, found[conversation_id])


def _names(conversation_ids: Sequence[UUID]) -> Select[UUID, str, Direction]:
    """The latest first."""
    return (
        select(MailId.conversation_id, MailId.message_id, MailId.direction)
        .outerjoin(TimelineRow, TimelineRow.id == MailId.entry_id)
        .where(MailId.conversation_id.in_(conversation_ids))
        .order_by(TimelineRow.seq.desc().nulls_last(), MailId.message_id)
    )


def _chain(mail: Mail, names: Sequence[tuple[str, str]]) -> None:
    # a name too long for the table is no name that a mail program knows
    found = [(name, way) for name, way in names if "@" in name and "#" not in name]
    chain = list(reversed(found[:CHAIN]))
    mail.reference_ids = [name for name, _ in chain]
    answered = next((name for name, way in found if way == "in"), chain[-1][0] if chain else None)
    mail.in_reply_to = f"<{answered}>" if answered else None


def names_of(mail: Mail) -> list[str]:
    """By which it is known later, without brackets."""
    name = message_ids.normal(mail.message_id or "")
    return [name] if name else []
