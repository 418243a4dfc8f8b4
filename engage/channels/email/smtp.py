"""Handing a mail to an SMTP server (RFC 5321), or saying in a line why it was not taken."""

import asyncio
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from typing import Literal, Protocol, Self
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from aiohttp import web
from aiosmtplib import SMTP

from engage.channels.email.letters import NotLetIn, NotTaken, NotYet
from engage.channels.email.smtp_lines import AllBusy, Lines, Silent

TIMEOUT_SECONDS = 30
#: less than a job may take: nobody else begins with the same mail meanwhile
WHOLE_SECONDS = 100
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
NAMED = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
#: Amazon tells the name without its domain, and rewrites Message-ID to it
BARE = re.compile(r"^(?:ok:?|queued as)?\s*([0-9A-Za-z][0-9A-Za-z-]{19,100})\s*$", re.IGNORECASE)
AMAZON = re.compile(r"^email-smtp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com$")
FIRST_REGION = "us-east-1"

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True)
class Receipt:
    """What the server said when it took the mail."""

    #: the text behind its 250
    answer: str
    host: str
    #: addresses that it did not take, with its reasons
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def provider_id(self) -> str | None:
        """Its own name for the mail, if it told one."""
        found = NAMED.search(self.answer) or BARE.match(re.sub(r"^\d\.\d\.\d\s+", "", self.answer.strip()))
        return found[1][:255] if found else None

    @property
    def names(self) -> list[str]:
        """All names by which an answer may call it."""
        bare, amazon = self.provider_id, AMAZON.match(self.host.lower())
        if bare is None or amazon is None or "@" in bare:
            return [bare] if bare else []
        region = amazon[1]
        return [bare, f"{bare}@{'email' if region == FIRST_REGION else region}.amazonses.com"]

    @property
    def complaint(self) -> str | None:
        told = "; ".join(f"{address}: {reason}" for address, reason in self.refused)
        return f"Not taken for {told}"[:500] if told else None


class Postman(Protocol):
    """Takes mails away."""

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Receipt:
        """Raises NotTaken, and NotYet when nothing was tried."""
        ...

    def within(self, seconds: float) -> Self:
        """One that waits no longer for a word of the server."""
        ...


@dataclass(frozen=True)
class SmtpPostman:
    host: str
    port: int
    user: str | None
    password: str | None
    #: `starttls` and `tls` send nothing without encryption; None takes it where it is offered, for this machine only
    security: Security | None
    #: for XOAUTH2, in the place of the password
    access_token: str | None = None
    #: whose consent the token stands for: a line stays good when a newer one is used
    consent_of: UUID | None = None
    seconds: float = TIMEOUT_SECONDS
    lines: Lines = field(default_factory=Lines, compare=False)

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Receipt:
        try:
            async with asyncio.timeout(WHOLE_SECONDS), self.lines.borrow(self._server, self.dial) as line:
                return await self._hand_over(line, message, sender, recipients)
        except AllBusy as problem:
            raise NotYet from problem
        except Silent as problem:
            raise NotTaken(_told(TimeoutError()), for_good=False, no_way=True) from problem
        except (aiosmtplib.SMTPException, OSError) as problem:
            raise NotTaken(_told(problem), for_good=False, no_way=True) from problem
        except ValueError as problem:
            raise NotTaken(f"The mail or an address cannot be sent: {problem}", for_good=True) from problem

    def within(self, seconds: float) -> Self:
        return replace(self, seconds=seconds)

    @property
    def _server(self) -> tuple[object, ...]:
        return self.host, self.port, self.security, self.user, self.password, self.consent_of

    async def dial(self) -> SMTP:
        """An open line. Raises NotTaken: whatever goes wrong here is no fault of the mail."""
        smtp = SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user if self.access_token is None else None,
            password=self.password if self.access_token is None else None,
            use_tls=self.security == "tls",
            start_tls=START_TLS[self.security],
            timeout=self.seconds,
        )
        try:
            await smtp.connect()
            if self.access_token is not None:
                await smtp.auth_xoauth2(self.user or "", self.access_token)
        except aiosmtplib.SMTPAuthenticationError as problem:
            smtp.close()
            raise NotLetIn(_told(problem)) from problem
        except (aiosmtplib.SMTPException, OSError, ValueError) as problem:
            smtp.close()
            raise NotTaken(_told(problem), for_good=False, no_way=True) from problem
        return smtp

    async def _hand_over(self, line: SMTP, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Receipt:
        try:
            refused, answer = await line.send_message(message, sender=sender, recipients=list(recipients))
        except aiosmtplib.SMTPRecipientsRefused as problem:
            for_good = all(each.code >= 500 for each in problem.recipients)
            raise NotTaken(_refusals(problem), for_good=for_good) from problem
        except aiosmtplib.SMTPResponseException as problem:
            raise NotTaken(f"{problem.code} {problem.message}", for_good=problem.code >= 500) from problem
        except aiosmtplib.SMTPNotSupported as problem:
            raise NotTaken(str(problem), for_good=True) from problem
        complaints = tuple((address, f"{each.code} {each.message}") for address, each in refused.items())
        return Receipt(answer, self.host, complaints)


START_TLS: dict[Security | None, bool | None] = {"tls": False, "starttls": True, "none": False, None: None}


def _refusals(problem: aiosmtplib.SMTPRecipientsRefused) -> str:
    return "; ".join(f"{each.recipient}: {each.code} {each.message}" for each in problem.recipients)


def _told(problem: Exception) -> str:
    """In words for an admin."""
    if "STARTTLS extension not supported" in str(problem):
        return "The mail server offers no encryption (STARTTLS), so nothing was sent to it."
    refused = next((each for each in (problem, problem.__cause__) if isinstance(each, ssl.SSLError)), None)
    if isinstance(refused, ssl.SSLCertVerificationError):
        return f"The mail server's certificate was not accepted, so nothing was sent: {refused.verify_message}"
    if refused is not None:
        return f"The connection could not be encrypted ({refused.reason or 'TLS'}), so nothing was sent."
    if isinstance(problem, aiosmtplib.SMTPAuthenticationError):
        return f"The mail server did not let us in: {problem.code} {problem.message}"
    if isinstance(problem, aiosmtplib.SMTPResponseException):
        return f"{problem.code} {problem.message}"
    if isinstance(problem, TimeoutError):
        return "The mail server did not answer in time."
    return f"{type(problem).__name__}: {problem}"


def postman(url: str | None, lines: Lines | None = None) -> Postman | None:
    """From `smtp://user:password@host:port`, `smtps://…` or `smtp+plain://…`; None keeps the mails."""
    if url is None:
        return None
    parts = urlsplit(url)
    host, security = parts.hostname or "localhost", _security(parts.scheme, parts.hostname or "localhost")
    user, password = (unquote(each) if each else None for each in (parts.username, parts.password))
    port = parts.port or (465 if security == "tls" else 587)
    return SmtpPostman(host, port, user, password, security, lines=lines or Lines())


def _security(scheme: str, host: str) -> Security | None:
    if scheme in ("smtps", "smtp+plain"):
        return "tls" if scheme == "smtps" else "none"
    return None if host in LOOPBACK else "starttls"


#: None when no SMTP server is set
POSTMAN: web.AppKey[Postman | None] = web.AppKey("postman")
LINES: web.AppKey[Lines] = web.AppKey("smtp_lines")
