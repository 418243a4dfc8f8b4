"""Reading mailboxes by IMAP: each by one process at a time, on a thread of its own, for ever and whatever happens.

A mail is stored and the cursor moved in one commit; only then is it marked or moved on the server. What breaks between
any two words is read again, and the cursor and a unique UID see to it that it is stored once.
"""

import asyncio
import imaplib
import os
import secrets
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import orjson
import structlog
from aiohttp import web
from imap_tools.errors import ImapToolsError
from sqlalchemy import or_, select, update

from engage.channels.email import blobs, imap_line, imap_store, mailbox_state, oauth
from engage.channels.email.imap_line import ImapLine, LineLost, Listed, NoSuchFolder, SignInRefused, Target
from engage.channels.email.imap_store import Fetched
from engage.channels.email.models import Mailbox
from engage.channels.email.oauth import NeedsConsent
from engage.channels.email.schemas import MailboxState
from engage.kit.errors import DatabaseAway, EngageError
from engage.kit.outgoing import OUTGOING
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.realtime.background import running
from engage.settings import SETTINGS

#: between two looks at which mailboxes there are to read
LOOK_SECONDS = 5
#: a process that says nothing for so long reads no more
LEASE = timedelta(seconds=30)
#: of one IDLE: a line that hangs is found out within this and the time-out of a word; if the next try hangs too, the
#: alarm sounds within the minute
IDLE_SECONDS = 25
BATCH, BATCH_BYTES = 100, 20_000_000
#: the first is for what passes by itself, the second for what a person has to put right
BACKOFF_SECONDS, REFUSED_SECONDS = (1, 2, 5, 10, 20), (5, 30, 60, 120, 300)
#: unread mails of before the mailbox was set up, as old as this, are read too
BEFORE = timedelta(days=30)
#: so often the folder is compared with what was stored, and so far back
COMPARED_SECONDS, COMPARED = 86_400.0, timedelta(days=7)
EXPECTED = (OSError, imaplib.IMAP4.error, ImapToolsError, SignInRefused, LineLost, NoSuchFolder, EngageError)

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Readers:
    """The mailboxes that this process reads."""

    def __init__(self, app: web.Application) -> None:
        self._app = app
        #: this process, as leases name it
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._reading: dict[UUID, tuple[Reader, asyncio.Task[None]]] = {}
        self.look_seconds: float = LOOK_SECONDS

    async def run(self) -> None:
        """For ever; what it has begun ends with it."""
        try:
            while True:
                with suppress(DatabaseAway):
                    await self._look()
                await asyncio.sleep(self.look_seconds)
        finally:
            await asyncio.gather(*(self._end(each) for each in list(self._reading)), return_exceptions=True)

    async def _look(self) -> None:
        try:
            leased = await self._leased()
        except Exception:
            log.exception("mailboxes_not_looked_at")
            return
        for mailbox_id, (reader, task) in list(self._reading.items()):
            wanted, state = leased.get(mailbox_id, (None, None))
            # whoever gave consent again has set it back
            is_set_back = state == "connecting" and reader.state == "needs_consent"
            if wanted != reader.target or is_set_back or task.done():
                await self._end(mailbox_id)
        for mailbox_id in leased.keys() - self._reading.keys():
            reader = Reader(self._app, mailbox_id, leased[mailbox_id][0])
            self._reading[mailbox_id] = reader, asyncio.create_task(reader.run(), name="mailbox reader")

    async def _leased(self) -> dict[UUID, tuple[tuple[Any, ...], MailboxState]]:
        """Every mailbox that is ours to read, with what it takes to read it and its state."""
        async with self._app[UNITS].begin() as work:
            free = or_(Mailbox.reader.is_(None), Mailbox.reader == self.name, Mailbox.reader_until < work.now)
            on = (Mailbox.protocol == "imap", Mailbox.is_on, Mailbox.host != "")
            ours = update(Mailbox).where(*on, free).values(reader=self.name, reader_until=work.now + LEASE)
            await work.db.execute(ours.execution_options(synchronize_session=False))
            rows = await work.db.scalars(select(Mailbox).where(*on, Mailbox.reader == self.name))
            return {row.id: (_how(row), row.state) for row in rows}

    async def _end(self, mailbox_id: UUID) -> None:
        reader, task = self._reading.pop(mailbox_id)
        reader.end()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        with suppress(Exception):
            async with self._app[UNITS].begin() as work:
                its = update(Mailbox).where(Mailbox.id == mailbox_id, Mailbox.reader == self.name)
                await work.db.execute(its.values(reader=None, reader_until=None))


def _how(box: Mailbox) -> tuple[Any, ...]:
    """A change of any of it begins anew; tokens change by themselves, a password by an admin."""
    password = box.secrets if box.auth == "password" else None
    return (box.host, box.port, box.security, box.auth, box.login or box.address, box.folder, box.done_folder, password)


class Reader:
    """One mailbox, read until it is ended."""

    def __init__(self, app: web.Application, mailbox_id: UUID, target: tuple[Any, ...]) -> None:
        self._app, self._mailbox_id, self.target = app, mailbox_id, target
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="imap")
        self._line: ImapLine | None = None
        self._is_over = False
        self.state: MailboxState | None = None
        self._failures = 0
        self._compared_at = -COMPARED_SECONDS

    async def run(self) -> None:
        try:
            while not self._is_over:
                try:
                    await self._session()
                except EXPECTED as problem:
                    await self._rest(problem)
                except Exception as problem:
                    log.exception("mailbox_reader_failed", mailbox=str(self._mailbox_id))
                    await self._rest(problem)
                finally:
                    self._hang_up()
        finally:
            self._thread.shutdown(wait=False, cancel_futures=True)

    def end(self) -> None:
        self._is_over = True
        self._hang_up()

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    async def _rest(self, problem: BaseException) -> None:
        """Says what is wrong, and waits before the next try."""
        if self._is_over:
            return
        is_refused = isinstance(problem, SignInRefused | NoSuchFolder | NeedsConsent)
        seconds = (REFUSED_SECONDS if is_refused else BACKOFF_SECONDS)[min(self._failures, 4)]
        self._failures += 1
        self.state = "needs_consent" if isinstance(problem, NeedsConsent) else "backing_off"
        # the first break of a line that was well is mended at once: nobody has to be woken for it
        if self._failures > 1 or is_refused:
            try:
                await mailbox_state.ill(self._app, self._mailbox_id, self.state, _in_words(problem, self.target[0]))
            except Exception:
                log.exception("mailbox_state_not_stored", mailbox=str(self._mailbox_id))
        await asyncio.sleep(seconds)

    async def _session(self) -> None:
        """One connection, from sign-in until it breaks."""
        async with self._app[UNITS].read() as work:
            box = await work.db.get_one(Mailbox, self._mailbox_id)
        line = await self._connected(box)
        await self._finish(line, box)
        await self._read(line, box)
        while not self._is_over:
            await self._fill_holes(line, box)
            await self._is("idle")
            self._failures = 0
            await self._in_thread(line.wait, IDLE_SECONDS, lambda: self._is_over)
            # a folder that was deleted and made anew meanwhile is another one, and not every server says so
            await self._in_thread(line.open_folder)
            await self._read(line, box)

    async def _connected(self, box: Mailbox) -> ImapLine:
        # an admin typed it in: our own network is not his to look into
        await self._app[OUTGOING].check(f"https://{box.host}:{box.port}")
        target = Target(box.host, box.port, box.security, box.auth, box.login or box.address, box.folder)
        secret = await self._secret(box, refused=None)
        try:
            return await self._in_thread(self._connect, target, secret)
        except SignInRefused:
            if box.auth != "oauth":
                raise
            # it may have been taken back before its time
            secret = await self._secret(box, refused=secret)
            return await self._in_thread(self._connect, target, secret)

    def _connect(self, target: Target, secret: str) -> ImapLine:
        """In the thread, which nobody may be waiting for any more when it is done."""
        self._line = line = imap_line.connected(target, secret)
        if self._is_over:
            line.close()
        return line

    async def _secret(self, box: Mailbox, *, refused: str | None) -> str:
        if box.auth == "oauth":
            return await oauth.access_token(self._app, box.id, refused=refused)
        opened = orjson.loads(self._app[VAULT].open(box.secrets)) if box.secrets else {}
        return str(opened.get("password", ""))

    async def _finish(self, line: ImapLine, box: Mailbox) -> None:
        """What was stored, and not marked or moved because something broke right behind the commit."""
        taken, folder = await imap_store.last_taken(self._app, box, line.uid_validity, BATCH), box.done_folder or None
        if taken and (left := await self._in_thread(line.left, taken, folder)):
            await self._in_thread(line.done, left, folder)

    async def _read(self, line: ImapLine, box: Mailbox) -> None:
        """All that lies above the cursor, in batches."""
        last, uids = await self._new(line, box)
        while uids and not self._is_over:
            await self._is("reading")
            listed = await self._in_thread(line.listed, uids[:BATCH])
            batch = _as_many_as_fit(listed, self._app[SETTINGS].mail_max_bytes)
            # what is listed no more was deleted meanwhile
            up_to = batch[-1].uid if len(batch) < len(listed) else uids[:BATCH][-1]
            fetched = await self._fetched(line, batch)
            await imap_store.keep(self._app, box, line.uid_validity, fetched, last_uid=max(last, up_to))
            if taken := [each.listed.uid for each in fetched if not each.is_cut]:
                await self._in_thread(line.done, taken, box.done_folder or None)
            last, uids = max(last, up_to), [uid for uid in uids if uid > up_to]

    async def _new(self, line: ImapLine, box: Mailbox) -> tuple[int, list[int]]:
        """The cursor, and what is above it. A folder that was made anew is read again since the mailbox is ours."""
        cursor = await imap_store.cursor(self._app, box)
        if cursor is not None and cursor.uid_validity == line.uid_validity:
            return cursor.last_uid, await self._in_thread(line.uids_above, cursor.last_uid)
        unread = f"UNSEEN SINCE {imap_line.since(box.created_at - BEFORE)}"
        wanted = unread if cursor is None else f"OR ({unread}) (SINCE {imap_line.since(box.created_at)})"
        # asked first: what comes between the two questions is not passed over
        everything = await self._in_thread(line.uids, "ALL")
        uids = await self._in_thread(line.uids, wanted)
        if not uids:
            await imap_store.keep(self._app, box, line.uid_validity, [], last_uid=max(everything, default=0))
        return 0, uids

    async def _fill_holes(self, line: ImapLine, box: Mailbox) -> None:
        """Once a day: what lies below the cursor and was not stored, whoever lost it, is stored now, and said."""
        if time.monotonic() < self._compared_at + COMPARED_SECONDS:
            return
        begun = max(box.created_at, self._app[UNITS].clock.now() - COMPARED)
        lies = await self._in_thread(line.uids, f"SINCE {imap_line.since(begun)}")
        missing = await imap_store.missing(self._app, box, line.uid_validity, lies)
        listed = await self._in_thread(line.listed, missing) if missing else []
        # what was there and read by somebody before the mailbox was ours is none of ours
        holes = [each for each in listed if each.received_at is None or each.received_at >= begun]
        for batch in (holes[at : at + 1] for at in range(len(holes))):
            log.error("mailbox_had_a_hole", mailbox=str(box.id), uid=batch[0].uid)
            await imap_store.keep(self._app, box, line.uid_validity, await self._fetched(line, batch))
        self._compared_at = time.monotonic()

    async def _fetched(self, line: ImapLine, batch: Sequence[Listed]) -> list[Fetched]:
        """The mails themselves, each on our disk; of a too large one its headers. Raises LineLost."""
        most, folder = self._app[SETTINGS].mail_max_bytes, self._app[SETTINGS].mail_dir

        def fetch() -> list[Fetched]:
            whole = line.content([each.uid for each in batch if each.size <= most]) if batch else {}
            large = [each.uid for each in batch if each.size > most]
            cut = line.content(large, "BODY.PEEK[HEADER]") if large else {}
            missing = [each.uid for each in batch if each.uid not in whole and each.uid not in cut]
            if missing and line.listed(missing):
                raise LineLost("The server lists mails that it does not give.")
            contents = whole | cut
            return [
                Fetched(each, blobs.store(folder, contents[each.uid]), each.uid in cut)
                for each in batch
                if each.uid in contents
            ]

        return await self._in_thread(fetch)

    async def _is(self, state: MailboxState) -> None:
        was, self.state = self.state, state
        await mailbox_state.well(self._app, self._mailbox_id, state, was=was)

    async def _in_thread(self, act: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, act, *arguments)


def _as_many_as_fit(listed: Sequence[Listed], most: int) -> list[Listed]:
    """At least one, and no more bytes than fit into memory at a time."""
    batch: list[Listed] = []
    size = 0
    for each in listed:
        size += min(each.size, most)
        if batch and size > BATCH_BYTES:
            break
        batch.append(each)
    return batch


def _in_words(problem: BaseException, host: str) -> str:
    if isinstance(problem, SignInRefused | NoSuchFolder | LineLost):
        return str(problem)
    if isinstance(problem, EngageError):
        return problem.detail
    if isinstance(problem, ssl.SSLError):
        return f"The connection could not be encrypted ({problem.reason or 'TLS'}). Check port and encryption."
    if isinstance(problem, TimeoutError):
        return f"{host} did not answer within {imap_line.SECONDS} seconds."
    if isinstance(problem, imaplib.IMAP4.error | ImapToolsError):
        return f"The server closed the connection: {imap_line.said(problem)}"
    return f"{host} cannot be reached ({type(problem).__name__})."


READERS = web.AppKey("mailbox_readers", Readers)


async def resource(app: web.Application) -> AsyncIterator[None]:
    async with running(app[READERS].run()):
        yield
