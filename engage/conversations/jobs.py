"""Sweeps files that were uploaded and never sent."""

import asyncio
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.conversations import attachments
from engage.conversations.models import Attachment, CannedFile
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.settings import SETTINGS

jobs = JobTable()


@jobs.outside("conversations.sweep_upload")
async def sweep_upload(app: web.Application, payload: dict[str, Any]) -> None:
    """Removes the row first: a file without a row harms nobody, a row without a file would."""
    attachment_id = UUID(payload["attachment"])
    async with app[UNITS].begin() as work:
        attachment = await work.db.get(Attachment, attachment_id, with_for_update=True)
        if attachment is not None and (attachment.entry_id is not None or await _is_canned(work, attachment_id)):
            return
        if attachment is not None:
            await work.db.delete(attachment)
    path = attachments.path_of(app[SETTINGS].upload_dir, attachment_id)
    await asyncio.to_thread(path.unlink, missing_ok=True)


async def _is_canned(work: UnitOfWork, attachment_id: UUID) -> bool:
    of_a_reply = select(CannedFile.reply_id).where(CannedFile.attachment_id == attachment_id)
    return await work.db.scalar(of_a_reply.limit(1)) is not None
