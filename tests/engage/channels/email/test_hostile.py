"""Hostile mails are each stored and taken apart within limits, or set aside; the good ones between them are filed."""

import asyncio
import gc
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


async def test_every_hostile_mail_is_taken_apart_within_its_time_and_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []
    unpacked = parcel.unpacked

    def noted(header: dict[str, Any], contents: list[bytes]) -> ParsedMail:
        used.append(header["used_megabytes"])
        return unpacked(header, contents)

    monkeypatch.setattr(parcel, "unpacked", noted)
    pool, unparsed = ParserPool(1), []
    for name, make in MAILS.items():
        path = tmp_path / "mail"
        path.write_bytes(make())
        try:
            await pool.parse(path)
        except Unparsed:
            unparsed.append(name)
    await pool.end()

    # a child that needs more of the processor is killed
    assert (unparsed, parser_pool.CPU_SECONDS < 5) == ([], True)
    assert max(used) < 300


@once
async def test_every_hostile_mail_is_filed_as_itself_while_the_server_goes_on(build_house: BuildHouse) -> None:
    house = await build_house()
    async with house.working() as work:
        await rows.a_mailbox(work)
    await brought(house, GOOD)
    await house.settles()
    contents = {name: make() for name, make in MAILS.items()}

    with loop_watched() as held:
        mails = {name: await brought(house, content) for name, content in contents.items()}
        await house.settles()
        # what its sender brings twice is filed once
        again = [await brought(house, b"Received: again\r\n" + contents[name]) for name in ("noise", "zip of names")]
        await house.settles()

    states = {name: (await now(house, raw.id)).state for name, raw in mails.items()}
    assert states == dict.fromkeys(MAILS, "filed") | {"10,000 reports": "bounce"}
    assert [(await now(house, raw.id)).state for raw in again] == ["duplicate"] * 2
    assert max(held) < 0.05


@contextmanager
def loop_watched() -> Iterator[list[float]]:
    """For how many seconds of the processor the loop was held at a time: what it does itself, on any machine."""
    held, before = [0.0], time.thread_time()

    async def beat() -> None:
        nonlocal before
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.002)
            held.append(time.thread_time() - before)

    # as the server has it: a full collection of all that the tests hold is none of its work
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 1000)
    living = asyncio.create_task(beat())
    try:
        yield held
    finally:
        living.cancel()
        gc.set_threshold(*usual)


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
