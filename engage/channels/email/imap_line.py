"""A signed-in line to a mailbox's server (RFC 9051). Blocking, with a time-out on every word: for a thread."""

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxLoginError
from imap_tools.utils import encode_folder

from engage.channels.email.schemas import MailboxAuth, MailboxSecurity

#: for each word of the server
SECONDS = 15
#: a server's machine that is gone is noticed within this
KEEP_ALIVE = ((socket.TCP_KEEPIDLE, 20), (socket.TCP_KEEPINTVL, 5), (socket.TCP_KEEPCNT, 3))
UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
#: one look at whether the reader is to end
LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Target:
    """Where, as whom, and which folder."""

    host: str
    port: int
    security: MailboxSecurity
    auth: MailboxAuth
    login: str
    folder: str


@dataclass(frozen=True)
class Listed:
    """A mail that lies in the folder."""

    uid: int
    size: int
    received_at: datetime | None


class SignInRefused(Exception):
    """The server refused the sign-in."""


class NoSuchFolder(Exception):
    """The server has no such folder."""


class LineLost(Exception):
    """The server closed the connection."""


class ImapLine:
    def __init__(self, box: BaseMailBox, folder: str) -> None:
        # imaplib's types say less than it gives
        self._box: Any = box
        self._folder = folder
        self.uid_validity = 0

    def open_folder(self) -> None:
        """Raises NoSuchFolder."""
        name = encode_folder(self._folder)
        answer, said = self._box.client.select(name)
        if answer != "OK":
            raise NoSuchFolder(f"There is no folder “{self._folder}”: {_words(said)}")
        told = self._box.client.untagged_responses.get("UIDVALIDITY", [b"0"])
        self.uid_validity = int(told[-1])

    def uids(self, criteria: str) -> list[int]:
        said = self._checked(self._box.client.uid("SEARCH", criteria))
        return sorted({int(each) for line in said if line for each in line.split()})

    def uids_above(self, last: int) -> list[int]:
        """`n:*` always names the last mail, even below n (RFC 9051, 6.4.4)."""
        return [uid for uid in self.uids(f"UID {last + 1}:*") if uid > last]

    def listed(self, uids: Sequence[int]) -> list[Listed]:
        """Those that are still there, with their sizes."""
        said = self._checked(self._box.client.uid("FETCH", _set(uids), "(UID RFC822.SIZE INTERNALDATE)"))
        return sorted((each for line in said if (each := _listed(line))), key=lambda each: each.uid)

    def content(self, uids: Sequence[int], part: str = "BODY.PEEK[]") -> dict[int, bytes]:
        """The mails that are still there; nothing is marked by it."""
        said = self._checked(self._box.client.uid("FETCH", _set(uids), f"(UID {part})"))
        found: dict[int, bytes] = {}
        for at, each in enumerate(said):
            if isinstance(each, tuple):
                behind = said[at + 1] if at + 1 < len(said) and isinstance(said[at + 1], bytes) else b""
                uid = UID.search(each[0]) or UID.search(behind)
                if uid is not None:
                    found[int(uid[1])] = each[1]
        return found

    def left(self, uids: Sequence[int], folder: str | None) -> list[int]:
        """Those of them that are not done: they lie there still, and unread if none are moved away."""
        among = f"UID {_set(uids)}"
        return sorted(set(uids) & set(self.uids(among if folder else f"UNSEEN {among}")))

    def done(self, uids: Sequence[int], folder: str | None) -> None:
        """Marked as seen, or moved away."""
        if folder is None:
            # not by the library's `flag`, which also expunges what others have marked as deleted
            self._checked(self._box.client.uid("STORE", _set(uids), "+FLAGS.SILENT", r"(\Seen)"))
            return
        if not self._box.folder.exists(folder):
            self._box.folder.create(folder)
        self._box.move([str(each) for each in uids], folder)

    def wait(self, seconds: float, is_over: Callable[[], bool]) -> None:
        """Until the server has news, at most so long; by asking again where it knows no IDLE. Raises LineLost."""
        deadline = time.monotonic() + seconds
        if "IDLE" not in self._box.client.capabilities:
            while not is_over() and time.monotonic() < deadline:
                time.sleep(LOOK_SECONDS)
            self._box.client.noop()
            return
        self._box.idle.start()
        while not is_over() and time.monotonic() < deadline:
            begun = time.monotonic()
            news = self._box.idle.poll(LOOK_SECONDS)
            if any(line.upper().startswith(b"* BYE") for line in news):
                raise LineLost(f"The server said goodbye: {_words(news)}")
            # nothing, and at once: the other end is closed, which `stop` will find
            if news or time.monotonic() - begun < LOOK_SECONDS / 2:
                break
        self._box.idle.stop()

    def close(self) -> None:
        """Whoever waits on the line in another thread stops waiting."""
        try:
            sock = self._box.client.sock
            sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            return
        finally:
            self._box.client.shutdown()

    def _checked(self, answer: tuple[str, list[Any]]) -> list[Any]:
        if answer[0] != "OK":
            raise LineLost(f"The server answered {answer[0]}: {_words(answer[1])}")
        return [each for each in answer[1] if each]


def connected(target: Target, secret: str) -> ImapLine:
    """Raises SignInRefused, NoSuchFolder, LineLost, OSError, ssl.SSLError."""
    box = _box(target)
    sock = box.client.sock
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in KEEP_ALIVE:
        sock.setsockopt(socket.IPPROTO_TCP, option, value)
    line = ImapLine(box, target.folder)
    try:
        _sign_in(box, target, secret)
        line.open_folder()
    except BaseException:
        line.close()
        raise
    return line


def _box(target: Target) -> BaseMailBox:
    if target.security == "tls":
        return MailBox(target.host, target.port, timeout=SECONDS, ssl_context=ssl.create_default_context())
    if target.security == "starttls":
        return MailBoxStartTls(target.host, target.port, timeout=SECONDS, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(target.host, target.port, timeout=SECONDS)


def _sign_in(box: BaseMailBox, target: Target, secret: str) -> None:
    try:
        if target.auth == "oauth":
            box.xoauth2(target.login, secret, initial_folder=None)
        elif (target.login + secret).isascii():
            box.login(target.login, secret, initial_folder=None)
        else:
            box.login_utf8(target.login, secret, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, MailboxLoginError) as problem:
        raise SignInRefused(f"The server refused the sign-in: {said(problem)}") from problem
    # what it can do may be more once we are known
    box.client._get_capabilities()  # noqa: SLF001  # the library asks before the sign-in only


def _listed(line: object) -> Listed | None:
    text = line if isinstance(line, bytes) else b""
    uid, size = UID.search(text), SIZE.search(text)
    if uid is None or size is None:
        return None
    return Listed(int(uid[1]), int(size[1]), _received(text))


def _received(text: bytes) -> datetime | None:
    found = imaplib.Internaldate2tuple(text)
    return datetime.fromtimestamp(time.mktime(found), UTC) if found else None


def _set(uids: Sequence[int]) -> str:
    return ",".join(str(each) for each in uids)


def since(day: datetime) -> str:
    """The day before it in the server's form, for a server counts days in a zone of its own."""
    return imaplib.Time2Internaldate((day - timedelta(days=1)).timestamp())[1:12].strip()


def said(problem: BaseException) -> str:
    """The server's own sentence, on one line."""
    result = getattr(problem, "command_result", None)
    return _words(result[1]) if result else _words([str(problem).encode("utf-8", "replace")])


def _words(lines: Sequence[bytes | None]) -> str:
    text = b" ".join(each for each in lines if isinstance(each, bytes)).decode("utf-8", "replace")
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:300] or "no reason"
