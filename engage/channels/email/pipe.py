"""Taking one mail from a pipe, as a mail server's delivery to a program: the exit code is the answer (sysexits.h)."""

import structlog
from aiohttp import web

from engage.channels.email import accept
from engage.channels.email.addresses import ADDRESS_BOOK
from engage.settings import SETTINGS

TAKEN, NO_SUCH_ADDRESS, TOO_LARGE, LATER = 0, 67, 69, 75
log = structlog.get_logger(__name__)


async def deliver(app: web.Application, content: bytes, *, to: str, sender: str) -> int:
    """0 when the mail is stored, 75 when it has to be brought again."""
    if len(content) > app[SETTINGS].mail_max_bytes:
        return TOO_LARGE
    try:
        place = await app[ADDRESS_BOOK].place(to)
        if place is None:
            return NO_SUCH_ADDRESS
        if not place.is_on:
            return LATER
        blob = await accept.store(app, content)
        await accept.accept(app, blob, source="pipe", sender=sender, recipients=[(to, place)])
    except Exception:  # whatever it is: it is brought again
        log.exception("mail_not_stored", by="pipe")
        return LATER
    return TAKEN
