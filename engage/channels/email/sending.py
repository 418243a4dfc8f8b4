"""By which mail server a site's mails leave: its own, if it has one, else the program's."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Self

from aiohttp import web

from engage.channels.email import oauth
from engage.channels.email.letters import NotLetIn, NotTaken, on_the_line
from engage.channels.email.models import Mailbox
from engage.channels.email.smtp import LINES, POSTMAN, WHOLE_SECONDS, Postman, Receipt, SmtpPostman
from engage.kit.clock import CLOCK
from engage.kit.errors import EngageError
from engage.kit.languages import Language, spoken
from engage.kit.outgoing import OUTGOING
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.settings import SETTINGS
from engage.sites.mail_server import MailServer
from engage.sites.models import Site

TEST_SECONDS = 15
#: subject and text of the mail that an admin tries it out with
TEST_WORDS: Mapping[Language, tuple[str, str]] = {
    "en": ("Test mail of {site}", "Mails of {site} arrive."),
    "de": ("Testmail von {site}", "Mails von {site} kommen an."),
}


#: a token, and not the one that was refused if one is named
Token = Callable[[str | None], Awaitable[str]]


@dataclass(frozen=True)
class ConsentedPostman:
    """Signs in by XOAUTH2, as whoever gave consent to read a mailbox."""

    smtp: SmtpPostman
    token: Token

    def within(self, seconds: float) -> Self:
        return replace(self, smtp=self.smtp.within(seconds))

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Receipt:
        """Raises NotTaken. A token may be taken back before its time, so a refused one is fetched anew, once."""
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                token = await self._token(None)
                try:
                    return await self._with(token).send(message, sender=sender, recipients=recipients)
                except NotLetIn:
                    token = await self._token(token)
                    return await self._with(token).send(message, sender=sender, recipients=recipients)
        except TimeoutError as problem:
            raise NotTaken("The mail server did not answer in time.", for_good=False, no_way=True) from problem

    async def _token(self, refused: str | None) -> str:
        try:
            return await self.token(refused)
        except EngageError as problem:
            raise NotTaken(problem.detail, for_good=False, no_way=True) from problem

    def _with(self, token: str) -> SmtpPostman:
        return replace(self.smtp, access_token=token)


def has_server(app: web.Application, site: Site) -> bool:
    """Whether its mails go anywhere; otherwise they are kept."""
    return app[POSTMAN] is not None or bool(site.mail.get("server"))


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
        if server.mailbox_id is not None:
            return await _consented(app, site, server)
        sealed = site.mail.get("password")
        password = app[VAULT].open(sealed) if sealed else None
    except EngageError as problem:
        raise NotTaken(problem.detail, for_good=False, no_way=True) from problem
    return SmtpPostman(server.host, server.port, server.user or None, password, server.security, lines=app[LINES])


async def _consented(app: web.Application, site: Site, server: MailServer) -> ConsentedPostman:
    """SMTP knows the account that gave consent, which need not be the mailbox that it reads. Raises NotTaken."""
    async with app[UNITS].read() as work:
        box = await work.db.get(Mailbox, server.mailbox_id)
    if box is None or box.site_id != site.id or box.auth != "oauth":
        raise NotTaken("The mailbox whose consent is used for sending has none any more.", for_good=False, no_way=True)
    mailbox_id, account = box.id, str(box.oauth.get("account") or box.login or box.address)
    smtp = SmtpPostman(
        server.host, server.port, server.user or account, None, server.security, consent_of=mailbox_id, lines=app[LINES]
    )

    async def token(refused: str | None) -> str:
        return await oauth.access_token(app, mailbox_id, refused=refused)

    return ConsentedPostman(smtp, token)


async def try_out(app: web.Application, site: Site, *, to: str) -> str | None:
    """Sends a mail at once; what went wrong in words, or None."""
    sender = site.mail_from or app[SETTINGS].mail_from
    try:
        postman = await postman_of(app, site)
        if postman is None:
            return "No mail server is set, neither here nor in the program's settings: mails are kept, not sent."
        mail = _test_mail(site, sender, to, app[CLOCK].now())
        in_time = postman.within(TEST_SECONDS)
        await in_time.send(mail, sender=parseaddr(sender)[1], recipients=[on_the_line(to)])
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
