"""By which mail server a site's mails leave: its own, if it has one, else the program's."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from aiohttp import web

from engage.channels.email.letters import NotTaken, on_the_line
from engage.channels.email.smtp import LINES, POSTMAN, Postman, SmtpPostman
from engage.kit.clock import CLOCK
from engage.kit.errors import EngageError
from engage.kit.languages import Language, spoken
from engage.kit.outgoing import OUTGOING
from engage.kit.secrets import VAULT
from engage.settings import SETTINGS
from engage.sites.mail_server import MailServer
from engage.sites.models import Site

TEST_SECONDS = 15
#: subject and text of the mail that an admin tries it out with
TEST_WORDS: Mapping[Language, tuple[str, str]] = {
    "en": ("Test mail of {site}", "Mails of {site} arrive."),
    "de": ("Testmail von {site}", "Mails von {site} kommen an."),
}


async def postman_of(app: web.Application, site: Site) -> Postman | None:
    """None keeps the mails. Raises NotTaken when the site's server may not be called."""
    stored = site.mail.get("server")
    if not stored:
        return app[POSTMAN]
    server = MailServer.model_validate(stored)
    try:
        # an admin typed it in: our own network is not his to look into, and without encryption nothing else is allowed
        scheme = "http" if server.security == "none" else "https"
        await app[OUTGOING].check(f"{scheme}://{server.host}:{server.port}")
        sealed = site.mail.get("password")
        password = app[VAULT].open(sealed) if sealed else None
    except EngageError as problem:
        raise NotTaken(problem.detail, for_good=False, no_way=True) from problem
    return SmtpPostman(server.host, server.port, server.user or None, password, server.security, lines=app[LINES])


async def try_out(app: web.Application, site: Site, *, to: str) -> str | None:
    """Sends a mail at once; what went wrong in words, or None."""
    sender = site.mail_from or app[SETTINGS].mail_from
    try:
        postman = await postman_of(app, site)
        if postman is None:
            return "No mail server is set, neither here nor in the program's settings: mails are kept, not sent."
        if isinstance(postman, SmtpPostman):
            postman = dataclasses.replace(postman, seconds=TEST_SECONDS)
        mail = _test_mail(site, sender, to, app[CLOCK].now())
        await postman.send(mail, sender=parseaddr(sender)[1], recipients=[on_the_line(to)])
    except NotTaken as problem:
        return str(problem)[:500]
    return None


def _test_mail(site: Site, sender: str, to: str, now: datetime) -> EmailMessage:
    message = EmailMessage()
    subject, text = TEST_WORDS[spoken(site.locale)]
    message["From"], message["To"] = sender, to
    message["Subject"] = subject.format(site=" ".join(site.name.split()))
    message["Date"] = format_datetime(now.astimezone(UTC))
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost")
    message.set_content(f"{text.format(site=site.name)}\n\n{site.mail.get('signature', '')}")
    return message
