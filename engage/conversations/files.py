"""Files over HTTP: taking an upload within its limits, and giving a file only to be saved or shown as a picture."""

from urllib.parse import quote
from uuid import UUID

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from sqlalchemy import select

from engage.access import callers
from engage.access.errors import NotYours
from engage.access.principals import CallingVisitor
from engage.conversations import attachments
from engage.conversations.attachments import StoredFile
from engage.conversations.errors import FileTooLarge
from engage.conversations.models import Attachment, Conversation
from engage.conversations.schemas import AttachmentView
from engage.kit.errors import Invalid
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS

UPLOADS = Limit("uploads_address", burst=30, per_minute=30)


async def read_upload(request: web.Request) -> tuple[str, bytes]:
    """Name and content of the form's field `file`. Raises FileTooLarge, Invalid."""
    if not request.content_type.startswith("multipart/"):
        raise Invalid("Send the file as multipart/form-data in the field “file”.")
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                return part.filename or "file", await _bounded(part, request.app[SETTINGS].upload_max_bytes)
    except (HttpProcessingError, ValueError) as problem:
        raise Invalid("The form with the file is not well-formed.") from problem
    raise Invalid("There is no field “file”.")


async def _bounded(part: BodyPartReader, most: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        content += chunk
        if len(content) > most:
            raise FileTooLarge(max_bytes=most)
    return bytes(content)


async def read_and_write(request: web.Request, _body: None) -> StoredFile:
    """Before the transaction: a slow sender, a large picture and a slow disk must not hold it open.

    Raises TooMany, FileTooLarge, FileTypeRefused, Invalid.
    """
    request.app[RATE_LIMITS].spend(UPLOADS, callers.address(request))
    name, content = await read_upload(request)
    return await attachments.write(request.app[SETTINGS].upload_dir, await attachments.check(name, content))


async def receive(work: UnitOfWork, stored: StoredFile, *, site_id: UUID, uploader: str) -> AttachmentView:
    return attachments.view(await attachments.keep(work, stored, site_id=site_id, uploader=uploader))


async def of_visitor(work: UnitOfWork, attachment_id: UUID, who: CallingVisitor) -> Attachment:
    """Raises NotYours."""
    attachment = await work.db.get(Attachment, attachment_id)
    if attachment is not None and attachment.uploader == who.key:
        return attachment
    if attachment is None or attachment.conversation_id is None:
        raise NotYours
    owner = select(Conversation.visitor_id).where(Conversation.id == attachment.conversation_id)
    if await work.db.scalar(owner) != who.visitor_id:
        raise NotYours
    return attachment


def response(app: web.Application, attachment: Attachment) -> web.FileResponse:
    """Pictures may be shown, everything else is saved; nothing of it may run."""
    shown = attachment.content_type in attachments.IMAGES
    response = web.FileResponse(attachments.path_of(app[SETTINGS].upload_dir, attachment.id))
    response.content_type = attachment.content_type
    response.headers["Content-Disposition"] = _disposition("inline" if shown else "attachment", attachment.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def _disposition(kind: str, name: str) -> str:
    return f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
