"""A mail server that keeps what it is given, and refuses when told to."""

import asyncio
import base64
import email
import email.policy
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.services.process import free_port

ACCEPTED = "250 Message accepted for delivery"


@dataclass(frozen=True)
class ReceivedMail:
    """One mail as it arrived."""

    sender: str
    recipients: list[str]
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def html(self) -> str | None:
        body = self.message.get_body(("html",))
        return str(body.get_content()) if body else None


class _Controller(Controller):
    """Knows who is on the line, so that nobody stays there when it stops."""

    def __init__(self, handler: object, **wanted: Any) -> None:
        super().__init__(handler, **wanted)
        self.callers: list[SMTP] = []

    def factory(self) -> SMTP:
        self.callers.append(super().factory())  # type: ignore[no-untyped-call]
        return self.callers[-1]


class SmtpServer:
    """Runs in a thread of its own, so that it serves a test of either kind and a program in another process."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, by_token: bool = False
    ) -> None:
        self.mails: list[ReceivedMail] = []
        self.refused = 0
        self._changed = threading.Condition()
        self._refusals: list[str] = []
        #: what it says when it takes a mail
        self.accepted = ACCEPTED
        #: so many mails are taken, and the line breaks before it says so
        self.break_after_data = 0
        #: how often somebody called
        self.calls = 0
        self._always: str | None = None
        #: with `by_token`, which wants encryption too: who may sign in by which token, and who has tried
        self.tokens: dict[str, str] = {}
        self.sign_ins: list[tuple[str, str]] = []
        self.port = free_port()
        wanted: dict[str, Any] = {"auth_required": True} if by_token else {}
        self._controller = _Controller(
            self, hostname="127.0.0.1", port=self.port, ssl_context=tls, tls_context=starttls, **wanted
        )

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        # an encrypted line would wait for the other side to say goodbye
        for each in self._controller.callers:
            self._controller.loop.call_soon_threadsafe(_hang_up, each)
        self._controller.stop()

    def refuse(self, answer: str = "550 No such mailbox") -> None:
        """Refuses every mail for good until `accept`."""
        self._always = answer

    def fail(self, times: int, answer: str = "451 Try again later") -> None:
        """Refuses the next mails for now."""
        self._refusals = [answer] * times

    def accept(self) -> None:
        self._always = None
        self._refusals = []

    async def wait_for(self, count: int = 1, *, seconds: float = 30) -> list[ReceivedMail]:
        """The mails received so far, once there are that many."""
        return await asyncio.to_thread(self._wait, lambda: len(self.mails) >= count, seconds)

    async def wait_for_refusals(self, count: int = 1, *, seconds: float = 30) -> None:
        await asyncio.to_thread(self._wait, lambda: self.refused >= count, seconds)

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.calls += 1
        return responses

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802  # aiosmtpd's name
        """As Google does: what is wrong is told as a challenge, and refused after the empty answer to it."""
        user, token = (each.partition("=")[2] for each in base64.b64decode(args[1]).decode().split("\1")[:2])
        self.sign_ins.append((user, token.removeprefix("Bearer ")))
        if self.tokens.get(user) == token.removeprefix("Bearer "):
            return AuthResult(success=True)
        await server.push("334 " + base64.b64encode(b'{"status":"401"}').decode())
        await server._reader.readline()  # noqa: SLF001  # aiosmtpd offers nothing else
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        with self._changed:
            answer = self._always or (self._refusals.pop() if self._refusals else self.accepted)
            if answer == self.accepted:
                self.mails.append(_received(envelope))
            else:
                self.refused += 1
            breaks = self.break_after_data > 0
            self.break_after_data -= breaks
            self._changed.notify_all()
        if breaks and server.transport is not None:
            server.transport.close()
        return answer

    def _wait(self, is_so: Callable[[], bool], seconds: float) -> list[ReceivedMail]:
        with self._changed:
            if not self._changed.wait_for(is_so, seconds):
                raise AssertionError(f"after {seconds} s: {len(self.mails)} mails received, {self.refused} refused")
            return list(self.mails)


def _hang_up(caller: SMTP) -> None:
    if isinstance(caller.transport, asyncio.WriteTransport):
        caller.transport.abort()


def _received(envelope: Envelope) -> ReceivedMail:
    content = envelope.content
    raw = content.encode() if isinstance(content, str) else content or b""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return ReceivedMail(envelope.mail_from or "", list(envelope.rcpt_tos), message)


@contextmanager
def run_smtp(
    *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, by_token: bool = False
) -> Iterator[SmtpServer]:
    server = SmtpServer(tls=tls, starttls=starttls, by_token=by_token)
    server.start()
    try:
        yield server
    finally:
        server.stop()
