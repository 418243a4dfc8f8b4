"""Mails a second from LMTP and from IMAP to committed tickets, with one `engage serve`: how many, and is any lost.

A mail counts when its ticket is committed, from the first mail brought to the last ticket. LMTP is brought by several
connections at a time, as a mail server does; IMAP lies in a Dovecot before the reader begins. Acknowledgements go to a
mail server beside it. Then customers answer in the conversations that are there, which is measured by itself. A help
desk from the package registry takes the same mails from the same Dovecot, with the same PostgreSQL and mail server, by
its own command; the seconds in which either program starts count for neither.
"""

import asyncio
import json
import smtplib
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from aiosmtpd.controller import Controller
from pydantic import SecretStr
from sqlalchemy import func, select

from engage.app import create_app
from engage.channels.email.models import RawMail
from engage.engagements.models import Engagement
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.settings import Settings
from tests.bench.email_peer import Around, Peer
from tests.house import rows
from tests.services.dovecot import PASSWORD, DovecotServer, run_dovecot
from tests.services.engage import EngageProcess, migrate
from tests.services.postgres import USER, PostgresServer, run_postgres
from tests.services.process import free_port

MAILS, PEER_MAILS, REPLIES, CONNECTIONS = 2000, 500, 400, 8
TO = "support@carrier.example"
PATIENCE_SECONDS = 600


def main() -> None:
    per_s: dict[str, float] = {}
    acknowledged: dict[str, float] = {}
    replies: dict[str, float] = {}
    lost = doubled = 0
    with ExitStack() as opened:
        postgres, dovecot = opened.enter_context(run_postgres(durable=True)), opened.enter_context(run_dovecot())
        sink = opened.enter_context(a_sink())
        for name, way in (("lmtp_postgres", by_lmtp), ("imap_postgres", by_imap), ("lmtp_sqlite", by_lmtp)):
            url = postgres.url(postgres.create_database()) if name.endswith("postgres") else None
            found = measured(url, dovecot, sink, way)
            per_s[name], acknowledged[name] = round(found.per_s, 1), round(found.acknowledged_per_s, 1)
            lost, doubled = lost + found.lost, doubled + found.doubled
            if found.replies_per_s is not None:
                replies[name] = round(found.replies_per_s, 1)
        peer = round(of_peer(postgres, dovecot, sink), 1)
    result = {"per_s": per_s, "peer": "django-helpdesk", "peer_per_s": peer}
    result |= {"ratio": round(per_s["imap_postgres"] / peer, 1), "lost": lost, "doubled": doubled}
    result |= {"acknowledged_per_s": acknowledged, "replies_per_s": replies}
    print(json.dumps(result | {"mails": MAILS, "replies": REPLIES}))  # noqa: T201  # its result


class Sink:
    """A mail server that takes everything and keeps nothing."""

    def __init__(self) -> None:
        self.taken = 0
        self.port = free_port()

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.taken += 1
        return "250 2.0.0 Taken"


@contextmanager
def a_sink() -> Iterator[Sink]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def of_peer(postgres: PostgresServer, dovecot: DovecotServer, sink: Sink) -> float:
    """Tickets a second, from the same servers."""
    mailbox, database = dovecot.account(), postgres.create_database()
    around = Around(postgres.port, USER, database, dovecot.port, mailbox, PASSWORD, sink.port)
    with tempfile.TemporaryDirectory() as name:
        peer = Peer(Path(name) / "peer", around)
        starting = peer.take()
        dovecot.append(mailbox, *(a_mail(number) for number in range(PEER_MAILS)))
        taken, seconds = sink.taken, peer.take() - starting
        if (peer.tickets(), sink.taken - taken) != (PEER_MAILS, PEER_MAILS):
            raise AssertionError("the peer has not done all its work")
    return PEER_MAILS / seconds


Way = Callable[[EngageProcess, DovecotServer, str], float]


@dataclass(frozen=True)
class Found:
    per_s: float
    #: the same, up to the last acknowledgement that the mail server took
    acknowledged_per_s: float
    #: answers in conversations that are there; by LMTP only
    replies_per_s: float | None
    #: mails without a ticket, and tickets beyond one a mail
    lost: int
    doubled: int


def measured(url: str | None, dovecot: DovecotServer, sink: Sink, way: Way) -> Found:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database_url = url or f"sqlite:///{folder / 'engage.db'}"
        migrate(folder, database_url)
        user = dovecot.account()
        settings = {
            "ENGAGE_DATABASE_URL": database_url, "ENGAGE_SECRET": "of the bench", "ENGAGE_WORK_POLL_SECONDS": "0.1",
            "ENGAGE_MAIL_LMTP_PORT": str(free_port()), "ENGAGE_MAIL_SENDER_PER_MINUTE": "1000000",
            "ENGAGE_OUTGOING_ALLOW": '["127.0.0.1"]', "ENGAGE_SMTP_URL": f"smtp+plain://127.0.0.1:{sink.port}",
        }  # fmt: skip
        server = EngageProcess(folder, settings)
        asyncio.run(prepared(server, dovecot, user))
        try:
            taken, begun = sink.taken, way(server, dovecot, user)
            filed, tickets = asyncio.run(settled(server, MAILS))
            per_s = filed / (time.monotonic() - begun)
            acknowledged = all_taken(sink, taken + MAILS) / (time.monotonic() - begun)
            replies_per_s = None
            if way is by_lmtp:
                replies_per_s, answered, tickets = of_replies(server)
                filed -= REPLIES - answered
        finally:
            server.kill()
        return Found(per_s, acknowledged, replies_per_s, MAILS - min(filed, tickets, MAILS), max(0, tickets - MAILS))


def all_taken(sink: Sink, wanted: int) -> int:
    """Waits for the last of the acknowledgements; how many there were."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while sink.taken < wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    return MAILS - max(0, wanted - sink.taken)


def of_replies(server: EngageProcess) -> tuple[float, int, int]:
    """How many a second, how many were filed, and how many tickets there are then: none more than before."""
    begun = time.monotonic()
    port = int(server.settings["ENGAGE_MAIL_LMTP_PORT"])
    with ThreadPoolExecutor(CONNECTIONS) as hands:
        list(hands.map(lambda hand: bring(port, range(hand, REPLIES, CONNECTIONS), a_reply), range(CONNECTIONS)))
    filed, tickets = asyncio.run(settled(server, MAILS + REPLIES))
    return (filed - MAILS) / (time.monotonic() - begun), filed - MAILS, tickets


async def prepared(server: EngageProcess, dovecot: DovecotServer, user: str) -> None:
    app = an_app(server)
    secret = app[VAULT].seal(orjson.dumps({"password": PASSWORD}).decode())
    async with app[UNITS].begin() as work:
        await rows.a_site(work, "nordlink")
        await work.db.flush()
        await rows.a_mailbox(work, address=TO)
        where: dict[str, Any] = {"host": dovecot.host, "port": dovecot.port, "security": "none", "login": user}
        await rows.a_mailbox(work, address=user, protocol="imap", secrets=secret, **where)
    await app[UNITS].database.close()


def an_app(server: EngageProcess) -> Any:
    url, secret = server.settings["ENGAGE_DATABASE_URL"], server.settings["ENGAGE_SECRET"]
    return create_app(Settings(database_url=url, secret=SecretStr(secret), data_dir=server.folder), role="web")


def by_lmtp(server: EngageProcess, _dovecot: DovecotServer, _user: str) -> float:
    server.start()
    begun = time.monotonic()
    port = int(server.settings["ENGAGE_MAIL_LMTP_PORT"])
    with ThreadPoolExecutor(CONNECTIONS) as hands:
        list(hands.map(lambda hand: bring(port, range(hand, MAILS, CONNECTIONS), a_mail), range(CONNECTIONS)))
    return begun


def bring(port: int, numbers: range, write: Callable[[int], bytes]) -> None:
    with smtplib.LMTP("127.0.0.1", port, timeout=60) as client:
        for number in numbers:
            client.sendmail(sender(number), [TO], write(number))


def by_imap(server: EngageProcess, dovecot: DovecotServer, user: str) -> float:
    """It begins to read before it says that it is ready: the seconds in which it starts are those of a first start."""
    before = time.monotonic()
    server.start()
    starting = time.monotonic() - before
    server.stop()
    dovecot.append(user, *(a_mail(number) for number in range(MAILS)))
    begun = time.monotonic()
    server.start()
    return begun + starting


def sender(number: int) -> str:
    """Each of another domain: a domain gets so many acknowledgements an hour."""
    return f"customer@home{number}.example"


def a_mail(number: int) -> bytes:
    """As a customer's program writes one: text and HTML, some two kilobytes."""
    text = f"Hello,\r\nmy router number {number} is dark since this morning.\r\n" + "Please help me. " * 20
    return (
        f"From: Customer {number} <{sender(number)}>\r\nTo: {TO}\r\nSubject: Router {number} is dark\r\n"
        f"Message-ID: <{number}@home.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{text}</p></body></html>\r\n--b--\r\n"
    ).encode()


def a_reply(number: int) -> bytes:
    """His second mail on the same matter, from which his program tells to which one it belongs."""
    first = a_mail(number)
    name, its = f"Message-ID: <{number}@home.example>\r\n", f"In-Reply-To: <{number}@home.example>\r\n"
    second = f"Message-ID: <{number}.2@home.example>\r\n{its}References: <{number}@home.example>\r\n"
    return (
        first.replace(name.encode(), second.encode())
        .replace(b"Hello,", b"Hello again,")
        .replace(b"Subject: ", b"Subject: Re: ")
    )


async def settled(server: EngageProcess, wanted: int) -> tuple[int, int]:
    """How many mails are filed, once nothing is left to be, and how many tickets there are."""
    app = an_app(server)
    deadline = time.monotonic() + PATIENCE_SECONDS
    filed = 0
    while filed < wanted and time.monotonic() < deadline:
        async with app[UNITS].read() as work:
            filed = await work.db.scalar(select(func.count()).where(RawMail.state == "filed")) or 0
        await asyncio.sleep(0.1)
    async with app[UNITS].read() as work:
        tickets = await work.db.scalar(select(func.count()).select_from(Engagement)) or 0
    await app[UNITS].database.close()
    return filed, tickets


if __name__ == "__main__":
    main()
