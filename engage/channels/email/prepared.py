"""What is done with a parsed mail before its transaction: its files go to the disk."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from engage.channels.email.parsed import ParsedMail, Part
from engage.conversations import attachments
from engage.conversations.attachments import StoredFile
from engage.settings import SETTINGS


@dataclass(frozen=True)
class Prepared:
    """A mail whose files lie on the disk; they are named by nobody until it is filed."""

    files: tuple[tuple[Part, StoredFile], ...]


async def prepare(app: web.Application, mail: ParsedMail) -> Prepared:
    """Raises OSError when the disk does not take them."""
    folder = app[SETTINGS].upload_dir
    files = [(part, await _kept(folder, part)) for part in mail.files]
    return Prepared(tuple(files))


async def throw_away(app: web.Application, prepared: Prepared) -> None:
    """Its files, once it is known that no row will name them."""
    for _part, stored in prepared.files:
        path = attachments.path_of(app[SETTINGS].upload_dir, stored.id)
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def _kept(folder: Path, part: Part) -> StoredFile:
    return await attachments.write(folder, await attachments.as_it_came(part.name, part.content))
