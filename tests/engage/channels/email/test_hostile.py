"""Hostile mails are each stored and taken apart within limits, or set aside; the good ones between them are filed."""

import asyncio
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engage.channels.email import accept, blobs, parcel, parser_pool, poison
from engage.channels.email.addresses import ADDRESS_BOOK
from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.parsed import ParsedMail
from engage.channels.email.parser_pool import ParserPool, Unparsed
from engage.settings import SETTINGS
from tests.engage.channels.email.hostile import MAILS
from tests.engage.conftest import BuildHouse
from tests.house import House, rows

#: how a mail is taken apart is the same on every database
once = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TO = "support@carrier.example"
GOOD = b"From: anna@home.example\r\nSubject: good\r\n\r\nMy router is dark.\r\n"


async def test_every_hostile_mail_is_taken_apart_within_its_memory_while_the_server_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []
    unpacked = parcel.unpacked

    def noted(header: dict[str, Any], contents: list[bytes]) -> ParsedMail:
        used.append(header["used_megabytes"])
        return unpacked(header, contents)

    monkeypatch.setattr(parcel, "unpacked", noted)
    pool, unparsed, seconds, beats = ParserPool(1), [], 0.0, 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    living = asyncio.create_task(beat())
    for name, make in MAILS.items():
        path = tmp_path / "mail"
        path.write_bytes(make())
        begun = time.monotonic()
        try:
            await pool.parse(path)
        except Unparsed:
            unparsed.append(name)
        seconds += time.monotonic() - begun
    living.cancel()
    await pool.end()

    assert unparsed == []
    assert max(used) < 300
    # as often as the time allows that all of them took: nothing of it ran where the server runs
    assert beats > seconds * 10


async def brought(house: House, content: bytes) -> RawMail:
    place = await house.app[ADDRESS_BOOK].place(TO)
    assert place is not None
    blob = await accept.store(house.app, content)
    (raw_id,) = await accept.accept(house.app, blob, source="smtp", sender="a@home.example", recipients=[(TO, place)])
    return await now(house, raw_id)


async def now(house: House, raw_id: object) -> RawMail:
    async with house.looking() as work:
        return await work.db.get_one(RawMail, raw_id)


@once
async def test_mail_that_kills_its_parser_waits_for_a_person_and_stops_no_other(
    build_house: BuildHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await build_house()
    house.expects_failures_of.add("email.file")
    async with house.working() as work:
        box = await rows.a_mailbox(work)
    bad = await brought(house, b"Subject: bad\r\n\r\nx")
    say, kills = parser_pool._say, {bad.sha256}  # noqa: SLF001

    def say_and_kill(process: subprocess.Popen[bytes], path: Path) -> None:
        if path.name in kills:
            process.kill()
            process.wait()
        say(process, path)

    monkeypatch.setattr(parser_pool, "_say", say_and_kill)
    good = await brought(house, GOOD)

    await house.settles()
    assert ((await now(house, bad.id)).state, (await now(house, good.id)).state) == ("retrying", "filed")
    await house.passes(120)

    bad = await now(house, bad.id)
    assert (bad.state, bad.tries) == ("dead_letter", poison.TRIES)
    assert "exit code -9" in (bad.reason or "")
    assert "email.file" not in await house.jobs_waiting()
    async with house.looking() as work:
        assert "dead letters" in ((await work.db.get_one(Mailbox, box.id)).trouble or "")
    assert [line["event"] for line in house.log if line["log_level"] == "error"] == ["mail_dead_letter"]
    house.log.clear()

    kills.clear()
    async with house.working() as work:
        await poison.try_again(work, await work.db.get_one(RawMail, bad.id, with_for_update=True))
    await house.settles()

    assert (await now(house, bad.id)).state == "filed"
    async with house.looking() as work:
        assert (await work.db.scalars(select(Mailbox.trouble))).all() == [None]


async def test_child_that_takes_too_long_is_killed_and_the_next_mail_is_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser_pool, "SECONDS", 0)
    pool, path = ParserPool(1), tmp_path / "mail"
    path.write_bytes(GOOD)

    with pytest.raises(Unparsed, match="longer than 0 s"):
        await pool.parse(path)
    monkeypatch.setattr(parser_pool, "SECONDS", 60)

    assert (await pool.parse(path)).subject == "good"
    await pool.end()


@once
async def test_mail_whose_file_is_away_waits_and_is_no_dead_letter(build_house: BuildHouse) -> None:
    house = await build_house()
    house.expects_failures_of.add("email.file")
    async with house.working() as work:
        await rows.a_mailbox(work)
    raw = await brought(house, GOOD)
    path = blobs.path_of(house.app[SETTINGS].mail_dir, raw.sha256)
    path.rename(path.with_suffix(".away"))

    await house.passes(600)
    assert ((await now(house, raw.id)).state, (await now(house, raw.id)).tries) == ("stored", 0)

    path.with_suffix(".away").rename(path)
    await house.passes(3600)
    assert (await now(house, raw.id)).state == "filed"
