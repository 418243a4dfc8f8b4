"""A mail from a pipe: the exit code tells a mail server whether to bring it again."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from engage.channels.email.models import RawMail
from engage.channels.email.pipe import LATER, NO_SUCH_ADDRESS, TAKEN, TOO_LARGE
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.services.engage import ROOT, EngageProcess

MAIL = b"From: anna@home.example\r\nSubject: piped\r\n\r\nx\r\n"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_pipe_stores_a_mail_or_says_what_to_do_with_it(
    build_house: BuildHouse, tmp_path: Path, database_url: str
) -> None:
    house = await build_house()
    async with house.working() as work:
        await rows.a_mailbox(work)

    def deliver(to: str, mail: bytes = MAIL, url: str = database_url) -> int:
        command = [sys.executable, "-m", "engage.cli", "mail", "deliver", "--to", to, "--from", "anna@home.example"]
        own = {"ENGAGE_DATABASE_URL": url, "ENGAGE_DATA_DIR": str(tmp_path), "ENGAGE_MAIL_MAX_BYTES": "10000"}
        return subprocess.run(command, input=mail, env=own, cwd=ROOT, check=False, capture_output=True).returncode

    assert deliver("support+x@carrier.example") == TAKEN
    assert deliver("nobody@carrier.example") == NO_SUCH_ADDRESS
    assert deliver("support@carrier.example", MAIL + b"x" * 20_000) == TOO_LARGE
    assert deliver("support@carrier.example", url=f"sqlite:///{tmp_path / 'away' / 'no.db'}") == LATER

    async with house.looking() as work:
        (raw,) = (await work.db.scalars(select(RawMail))).all()
    assert (raw.source, raw.state, raw.envelope_from) == ("pipe", "stored", "anna@home.example")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_piped_mail_is_filed_by_a_server_that_nobody_else_wakes(
    build_house: BuildHouse, tmp_path: Path, database_url: str
) -> None:
    house = await build_house()
    async with house.working() as work:
        await rows.a_mailbox(work)
    server = EngageProcess(tmp_path, {"ENGAGE_DATABASE_URL": database_url})
    server.start()
    try:
        await filed_of(house, piped(server, number=1))
        # all its lines sleep now
        await filed_of(house, piped(server, number=2))
    finally:
        server.kill()


def piped(server: EngageProcess, number: int) -> int:
    command = [sys.executable, "-m", "engage.cli", "mail", "deliver", "--to", "support@carrier.example"]
    own = {**server.settings, "ENGAGE_DATA_DIR": str(server.folder)}
    subprocess.run(command, input=MAIL + b"%d" % number, env=own, cwd=ROOT, check=True, capture_output=True)
    return number


async def filed_of(house: House, wanted: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        async with house.looking() as work:
            states = list(await work.db.scalars(select(RawMail.state)))
        if states == ["filed"] * wanted:
            return
        assert time.monotonic() < deadline, states
        await asyncio.sleep(0.2)
