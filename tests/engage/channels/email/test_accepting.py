"""Mail that is brought to us: stored before it is acknowledged, and work in the queue soon after."""

import asyncio
import smtplib
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select

from engage.channels.email import accept, blob_sweep, blobs, smtp_listener
from engage.channels.email.addresses import ADDRESS_BOOK
from engage.channels.email.models import Mailbox, RawMail
from engage.conversations.models import Conversation
from engage.engagements.models import Engagement
from engage.settings import SETTINGS
from tests.engage.conftest import BuildHouse
from tests.house import House, rows

TO = "support@carrier.example"
MAIL = (
    b"From: Anna <anna@home.example>\r\nTo: support@carrier.example\r\nSubject: No light\r\n"
    b"Message-ID: <1@home.example>\r\n\r\nMy router is dark.\r\n.. and hot.\r\n"
)


async def mails(house: House) -> list[RawMail]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(RawMail).order_by(RawMail.id)))


async def a_house(build_house: BuildHouse, **settings: Any) -> House:
    house = await build_house(mail_smtp_port=0, mail_lmtp_port=0, **settings)
    async with house.working() as work:
        await rows.a_mailbox(work)
        await rows.a_mailbox(work, address="orders@carrier.example", aliases=[{"address": "shop@carrier.example"}])
    return house


def refusal(act: Callable[[], object]) -> int:
    """The code with which it was refused."""
    with pytest.raises(smtplib.SMTPException) as caught:
        act()
    problem: Any = caught.value
    return int(next(iter(problem.recipients.values()))[0] if hasattr(problem, "recipients") else problem.smtp_code)


async def test_mail_by_smtp_and_lmtp_becomes_work_in_the_mailboxes_queue(build_house: BuildHouse) -> None:
    house = await a_house(build_house)

    async with smtp_listener.listening(house.app) as (smtp, lmtp):
        theirs = ["Support+r.token@carrier.example", "nobody@carrier.example", "shop+x@carrier.example"]
        refused = await asyncio.to_thread(_send, smtplib.SMTP, smtp, theirs)
        await asyncio.to_thread(_send, smtplib.LMTP, lmtp, [TO])
    await house.settles()

    stored = await mails(house)
    assert [(each.source, each.envelope_to) for each in stored] == [
        ("smtp", "support+r.token@carrier.example"),
        ("smtp", "shop+x@carrier.example"),
        ("lmtp", TO),
    ]
    # the same mail came twice to one mailbox; which of the two is filed first is open
    assert {stored[0].state, stored[2].state} == {"filed", "duplicate"}
    assert stored[1].state == "filed"
    assert list(refused) == ["nobody@carrier.example"]
    path = blobs.path_of(house.app[SETTINGS].mail_dir, stored[0].sha256)
    assert path.read_bytes() == MAIL
    async with house.looking() as work:
        assert await work.db.scalar(select(func.count()).where(Engagement.channel == "email")) == 2
        assert await work.db.scalar(select(Conversation.topic).limit(1)) == "No light"


def _send(kind: type[smtplib.SMTP], port: int, recipients: list[str]) -> dict[str, Any]:
    with kind("127.0.0.1", port) as client:
        return client.sendmail("anna@home.example", recipients, MAIL)


async def test_unknown_switched_off_too_large_and_too_fast_are_each_told_so(build_house: BuildHouse) -> None:
    house = await a_house(build_house, mail_max_bytes=10_000, mail_sender_per_minute=2)
    async with house.working() as work:
        (await work.db.scalars(select(Mailbox).where(Mailbox.address == "orders@carrier.example"))).one().is_on = False

    def tries(port: int) -> list[int]:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.ehlo()
            return [
                refusal(lambda: client.sendmail("a@home.example", ["nobody@carrier.example"], MAIL)),
                refusal(lambda: client.sendmail("a@home.example", ["orders@carrier.example"], MAIL)),
                refusal(lambda: client.sendmail("a@home.example", [TO], MAIL + b"x" * 10_000)),
                refusal(lambda: [client.sendmail("a@home.example", [TO], MAIL) for _ in range(3)]),
            ]

    async with smtp_listener.listening(house.app) as (smtp, _):
        codes = await asyncio.to_thread(tries, smtp)

    assert codes == [550, 450, 552, 450]
    assert len(await mails(house)) == 2


async def test_too_large_mail_is_refused_for_each_recipient_by_lmtp_and_the_connection_goes_on(
    build_house: BuildHouse,
) -> None:
    house = await a_house(build_house, mail_max_bytes=10_000)
    large = MAIL + b"x" * 30_000

    async with smtp_listener.listening(house.app) as (_, lmtp):
        answers = await asyncio.to_thread(_talk, lmtp, [
            b"LHLO there", b"MAIL FROM:<>", b"RCPT TO:<support@carrier.example>", b"RCPT TO:<shop@carrier.example>",
            b"DATA", large + b"\r\n.", None, b"MAIL FROM:<>", b"RCPT TO:<support@carrier.example>", b"DATA",
            b"Subject: small\r\n\r\nx\r\n.", b"QUIT",
        ])  # fmt: skip

    assert [each[:3] for each in answers[5:]] == [
        "354", "552", "552", "250", "250", "354", "250", "221"
    ]  # fmt: skip
    assert [each.size for each in await mails(house)] == [len(b"Subject: small\r\n\r\nx\r\n")]


def _talk(port: int, lines: list[bytes | None]) -> list[str]:
    """The last line of each answer, the greeting first; None waits for one more."""
    answers = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line, line.makefile("rb") as heard:
        for said in [None, *lines]:
            if said is not None:
                line.sendall(said + b"\r\n")
            while (answer := heard.readline().decode())[3:4] == "-":
                pass
            answers.append(answer.strip())
    return answers


async def test_bare_line_feeds_end_no_mail_so_that_nothing_is_smuggled_in(build_house: BuildHouse) -> None:
    house = await a_house(build_house)
    smuggled = b"MAIL FROM:<ceo@carrier.example>\r\nRCPT TO:<support@carrier.example>\r\nDATA\r\nSubject: pay\r\n\r\nx"
    hidden = [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r"]
    body = b"Subject: one\r\n\r\nx" + b"".join(end + smuggled for end in hidden)

    async with smtp_listener.listening(house.app) as (smtp, _):
        lines = [b"EHLO there", b"MAIL FROM:<a@home.example>", b"RCPT TO:<support@carrier.example>", b"DATA"]
        await asyncio.to_thread(_talk, smtp, [*lines, body + b"\r\n.", b"QUIT"])

    assert [each.envelope_from for each in await mails(house)] == ["a@home.example"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_stands_before_the_dot_is_kept_to_the_byte(build_house: BuildHouse) -> None:
    house = await a_house(build_house)
    # the last one ends none of its 60,000 lines with the dot that ends a mail
    contents = [b"", b"\r\n", b"\r\n\r\n", b".\r\n", b"..\r\n", b"\r\n.\r\n\r\n", b"a\r\n.b\r\n", b"x.\r\n" * 60_000]
    # line breaks and dots at every place of the pieces in which a large mail is read
    contents += [b".\r\n" * 200_000, b".a\r\n" * 200_000]

    async with smtp_listener.listening(house.app) as (smtp, _):
        lines = [b"EHLO there"]
        for content in contents:
            stuffed = (b"\r\n" + content).replace(b"\r\n.", b"\r\n..")[2:]
            lines += [b"MAIL FROM:<>", b"RCPT TO:<support@carrier.example>", b"DATA", stuffed + b"."]
        answers = await asyncio.to_thread(_talk, smtp, [*lines, b"QUIT"])

    assert [each[:3] for each in answers[5::4]] == ["250"] * len(contents)
    kept = [blobs.path_of(house.app[SETTINGS].mail_dir, each.sha256).read_bytes() for each in await mails(house)]
    assert kept == contents


async def test_when_nothing_can_be_stored_nothing_is_acknowledged(build_house: BuildHouse) -> None:
    house = await a_house(build_house)
    # a file stands where the folder should be: the disk refuses, for root too
    house.app[SETTINGS].mail_dir.write_bytes(b"")

    async with smtp_listener.listening(house.app) as (smtp, _):
        code = await asyncio.to_thread(lambda: refusal(lambda: _send(smtplib.SMTP, smtp, [TO])))

    assert (code, await mails(house)) == (451, [])
    house.log.clear()


async def test_connections_beyond_the_limit_are_asked_to_come_again(build_house: BuildHouse) -> None:
    house = await a_house(build_house, mail_max_connections=1)

    async with smtp_listener.listening(house.app) as (smtp, _):
        codes = await asyncio.to_thread(_two_at_a_time, smtp)

    assert codes == ["220", "421"]


def _two_at_a_time(port: int) -> list[str]:
    with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)) as one, one.makefile("rb") as first:
        greeting = first.readline().decode()
        with socket.create_connection(("127.0.0.1", port)) as two, two.makefile("rb") as second:
            return [greeting[:3], second.readline().decode()[:3]]
    return []


async def test_many_connections_share_commits_and_none_is_lost(build_house: BuildHouse) -> None:
    house = await a_house(build_house)

    async def bring(number: int) -> None:
        blob = await accept.store(house.app, MAIL + str(number).encode())
        place = await house.app[ADDRESS_BOOK].place(TO)
        assert place is not None
        await accept.accept(house.app, blob, source="smtp", sender="a@home.example", recipients=[(TO, place)])

    running = house.app[accept.GROUP].running(house.app)
    await anext(running)
    await asyncio.gather(*(bring(number) for number in range(60)))
    with suppress(StopAsyncIteration):
        await anext(running)
    await house.settles()

    assert [each.state for each in await mails(house)] == ["filed"] * 60


async def test_file_that_no_row_names_is_swept_and_others_stay(build_house: BuildHouse) -> None:
    house = await a_house(build_house)
    place = await house.app[ADDRESS_BOOK].place(TO)
    assert place is not None
    named, orphan = await accept.store(house.app, MAIL), await accept.store(house.app, MAIL + b"orphan")
    await accept.accept(house.app, named, source="smtp", sender="", recipients=[(TO, place)])

    assert await blob_sweep.sweep(house.app) == 0
    assert await blob_sweep.sweep(house.app, age_seconds=-60) == 1

    folder = house.app[SETTINGS].mail_dir
    assert (blobs.path_of(folder, named.sha256).exists(), blobs.path_of(folder, orphan.sha256).exists()) == (
        True,
        False,
    )
    await house.settles()
