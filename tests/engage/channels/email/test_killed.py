"""kill -9 at every step between the first byte and the ticket: no mail lost, none filed twice."""

import asyncio
import smtplib
import socket
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, update

from engage.channels.email.models import RawMail
from engage.conversations.models import Conversation
from engage.kit.jobs import Job
from tests.engage.channels.email.killed import STEPS
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.services.engage import ROOT
from tests.services.forks import Forks
from tests.services.process import ServerProcess, free_port

TO = "support@carrier.example"


class Victim:
    """A server in a process of its own, on the house's database and folder."""

    def __init__(self, house: House, folder: Path, database_url: str, forks: Forks | None) -> None:
        self._house, self._folder, self._port = house, folder, free_port()
        self._forks = forks
        self._environment = {
            "ENGAGE_DATABASE_URL": database_url, "ENGAGE_DATA_DIR": str(folder), "ENGAGE_SECRET": "of the house",
            "ENGAGE_MAIL_LMTP_PORT": str(self._port), "PORT": "0", "ENGAGE_WORK_POLL_SECONDS": "0.2",
        }  # fmt: skip

    def start(self, module: str, *arguments: str) -> ServerProcess:
        process = self._started(module, *arguments, log=self._folder / "victim.log")
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
