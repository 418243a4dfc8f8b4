"""Handing a mail to an SMTP server (RFC 5321), or saying in a line why it was not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiohttp import web

from engage.channels.email.models import Mail
from engage.conversations.models import Attachment

TIMEOUT_SECONDS = 30


class NotTaken(Exception):
    """The server did not take the mail."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        #: trying again is useless (a 5xx answer)
        self.for_good = for_good


class Postman(Protocol):
    """Takes mails away."""

    async def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """Raises NotTaken."""
        ...


@dataclass(frozen=True)
class SmtpPostman:
    host: str
    port: int
    user: str | None
    password: str | None
    tls: bool
    seconds: float = TIMEOUT_SECONDS

    async def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        try:
            await aiosmtplib.send(
                message,
                sender=parseaddr(sender)[1],
                recipients=[recipient],
                hostname=self.host,
                port=self.port,
                username=self.user,
                password=self.password,
                use_tls=self.tls,
                timeout=self.seconds,
            )
        except aiosmtplib.SMTPRecipientsRefused as problem:
            raise NotTaken(str(problem), for_good=all(each.code >= 500 for each in problem.recipients)) from problem
        except aiosmtplib.SMTPResponseException as problem:
            raise NotTaken(f"{problem.code} {problem.message}", for_good=problem.code >= 500) from problem
        except (aiosmtplib.SMTPException, OSError) as problem:
            raise NotTaken(f"{type(problem).__name__}: {problem}", for_good=False) from problem


def postman(url: str | None) -> Postman | None:
    """From `smtp://user:password@host:port` or `smtps://…`; None keeps the mails."""
    if url is None:
        return None
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    user, password = (unquote(each) if each else None for each in (parts.username, parts.password))
    return SmtpPostman(parts.hostname or "localhost", parts.port or (465 if tls else 587), user, password, tls)


def compose(mail: Mail, files: Sequence[tuple[Attachment, bytes]] = ()) -> EmailMessage:
    """The mail with its headers; the Message-ID is the same at every try.

    Raises NotTaken: a header of several lines would be several headers.
    """
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = mail.sender, mail.recipient, mail.subject
    except ValueError as problem:
        raise NotTaken(str(problem), for_good=True) from problem
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{parseaddr(mail.sender)[1].rpartition('@')[2] or 'localhost'}>"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for file, content in files:
        main, _, sub = file.content_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=file.name)
    return message


#: None when no SMTP server is set
POSTMAN: web.AppKey[Postman | None] = web.AppKey("postman")
