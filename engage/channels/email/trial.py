"""A mail that goes round the whole loop: out by a site's mail server, in by its mailbox. It becomes nobody's work."""

import asyncio
import time
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.channels.email import message_ids, sending
from engage.channels.email.letters import NotTaken, on_the_line
from engage.channels.email.mail_keys import MAIL_KEYS, Keys
from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.parsed import ParsedMail
from engage.kit.clock import CLOCK
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS
from engage.sites import service as sites
from engage.sites.models import Site

#: holds a name that only we can give, for some mail servers give a mail another Message-ID
HEADER = "X-Engage-Trial"
ARRIVED = "A trial of the whole way, sent by us."
SECONDS, LOOK_SECONDS = 60, 0.25


class NotRound(Exception):
    """The mail did not go round; why, in words."""


def is_trial(mail: ParsedMail, keys: Keys) -> bool:
    return any(message_ids.find_own(keys, each) is not None for each in mail.all(HEADER.lower()))


async def seconds(app: web.Application, address: str) -> float:
    """From handing a mail for this mailbox to the mail server until it is filed. Raises NotRound."""
    box, site = await _mailbox(app, address)
    trial_id = new_id()
    try:
        postman = await sending.postman_of(app, site)
        if postman is None:
            raise NotRound("no mail server is set to send by: mails are kept")
        began = time.perf_counter()
        await postman.send(_mail(app, box, trial_id), sender=box.address, recipients=[on_the_line(box.address)])
    except NotTaken as problem:
        raise NotRound(f"it was not sent: {problem}") from problem
    await _filed(app, box, trial_id)
    return time.perf_counter() - began


async def _mailbox(app: web.Application, address: str) -> tuple[Mailbox, Site]:
    async with app[UNITS].read() as work:
        box = await work.db.scalar(select(Mailbox).where(Mailbox.address == address.strip().lower()))
        if box is None:
            raise NotRound(f"there is no mailbox {address}")
        return box, await sites.by_id(work, box.site_id)


def _mail(app: web.Application, box: Mailbox, trial_id: UUID) -> EmailMessage:
    name = message_ids.own(app[MAIL_KEYS][0], trial_id, box.address.rpartition("@")[2])
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = box.address, box.address, _subject(trial_id)
    mail["Date"], mail["Message-ID"], mail[HEADER] = format_datetime(app[CLOCK].now()), name, name
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("Sent to see whether mails leave and come back. Nobody has to do anything.")
    return mail


def _subject(trial_id: UUID) -> str:
    return f"Trial of the mailbox {trial_id}"


async def _filed(app: web.Application, box: Mailbox, trial_id: UUID) -> None:
    its = (RawMail.mailbox_id == box.id, RawMail.subject == _subject(trial_id), RawMail.filed_at.is_not(None))
    try:
        async with asyncio.timeout(SECONDS):
            while True:
                async with app[UNITS].read() as work:
                    if await work.db.scalar(select(RawMail.id).where(*its).limit(1)) is not None:
                        return
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError as problem:
        why = f": {box.trouble}" if box.trouble else "; does `engage work` run, and is the address brought here?"
        raise NotRound(f"it was sent and did not come in within {SECONDS} seconds{why}") from problem
