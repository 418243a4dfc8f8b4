"""Signing in to a mailbox now, and saying in words what its server answered."""

import asyncio
import imaplib
import ssl
from dataclasses import dataclass

from aiohttp import web
from imap_tools import BaseMailBox, MailBox, MailboxFolderSelectError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from engage.channels.email.schemas import MailboxAuth, MailboxSecurity
from engage.kit.errors import EngageError
from engage.kit.outgoing import OUTGOING

TIMEOUT_SECONDS = 15
MOST_FOLDERS = 100
LONGEST_ANSWER = 300


@dataclass(frozen=True)
class SignIn:
    """Where and as whom."""

    host: str
    port: int
    security: MailboxSecurity
    auth: MailboxAuth
    login: str
    #: a password, or an access token
    secret: str
    folder: str


@dataclass(frozen=True)
class Found:
    """What is there, or why nothing is."""

    problem: str | None = None
    mails: int = 0
    folders: tuple[str, ...] = ()


async def try_sign_in(app: web.Application, sign_in: SignIn) -> Found:
    """Never raises: whatever goes wrong is the answer that was asked for."""
    try:
        # an admin typed it in: our own network is not his to look into
        await app[OUTGOING].check(f"https://{sign_in.host}:{sign_in.port}")
        return await asyncio.to_thread(_look, sign_in)
    except EngageError as problem:
        return Found(problem.detail)
    except imaplib.IMAP4.error as problem:
        return Found(f"The server closed the connection: {_words(problem)}")
    except ssl.SSLError as problem:
        return Found(f"The connection could not be encrypted ({problem.reason or 'TLS'}). Check port and encryption.")
    except TimeoutError:
        return Found(f"{sign_in.host} did not answer within {TIMEOUT_SECONDS} seconds. Check host and port.")
    except (OSError, UnicodeError) as problem:
        return Found(f"{sign_in.host} cannot be reached on port {sign_in.port} ({type(problem).__name__}).")


def _look(sign_in: SignIn) -> Found:
    box = _connected(sign_in)
    try:
        try:
            _sign_in(box, sign_in)
        except (ImapToolsError, imaplib.IMAP4.error) as problem:
            return Found(f"The server refused the sign-in: {_words(problem)}")
        folders = tuple(each.name for each in box.folder.list())[:MOST_FOLDERS]
        try:
            box.folder.set(sign_in.folder, readonly=True)
        except MailboxFolderSelectError:
            return Found(f"Signed in, but there is no folder “{sign_in.folder}”.", folders=folders)
        return Found(mails=int(box.folder.status(sign_in.folder)["MESSAGES"]), folders=folders)
    finally:
        box.client.shutdown()


def _connected(sign_in: SignIn) -> BaseMailBox:
    where = {"host": sign_in.host, "port": sign_in.port, "timeout": TIMEOUT_SECONDS}
    if sign_in.security == "tls":
        return MailBox(**where, ssl_context=ssl.create_default_context())
    if sign_in.security == "starttls":
        return MailBoxStartTls(**where, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(**where)


def _sign_in(box: BaseMailBox, sign_in: SignIn) -> None:
    if sign_in.auth == "oauth":
        box.xoauth2(sign_in.login, sign_in.secret, initial_folder=None)
    elif (sign_in.login + sign_in.secret).isascii():
        box.login(sign_in.login, sign_in.secret, initial_folder=None)
    else:
        box.login_utf8(sign_in.login, sign_in.secret, initial_folder=None)


def _words(problem: Exception) -> str:
    """The server's own sentence: on one line, without our part of the talk."""
    result = getattr(problem, "command_result", None)
    said = b" ".join(each for each in result[1] if isinstance(each, bytes)) if result else None
    text = said.decode("utf-8", "replace") if said else str(problem)
    return (
        " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST_ANSWER] or "no reason"
    )
