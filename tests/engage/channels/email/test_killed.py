"""kill -9 at every step between the first byte and the ticket: no mail lost, none filed twice."""

import asyncio
import smtplib
import socket
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import select, update

from engage import channels
from engage.channels import OutboundMessage
from engage.channels.email.models import Mail, Mailbox, RawMail
from engage.conversations.models import Conversation
from engage.kit.ids import new_id
from engage.kit.jobs import Job
from tests.engage.channels.email.killed import READING, SENDING, STEPS
from tests.engage.channels.email.test_reading import a_mailbox
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.services.dovecot import DovecotServer
from tests.services.engage import ROOT
from tests.services.forks import Forks
from tests.services.process import ServerProcess, free_port
from tests.services.smtp import SmtpServer

TO = "support@carrier.example"
#: by the clock of the house, which may lie years behind that of a process
FOR_LONG = timedelta(days=36_500)


class Victim:
    """A server in a process of its own, on the house's database and folder."""

    def __init__(self, house: House, folder: Path, database_url: str, forks: Forks | None, **environment: str) -> None:
        self._house, self._folder, self._port = house, folder, free_port()
        self._forks = forks
        self._environment = {
            "ENGAGE_DATABASE_URL": database_url, "ENGAGE_DATA_DIR": str(folder), "ENGAGE_SECRET": "of the house",
            "ENGAGE_MAIL_LMTP_PORT": str(self._port), "PORT": "0", "ENGAGE_WORK_POLL_SECONDS": "0.2",
        } | environment  # fmt: skip

    def without_a_door(self) -> Self:
        """No mail is brought to it, so that there may be several of it."""
        del self._environment["ENGAGE_MAIL_LMTP_PORT"]
        return self

    def begin(self, module: str, *arguments: str) -> ServerProcess:
        return self._started(module, *arguments, log=self._folder / "victim.log")

    def start(self, module: str, *arguments: str) -> ServerProcess:
        process = self.begin(module, *arguments)
        process.wait_until(self._answers, seconds=60)
        return process

    def _started(self, module: str, *arguments: str, log: Path) -> ServerProcess:
        if self._forks:
            return self._forks.start(arguments, log=log, environment=self._environment, module=module)
        python = [sys.executable, "-m", module, *arguments]
        return ServerProcess(python, log=log, cwd=ROOT, environment=self._environment)

    def bring(self, name: str) -> bool:
        """Whether it was acknowledged."""
        mail = f"From: anna@home.example\r\nSubject: {name}\r\nMessage-ID: <{abs(hash(name))}@home>\r\n\r\nx\r\n"
        with suppress(smtplib.SMTPException, OSError), smtplib.LMTP("127.0.0.1", self._port, timeout=60) as client:
            client.sendmail("anna@home.example", [TO], mail)
            return True
        return False

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=5) as line:
            return line.recv(3) == b"220"
        return False


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_no_mail_is_lost_or_doubled_by_a_kill_at_any_step(
    build_house: BuildHouse, tmp_path: Path, database_url: str, forks: Forks | None
) -> None:
    house = await build_house()
    async with house.working() as work:
        await rows.a_mailbox(work)
    victim = Victim(house, tmp_path, database_url, forks)

    unsaid = [each for each in STEPS if not await asyncio.to_thread(acknowledged_and_killed, victim, each)]
    # what the killed had claimed is due again, as after their time
    async with house.working() as work:
        await work.db.execute(update(Job).values(due_at=work.now))
    healthy = await asyncio.to_thread(victim.start, "engage.cli", "serve")
    try:
        for name in unsaid:
            assert await asyncio.to_thread(victim.bring, name)
        await settled(house)
    finally:
        healthy.kill()

    # the last one of these was stored; behind them the acknowledgement may or may not have left in time, and who found
    # an earlier mail to take apart may have died before he was brought his own
    assert unsaid[:5] == list(STEPS)[:5]
    async with house.looking() as work:
        tickets = Counter(await work.db.scalars(select(Conversation.topic)))
        states = Counter(await work.db.scalars(select(RawMail.state)))
    assert tickets == dict.fromkeys(STEPS, 1)
    assert states["filed"] == len(STEPS)
    assert states.keys() == {"filed", "duplicate"}
    assert states["duplicate"] <= len(unsaid[4:])


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_no_mail_read_or_sent_is_lost_or_doubled_by_a_kill_or_by_two_who_send_at_once(
    build_house: BuildHouse, tmp_path: Path, database_url: str, dovecot: DovecotServer, smtp_server: SmtpServer,
    forks: Forks | None,
) -> None:  # fmt: skip
    house = await build_house()
    environment = {"ENGAGE_SMTP_URL": smtp_server.url, "ENGAGE_OUTGOING_ALLOW": '["127.0.0.1"]'}
    victim = Victim(house, tmp_path, database_url, forks, **environment).without_a_door()
    for step in SENDING:
        await sends(house, step)
        await asyncio.to_thread(killed, victim, step)
        await lie_for(house, FOR_LONG)
    user = dovecot.account()
    await a_mailbox(house, dovecot, user)
    for step in READING:
        dovecot.append(user, a_program_s_mail(step))
        await asyncio.to_thread(killed, victim, step)
        await lie_for(house, FOR_LONG)

    await lie_for(house, timedelta(0))
    many = [f"mail {number}" for number in range(30)]
    for subject in many:
        await sends(house, subject)
    # the line broke behind the data: the server had it, and nobody here knew
    twice = ["after the server took it", "before the commit of its receipt"]
    both = [victim.begin("engage.cli", "work") for _ in range(2)]
    try:
        await smtp_server.wait_for(len(many) + len(SENDING) + len(twice), seconds=60)
        await asyncio.to_thread(is_read, dovecot, user, len(READING))
        await settled(house)
        await all_done(house)
    finally:
        for each in both:
            each.kill()

    copies = Counter(each.subject for each in smtp_server.mails)
    assert copies == dict.fromkeys([*many, *SENDING], 1) | dict.fromkeys(twice, 2)
    assert len({str(each.message["Message-ID"]) for each in smtp_server.mails}) == len(copies)
    async with house.looking() as work:
        assert Counter(await work.db.scalars(select(RawMail.subject))) == dict.fromkeys(READING, 1)
        assert set(await work.db.scalars(select(Mail.state))) == {"sent"}


async def sends(house: House, subject: str) -> None:
    message = OutboundMessage(
        id=new_id(), site_id=house.site.id, conversation_id=None, to="kim@shop.example", subject=subject, text="Here"
    )
    async with house.working() as work:
        await channels.send(work, "email", message)


def a_program_s_mail(subject: str) -> bytes:
    """One that nobody gets an acknowledgement for."""
    return f"From: a@home.example\r\nSubject: {subject}\r\nAuto-Submitted: auto-generated\r\n\r\nx\r\n".encode()


def killed(victim: Victim, step: str) -> None:
    process = victim.begin("tests.engage.channels.email.killed", step)
    assert process.wait(seconds=60) == -9


async def lie_for(house: House, time: timedelta) -> None:
    """What the killed had claimed is due again then, and the mailbox is free, as after their time."""
    async with house.working() as work:
        await work.db.execute(update(Job).values(due_at=work.now + time))
        await work.db.execute(update(Mailbox).values(reader=None, reader_until=None))


def is_read(dovecot: DovecotServer, user: str, count: int) -> None:
    deadline = time.monotonic() + 60
    while [b"Seen" in each for each in dovecot.flags(user)] != [True] * count:
        assert time.monotonic() < deadline, "the mails are not marked"
        time.sleep(0.1)


async def all_done(house: House) -> None:
    deadline = time.monotonic() + 60
    while set(await house.jobs_waiting()) & {"channels.deliver", "email.post"}:
        assert time.monotonic() < deadline, "mails wait for ever"
        await asyncio.sleep(0.1)


def acknowledged_and_killed(victim: Victim, step: str) -> bool:
    process = victim.start("tests.engage.channels.email.killed", step)
    try:
        taken = victim.bring(step)
        assert process.wait(seconds=60) == -9
    finally:
        process.kill()
    return taken


async def settled(house: House) -> None:
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        async with house.looking() as work:
            left = await work.db.scalar(select(RawMail.id).where(RawMail.state.in_(("stored", "retrying"))).limit(1))
        if left is None:
            return
        await asyncio.sleep(0.2)
    raise AssertionError("mails wait for ever")
