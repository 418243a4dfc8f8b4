"""What is done with a parsed mail before its transaction: files go to the disk, quotes are found."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from engage.channels.email import forwarded, quotes
from engage.channels.email.parsed import ParsedMail, Part
from engage.channels.email.quotes import Spans
from engage.conversations import attachments
from engage.conversations.attachments import StoredFile
from engage.settings import SETTINGS

#: a text shorter than this is looked through at once, a longer one in a thread
SHORT = 20_000


@dataclass(frozen=True)
class Prepared:
    """A mail whose files lie on the disk; they are named by nobody until it is filed."""

    files: tuple[tuple[Part, StoredFile], ...]
    #: what is new in its text
    shown: Spans


async def prepare(app: web.Application, mail: ParsedMail) -> Prepared:
    """Raises OSError when the disk does not take them."""
    folder = app[SETTINGS].upload_dir
    files = [(part, await _kept(folder, part)) for part in mail.files]
    find = quotes.everything if forwarded.is_forward(mail.subject) else quotes.new_in
    shown = find(mail.text) if len(mail.text) <= SHORT else await asyncio.to_thread(find, mail.text)
    return Prepared(tuple(files), shown)


async def throw_away(app: web.Application, prepared: Prepared) -> None:
    """Its files, once it is known that no row will name them."""
    for _part, stored in prepared.files:
        path = attachments.path_of(app[SETTINGS].upload_dir, stored.id)
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def _kept(folder: Path, part: Part) -> StoredFile:
    return await attachments.write(folder, await attachments.as_it_came(part.name, part.content))
