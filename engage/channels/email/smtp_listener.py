"""Taking customers' mail by SMTP (RFC 5321) and LMTP (RFC 2033). "250" is said when the mail is stored, not before."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import web
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from engage.channels.email import accept
from engage.channels.email.addresses import ADDRESS_BOOK, Place
from engage.channels.email.schemas import RawMailSource
from engage.kit.errors import TooMany
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.settings import SETTINGS, Settings

NAME = "Engage"
#: silence after which a connection is closed (RFC 5321, 4.5.3.2)
SECONDS = 300
#: bytes of a mail that are read at a time; a command is much shorter
CHUNK = 256 * 1024
MOST_RECIPIENTS = 100
#: at the end, for those who are still there
LOOKS, LOOK_SECONDS = 100, 0.01
END = b"\r\n.\r\n"
#: so much is put together and cleaned at once, more in a thread
SMALL = 256 * 1024

TAKEN = "250 2.0.0 Stored"
LATER = "451 4.3.0 It cannot be stored at this moment; please bring it again"
UNKNOWN = "550 5.1.1 Nobody here has this address"
SWITCHED_OFF = "450 4.2.1 This mailbox is switched off for now"
TOO_LARGE = "552 5.3.4 The mail is larger than is taken here"
TOO_FAST = "450 4.7.1 Too many mails of this sender; please bring it later"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients"
CROWDED = b"421 4.3.2 Too many connections; please come again\r\n"

log = structlog.get_logger(__name__)


class _Data:
    """DATA in large pieces: lines may be of any length, and thirty megabytes must not cost seconds."""

    _reader: asyncio.StreamReader
    event_handler: "Door"
    #: how much is read ahead
    line_length_limit = CHUNK

    @syntax("DATA")
    async def smtp_DATA(self: Any, arg: str | None) -> None:  # noqa: N802  # aiosmtpd's name
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Say RCPT first")
            return
        if arg:
            await self.push("501 5.5.4 DATA takes nothing")
            return
        await self.push("354 End with a dot in a line of its own")
        content = await self._content()
        envelope, self.envelope = self.envelope, self._create_envelope()
        for answer in await self.event_handler.answers(self.session, envelope, content):
            await self.push(answer)

    async def _content(self: Any) -> bytearray | None:
        """Up to the dot between two CR LF; a bare LF ends nothing. None when it is too much."""
        # the line break behind DATA is put back: a mail of nothing ends with it and the dot, and every mail is found
        # by one look, for one that looked at each dot before a line break would cost minutes
        self._reader._buffer[0:0] = b"\r\n"  # noqa: SLF001  # the reader has no word for it
        pieces, size, most, is_over = [], 0, self.data_size_limit + 2 + len(END), False
        while not is_over:
            try:
                piece = await self._reader.readuntil(END)
                is_over = True
            except asyncio.LimitOverrunError as more:
                piece = await self._reader.read(more.consumed)
            self._reset_timeout()
            size += len(piece)
            if size <= most:
                pieces.append(piece)
            else:
                pieces.clear()
        if size > most:
            return None
        return _unstuffed(pieces) if size <= SMALL else await asyncio.to_thread(_unstuffed, pieces)


def _unstuffed(pieces: Sequence[bytes]) -> bytearray:
    """Without what begins and ends it, and without the dots that were put before dots (RFC 5321, 4.5.2).

    Piece by piece, also in a thread: what is done with all of a large mail at once holds up every other thread.
    """
    whole, rest = bytearray(), b""
    for each in pieces:
        piece = rest + each
        # the dot of this line break may come with the next piece
        rest = next((end for end in (b"\r\n", b"\r") if piece.endswith(end)), b"")
        whole += piece[: len(piece) - len(rest)].replace(b"\r\n.", b"\r\n")
    whole += rest
    del whole[:2], whole[-2:]
    return whole


class _SmtpConnection(_Data, SMTP):
    pass


class _LmtpConnection(_Data, LMTP):
    pass


@dataclass
class Door:
    """What a connection asks: is this one of ours, and is it stored."""

    app: web.Application
    source: RawMailSource

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY_RECIPIENTS
        try:
            place = await self.app[ADDRESS_BOOK].place(address)
        except Exception:
            log.exception("mail_recipient_not_asked")
            return LATER
        if place is None:
            return UNKNOWN
        if not place.is_on:
            return SWITCHED_OFF
        envelope.rcpt_tos.append(address)
        _places(envelope).append((address, place))
        return "250 2.1.5 OK"

    async def answers(self, _session: Session, envelope: Envelope, content: bytearray | None) -> list[str]:
        """One answer; by LMTP one for each recipient."""
        answer = TOO_LARGE if content is None else await self._stored(envelope, content)
        return [answer] * (len(envelope.rcpt_tos) if self.source == "lmtp" else 1)

    async def _stored(self, envelope: Envelope, content: bytearray) -> str:
        sender = envelope.mail_from or ""
        try:
            if sender:
                self.app[RATE_LIMITS].spend(_limit(self.app[SETTINGS]), sender.lower())
            blob = await accept.store(self.app, content)
            await accept.accept(self.app, blob, source=self.source, sender=sender, recipients=_places(envelope))
        except TooMany:
            return TOO_FAST
        except Exception:  # whatever it is: nothing was said, and it is brought again
            log.exception("mail_not_stored", by=self.source)
            return LATER
        return TAKEN

    async def handle_exception(self, problem: Exception) -> str:
        log.warning("mail_connection_failed", by=self.source, exc_info=problem)
        return LATER


def _places(envelope: Envelope) -> list[tuple[str, Place]]:
    """Kept beside the recipients, in their order."""
    found: list[tuple[str, Place]] = envelope.__dict__.setdefault("places", [])
    return found


def _limit(settings: Settings) -> Limit:
    return Limit("mail_sender", burst=settings.mail_sender_per_minute, per_minute=settings.mail_sender_per_minute)


class _Full(asyncio.Protocol):
    """Says that there is no room, and goes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(CROWDED)
        transport.close()


class _Gate:
    """Lets in so many connections at a time."""

    def __init__(self, app: web.Application, tls: ssl.SSLContext | None) -> None:
        self._app, self._tls = app, tls
        self.inside: set[SMTP] = set()

    def open_to(self, source: RawMailSource) -> Callable[[], asyncio.Protocol]:
        settings = self._app[SETTINGS]
        kind = _LmtpConnection if source == "lmtp" else _SmtpConnection
        door = Door(self._app, source)
        inside = self.inside

        class Connection(kind):  # type: ignore[valid-type,misc]
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                inside.add(self)
                super().connection_made(transport)

            def connection_lost(self, error: Exception | None) -> None:
                inside.discard(self)
                super().connection_lost(error)

        def let_in() -> asyncio.Protocol:
            if len(inside) >= settings.mail_max_connections:
                return _Full()
            return Connection(
                door,
                hostname=NAME.lower(),
                ident="ready",
                loop=asyncio.get_running_loop(),
                data_size_limit=settings.mail_max_bytes,
                enable_SMTPUTF8=True,
                tls_context=self._tls,
                require_starttls=settings.mail_tls_required and source == "smtp",
                timeout=SECONDS,
            )

        return let_in

    async def end(self) -> None:
        """Says goodbye; who is encrypted and does not answer it is not waited for for long."""
        for each in list(self.inside):
            if each.transport is not None:
                each.transport.close()
        for _ in range(LOOKS):
            if not self.inside:
                return
            await asyncio.sleep(LOOK_SECONDS)
        for each in list(self.inside):
            if isinstance(each.transport, asyncio.WriteTransport):
                each.transport.abort()
        await asyncio.sleep(0)


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[list[int]]:
    """Takes mail on the ports of the settings, while the block lasts; the ports, SMTP's first."""
    settings = app[SETTINGS]
    # it logs every line of every mail
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    gate = _Gate(app, _tls(settings))
    wanted: list[tuple[RawMailSource, int | None]] = [
        ("smtp", settings.mail_smtp_port), ("lmtp", settings.mail_lmtp_port)
    ]  # fmt: skip
    servers = [
        await asyncio.get_running_loop().create_server(gate.open_to(source), settings.mail_host, port)
        for source, port in wanted
        if port is not None
    ]
    ports = [server.sockets[0].getsockname()[1] for server in servers]
    if ports:
        log.info("mail_is_taken", host=settings.mail_host, ports=ports)
    try:
        yield ports
    finally:
        for server in servers:
            server.close()
        await gate.end()


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.mail_tls_cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.mail_tls_cert)
    return context


async def resource(app: web.Application) -> AsyncIterator[None]:
    async with listening(app):
        yield
