"""A mail as it is put on the line (RFC 5322), made of its row. Pure."""

import re
from collections.abc import Iterator, Sequence
from email.headerregistry import Address, BaseHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime, parseaddr
from typing import Any, cast

from engage.channels.email import plain_headers
from engage.channels.email.models import Mail
from engage.channels.email.plain_headers import Registry
from engage.channels.email.schemas import MailKind
from engage.conversations.models import Attachment

#: tells us our own automatic mails when they come back to us
LOOP_HEADER = "X-Engage-Loop"
HEADER_NAME = re.compile(r"^[A-Za-z][A-Za-z0-9-]{0,60}$")
#: what a program's mail bears, so that no other program answers it (RFC 3834)
AUTOMATIC: dict[MailKind, dict[str, str]] = {
    "acknowledgement": {
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        LOOP_HEADER: "1",
    },
    "notice": {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", LOOP_HEADER: "1"},
    "answer": {},
    "forward": {},
}


class _Names(UnstructuredHeader):
    """Names of mails: programs that look for one on the header's first line must find it there, and whole."""

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        header: Any = self  # the registry makes it a `BaseHeader`, which is a text with a name
        return f"{header.name}: {f'{policy.linesep} '.join(header.split())}{policy.linesep}"


def _registry() -> Registry:
    registry = Registry()
    for name in ("message-id", "in-reply-to", "references"):
        registry.map_to_type(name, cast(type[BaseHeader], _Names))
    return registry


HEADERS = _registry()
POLICY = EmailPolicy(header_factory=HEADERS)


class NotTaken(Exception):
    """The server did not take the mail."""

    def __init__(self, reason: str, *, for_good: bool, no_way: bool = False) -> None:
        super().__init__(reason)
        #: trying again is useless (a 5xx answer)
        self.for_good = for_good
        #: no mail gets to the server now, whatever it is
        self.no_way = no_way


class NotLetIn(NotTaken):
    """The server refused the sign-in."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, for_good=False, no_way=True)


class NotYet(NotTaken):
    """All lines to the server are in use: nothing is wrong, and nothing was tried."""

    def __init__(self) -> None:
        super().__init__("Other mails are on their way to this server.", for_good=False)


def compose(mail: Mail, files: Sequence[tuple[Attachment, bytes]] = ()) -> EmailMessage:
    """The mail with its headers; the Message-ID is the same at every try.

    Raises NotTaken: a header of several lines would be several headers.
    """
    message = EmailMessage(policy=POLICY)
    try:
        for name, value in _headers(mail):
            message[name] = (plain_headers.line(name, value) or value) if isinstance(value, str) else value
    except (ValueError, IndexError) as problem:
        raise NotTaken(f"The mail cannot be written: {problem}", for_good=True) from problem
    message["MIME-Version"] = plain_headers.Line("MIME-Version", "1.0")
    if mail.html:
        plain_headers.alternative(mail.text, mail.html, boundary=f"=_{mail.id.hex}", into=message)
    else:
        plain_headers.set_text(message, mail.text, "plain")
    for file, content in files:
        main, _, sub = file.content_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=file.name)
    return message


def _headers(mail: Mail) -> Iterator[tuple[str, str | Address | list[Address]]]:
    yield "From", _address(mail.sender)
    yield "To", _address(mail.recipient)
    if mail.cc:
        yield "Cc", [_parsed(each) for each in mail.cc]
    if mail.reply_to:
        yield "Reply-To", _address(mail.reply_to)
    yield "Subject", mail.subject
    yield "Date", format_datetime(mail.left_at or mail.created_at)
    yield "Message-ID", mail.message_id or f"<{mail.id}@localhost>"
    if mail.in_reply_to:
        yield "In-Reply-To", mail.in_reply_to
    if mail.reference_ids:
        yield "References", " ".join(f"<{each}>" for each in mail.reference_ids)
    further = AUTOMATIC[mail.kind] | mail.headers
    yield from ((name, " ".join(str(value).split())) for name, value in further.items() if HEADER_NAME.match(name))


def _address(written: str) -> str | Address:
    """Of a name and an address, or an address; ValueError for what is none, or is of several lines."""
    if plain_headers.ADDRESS.fullmatch(written):
        return written
    address = _parsed(written)
    return str(address) if written.isascii() else address


def _parsed(written: str) -> Address:
    if any(ord(char) < 32 for char in written):
        raise ValueError("an address stands on one line")
    name, address = parseaddr(written)
    return Address(display_name=name, addr_spec=on_the_line(address))


def on_the_line(address: str) -> str:
    """With its domain as DNS has it (RFC 5890)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else address


def return_path(mail: Mail) -> str:
    """Where bounces go; nowhere for an empty one."""
    sender = parseaddr(mail.sender)[1] if mail.envelope_from is None else mail.envelope_from
    return on_the_line(sender) if sender else ""


def recipients_of(mail: Mail) -> list[str]:
    """All who get it, each once. Raises NotTaken."""
    try:
        return list(dict.fromkeys(on_the_line(each) for each in (mail.recipient, *mail.cc, *mail.bcc)))
    except ValueError as problem:
        raise NotTaken(f"An address cannot be written: {problem}", for_good=True) from problem
