"""Canned replies: prepared texts of a site, and each agent's own. Filled in where they are inserted."""

import asyncio
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, or_, select

from engage.conversations import attachments
from engage.conversations.attachments import CheckedFile, StoredFile
from engage.conversations.errors import UnknownAttachment, UnknownVariable
from engage.conversations.models import Attachment, CannedFile, CannedReply
from engage.conversations.schemas import AttachmentView, CannedReplyView
from engage.kit import jobs
from engage.kit.errors import NotFound
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

VARIABLES = frozenset({"visitor.name", "visitor.first_name", "agent.name", "site.name", "conversation.topic"})
#: {{name}} or {{name|what stands there when there is none}}
VARIABLE = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|[^{}]*)?\}\}")


def check_variables(text: str) -> None:
    """Raises UnknownVariable: no customer is to read a pair of braces."""
    unknown = sorted(set(VARIABLE.findall(text)) - VARIABLES)
    if unknown:
        raise UnknownVariable(variables=unknown)


async def usable_by(work: UnitOfWork, agent_id: UUID, site_id: UUID) -> list[CannedReplyView]:
    """The site's and his own, by their shortcuts."""
    rows = select(CannedReply).where(
        CannedReply.site_id == site_id, or_(CannedReply.agent_id.is_(None), CannedReply.agent_id == agent_id)
    )
    return await views(work, list(await work.db.scalars(rows.order_by(CannedReply.shortcut, CannedReply.id))))


async def usable(work: UnitOfWork, reply_id: UUID, agent_id: UUID) -> CannedReply:
    """Raises NotFound for what is gone, and for a colleague's own."""
    reply = await work.db.get(CannedReply, reply_id)
    if reply is None or reply.agent_id not in (None, agent_id):
        raise NotFound
    return reply


async def views(work: UnitOfWork, replies: Sequence[CannedReply]) -> list[CannedReplyView]:
    files = await _files_of(work, [reply.id for reply in replies])
    return [_view(reply, files[reply.id]) for reply in replies]


def _view(reply: CannedReply, files: Sequence[Attachment]) -> CannedReplyView:
    return CannedReplyView(
        id=reply.id,
        site_id=reply.site_id,
        personal=reply.agent_id is not None,
        shortcut=reply.shortcut,
        title=reply.title,
        text=reply.text,
        locale=reply.locale,
        queue_ids=reply.queue_ids,
        files=[attachments.view(file) for file in files],
    )


async def _files_of(work: UnitOfWork, reply_ids: Collection[UUID]) -> dict[UUID, list[Attachment]]:
    rows = await work.db.execute(
        select(CannedFile.reply_id, Attachment)
        .join(Attachment, Attachment.id == CannedFile.attachment_id)
        .where(CannedFile.reply_id.in_(reply_ids))
        .order_by(Attachment.id)
    )
    files: dict[UUID, list[Attachment]] = defaultdict(list)
    for reply_id, file in rows:
        files[reply_id].append(file)
    return files


async def set_files(work: UnitOfWork, reply: CannedReply, wanted: Collection[UUID], *, uploader: str) -> None:
    """Keeps those it has, takes in what he has just uploaded, lets the others go. Raises UnknownAttachment."""
    has = {file.id for file in (await _files_of(work, [reply.id]))[reply.id]}
    new = set(wanted) - has
    fresh = attachments.unbound(new, uploader).where(Attachment.site_id == reply.site_id)
    if len(new) != len((await work.db.scalars(fresh)).all()):
        raise UnknownAttachment
    work.db.add_all(CannedFile(reply_id=reply.id, attachment_id=each) for each in sorted(new))
    await _let_go(work, reply, has - set(wanted))


async def _let_go(work: UnitOfWork, reply: CannedReply, file_ids: Collection[UUID]) -> None:
    of_it = CannedFile.reply_id == reply.id
    await work.db.execute(delete(CannedFile).where(of_it, CannedFile.attachment_id.in_(file_ids)))
    for file_id in sorted(file_ids):
        await jobs.enqueue(work, "conversations.sweep_upload", {"attachment": str(file_id)}, due_at=work.now)


async def remove(work: UnitOfWork, reply: CannedReply) -> None:
    """With its files; what was sent with it stays where it is."""
    await set_files(work, reply, (), uploader="")
    await work.db.flush()
    await work.db.delete(reply)


async def copy_files(work: UnitOfWork, reply: CannedReply, folder: Path, *, uploader: str) -> list[AttachmentView]:
    """The reply's files once more, for one answer of this agent."""
    copies = []
    for file in (await _files_of(work, [reply.id]))[reply.id]:
        stored = StoredFile(new_id(), CheckedFile(file.name, file.content_type, b"", file.width, file.height))
        await asyncio.to_thread(
            _same_again, attachments.path_of(folder, file.id), attachments.path_of(folder, stored.id)
        )
        copy = await attachments.keep(work, stored, site_id=reply.site_id, uploader=uploader)
        copy.size = file.size
        copies.append(attachments.view(copy))
    return copies


def _same_again(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        # two names of one file cost no space; nothing that is stored is ever written to again
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
