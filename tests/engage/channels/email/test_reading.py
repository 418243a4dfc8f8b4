"""Mailboxes read by IMAP from a real Dovecot: every mail once, whatever the line does."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from engage.channels.email import imap_line, imap_reader
from engage.channels.email.imap_reader import Readers
from engage.channels.email.models import Mailbox, MailboxCursor, RawMail
from engage.kit.secrets import VAULT
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.services.consent import Consent
from tests.services.dovecot import PASSWORD, DovecotServer, run_dovecot
from tests.services.imap_script import ScriptedImap

#: how a line behaves is the same on every database
pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

#: a machine may be slow; nobody waits so long who is not in trouble
PATIENCE = 60


def mail(number: int, body: str = "x") -> bytes:
    return f"From: a@home.example\r\nSubject: Mail {number}\r\nMessage-ID: <{number}@home>\r\n\r\n{body}\r\n".encode()


@pytest.fixture
async def house(build_house: BuildHouse) -> House:
    return await build_house(outgoing_allow=("127.0.0.1",), mail_max_bytes=20_000)


async def a_mailbox(house: House, server: DovecotServer | ScriptedImap, user: str, **fields: Any) -> Mailbox:
    secrets = fields.pop("secrets", {"password": PASSWORD})
    sealed = house.app[VAULT].seal(orjson.dumps(secrets).decode())
    usual: dict[str, Any] = {
        "host": server.host,
        "port": server.port,
        "security": "none",
        "login": user,
        "secrets": sealed,
    }
    async with house.working() as work:
        box = await rows.a_mailbox(work, protocol="imap", **(usual | fields))
        # the server's clock is the real one
        box.created_at = work.now - timedelta(days=1)
        return box


@asynccontextmanager
async def reading(house: House) -> AsyncIterator[Readers]:
    readers = Readers(house.app)
    readers.look_seconds = 0.2
    task = asyncio.create_task(readers.run())
    try:
        yield readers
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not await is_so():
        assert time.monotonic() < deadline, "it never was so"
        await asyncio.sleep(0.05)


async def stored(house: House) -> list[RawMail]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(RawMail).order_by(RawMail.id)))


def has(house: House, count: int) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return len(await stored(house)) >= count

    return check


def is_in(house: House, box: Mailbox, *states: str) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return (await now(house, box)).state in states

    return check


async def now(house: House, box: Mailbox) -> Mailbox:
    async with house.looking() as work:
        return await work.db.get_one(Mailbox, box.id)


async def test_mails_are_read_marked_and_filed_and_new_ones_come_at_once(house: House, dovecot: DovecotServer) -> None:
    user = dovecot.account()
    dovecot.append(user, *(mail(number) for number in range(3)), mail(3, "y" * 40_000))
    box = await a_mailbox(house, dovecot, user)

    async with reading(house):
        await until(has(house, 4))
        await until(is_in(house, box, "idle"))
        await asyncio.to_thread(dovecot.append, user, mail(4))
        await until(has(house, 5))
        await until(is_in(house, box, "idle"))
    await house.settles()

    found = await stored(house)
    assert [(each.uid, each.state, each.is_cut) for each in found] == [
        (1, "filed", False), (2, "filed", False), (3, "filed", False), (4, "filed", True), (5, "filed", False)
    ]  # fmt: skip
    assert [b"Seen" in each for each in dovecot.flags(user)] == [True, True, True, False, True]
    box = await now(house, box)
    assert (box.trouble, box.reader, box.last_mail_at) == (None, None, house.clock.now())


async def test_folder_made_anew_is_read_again_and_mails_that_are_done_are_moved(
    house: House, dovecot: DovecotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the server does not say that a folder is another one: it is seen with the next look
    assert imap_reader.IDLE_SECONDS + imap_line.SECONDS < 60
    monkeypatch.setattr(imap_reader, "IDLE_SECONDS", 1)
    user = dovecot.account()
    with dovecot.signed_in(user) as client:
        client.create("Tickets")
    dovecot.append(user, mail(1), mail(2), folder="Tickets")
    box = await a_mailbox(house, dovecot, user, folder="Tickets", done_folder="Done")

    async with reading(house):
        await until(has(house, 2))
        await until(is_in(house, box, "idle"))
    await asyncio.to_thread(dovecot.make_anew, user, "Tickets")
    dovecot.append(user, mail(3), folder="Tickets")
    async with reading(house):
        await until(has(house, 3))
        await until(is_in(house, box, "idle"))
        # and again, while its line is open
        await asyncio.to_thread(dovecot.make_anew, user, "Tickets")
        await asyncio.to_thread(dovecot.append, user, mail(4), folder="Tickets")
        await until(has(house, 4))
        await until(is_in(house, box, "idle"))

    found = await stored(house)
    assert [each.uid for each in found] == [1, 2, 1, 1]
    assert len({each.uid_validity for each in found}) == 3
    assert (len(dovecot.flags(user, "Done")), dovecot.flags(user, "Tickets")) == (4, [])
    await house.settles()


async def test_wrong_password_and_unknown_folder_are_told_in_words_and_mended_at_once(
    house: House, dovecot: DovecotServer
) -> None:
    user = dovecot.account()
    dovecot.append(user, mail(1))
    box = await a_mailbox(house, dovecot, user, secrets={"password": "wrong"})

    async with reading(house):
        await until(is_in(house, box, "backing_off"))
        assert "refused the sign-in" in ((await now(house, box)).trouble or "")
        assert [line["mailbox"] for line in house.log if line["event"] == "mailbox_in_trouble"] == [str(box.id)]
        async with house.working() as work:
            its = await work.db.get_one(Mailbox, box.id)
            its.secrets, its.folder = house.app[VAULT].seal(orjson.dumps({"password": PASSWORD}).decode()), "Nowhere"

        async def misses_folder() -> bool:
            return "no folder" in ((await now(house, box)).trouble or "")

        await until(misses_folder)
        async with house.working() as work:
            (await work.db.get_one(Mailbox, box.id)).folder = "INBOX"
        await until(is_in(house, box, "idle"))
    assert (len(await stored(house)), (await now(house, box)).trouble) == (1, None)
    await house.settles()


async def test_one_process_reads_a_mailbox_and_another_takes_over(house: House, dovecot: DovecotServer) -> None:
    user = dovecot.account()
    box = await a_mailbox(house, dovecot, user)

    async with reading(house) as first:
        await until(is_in(house, box, "idle"))
        async with reading(house) as second:
            await asyncio.sleep(0.6)
            assert (await now(house, box)).reader == first.name
            house.clock.advance(seconds=1)
            await asyncio.to_thread(dovecot.append, user, mail(1))
            await until(has(house, 1))
            assert second.name != first.name
    async with reading(house) as third:

        async def is_taken_over() -> bool:
            return (await now(house, box)).reader == third.name

        await until(is_taken_over)
    await house.settles()


def consented(dovecot: DovecotServer, user: str, url: str, house: House, *, lives: int) -> dict[str, Any]:
    """A mailbox whose access token lives so long, by our clock and by the server's."""
    ends = house.clock.now() + timedelta(seconds=lives)
    return {
        "auth": "oauth",
        "secrets": {"refresh_token": "r0", "client_secret": "s", "access_token": dovecot.token(user, seconds=lives)},
        "oauth": {"token_url": url, "client_id": "us", "scope": "mail", "expires_at": ends.isoformat()},
    }


async def test_token_is_fetched_shortly_before_its_end_and_the_new_refresh_token_is_kept(
    house: House, dovecot: DovecotServer
) -> None:
    user = dovecot.account()
    dovecot.append(user, mail(1))
    consent = Consent(lambda: dovecot.token(user))

    async with consent.running() as url:
        box = await a_mailbox(house, dovecot, user, **consented(dovecot, user, url, house, lives=60))
        async with reading(house):
            await until(is_in(house, box, "idle"))
        async with reading(house):
            await until(has(house, 1))

    assert [(each["grant_type"], each["refresh_token"]) for each in consent.asked] == [("refresh_token", "r0")]
    kept = orjson.loads(house.app[VAULT].open((await now(house, box)).secrets or ""))
    assert (kept["refresh_token"], kept["client_secret"]) == ("r1", "s")
    await house.settles()


async def test_token_that_was_taken_back_is_fetched_anew_and_a_refusal_asks_for_consent(
    house: House, dovecot: DovecotServer
) -> None:
    user = dovecot.account()
    consent = Consent(lambda: dovecot.token(user))

    async with consent.running() as url:
        fields = consented(dovecot, user, url, house, lives=3600)
        fields["secrets"]["access_token"] = dovecot.token(user, seconds=-100)
        box = await a_mailbox(house, dovecot, user, **fields)
        async with reading(house):
            await until(is_in(house, box, "idle"))
        assert len(consent.asked) == 1

        consent.refuses = True
        house.clock.advance(seconds=3500)
        async with reading(house):
            await until(is_in(house, box, "needs_consent"))
            assert "consent" in ((await now(house, box)).trouble or "")
            # consent was given: the page sets it back
            consent.refuses = False
            async with house.working() as work:
                (await work.db.get_one(Mailbox, box.id)).state = "connecting"
            await until(is_in(house, box, "idle"))


@pytest.fixture
def own_dovecot() -> Iterator[DovecotServer]:
    """One that may be stopped."""
    with run_dovecot() as server:
        yield server


async def test_server_started_anew_after_the_token_has_ended_is_read_on_and_the_trouble_was_told(
    house: House, own_dovecot: DovecotServer
) -> None:
    dovecot, user = own_dovecot, own_dovecot.account()
    dovecot.append(user, mail(1))
    consent = Consent(lambda: dovecot.token(user))

    async with consent.running() as url, reading(house):
        box = await a_mailbox(house, dovecot, user, **consented(dovecot, user, url, house, lives=3600))
        await until(has(house, 1))
        await until(is_in(house, box, "idle"))
        await asyncio.to_thread(dovecot.stop)
        try:
            await until(is_in(house, box, "backing_off"))
            assert "cannot be reached" in ((await now(house, box)).trouble or "")
            # nobody has asked for a token that was still good
            assert consent.asked == []
            house.clock.advance(seconds=3500)
        finally:
            await asyncio.to_thread(dovecot.start)
        await asyncio.to_thread(dovecot.append, user, mail(2))
        await until(has(house, 2))
        await until(is_in(house, box, "idle"))

    assert [each.uid for each in await stored(house)] == [1, 2]
    assert (len(consent.asked), (await now(house, box)).trouble) == (1, None)
    assert [line["event"] for line in house.log].count("mailbox_in_trouble") == 1
    await house.settles()


async def test_goodbye_in_idle_is_heard_and_the_mailbox_is_read_again(house: House) -> None:
    async with ScriptedImap(says_bye_in_idle=1) as server:
        box = await a_mailbox(house, server, "anna")
        async with reading(house):
            await until(is_in(house, box, "idle"))
            server.mails.append(mail(1))
            await until(has(house, 1))
            assert server.connections == 2
            assert (await now(house, box)).trouble is None
    await house.settles()


async def test_half_open_line_is_found_out_and_a_literal_cut_short_is_fetched_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as long as it may take until a server that hangs at once again has raised the alarm
    assert imap_reader.IDLE_SECONDS + 2 * imap_line.SECONDS + imap_reader.BACKOFF_SECONDS[0] < 60
    monkeypatch.setattr(imap_reader, "IDLE_SECONDS", 1)
    monkeypatch.setattr(imap_line, "SECONDS", 2)
    async with ScriptedImap(goes_silent_in_idle=1, cuts_literal=1) as server:
        box = await a_mailbox(house, server, "anna")
        async with reading(house):
            await until(is_in(house, box, "idle"))
            server.mails.append(mail(1))
            await until(has(house, 1))
            await until(is_in(house, box, "idle"))
    # a starved machine may lose one more
    assert server.connections >= 3
    assert [each.size for each in await stored(house)] == [len(mail(1))]
    await house.settles()


async def test_server_that_takes_calls_and_says_nothing_is_told_and_nothing_is_lost_by_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_reader, "IDLE_SECONDS", 1)
    monkeypatch.setattr(imap_line, "SECONDS", 2)
    async with ScriptedImap(goes_silent_in_idle=1) as server:
        box = await a_mailbox(house, server, "anna")
        async with reading(house):
            await until(is_in(house, box, "idle"))
            server.is_mute = True
            server.mails.append(mail(1))
            await until(is_in(house, box, "backing_off"))
            assert "did not answer" in ((await now(house, box)).trouble or "")
            server.is_mute = False
            await until(has(house, 1))
            await until(is_in(house, box, "idle"))
    assert ((await now(house, box)).trouble, len(await stored(house))) == (None, 1)
    await house.settles()


async def test_hole_below_the_cursor_is_found_and_filled(house: House) -> None:
    async with ScriptedImap() as server:
        server.mails += [mail(1), mail(2), mail(3)]
        box = await a_mailbox(house, server, "anna")
        async with house.working() as work:
            work.db.add(MailboxCursor(mailbox_id=box.id, folder="INBOX", uid_validity=7, last_uid=3))
        async with reading(house):
            await until(has(house, 3))
            await until(is_in(house, box, "idle"))

    assert [each.uid for each in await stored(house)] == [1, 2, 3]
    assert [line["event"] for line in house.log if line["log_level"] == "error"] == ["mailbox_had_a_hole"] * 3
    house.log.clear()
    await house.settles()
