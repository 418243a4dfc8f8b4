"""Customers' mails in the demo's mailbox, taken as if a mail server had brought them: a desk without any server."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.channels.email import accept
from engage.channels.email.addresses import ADDRESS_BOOK
from engage.channels.email.models import Mailbox
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.sites.models import Queue, Site

ADDRESS, BILLS = "support@nordlink.example", "bills@nordlink.example"
#: who writes where, about what, and what
LETTERS = (
    (
        "Kim Larsen <kim@home.example>",
        ADDRESS,
        "The lamp of my router is red",
        """Hello,

since this morning the lamp in the middle is red, and nothing works.
I have unplugged it twice already. What can I do?

Kim Larsen
customer number 4711
""",
    ),
    (
        "Jonas Weber <jonas@weber.example>",
        BILLS,
        "Frage zur Rechnung vom Mai",
        """Guten Tag,

auf der Rechnung steht eine Gebühr von 9,90 Euro, die ich nicht kenne.
Können Sie mir sagen, wofür sie ist?

Mit freundlichen Grüßen
Jonas Weber
""",
    ),
    (
        "Amira Haddad <amira@post.example>",
        ADDRESS,
        "Re: Your appointment on Thursday",
        """Thursday does not suit me, Friday would be fine.

Amira

On Mon, Nordlink <care@nordlink.example> wrote:
> Our technician comes on Thursday between 8 and 12.
> Please let us know if that does not suit you.
""",
    ),
)
LOOK = (
    "<p>Hello,</p><p>we are <b>moving house</b> on the first of the month. Can we take our line with us?</p>"
    '<table border="1" cellpadding="4"><tr><td>from</td><td>4 Harbour Street</td></tr>'
    "<tr><td>to</td><td>21 Mill Lane</td></tr></table><p>Lea Brandt</p>"
)


async def bring(app: web.Application) -> None:
    """Makes the demo's mailbox with its first mails, which are filed as all are; a second time changes nothing."""
    async with app[UNITS].begin() as work:
        site = await work.db.scalar(select(Site).where(Site.key == "nordlink"))
        if site is None or await work.db.scalar(select(Mailbox.id).where(Mailbox.address == ADDRESS)):
            return
        work.db.add(await _mailbox(work, site.id))
        now = work.now
    for to, mail in _mails():
        mail["Date"], mail["Message-ID"] = format_datetime(now), f"<{new_id()}@post.example>"
        place = await app[ADDRESS_BOOK].place(to)
        if place is not None:
            blob = await accept.store(app, mail.as_bytes())
            await accept.accept(app, blob, source="pipe", sender=None, recipients=[(to, place)])


async def _mailbox(work: UnitOfWork, site_id: UUID) -> Mailbox:
    queues = list(await work.db.scalars(select(Queue).where(Queue.site_id == site_id).order_by(Queue.position)))
    bills = {"address": BILLS, "queue_id": str(queues[-1].id)}
    return Mailbox(
        id=new_id(), site_id=site_id, name="Support", address=ADDRESS, aliases=[bills], queue_id=queues[0].id,
        protocol="inbound", state="idle", created_at=work.now,
    )  # fmt: skip


def _mails() -> Iterator[tuple[str, EmailMessage]]:
    for sender, to, subject, text in LETTERS:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail.set_content(text)
        yield to, mail
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Lea Brandt <lea@brandt.example>", ADDRESS, "We are moving house"
    mail.set_content(
        "Hello,\n\nwe are moving house on the first of the month. Can we take our line with us?\n\nLea Brandt\n"
    )
    mail.add_alternative(LOOK, subtype="html")
    mail.add_attachment("from 4 Harbour Street\nto 21 Mill Lane\n", filename="addresses.txt")
    yield ADDRESS, mail
