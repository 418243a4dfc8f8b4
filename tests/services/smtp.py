"""A mail server that keeps what it is given, and refuses when told to."""

import asyncio
import email
import email.policy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

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


class SmtpServer:
    """Runs in a thread of its own, so that it serves a test of either kind and a program in another process."""

    def __init__(self) -> None:
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
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
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

    async def wait_for(self, count: int = 1, *, seconds: float = 10) -> list[ReceivedMail]:
        """The mails received so far, once there are that many."""
        return await asyncio.to_thread(self._wait, lambda: len(self.mails) >= count, seconds)

    async def wait_for_refusals(self, count: int = 1, *, seconds: float = 10) -> None:
        await asyncio.to_thread(self._wait, lambda: self.refused >= count, seconds)

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.calls += 1
        return responses

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


def _received(envelope: Envelope) -> ReceivedMail:
    content = envelope.content
    raw = content.encode() if isinstance(content, str) else content or b""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return ReceivedMail(envelope.mail_from or "", list(envelope.rcpt_tos), message)


@contextmanager
def run_smtp() -> Iterator[SmtpServer]:
    server = SmtpServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
