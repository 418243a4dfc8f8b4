"""Files in conversations: what is accepted, how it is stored, who may see it."""

import asyncio
import codecs
from collections import defaultdict
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

import puremagic
from sqlalchemy import Select, select

from engage.conversations.errors import FileTypeRefused, UnknownAttachment
from engage.conversations.models import Attachment, CannedFile, TimelineRow
from engage.conversations.schemas import AttachmentView
from engage.kit import jobs
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

#: re-encoded, so that nothing is left of EXIF and of what hides behind the picture
IMAGES = ("image/png", "image/jpeg", "image/webp", "image/gif")
ACCEPTED = (*IMAGES, "application/pdf", "text/plain")
#: a picture costs up to a second and 100 MB to clean, so only so many at a time
CLEANERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")
#: of a person; of a site
Shape = Literal["face", "logo"]
UNBOUND_LIFE = timedelta(hours=24)
#: bytes that are decoded at a time
PIECE = 256 * 1024


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be stored: its type is what its content says."""

    name: str
    content_type: str
    content: bytes
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class StoredFile:
    """A checked file that lies on the disk already."""

    id: UUID
    file: CheckedFile


async def check(name: str, content: bytes) -> CheckedFile:
    """Finds the type from the content and cleans pictures, in a thread. Raises FileTypeRefused."""
    return await asyncio.get_running_loop().run_in_executor(CLEANERS, _check, _clean_name(name), content)


def _check(name: str, content: bytes) -> CheckedFile:
    content_type = _sniff(content)
    if content_type not in ACCEPTED:
        raise FileTypeRefused
    return _picture(name, content_type, content) if content_type in IMAGES else CheckedFile(name, content_type, content)


async def as_it_came(name: str, content: bytes) -> CheckedFile:
    """A file of any kind, by the type of its content: pictures are cleaned, all the rest can only be saved."""
    return await asyncio.get_running_loop().run_in_executor(CLEANERS, _as_it_came, _clean_name(name), content)


def _as_it_came(name: str, content: bytes) -> CheckedFile:
    try:
        return _check(name, content)
    except FileTypeRefused:
        content_type = _sniff(content)
        # what cannot be shown as a picture is none
        return CheckedFile(name, "application/octet-stream" if content_type in IMAGES else content_type[:100], content)


def _sniff(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content[:4096], mime=True)) or _text_or_nothing(content)
    except (puremagic.PureError, ValueError):
        return _text_or_nothing(content)


def _text_or_nothing(content: bytes) -> str:
    """Piece by piece: what is done with all of a large file at once holds up every other thread."""
    pieces = codecs.iterdecode((content[at : at + PIECE] for at in range(0, len(content), PIECE)), "utf-8")
    begins = ""
    try:
        for piece in pieces:
            if "\0" in piece or (begins := begins or piece.lstrip()[:1]) == "<":
                return "application/octet-stream"
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain"


async def drawn(content: bytes, shape: Shape) -> bytes:
    """A picture as everybody may see it, drawn anew in a thread. Raises FileTypeRefused."""
    return await asyncio.get_running_loop().run_in_executor(CLEANERS, _drawn, content, shape)


def _drawn(content: bytes, shape: Shape) -> bytes:
    from engage.conversations import pictures  # noqa: PLC0415

    if (content_type := _sniff(content)) not in IMAGES:
        raise FileTypeRefused("Only pictures: PNG, JPEG, WebP or GIF.")
    return {"face": pictures.face, "logo": pictures.logo}[shape](content, content_type)


def _picture(name: str, content_type: str, content: bytes) -> CheckedFile:
    # imported with the first picture: Pillow costs a tenth of the time to start
    from engage.conversations import pictures  # noqa: PLC0415

    clean = pictures.cleaned(content, content_type)
    return CheckedFile(name, content_type, clean.content, clean.width, clean.height)


def _clean_name(name: str) -> str:
    plain = "".join(char for char in Path(name.replace("\\", "/")).name if char.isprintable())
    return plain[-200:] or "file"


async def write(folder: Path, file: CheckedFile) -> StoredFile:
    """Puts the file where its row will look for it. A file whose row is never stored is named by nobody."""
    stored = StoredFile(new_id(), file)
    await asyncio.to_thread(_write, path_of(folder, stored.id), file.content)
    return stored


async def keep(work: UnitOfWork, stored: StoredFile, *, site_id: UUID, uploader: str) -> Attachment:
    """The row of a written file; removed with the file after a day if no message names it."""
    file = stored.file
    attachment = Attachment(
        id=stored.id,
        site_id=site_id,
        uploader=uploader,
        name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        width=file.width,
        height=file.height,
        created_at=work.now,
    )
    work.db.add(attachment)
    await jobs.enqueue(
        work, "conversations.sweep_upload", {"attachment": str(attachment.id)}, due_at=work.now + UNBOUND_LIFE
    )
    return attachment


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def path_of(folder: Path, attachment_id: UUID) -> Path:
    # the end of a UUIDv7 is random, so it spreads files evenly over 256 folders
    return folder / attachment_id.hex[-2:] / attachment_id.hex


async def bind(
    work: UnitOfWork, attachment_ids: Sequence[UUID], *, uploader: str, row: TimelineRow
) -> Sequence[Attachment]:
    """Ties files to the entry they were sent with. Raises UnknownAttachment for others' files and used ones."""
    if not attachment_ids:
        return []
    wanted = unbound(attachment_ids, uploader)
    found = {each.id: each for each in await work.db.scalars(wanted.with_for_update())}
    if len(found) != len(set(attachment_ids)):
        raise UnknownAttachment
    for each in found.values():
        each.entry_id, each.conversation_id = row.id, row.conversation_id
    return [found[each] for each in dict.fromkeys(attachment_ids)]


def unbound(attachment_ids: Collection[UUID], uploader: str) -> Select[Attachment]:
    """Those of them that he uploaded and that belong to nothing yet."""
    return select(Attachment).where(
        Attachment.id.in_(attachment_ids),
        Attachment.uploader == uploader,
        Attachment.entry_id.is_(None),
        Attachment.id.not_in(select(CannedFile.attachment_id)),
    )


async def of_entries(work: UnitOfWork, entry_ids: Sequence[UUID]) -> dict[UUID, list[Attachment]]:
    """All files of these entries, by one query."""
    by_entry: dict[UUID, list[Attachment]] = defaultdict(list)
    if entry_ids:
        rows = select(Attachment).where(Attachment.entry_id.in_(entry_ids)).order_by(Attachment.id)
        for each in await work.db.scalars(rows):
            if each.entry_id is not None:
                by_entry[each.entry_id].append(each)
    return by_entry


def view(attachment: Attachment) -> AttachmentView:
    return AttachmentView(
        id=attachment.id,
        name=attachment.name,
        content_type=attachment.content_type,
        size=attachment.size,
        width=attachment.width,
        height=attachment.height,
    )
