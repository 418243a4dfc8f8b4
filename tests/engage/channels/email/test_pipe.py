"""A mail from a pipe: the exit code tells a mail server whether to bring it again."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from engage.channels.email.models import RawMail
from engage.channels.email.pipe import LATER, NO_SUCH_ADDRESS, TAKEN, TOO_LARGE
from tests.engage.conftest import BuildHouse
from tests.house import rows
from tests.services.engage import ROOT

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
