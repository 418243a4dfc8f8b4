"""Sweeps files that were uploaded and never sent."""

import asyncio
from typing import Any
from uuid import UUID

from aiohttp import web

from engage.conversations import attachments
from engage.conversations.models import Attachment
from engage.kit.jobs import JobTable
from engage.kit.unit_of_work import UNITS
from engage.settings import SETTINGS

jobs = JobTable()


@jobs.outside("conversations.sweep_upload")
async def sweep_upload(app: web.Application, payload: dict[str, Any]) -> None:
    """Removes the row first: a file without a row harms nobody, a row without a file would."""
    attachment_id = UUID(payload["attachment"])
    async with app[UNITS].begin() as work:
        attachment = await work.db.get(Attachment, attachment_id, with_for_update=True)
        if attachment is not None and attachment.entry_id is not None:
            return
        if attachment is not None:
            await work.db.delete(attachment)
    path = attachments.path_of(app[SETTINGS].upload_dir, attachment_id)
    await asyncio.to_thread(path.unlink, missing_ok=True)
